"""A fit stops when going on would bring little, says honestly whether it did, and can be watched and stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from nmf_explorer.dataset.synthetic import led_digits, swimmer
from nmf_explorer.errors import Cancelled
from nmf_explorer.factorize import solvers
from nmf_explorer.factorize.fit import fit, fit_steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


def _photographs(seed: int = 0) -> NDArray[np.float64]:
    """Make pictures like those of faces: smooth overlapping parts, mixed with a little noise."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:16, 0:16]
    places = rng.uniform(0, 16, (12, 2, 1, 1))
    widths = rng.uniform(1.5, 5, (12, 1, 1))
    parts = np.exp(-((y - places[:, 0]) ** 2 + (x - places[:, 1]) ** 2) / (2 * widths**2)).reshape(12, -1)
    weights = rng.gamma(1.0, 0.3, (150, 12))
    return np.clip(weights @ parts + rng.normal(0, 0.02, (150, 256)), 0, None)


def _random(seed: int = 0) -> NDArray[np.float64]:
    return np.random.default_rng(seed).random((40, 25))


@pytest.mark.parametrize("seed", range(3))
def test_a_fit_of_pictures_does_not_stop_too_early(seed: int) -> None:
    images = _photographs(seed)
    model = fit(images, 10)
    long_run = fit(images, 10, tol=0, max_iter=3 * model.n_iterations)
    assert model.converged
    assert model.relative_error <= long_run.relative_error * 1.01


@pytest.mark.parametrize(
    "make", [_random, _photographs, lambda: swimmer().images], ids=["random", "photographs", "swimmer"]
)
def test_going_on_after_the_stop_takes_the_same_way_and_brings_little(make: Callable[[], NDArray[np.float64]]) -> None:
    images = make()
    stopped = fit(images, 6)
    assert stopped.converged
    longer = fit(images, 6, tol=0, max_iter=stopped.n_iterations + 100)
    np.testing.assert_array_equal(longer.loss_history[: stopped.n_iterations], stopped.loss_history)
    assert longer.relative_error >= 0.99 * stopped.relative_error


@pytest.mark.parametrize("tol", [1e-2, 1e-3, 1e-5])
def test_the_stop_rule_is_what_the_options_say(tol: float) -> None:
    model = fit(_photographs(), 5, tol=tol, max_iter=5000)
    history = model.loss_history
    gains = (history[:-10] - history[10:]) / history[10:]
    assert model.converged
    assert gains[-1] <= tol
    assert (gains[:-1] > tol).all()


def test_a_fit_that_converges_at_its_last_iteration_says_that_it_did() -> None:
    n_iterations = fit(_random(), 3).n_iterations
    assert fit(_random(), 3, max_iter=n_iterations).converged
    assert not fit(_random(), 3, max_iter=n_iterations - 1).converged


def test_an_exact_fit_ends_by_itself_even_without_tolerance() -> None:
    model = fit(np.outer(np.arange(1, 6), np.arange(1, 9)), 1, tol=0)
    assert model.converged
    assert model.relative_error < 1e-6


def test_steps_tell_what_their_model_tells_and_only_the_last_has_converged() -> None:
    steps = list(fit_steps(_random(), 3))
    model = fit(_random(), 3)
    np.testing.assert_array_equal([step.relative_error for step in steps], model.loss_history)
    assert [step.converged for step in steps] == [False] * (len(steps) - 1) + [True]
    np.testing.assert_array_equal(steps[-1].model().components, model.components)


def test_an_early_step_is_not_changed_by_the_steps_after_it() -> None:
    steps = fit_steps(_random(), 3)
    early = [next(steps) for _ in range(3)][-1]
    before = early.model()
    last = list(steps)[-1].model()
    after = early.model()
    np.testing.assert_array_equal(after.components, before.components)
    np.testing.assert_array_equal(after.weights, before.weights)
    np.testing.assert_array_equal(after.loss_history, last.loss_history[:3])
    assert not np.array_equal(after.components, last.components)
    assert not after.converged


def test_a_stop_between_two_blocks_leaves_the_last_step_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    images = led_digits().images
    monkeypatch.setattr(solvers, "_BLOCK_NUMBERS", 10 * 13 * 8)  # ten pictures: 13 blocks in each iteration
    asked, stop_at = 0, 10**9

    def should_stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > stop_at

    steps = fit_steps(images, 4, should_stop=should_stop)
    next(steps)
    before = asked
    step = next(steps)
    assert asked - before == 13
    expected = step.model()
    stop_at = asked + 5
    with pytest.raises(Cancelled):
        next(steps)
    assert asked == stop_at + 1
    model = step.model()
    np.testing.assert_array_equal(model.components, expected.components)
    np.testing.assert_array_equal(model.weights, expected.weights)
    assert model.n_iterations == 2


def test_asking_whether_to_stop_changes_nothing() -> None:
    asked = fit(_random(), 2, should_stop=lambda: False)
    np.testing.assert_array_equal(asked.components, fit(_random(), 2).components)

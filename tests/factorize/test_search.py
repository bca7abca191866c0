"""Search over starts: further starts are tried, abandoned if they cannot win, and kept if their final loss is lower."""

from __future__ import annotations

from functools import cache
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.sparse import csr_array

import nmf_explorer as nx
from nmf_explorer.factorize import search
from nmf_explorer.factorize.fit_options import STARTS, FitOptions
from nmf_explorer.factorize.penalties import scaled_penalties
from nmf_explorer.factorize.search import (
    PreparedStart,
    search_steps,
    solver_iterations,
    starts_to_try,
)
from nmf_explorer.factorize.solvers.hals import Iteration
from nmf_explorer.factorize.starts.pixel_start import ResidualCheck, sparsify_if_residual_is_noise
from nmf_explorer.resource_files import sample_images
from tests.factorize.data import blocks_of, photo_patches, smooth_images, some_factors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nmf_explorer.factorize.fit_step import FitStep
    from nmf_explorer.factorize.solvers.factors import Factors
    from nmf_explorer.factorize.solvers.row_blocks import RowBlocks

SETS = {"handwritten_digits": 10, "photo patches": 16, "drawn_faces": 12}


@cache
def _samples(name: str) -> Any:
    return photo_patches() if name == "photo patches" else nx.load(sample_images() / name)


@pytest.mark.parametrize("name", SETS)
def test_automatic_start_is_as_good_as_the_best_start(name: str) -> None:
    automatic = nx.fit(_samples(name), SETS[name])
    named = [(start, seed) for start in STARTS[1:] for seed in ((0, 1, 2, 3) if start == "random" else (0,))]
    errors = {
        f"{start} {seed}": nx.fit(_samples(name), SETS[name], start=start, random_state=seed).relative_error
        for start, seed in named
    }
    assert automatic.relative_error <= 1.001 * min(errors.values()), errors


def _names(X: Any, **options: Any) -> list[str]:
    with blocks_of(X) as blocks:
        return [one.name for one in starts_to_try(blocks, FitOptions(3, **options))]


def test_starts_follow_the_options() -> None:
    named = ["pixels", "nndsvd", "nndsvda", "nndsvdar"]
    assert _names(smooth_images()) == named + ["random"] * 16
    assert _names(csr_array(smooth_images())) == named + ["random"] * 16
    assert _names(smooth_images(), n_restarts=2) == named + ["random"] * 2
    assert _names(smooth_images(), start="nndsvd") == ["nndsvd"]
    assert _names(smooth_images(), start="random", n_restarts=3) == ["random"] * 4
    assert _names(smooth_images(), start=smooth_images()[:3]) == ["given"]
    assert _names(smooth_images(), first=smooth_images()[:3], start="nndsvd") == ["given", "nndsvd"]


def test_large_data_are_sketched_and_restarted_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    work = smooth_images().size * 3
    monkeypatch.setattr(search, "_RESTART_WORK", 5 * work)
    assert _names(smooth_images()).count("random") == 5
    monkeypatch.setattr(search, "_RESTART_WORK", 0)
    assert _names(smooth_images()).count("random") == 3
    monkeypatch.setattr(search, "SEARCH_WORK", work - 1)
    assert _names(smooth_images()) == ["sketch"]
    assert _names(smooth_images(), n_restarts=2) == ["sketch", "random", "random"]
    assert _names(smooth_images(), start="pixels") == ["pixels"]
    assert _names(csr_array(smooth_images())) == ["sketch"]
    model = nx.fit(smooth_images(), 3)
    assert model.start == "sketch"
    assert model.restarts is None


def test_each_random_start_has_its_own_seed() -> None:
    with blocks_of(smooth_images()) as blocks:
        tried = {
            (start, seed): [
                one.prepare().factors.H
                for one in starts_to_try(blocks, FitOptions(3, random_state=seed, start=start, n_restarts=n))
                if one.name == "random"
            ]
            for start, n, seed in (("auto", 4, 0), ("random", 3, 0), ("auto", 4, 1))
        }
    for one, same in zip(tried["auto", 0], tried["random", 0], strict=True):
        np.testing.assert_array_equal(one, same)
    assert len({parts.tobytes() for drawn in (tried["auto", 0], tried["auto", 1]) for parts in drawn}) == 8


@pytest.mark.filterwarnings("ignore:A penalty on one factor")
def test_residuals_are_checked_for_automatic_starts_and_squared_errors_only() -> None:
    calls: list[Factors] = []
    with pytest.MonkeyPatch.context() as patch:

        def check(_blocks: object, start: Factors, _first: object) -> ResidualCheck:
            calls.append(start)
            return ResidualCheck(start, is_sparse=False, is_noise=bool)

        patch.setattr(search, "sparsify_if_residual_is_noise", check)
        for options in (
            {},
            {"start": "pixels"},
            {"alpha_W": 0.1},
            {"alpha_H": 0.1},
            {"alpha_W": 0.0, "alpha_H": 0.0},
            {"loss": "kullback-leibler"},
            {"solver": "coordinate-descent"},
            {"solver": "multiplicative"},
        ):
            before = len(calls)
            nx.fit(smooth_images(), 3, n_restarts=0, max_iter=1, **options)
            is_plain = options in ({}, {"alpha_W": 0.0, "alpha_H": 0.0}, {"solver": "coordinate-descent"})
            assert len(calls) - before == is_plain, options


def test_iteration_of_the_noise_test_is_the_first_of_the_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []

    def begin(*arguments: Any, **options: Any) -> Any:
        begun.append(arguments)
        return solver_iterations(*arguments, **options)

    monkeypatch.setattr(search, "solver_iterations", begin)
    checked = []

    def check(blocks: RowBlocks, start: Factors, first: Iteration) -> ResidualCheck:
        checked.append(first)
        return sparsify_if_residual_is_noise(blocks, start, first)

    monkeypatch.setattr(search, "sparsify_if_residual_is_noise", check)
    first = next(nx.fit_steps(smooth_images(), 3, n_restarts=0))
    assert len(begun) == len(checked) == 1
    assert first.relative_error == checked[0].relative_error


def _run(monkeypatch: pytest.MonkeyPatch, curves: list[list[float]], **options: Any) -> list[FitStep]:
    """Search among starts with given losses; after the last one the loss stays constant."""
    waiting = iter(curves)
    factors = [some_factors((60, 144), 2, seed) for seed in range(len(curves))]
    used = iter(factors)

    def solver_iterations(*_: Any, **__: Any) -> Iterator[Iteration]:
        curve, mine = next(waiting), next(used)
        return (Iteration(mine, loss, loss) for loss in chain(curve, repeat(curve[-1])))

    monkeypatch.setattr(search, "solver_iterations", solver_iterations)

    def steps(blocks: RowBlocks) -> list[FitStep]:
        return list(search_steps(blocks, FitOptions(2, start="random", n_restarts=len(curves) - 1, **options)))

    with blocks_of(smooth_images()) as blocks:
        return steps(blocks)


def _falling(to: float, by: float = 0.5, n: int = 30) -> list[float]:
    return [to + 0.5 * by**i for i in range(n)]


def test_further_start_is_kept_once_it_has_converged_to_a_lower_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = _run(monkeypatch, [_falling(0.3), _falling(0.2)])
    names = [step.relative_error for step in steps]
    assert names[-1] < 0.21
    changes = [i for i in range(1, len(steps)) if steps[i]._factors is not steps[i - 1]._factors]
    assert changes == [len(steps) - 1]
    assert (np.diff(names) <= 0).all()
    assert steps[-1].converged
    assert steps[-1].restarts is not None
    assert steps[-1].restarts.spread == pytest.approx(0.1, abs=1e-3)
    assert all(step.restarts is None for step in steps[:-1])


@pytest.mark.parametrize(("by", "is_kept"), [(0.5e-5, False), (2e-5, True)])
def test_further_start_is_kept_if_its_loss_is_lower_by_more_than_rounding(
    by: float, monkeypatch: pytest.MonkeyPatch, *, is_kept: bool
) -> None:
    steps = _run(monkeypatch, [_falling(0.3), _falling(0.3 - by)])
    assert (steps[-1]._factors is steps[0]._factors) != is_kept
    assert steps[-1].restarts is not None
    assert steps[-1].restarts.n_as_good == 1


def test_equally_good_start_runs_to_its_end_but_is_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps = _run(monkeypatch, [_falling(0.3), _falling(0.3 * (1 + 5e-4), by=0.9, n=300)], tol=1e-5)
    assert steps[-1]._factors is steps[0]._factors
    assert steps[-1].restarts is not None
    assert steps[-1].restarts.n_as_good == 1


def test_further_start_that_is_lower_but_has_not_converged_is_kept_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = [0.5 - 0.004 * i for i in range(61)]
    steps = _run(monkeypatch, [_falling(0.3), slow], max_iter=60)
    assert len(steps) > 60
    assert steps[-1].relative_error == slow[59]
    assert not steps[-1].converged


def test_start_that_cannot_win_is_abandoned(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = _run(monkeypatch, [_falling(0.3)])
    monkeypatch.undo()
    stuck = [0.6 - 1e-3 * 0.9**i for i in range(2)] + [0.59 - 1e-3 * i for i in range(300)]
    steps = _run(monkeypatch, [_falling(0.3), [0.6 + 0.3 * 0.8**i for i in range(400)], stuck], tol=1e-9)
    first = len(_first_start_steps(steps))
    second = next(i for i, step in enumerate(steps) if step.restarts is not None) + 1
    assert second - first <= 30  # it would take 80 to converge to that tolerance
    assert len(alone) <= first
    assert steps[-1].restarts is not None
    assert steps[-1].restarts.n_as_good == 0


def _first_start_steps(steps: list[FitStep]) -> list[FitStep]:
    """Return the steps of the first start, up to convergence."""
    return steps[: next(i for i, step in enumerate(steps) if step.converged) + 1]


def _two_starts(
    monkeypatch: pytest.MonkeyPatch, first: search.Start, second: search.Start, losses: tuple[float, ...]
) -> list[FitStep]:
    """Search among two starts that end at these losses."""
    monkeypatch.setattr(search, "starts_to_try", lambda *_: iter([first, second]))
    return _run(monkeypatch, [_falling(loss, n=60) for loss in losses])


def _start(name: str, *, is_trusted: bool = False, is_sparse: bool = False, is_fallback: bool = False) -> search.Start:
    prepared = PreparedStart(some_factors((60, 144), 2), is_sparse=is_sparse, is_trusted=lambda: is_trusted)
    return search.Start(name, lambda: prepared, is_fallback=is_fallback)


@pytest.mark.parametrize(("loss", "is_kept"), [(0.2997, True), (0.2995, False)])  # 0.3 is 0.1 % and 1e-4 above 0.2996
def test_start_that_leaves_only_noise_is_replaced_unless_it_is_as_good(
    loss: float, monkeypatch: pytest.MonkeyPatch, *, is_kept: bool
) -> None:
    steps = _two_starts(monkeypatch, _start("pixels", is_trusted=True), _start("random"), (0.3, loss))
    assert (steps[-1].start == "pixels") == is_kept


@pytest.mark.parametrize(("loss", "is_kept"), [(0.3003, True), (0.3005, False)])
@pytest.mark.parametrize("is_trusted", [False, True])
def test_fallback_is_replaced_by_a_start_that_is_as_good(
    loss: float, monkeypatch: pytest.MonkeyPatch, *, is_trusted: bool, is_kept: bool
) -> None:
    first, second = _start("given", is_fallback=True), _start("pixels", is_trusted=is_trusted)
    steps = _two_starts(monkeypatch, first, second, (0.3, loss))
    assert (steps[-1].start == "pixels") == is_kept


@pytest.mark.parametrize(("loss", "is_kept"), [(0.2915, True), (0.2905, False)])  # 3 % below 0.3 is 0.291
def test_start_whose_zeros_were_kept_clear_of_noise_is_replaced_by_a_clearly_lower_loss_only(
    loss: float, monkeypatch: pytest.MonkeyPatch, *, is_kept: bool
) -> None:
    clean = _start("pixels", is_sparse=True, is_trusted=True)
    steps = _two_starts(monkeypatch, clean, _start("random"), (0.3, loss))
    assert (steps[-1].start == "pixels") == is_kept


def test_no_further_start_is_tried_if_the_first_reaches_max_iter() -> None:
    model = nx.fit(smooth_images(), 4, max_iter=5, n_restarts=5)
    assert model.n_iterations == 5
    assert model.restarts is None
    assert not model.converged


def test_restarts_lower_the_error() -> None:
    X = photo_patches()[:200]
    one, many = (nx.fit(X, 12, start="random", n_restarts=n, random_state=4) for n in (0, 8))
    assert many.relative_error <= one.relative_error
    assert many.restarts is not None
    assert len(many.restarts.names) == 9
    np.testing.assert_array_equal(many.loss_history[: one.n_iterations], one.loss_history)


@pytest.mark.parametrize(("alpha_H", "expected"), [("same", 0.25), (0.0, 0.0), (0.5, 0.5)])
def test_penalties_are_scaled_as_in_scikit_learn(alpha_H: float | str, expected: float) -> None:
    with blocks_of(smooth_images()) as blocks:
        weight, part = scaled_penalties(FitOptions(2, alpha_W=0.25, alpha_H=alpha_H, l1_ratio=0.2), blocks.dataset)
    assert weight == pytest.approx((0.25 * 144 * 0.2, 0.25 * 144 * 0.8))
    assert part == pytest.approx((expected * 60 * 0.2, expected * 60 * 0.8))

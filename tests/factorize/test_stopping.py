"""Converged means that going on brings less than the tolerance promises; a fit that was cut short says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nmf_explorer as nx
from nmf_explorer.dataset.synthetic import swimmer
from nmf_explorer.factorize.stopping import EXACT, WINDOW, has_converged, remaining_gain
from nmf_explorer.resource_files import sample_images
from tests.factorize.data import photo_patches, smooth_images

if TYPE_CHECKING:
    from collections.abc import Callable

SETS: dict[str, Callable[[], Any]] = {
    "random": lambda: np.random.default_rng(0).random((40, 25)),
    "blobs": smooth_images,
    "swimmer": lambda: swimmer().images,
    "handwritten digits": lambda: nx.load(sample_images() / "handwritten_digits"),
    "drawn faces": lambda: nx.load(sample_images() / "drawn_faces"),
    "photo patches": photo_patches,
}


@given(ratio=st.floats(0.05, 0.97), size=st.floats(1e-3, 1), rest=st.floats(0, 1), n=st.integers(2 * WINDOW + 1, 80))
@settings(max_examples=60, deadline=None)
def test_of_a_geometric_series_the_estimate_is_the_rest_of_it(ratio: float, size: float, rest: float, n: int) -> None:
    history = rest + size * (ratio ** (1 / WINDOW)) ** np.arange(n)
    true = history[-1] - rest
    last_gain = history[-1 - WINDOW] - history[-1]
    assert remaining_gain(history.tolist()) == pytest.approx(max(true, last_gain), rel=1e-3, abs=1e-9)


def test_before_there_are_two_windows_nothing_is_known() -> None:
    assert remaining_gain([1.0] * 2 * WINDOW) == np.inf
    assert remaining_gain([1.0] * (2 * WINDOW + 1)) == 0


def test_a_loss_that_falls_ever_faster_or_rises_is_judged_carefully() -> None:
    faster = [1 - 0.001 * i**2 for i in range(2 * WINDOW + 1)]
    assert remaining_gain(faster) > 10 * (faster[-1 - WINDOW] - faster[-1])
    assert remaining_gain([1 + 0.1 * i for i in range(2 * WINDOW + 1)]) == 0
    late = [1.0] * (WINDOW + 1) + [1 - 0.01 * i for i in range(1, WINDOW + 1)]
    assert remaining_gain(late) == pytest.approx(0.1)


def test_the_rule_has_no_unit() -> None:
    history = (0.3 + 0.1 * 0.9 ** np.arange(60)).tolist()
    for n in range(1, 60):
        assert has_converged(history[:n], 1e-2) == has_converged([1e-3 * loss for loss in history[:n]], 1e-2)


def test_next_to_nothing_is_converged_even_without_tolerance() -> None:
    assert has_converged([1.0, EXACT / 2], 0.0)
    assert not has_converged([1.0, EXACT * 2], 0.0)


@pytest.mark.parametrize("start", ["nndsvda", "random", "pixels"])
@pytest.mark.parametrize(("name", "n_components"), [(name, 6) for name in SETS] + [("photo patches", 16)])
@pytest.mark.parametrize("tol", [1e-2, 1e-3])
def test_going_on_brings_no_more_than_twice_what_was_promised(
    name: str, n_components: int, start: str, tol: float
) -> None:
    samples = SETS[name]()
    stopped = nx.fit(samples, n_components, start=start, tol=tol)
    assert stopped.converged
    n = stopped.n_iterations
    longer = nx.fit(samples, n_components, start=start, tol=0, max_iter=3 * n + 100)
    np.testing.assert_array_equal(longer.loss_history[:n], stopped.loss_history)
    gain = stopped.loss_history[-1] - longer.loss_history[-1]
    assert gain <= 2 * tol * stopped.loss_history[-1]


@pytest.mark.parametrize("loss", ["kullback-leibler", "itakura-saito"])
@pytest.mark.parametrize("start", ["nndsvda", "random"])
def test_so_it_is_with_divergences(loss: str, start: str) -> None:
    samples = smooth_images()
    stopped = nx.fit(samples, 5, start=start, loss=loss, max_iter=5000)
    assert stopped.converged
    longer = nx.fit(samples, 5, start=start, loss=loss, tol=0, max_iter=3 * stopped.n_iterations + 100)
    assert stopped.loss_history[-1] - longer.loss_history[-1] <= 2e-3 * stopped.loss_history[-1]


@pytest.mark.parametrize("start", ["auto", "nndsvda", "random"])
def test_photographs_do_not_stop_early(start: str) -> None:
    """scikit-learn's rule ends after two iterations here, far above what can be had."""
    model = nx.fit(photo_patches(), 16, start=start)
    best = nx.fit(photo_patches(), 16, start="nndsvda", tol=0, max_iter=1500)
    assert model.converged
    assert model.n_iterations > 20
    assert model.relative_error <= 1.02 * best.relative_error


def test_a_smaller_tolerance_goes_on_for_longer() -> None:
    counts = [nx.fit(smooth_images(), 6, start="nndsvda", tol=tol).n_iterations for tol in (1e-1, 1e-2, 1e-3, 1e-4)]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


@pytest.mark.parametrize("solver", ["hals", "coordinate-descent", "multiplicative", "scikit-learn"])
def test_where_the_iterations_ran_out_a_model_does_not_claim_to_have_converged(solver: str) -> None:
    model = nx.fit(smooth_images(), 6, solver=solver, max_iter=3)
    assert not model.converged
    assert model.n_iterations == 3


@pytest.mark.parametrize("start", ["nndsvda", "random"])
def test_a_fit_that_converges_at_its_last_iteration_says_that_it_did(start: str) -> None:
    n = nx.fit(smooth_images(), 3, start=start).n_iterations
    assert nx.fit(smooth_images(), 3, start=start, max_iter=n).converged
    assert not nx.fit(smooth_images(), 3, start=start, max_iter=n - 1).converged


def test_an_exact_fit_ends_by_itself_even_without_tolerance() -> None:
    model = nx.fit(np.outer(np.arange(1, 6), np.arange(1, 9)), 1, tol=0)
    assert model.converged
    assert model.relative_error < EXACT

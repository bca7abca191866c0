"""Laws that hold for every fit: never negative, the loss falls, scale carries over, twice is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import nmf_explorer as nx
from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.errors import Cancelled
from nmf_explorer.factorize import solvers

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOISE = 1e-4  # of the relative error, by which float32 may let it rise


def smooth_images(n_samples: int = 60, side: int = 12, n_parts: int = 6) -> NDArray[np.float64]:
    """Overlapping blobs at random brightness, with noise: nothing that could be factorized exactly."""
    rng = np.random.default_rng(3)
    y, x = np.mgrid[0:side, 0:side]
    blobs = [np.exp(-((y - a) ** 2 + (x - b) ** 2) / 12) for a, b in rng.uniform(0, side, (n_parts, 2))]
    mixed = np.tensordot(rng.exponential(0.4, (n_samples, n_parts)), np.array(blobs), axes=1)
    return mixed + 0.05 * rng.random(mixed.shape)


SMALL = st.tuples(st.integers(1, 9), st.integers(1, 9)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.sampled_from([0.0, 0.0, 0.25, 0.5, 1.0]))
)


@settings(deadline=None, max_examples=60)
@given(matrix=SMALL, data=st.data())
def test_laws_hold_for_any_small_matrix(matrix: NDArray[np.float64], data: st.DataObject) -> None:
    if not matrix.any():
        matrix = matrix + 1  # all-black data are refused, see test_fit_options
    n_components = data.draw(st.integers(1, min(matrix.shape)))
    model = nx.fit(matrix, n_components, max_iter=60)
    assert (model.components >= 0).all()
    assert (model.weights >= 0).all()
    assert set(np.round(model.components.max(axis=1), 6)) <= {0.0, 1.0}
    history = model.loss_history
    assert (np.diff(history) <= NOISE).all()
    assert (history >= 0).all()
    product = model.weights.astype(np.float64) @ model.components
    assert model.relative_error == pytest.approx(
        np.linalg.norm(matrix - product) / np.linalg.norm(matrix), rel=1e-2, abs=1e-4
    )


def test_error_is_that_of_the_model() -> None:
    images = smooth_images()
    model = nx.fit(images, 6)
    matrix = images.reshape(len(images), -1)
    exact = np.linalg.norm(matrix - model.weights.astype(np.float64) @ model.components) / np.linalg.norm(matrix)
    assert model.relative_error == pytest.approx(exact, rel=1e-3)


def test_same_seed_same_model_and_another_seed_another() -> None:
    images = smooth_images()
    one, two, other = (nx.fit(images, 5, random_state=seed, max_iter=20) for seed in (1, 1, 2))
    assert np.array_equal(one.components, two.components)
    assert np.array_equal(one.weights, two.weights)
    assert not np.array_equal(one.components, other.components)


@pytest.mark.parametrize("factor", [4.0, 1e30, 1e-30])
def test_scaling_the_data_scales_the_weights(factor: float) -> None:
    images = smooth_images()
    plain, scaled = nx.fit(images, 4, max_iter=40), nx.fit(images * factor, 4, max_iter=40)
    assert np.allclose(scaled.components, plain.components, atol=1e-2)
    assert np.allclose(scaled.weights / factor, plain.weights, atol=1e-2)
    assert scaled.relative_error == pytest.approx(plain.relative_error, rel=1e-3)


def test_borders_of_blocks_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    images = smooth_images()
    whole = nx.fit(images, 4, max_iter=15)
    monkeypatch.setattr(solvers, "_BLOCK_NUMBERS", 1)
    assert nx.fit(images, 4, max_iter=15).relative_error == pytest.approx(whole.relative_error, rel=1e-3)


def test_eight_bit_data_give_what_float_data_give() -> None:
    stored = np.rint(np.clip(smooth_images(), 0, 1) * 255).astype(np.uint8).reshape(60, -1)
    names = tuple(map(str, range(60)))
    eight_bit = nx.fit(Dataset(stored, (12, 12), names, white=255.0), 4, max_iter=30)
    as_float = nx.fit(stored / 255, 4, max_iter=30)
    assert eight_bit.relative_error == pytest.approx(as_float.relative_error, rel=1e-3)
    assert np.allclose(eight_bit.components, as_float.components, atol=1e-2)


def test_converged_means_that_there_is_little_left_to_gain() -> None:
    images = smooth_images()
    model = nx.fit(images, 6)
    assert model.converged
    ten_more = nx.fit(images, 6, max_iter=model.n_iterations + 10, tol=0)
    assert model.relative_error - ten_more.relative_error <= 1.5e-4 * model.relative_error
    far = nx.fit(images, 6, max_iter=2000, tol=0)
    assert model.relative_error <= 1.01 * far.relative_error


def test_not_converged_when_the_iterations_ran_out() -> None:
    model = nx.fit(smooth_images(), 6, max_iter=3)
    assert not model.converged
    assert model.n_iterations == 3


def test_an_early_step_stays_valid() -> None:
    steps = list(nx.fit_steps(smooth_images(), 4, max_iter=12))
    early = steps[2].model()
    assert [step.iteration for step in steps] == list(range(1, 13))
    assert early.n_iterations == 3
    assert early.relative_error == steps[2].relative_error
    matrix = smooth_images().reshape(60, -1)
    exact = np.linalg.norm(matrix - early.weights @ early.components) / np.linalg.norm(matrix)
    assert early.relative_error == pytest.approx(exact, rel=1e-3)


def test_a_fit_stops_in_the_middle_of_an_iteration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solvers, "_BLOCK_NUMBERS", 1)  # a block is one sample
    stop: list[bool] = []
    steps = nx.fit_steps(smooth_images(), 4, should_stop=lambda: bool(stop))
    last = next(steps)
    stop.append(True)
    with pytest.raises(Cancelled):
        next(steps)
    assert last.model().n_iterations == 1


def test_fit_can_be_stopped_before_it_begins() -> None:
    with pytest.raises(Cancelled):
        nx.fit(smooth_images(), 2, should_stop=lambda: True)


def test_large_data_start_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    trials: list[Any] = []
    true_iterations = solvers.hals_iterations
    monkeypatch.setattr(solvers, "hals_iterations", lambda *given: trials.append(given) or true_iterations(*given))
    monkeypatch.setattr(solvers, "_TRIAL_WORK", 1)
    nx.fit(smooth_images(), 4, max_iter=2)
    assert len(trials) == 1


def test_trials_on_some_rows_serve_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    images = smooth_images(120)
    monkeypatch.setattr(solvers, "_TRIAL_WORK", 100 * 144 * 4)  # a hundred rows
    some = nx.fit(images, 4)
    monkeypatch.undo()
    assert some.relative_error == pytest.approx(nx.fit(images, 4).relative_error, rel=0.05)


def test_trials_on_black_rows_only_take_all_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solvers, "_TRIAL_FEWEST_ROWS", 1)
    monkeypatch.setattr(solvers, "_TRIAL_WORK", 2 * 4)  # two rows of four numbers
    matrix = np.zeros((50, 4))
    matrix[17] = [1, 2, 3, 4]
    assert nx.fit(matrix, 1).relative_error < 1e-5

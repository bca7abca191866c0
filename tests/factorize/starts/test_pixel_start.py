"""Pixel start: finds parts with a pixel of their own, also more than the rank, and detects noise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.sparse import csr_array

import nmf_explorer as nx
from nmf_explorer.factorize.solvers.factors import Factors
from nmf_explorer.factorize.solvers.hals import HalsOptions, hals_iterations
from nmf_explorer.factorize.starts import pixel_start as module
from nmf_explorer.factorize.starts.pixel_start import (
    ResidualNoiseTest,
    pixel_start,
    select_extreme_columns,
    sparsify_if_residual_is_noise,
)
from tests.factorize.data import Known, blocks_of, grey_swimmer, noisy_digits, photo_patches, some_factors
from tests.factorize.matching import matched_cosines
from tests.synthetic.synthetic_sets import led_digits, swimmer

if TYPE_CHECKING:
    from nmf_explorer.factorize.solvers.row_blocks import RowBlocks
    from tests.synthetic.synthetic_sets import SyntheticSet


@pytest.mark.parametrize("drawn", [led_digits(), swimmer()], ids=["led digits", "swimmer"])
def test_parts_with_a_pixel_of_their_own_are_found_without_a_fit(drawn: SyntheticSet) -> None:
    X = drawn.images.reshape(len(drawn.images), -1)
    with blocks_of(X) as blocks:
        start = pixel_start(blocks, len(drawn.parts))
    assert min(start.W.min(), start.H.min()) >= 0
    assert np.mean(matched_cosines(start.H, drawn.parts) > 0.95) > 0.85


def test_extreme_columns_are_found_among_their_sums() -> None:
    rng = np.random.default_rng(0)
    true = rng.random((6, 4), dtype=np.float32)
    inside = true @ rng.dirichlet(np.full(4, 5.0), 50).T
    points = np.hstack([inside, true], dtype=np.float32)
    found = select_extreme_columns(points, 4)
    distances = np.abs(found[:, :, np.newaxis] - true[:, np.newaxis, :]).max(axis=0)
    assert (distances.min(axis=0) < 1e-6).all()


def test_more_extreme_columns_than_dimensions_are_found() -> None:
    square = np.array([[1, 1, -1, -1, 0], [1, -1, 1, -1, 0], [1, 1, 1, 1, 1]], dtype=np.float32)
    assert {tuple(corner) for corner in select_extreme_columns(square, 4).T} == {
        (1, 1, 1),
        (1, -1, 1),
        (-1, 1, 1),
        (-1, -1, 1),
    }


def test_candidates_of_large_images_are_a_fixed_subsample_of_nonzero_pixels() -> None:
    columns = np.zeros((2, 5000))
    columns[:, 1000:4000] = 1
    some = module._candidate_pixels(columns)
    assert len(some) == module._MAX_PIXELS == len(set(some))
    assert some.min() >= 1000
    assert some.max() < 4000
    np.testing.assert_array_equal(some, module._candidate_pixels(columns))
    np.testing.assert_array_equal(module._candidate_pixels(columns[:, 900:1200]), np.arange(100, 300))


@pytest.mark.parametrize("k", [1, 5])
@pytest.mark.parametrize("is_sparse", [False, True])
def test_data_with_a_single_nonzero_pixel_have_a_start(k: int, *, is_sparse: bool) -> None:
    X = np.zeros((6, 5))
    X[2, 3] = 1
    with blocks_of(csr_array(X) if is_sparse else X) as blocks:
        start = pixel_start(blocks, k)
    assert start.W.shape == (k, 6)
    assert np.isfinite(start.W).all()
    np.testing.assert_allclose(start.W.T @ start.H, X, atol=1e-4)


def _true_factors(known: Known) -> Factors:
    return Factors(known.weights.T.astype(np.float32), known.parts.astype(np.float32))


def _noisy(*, is_complete: bool) -> tuple[Any, Factors]:
    """Return the Swimmer with photon noise, and its true factors, with or without the last part."""
    known = grey_swimmer(0, 50)
    factors = _true_factors(known)
    return known.samples, factors if is_complete else Factors(factors.W[:-1], factors.H[:-1])


def check_after_one_iteration(blocks: RowBlocks, start: Factors) -> tuple[Factors, bool, bool]:
    """Return factors, is_sparse and is_noise of the residual check after one iteration."""
    check = sparsify_if_residual_is_noise(blocks, start, next(hals_iterations(blocks, start, HalsOptions())))
    return check.factors, check.is_sparse, check.is_noise()


@pytest.mark.parametrize("is_complete", [True, False])
def test_noise_is_distinguished_from_a_missing_part(*, is_complete: bool) -> None:
    samples, factors = _noisy(is_complete=is_complete)
    with blocks_of(samples) as blocks:
        test = ResidualNoiseTest(blocks, factors)
        assert test.is_noise == is_complete
        assert test.is_noise_on_background


def test_residuals_of_photographs_are_not_noise() -> None:
    with blocks_of(photo_patches()) as blocks:
        for step, _ in zip(
            hals_iterations(blocks, some_factors((800, 256), 8), HalsOptions()), range(60), strict=False
        ):
            factors = step.factors
        assert not ResidualNoiseTest(blocks, factors).is_noise
        assert check_after_one_iteration(blocks, factors)[1:] == (False, False)


def test_strong_structure_is_found_by_the_quick_test(monkeypatch: pytest.MonkeyPatch) -> None:
    powers, largest = [], module._top_right_singular_vector

    def recording(matrix: np.ndarray, n_powers: int) -> tuple[np.ndarray, float]:
        powers.append(n_powers)
        return largest(matrix, n_powers)

    monkeypatch.setattr(module, "_top_right_singular_vector", recording)
    rng = np.random.default_rng(0)
    noise = rng.standard_normal((300, 64), dtype=np.float32)
    assert module._is_noise(noise)
    assert len(powers) == 3
    powers.clear()
    assert not module._is_noise(noise + 5)
    assert powers == [module._FEW_POWERS]


@pytest.mark.parametrize("is_sparse", [False, True])
def test_entries_made_by_noise_are_removed(*, is_sparse: bool) -> None:
    known = grey_swimmer(0, 50)
    with blocks_of(csr_array(known.samples) if is_sparse else known.samples) as blocks:
        start = pixel_start(blocks, 17)
        sparse_start, is_sparse, is_noise = check_after_one_iteration(blocks, start)
    assert is_noise
    assert is_sparse
    assert min(sparse_start.W.min(), sparse_start.H.min()) >= 0
    assert matched_cosines(sparse_start.H, known.parts).mean() > matched_cosines(start.H, known.parts).mean()
    assert np.count_nonzero(sparse_start.H) < np.count_nonzero(start.H)


def test_exact_start_is_not_changed() -> None:
    drawn = led_digits()
    with blocks_of(drawn.images.reshape(128, -1)) as blocks:
        start = pixel_start(blocks, 7)
        assert check_after_one_iteration(blocks, start) == (start, False, False)


def test_zeros_of_a_sparse_start_stay_0() -> None:
    known = grey_swimmer(1, 50)
    with blocks_of(known.samples) as blocks:
        sparse_start, is_sparse, _ = check_after_one_iteration(blocks, pixel_start(blocks, 17))
    assert is_sparse
    model = nx.fit(known.samples, 17, n_restarts=0)
    assert model.start == "pixels"
    assert not model.components[sparse_start.H == 0].any()
    assert not model.weights.T[sparse_start.W == 0].any()
    assert matched_cosines(model.components, known.parts).min() > 0.95


@pytest.mark.parametrize("noise", [0.05, 0.1, 0.2])
def test_nonnegative_noise_is_noise_on_a_background(noise: float) -> None:
    known = noisy_digits(0, noise)
    with blocks_of(known.samples) as blocks:
        start = pixel_start(blocks, 7)
        assert not ResidualNoiseTest(blocks, start).is_noise
        assert check_after_one_iteration(blocks, start)[1:] == (False, True)
        fewer = pixel_start(blocks, 5)
        assert check_after_one_iteration(blocks, fewer)[1:] == (False, False)

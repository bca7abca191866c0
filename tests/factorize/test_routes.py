"""Equal models from dense, sparse and mapped samples, few and many blocks, one and several threads."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.sparse import coo_array, csc_array, csr_array, csr_matrix

import nmf_explorer as nx
from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.factorize.solvers import row_blocks
from tests.factorize.data import exact_error, smooth_images

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.nmf_model import NmfModel

METHODS: list[dict[str, Any]] = [
    {"solver": "hals", "start": "random"},
    {"solver": "hals", "start": "pixels"},
    {"solver": "hals", "start": "nndsvd"},
    {"solver": "coordinate-descent", "start": "nndsvda"},
    {"solver": "multiplicative", "start": "random"},
    {"solver": "multiplicative", "start": "pixels", "loss": "kullback-leibler"},
    {"solver": "hals", "start": "random", "alpha_W": 0.001, "l1_ratio": 0.5},
    {"solver": "scikit-learn", "start": "nndsvda"},
    {"solver": "scikit-learn", "start": "random", "loss": "kullback-leibler"},
]
every_method = pytest.mark.parametrize("method", METHODS, ids=str)


def _samples() -> NDArray[np.float64]:
    """Return blobs (60, 144) with 8-bit values from 0 to 1, a third of them 0."""
    X = smooth_images()
    levels: NDArray[np.float64] = np.rint(np.where(np.quantile(X, 0.3) < X, np.minimum(X, 1), 0) * 255)
    return levels / 255


def _fit(X: Any, method: dict[str, Any], **options: Any) -> NmfModel:
    return nx.fit(X, 4, random_state=1, max_iter=15, tol=0, **method, **options)


@cache
def _reference_model(name: str) -> NmfModel:
    """Return the model of one dense array in one block, by the name of the method."""
    return _fit(_samples(), {str(method): method for method in METHODS}[name])


def _assert_same(one: NmfModel, other: NmfModel) -> None:
    np.testing.assert_allclose(one.loss_history, other.loss_history, atol=1e-4)
    np.testing.assert_allclose(one.components, other.components, atol=3e-3)
    np.testing.assert_allclose(one.weights, other.weights, atol=3e-3 * other.weights.max())


@every_method
@pytest.mark.parametrize("kind", [csr_array, csr_matrix, csc_array, coo_array])
def test_sparse_samples_give_the_model_of_dense_ones(method: dict[str, Any], kind: Any) -> None:
    model = _fit(kind(_samples()), method)
    _assert_same(model, _reference_model(str(method)))
    assert model.relative_error == pytest.approx(exact_error(_samples(), model), rel=1e-3)


@every_method
@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
def test_memory_map_gives_the_model_of_an_array(method: dict[str, Any], dtype: type, tmp_path: Path) -> None:
    numbers = (_samples() * 255).astype(np.uint8) if dtype == np.uint8 else _samples().astype(dtype)
    np.save(tmp_path / "numbers.npy", numbers)
    mapped = np.load(tmp_path / "numbers.npy", mmap_mode="r")
    model, same = _fit(mapped, method), _fit(numbers, method)
    np.testing.assert_array_equal(model.components, same.components)
    np.testing.assert_array_equal(model.weights, same.weights)


@every_method
def test_8_bit_images_give_the_model_of_their_brightness(method: dict[str, Any]) -> None:
    stored = np.rint(_samples() * 255).astype(np.uint8)
    images = Dataset(stored, (12, 12), tuple(map(str, range(60))), white=255.0)
    _assert_same(_fit(images, method), _reference_model(str(method)))


@every_method
@pytest.mark.parametrize("rows", [1, 7])
@pytest.mark.parametrize("is_sparse", [False, True])
def test_many_blocks_give_the_model_of_one_block(
    monkeypatch: pytest.MonkeyPatch, method: dict[str, Any], rows: int, *, is_sparse: bool
) -> None:
    X = csr_array(_samples()) if is_sparse else _samples()
    whole = _fit(X, method)
    for name, value in (("_BLOCK_NUMBERS", rows * 144), ("_SPLIT_NUMBERS", 1), ("_MIN_ROWS", 1)):
        monkeypatch.setattr(row_blocks, name, value)
    assert len(row_blocks.row_slices(Dataset.from_array(X))) > 5
    _assert_same(_fit(X, method), whole)


@pytest.mark.parametrize("method", [*METHODS[:-2], {"solver": "auto", "start": "auto"}], ids=str)
@pytest.mark.parametrize("is_sparse", [False, True])
def test_any_number_of_threads_gives_bitwise_equal_models(
    monkeypatch: pytest.MonkeyPatch, method: dict[str, Any], *, is_sparse: bool
) -> None:
    for name, value in (("_BLOCK_NUMBERS", 900), ("_SPLIT_NUMBERS", 1), ("_MIN_ROWS", 1), ("_PIECE_NUMBERS", 200)):
        monkeypatch.setattr(row_blocks, name, value)
    X = csr_array(_samples()) if is_sparse else _samples()
    one, two, five = (_fit(X, method, n_threads=n) for n in (1, 2, 5))
    for other in (two, five):
        np.testing.assert_array_equal(other.components, one.components)
        np.testing.assert_array_equal(other.weights, one.weights)
        np.testing.assert_array_equal(other.loss_history, one.loss_history)

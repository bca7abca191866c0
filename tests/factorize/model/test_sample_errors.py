"""The errors of samples equal those of their explanations, for every kind of stored values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.sparse import csr_array

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.errors import Cancelled
from nmf_explorer.factorize.fit import fit
from nmf_explorer.factorize.fit_options import FitOptions
from nmf_explorer.factorize.model import sample_errors as module
from nmf_explorer.factorize.model.explain import explain
from nmf_explorer.factorize.model.nmf_model import NmfModel
from nmf_explorer.factorize.model.sample_errors import sample_errors
from nmf_explorer.factorize.solvers import row_blocks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RNG = np.random.default_rng(5)
NUMBERS = RNG.random((40, 6, 5)) * (RNG.random((40, 6, 5)) < 0.5)
NUMBERS[7] = 0


def byte_images() -> Dataset:
    pixels = (NUMBERS * 255).astype(np.uint8).reshape(40, 30)
    return Dataset(pixels, (6, 5), tuple(map(str, range(40))), white=255.0)


def memory_mapped(folder: Path) -> Dataset:
    path = folder / "x.npy"
    np.save(path, NUMBERS.astype(np.float32))
    return Dataset.from_array(np.load(path, mmap_mode="r"))


@pytest.fixture(params=["float32", "uint8", "memory map", "sparse", "huge", "tiny"])
def dataset(request: pytest.FixtureRequest, tmp_path: Path) -> Dataset:
    """Return the same samples, stored in each way."""
    flat = NUMBERS.reshape(40, 30)
    makers: dict[str, Callable[[], Dataset]] = {
        "float32": lambda: Dataset.from_array(NUMBERS.astype(np.float32)),
        "uint8": byte_images,
        "memory map": lambda: memory_mapped(tmp_path),
        "sparse": lambda: Dataset.from_array(csr_array(flat)),
        "huge": lambda: Dataset.from_array(flat * 1e30),
        "tiny": lambda: Dataset.from_array(flat * 1e-30),
    }
    return makers[request.param]()


@pytest.mark.parametrize("piece", [1, 70, 10**6])
def test_errors_are_those_of_the_explanations(dataset: Dataset, piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_BLOCK_NUMBERS", "_SPLIT_NUMBERS", "_MIN_ROWS"):
        monkeypatch.setattr(row_blocks, name, 100 if name == "_BLOCK_NUMBERS" else 3)
    monkeypatch.setattr(module, "_PIECE_NUMBERS", piece)
    model = fit(dataset, 3, start="random", max_iter=20)
    errors = sample_errors(dataset, model)
    expected = [explain(dataset, model, i).relative_error for i in range(dataset.n_samples)]
    np.testing.assert_allclose(errors, expected, rtol=1e-4, atol=1e-6)
    assert errors.dtype == np.float64
    assert not errors.flags.writeable


def test_it_can_be_stopped() -> None:
    dataset = byte_images()
    with pytest.raises(Cancelled):
        sample_errors(dataset, fit(dataset, 2), should_stop=lambda: True)


@pytest.mark.parametrize("scale", [1.0, 2.0, 1e30, 1e-30])
def test_a_black_sample_is_measured_against_a_white_one(scale: float) -> None:
    """||reconstruction|| / ||white||: parts of 4 pixels, half as bright as the brightest pixel of the set."""
    pixels = np.array([[1, 0, 0, 0], [0, 0, 0, 0], [0, 1, 1, 0]], dtype=np.float64) * scale
    dataset = Dataset.from_array(pixels)
    parts, weights = np.ones((1, 4), dtype=np.float32), np.full((3, 1), scale / 2, dtype=np.float32)
    model = NmfModel.scaled(
        parts,
        weights,
        sample_shape=(1, 4),
        relative_error=0.5,
        loss_history=np.array([0.5]),
        converged=True,
        options=FitOptions(1),
    )
    np.testing.assert_allclose(sample_errors(dataset, model), [1.0, 0.5, np.sqrt(0.5)], rtol=1e-6)

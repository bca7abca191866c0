"""What a part explains is the error that remains without it, compared with sums made term by term."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.sparse import csr_array

import nmf_explorer as nx
from nmf_explorer.errors import Cancelled
from nmf_explorer.factorize.model.errors_without import errors_without
from tests.factorize.data import smooth_images

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.nmf_model import NmfModel

X = smooth_images(n_samples=40, side=6)


def one_by_one(samples: NDArray[np.float64], model: NmfModel) -> list[float]:
    """Return the error of all samples without each part, computed from the sum of all other terms."""
    errors = []
    for left_out in range(model.n_components):
        total = np.zeros_like(samples)
        for part in range(model.n_components):
            if part != left_out:
                total += np.outer(model.weights[:, part], model.components[part]).astype(np.float64)
        errors.append(float(np.linalg.norm(samples - total) / np.linalg.norm(samples)))
    return errors


@pytest.mark.parametrize("scale", [1.0, 255.0, 1e-9, 1e9])
@pytest.mark.parametrize("max_iter", [1, 200])
def test_it_is_the_error_of_the_sum_of_all_other_terms(scale: float, max_iter: int) -> None:
    dataset = nx.Dataset.from_array(scale * X)
    model = nx.fit(dataset, 4, max_iter=max_iter, start="random")
    errors = errors_without(dataset, model)
    assert errors.tolist() == pytest.approx(one_by_one(scale * X, model), rel=1e-4)
    assert (errors > model.relative_error).all()


def test_sparse_samples_give_the_same() -> None:
    samples = np.where(X > 0.3, X, 0.0)
    model = nx.fit(samples, 3, max_iter=20)
    sparse = nx.Dataset.from_array(csr_array(samples))
    assert errors_without(sparse, model).tolist() == pytest.approx(one_by_one(samples, model), rel=1e-4)


def test_an_unused_part_changes_nothing() -> None:
    dataset = nx.Dataset.from_array(np.outer([1.0, 2.0, 4.0], [1.0, 0.0, 3.0]))
    model = nx.fit(dataset, 2)
    errors = errors_without(dataset, model)
    assert max(errors) == pytest.approx(1)
    assert min(errors) == pytest.approx(model.relative_error, abs=1e-3)


def test_it_can_be_cancelled() -> None:
    dataset = nx.Dataset.from_array(X)
    model = nx.fit(dataset, 2, max_iter=1)
    with pytest.raises(Cancelled):
        errors_without(dataset, model, should_stop=lambda: True)

"""Sketched start of large data: the best of several fits to a subset of rows and columns."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.sparse import csr_array

import nmf_explorer as nx
from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.errors import Cancelled
from nmf_explorer.factorize import search
from nmf_explorer.factorize.fit_options import FitOptions
from nmf_explorer.factorize.solvers.factors import Factors
from nmf_explorer.factorize.solvers.hals import Iteration
from nmf_explorer.factorize.starts import sketch
from nmf_explorer.factorize.starts.sketch import sketched_start
from tests.current import current
from tests.factorize.data import blocks_of, photo_patches, smooth_images, some_factors
from tests.factorize.matching import matched_cosines
from tests.synthetic.synthetic_sets import led_digits

if TYPE_CHECKING:
    from collections.abc import Iterator


def _error(X: Any, n_components: int, seed: int = 0) -> float:
    """Return the relative error of a sketched start, whose weights are rough."""
    with blocks_of(X) as blocks:
        W, H = sketched_start(blocks, FitOptions(n_components), np.random.default_rng(seed))
    dense = X if isinstance(X, np.ndarray) else X.toarray()
    assert W.shape == (n_components, len(dense))
    assert H.shape == (n_components, dense.shape[1])
    assert min(W.min(), H.min()) >= 0
    return float(np.linalg.norm(dense - W.T @ H) / np.linalg.norm(dense))


@pytest.fixture
def small_sketch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sketch a quarter of the photographs and a quarter of their pixels."""
    monkeypatch.setattr(sketch, "_NUMBERS", 200 * 64)
    monkeypatch.setattr(sketch, "_COLUMNS", 64)
    monkeypatch.setattr(sketch, "_ROWS_PER_PART", 1)


@pytest.mark.usefixtures("small_sketch")
@pytest.mark.parametrize("kind", ["dense", "sparse"])
def test_sketch_gives_a_start_for_all_data(kind: str) -> None:
    X: Any = photo_patches()
    fitted = nx.fit(X, 10, start="nndsvda").relative_error
    assert _error(csr_array(X) if kind == "sparse" else X, 10) < 1.3 * fitted


@pytest.mark.usefixtures("small_sketch")
@pytest.mark.parametrize("unit", [1e9, 1e-9])
def test_sketch_works_in_any_unit(unit: float) -> None:
    X = photo_patches()[:300].astype(np.float64)
    model = nx.fit(X * unit, 8, start="nndsvda", max_iter=30)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "SEARCH_WORK", 1)
        sketched = nx.fit(X * unit, 8)
    assert sketched.start == "sketch"
    assert sketched.relative_error < 1.05 * model.relative_error


@pytest.mark.usefixtures("small_sketch")
def test_true_parts_are_found_in_a_sketch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SEARCH_WORK", 1)
    drawn = led_digits()
    X = np.repeat(drawn.images.reshape(128, -1), 4, axis=0)
    for seed in range(5):
        model = nx.fit(X, 7, random_state=seed)
        assert model.start == "sketch"
        assert matched_cosines(model.components, drawn.parts).min() > 0.95


def test_same_seed_gives_the_same_sketch() -> None:
    X = smooth_images()
    assert _error(X, 4, seed=1) == _error(X, 4, seed=1)


@pytest.mark.usefixtures("small_sketch")
def test_parallel_starts_give_the_same_factors_as_sequential_ones() -> None:
    with blocks_of(photo_patches()) as blocks:
        one, four = (sketched_start(blocks, FitOptions(6, n_threads=n), np.random.default_rng(0)) for n in (1, 4))
    np.testing.assert_array_equal(one.W, four.W)
    np.testing.assert_array_equal(one.H, four.H)


@pytest.mark.parametrize(("n_components", "n_starts"), [(4, 4), (5, 2)])
def test_fewer_starts_are_tried_for_many_parts(
    monkeypatch: pytest.MonkeyPatch, n_components: int, n_starts: int
) -> None:
    best_of, counted = sketch._successive_halving, []

    def counting(runs: Any, threads: Any) -> Any:
        counted.append(len(runs))
        return best_of(runs, threads)

    monkeypatch.setattr(sketch, "_MAX_PARTS_FOR_ALL_STARTS", 4)
    monkeypatch.setattr(sketch, "_successive_halving", counting)
    assert _error(smooth_images(), n_components) < 0.3
    assert counted == [n_starts]


def test_columns_are_subsampled_for_wide_dense_data_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketch, "_COLUMNS", 50)
    rng = np.random.default_rng(0)
    X = smooth_images()
    wide, sparse, narrow = (Dataset.from_array(A) for A in (X, csr_array(X), X[:, :50]))
    few = sketch._subsample_columns(wide, rng)
    assert few.stored.shape == (60, 50)
    assert {tuple(column) for column in few.matrix.T} <= {tuple(column) for column in wide.matrix.T}
    assert sketch._subsample_columns(sparse, rng) is sparse
    assert sketch._subsample_columns(narrow, rng) is narrow


@pytest.mark.parametrize("n_threads", [1, 4])
def test_successive_halving_drops_the_worse_half(monkeypatch: pytest.MonkeyPatch, n_threads: int) -> None:
    calls = [0] * 4

    def iterations(_blocks: Any, start: Factors, _options: Any) -> Iterator[Iteration]:
        i = int(start.W[0, 0])
        for n in count():
            calls[i] += 1
            yield Iteration(some_factors((2, 2), 1, seed=i), 0.1 * (i + 1) + 1 / (n + 1), 0.0)

    monkeypatch.setattr(sketch, "hals_iterations", iterations)
    starts = [partial(Factors, np.full((1, 2), i), np.ones((1, 2))) for i in (2, 0, 3, 1)]
    runs = [sketch._SketchRun(blocks_of(np.eye(2)), start) for start in starts]
    with ThreadPoolExecutor(n_threads) as threads:
        best = sketch._successive_halving(runs, threads)
    assert best.latest.loss == pytest.approx(0.1 + 1 / (2 * sketch._ITERATIONS_PER_ROUND))
    assert calls[0] == calls[1] == 2 * sketch._ITERATIONS_PER_ROUND
    assert calls[2] == calls[3] == sketch._ITERATIONS_PER_ROUND
    assert not current(best.is_over)
    while not best.is_over:
        best.iterate()
    assert 3 * sketch._ITERATIONS_PER_ROUND <= calls[0] <= sketch._MAX_ITERATIONS


@pytest.mark.parametrize("loss", ["frobenius", "kullback-leibler"])
@pytest.mark.parametrize("is_sparse", [False, True])
def test_data_with_a_single_nonzero_row_are_fitted(
    monkeypatch: pytest.MonkeyPatch, loss: str, *, is_sparse: bool
) -> None:
    monkeypatch.setattr(search, "SEARCH_WORK", 1)
    monkeypatch.setattr(sketch, "_NUMBERS", 5 * 4)
    monkeypatch.setattr(sketch, "_ROWS_PER_PART", 1)
    X = np.zeros((50, 4))
    X[17] = [1, 2, 3, 4]
    for seed in range(4):
        model = nx.fit(csr_array(X) if is_sparse else X, 1, loss=loss, random_state=seed)
        assert model.relative_error < 1e-3


@pytest.mark.parametrize("n_threads", [1, 4])
def test_it_can_be_stopped(monkeypatch: pytest.MonkeyPatch, n_threads: int) -> None:
    monkeypatch.setattr(search, "SEARCH_WORK", 1)
    calls: list[bool] = []

    def should_stop() -> bool:
        calls.append(len(calls) >= 30)
        return calls[-1]

    before = threading.active_count()
    with pytest.raises(Cancelled):
        nx.fit(smooth_images(), 4, should_stop=should_stop, n_threads=n_threads)
    assert 31 <= len(calls) <= 34  # each of the four starts may call it once more
    assert threading.active_count() == before

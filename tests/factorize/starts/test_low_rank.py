"""The low-rank start of sparse samples is close to the result of a fit to the samples."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.sparse import csr_array

import nmf_explorer as nx
from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.errors import Cancelled
from nmf_explorer.factorize import search
from nmf_explorer.factorize.fit_options import FitOptions
from nmf_explorer.factorize.search import starts_to_try
from nmf_explorer.factorize.solvers import momentum
from nmf_explorer.factorize.solvers.hals import HalsOptions, hals_iterations
from nmf_explorer.factorize.solvers.row_blocks import RowBlocks
from nmf_explorer.factorize.starts import low_rank
from nmf_explorer.factorize.starts.low_rank import low_rank_start
from nmf_explorer.factorize.starts.starting_factors import svd_start
from tests.factorize.data import blocks_of
from tests.factorize.matching import matched_cosines
from tests.synthetic.synthetic_sets import led_digits

if TYPE_CHECKING:
    from nmf_explorer.factorize.solvers.factors import Factors


def _texts(n_texts: int = 600, n_words: int = 900, n_topics: int = 8) -> csr_array[np.float32]:
    """Return word counts of short texts (n_texts, n_words), each mostly of one or two topics."""
    rng = np.random.default_rng(2)
    topics = rng.gamma(0.05, 1, (n_topics, n_words)) + 0.001
    topics /= topics.sum(axis=1, keepdims=True)
    mixed = rng.dirichlet(np.full(n_topics, 0.1), n_texts) @ topics
    return csr_array(np.array([rng.multinomial(60, p / p.sum()) for p in mixed]).astype(np.float32))


def _errors(blocks: RowBlocks, start: Factors, n_iterations: int) -> list[float]:
    return [step.relative_error for step in islice(hals_iterations(blocks, start, HalsOptions()), n_iterations)]


def test_few_iterations_remain_after_a_low_rank_start() -> None:
    with blocks_of(_texts()) as blocks:
        low_rank_errors = _errors(blocks, low_rank_start(blocks, 8), 4)
        nndsvd_errors = _errors(blocks, svd_start(blocks, 8, "nndsvd", np.random.default_rng(0)), 60)
    assert low_rank_errors[-1] < nndsvd_errors[3]
    assert low_rank_errors[-1] < nndsvd_errors[-1] + 2e-4


def test_subsample_gives_the_error_of_all_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    with blocks_of(_texts()) as blocks:
        errors_of_all = _errors(blocks, low_rank_start(blocks, 8), 4)
        monkeypatch.setattr(low_rank, "_SUBSAMPLE_PER_PART", 30)
        monkeypatch.setattr(low_rank, "_MIN_SUBSAMPLE", 100)
        start = low_rank_start(blocks, 8)
        errors_of_subsample = _errors(blocks, start, 4)
    assert (start.W.shape, start.H.shape) == ((8, 600), (8, 900))
    assert errors_of_subsample[-1] == pytest.approx(errors_of_all[-1], rel=1e-3)


def test_true_parts_are_found() -> None:
    drawn = led_digits()
    X = csr_array(drawn.images.reshape(128, -1).astype(np.float32))
    with blocks_of(X) as blocks:
        start = low_rank_start(blocks, 7)
    assert min(start.W.min(), start.H.min()) >= 0
    assert matched_cosines(start.H, drawn.parts).min() > 0.95


@pytest.mark.parametrize("n_components", [1, 5, 6])
def test_as_many_parts_as_samples(n_components: int) -> None:
    with blocks_of(_texts()[:6]) as blocks:
        start = low_rank_start(blocks, n_components)
        assert start.H.shape == (n_components, 900)
        assert start.W.shape == (n_components, 6)
        assert np.isfinite(_errors(blocks, start, 2)).all()


def test_start_does_not_depend_on_the_number_of_threads() -> None:
    starts = []
    for n_threads in (1, 3):
        with blocks_of(_texts(), n_threads) as blocks:
            starts.append(low_rank_start(blocks, 4))
    assert (starts[0].W == starts[1].W).all()
    assert (starts[0].H == starts[1].H).all()


def test_iteration_is_repeated_without_momentum_if_the_loss_rises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(momentum, "_FIRST_MOMENTUM", 30.0)
    with blocks_of(_texts()) as blocks:
        error_of_30 = _errors(blocks, low_rank_start(blocks, 8), 1)
        monkeypatch.setattr(low_rank, "_MAX_ITERATIONS", 1)
        error_of_1 = _errors(blocks, low_rank_start(blocks, 8), 1)
    assert error_of_30 < error_of_1


def test_it_can_be_stopped() -> None:
    calls: list[None] = []

    def count_only() -> bool:
        calls.append(None)
        return False

    def should_stop() -> bool:
        calls.append(None)
        return len(calls) > n_calls_of_the_vectors + 3

    dataset = Dataset.from_array(_texts())
    with RowBlocks(dataset, count_only, 1) as blocks:
        svd_start(blocks, 5, "nndsvd", np.random.default_rng(0))
    n_calls_of_the_vectors = len(calls)
    calls.clear()
    with RowBlocks(dataset, should_stop, 1) as blocks, pytest.raises(Cancelled):
        low_rank_start(blocks, 4)
    assert len(calls) == n_calls_of_the_vectors + 4


def test_automatic_search_tries_low_rank_first_for_large_sparse_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_LARGE_SPARSE_NUMBERS", 600 * 900)
    X = _texts()
    report = nx.fit(X, 8, n_restarts=0).restarts
    assert report is not None
    assert report.names == ("low-rank", "pixels", "nndsvda", "nndsvdar")
    for others in (X.toarray(), X[:599]):
        with blocks_of(others) as blocks:
            assert next(starts_to_try(blocks, FitOptions(8))).name == "pixels"

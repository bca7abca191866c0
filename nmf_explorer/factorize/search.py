"""Search over starts: fits from one start after another and keeps the best, for ``start="auto"`` and restarts."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.factorize.fit_options import KnownParts
from nmf_explorer.factorize.fit_step import FitStep
from nmf_explorer.factorize.model.restarts import INVISIBLE_DIFFERENCE, StartResult, max_equal_loss, restart_report
from nmf_explorer.factorize.penalties import scaled_penalties
from nmf_explorer.factorize.solvers.hals import HalsOptions, hals_iterations
from nmf_explorer.factorize.solvers.multiplicative import BETA, MultiplicativeOptions, multiplicative_iterations
from nmf_explorer.factorize.solvers.stopping import expected_improvement, has_converged
from nmf_explorer.factorize.starts.known_parts import known_start
from nmf_explorer.factorize.starts.low_rank import low_rank_start
from nmf_explorer.factorize.starts.pixel_start import pixel_start, sparsify_if_residual_is_noise
from nmf_explorer.factorize.starts.sketch import sketched_start
from nmf_explorer.factorize.starts.starting_factors import random_start, svd_start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.fit_options import FitOptions
    from nmf_explorer.factorize.solvers.factors import Factors
    from nmf_explorer.factorize.solvers.hals import Iteration
    from nmf_explorer.factorize.solvers.row_blocks import RowBlocks

SEARCH_WORK = 250_000_000  # multiplications per pass; above, starts are compared on a sketch of the data only
_RESTART_WORK, _RESTARTS = 20_000_000, (3, 16)
_NOISE_SHARE = 0.03  # of the loss that others may gain by fitting noise
_LARGE_SPARSE_NUMBERS = 10_000_000  # zeros included; below, the low-rank start saves no time
_LOSS_ROUNDING = 1e-5  # difference of relative losses that counts as none
_PATIENCE = 20  # iterations before a start may be abandoned


class Start(NamedTuple):
    """A start to try."""

    name: str
    prepare: Callable[[], PreparedStart]
    is_fallback: bool = False  # whether it is kept only if it ends lower than all other starts


class PreparedStart(NamedTuple):
    """Factors from which a fit starts, and what is known about them."""

    factors: Factors
    is_sparse: bool = False  # whether zeros of the factors stay 0
    is_trusted: Callable[[], bool] = bool  # whether it explains all but noise; by default bool() is False
    iterations: Iterator[Iteration] | None = None  # iterations from there, if any were computed already


class _Run:
    """A fit from one start."""

    def __init__(self, start: Start, blocks: RowBlocks, options: FitOptions) -> None:
        factors, self.is_sparse, self.is_trusted, iterations = start.prepare()
        self.name = start.name
        self.is_fallback = start.is_fallback
        self._iterations = iterations or solver_iterations(blocks, factors, options, keep_support=self.is_sparse)
        self._options = options
        self.losses: list[float] = []
        self.latest: Iteration
        self.has_converged = False

    def iterate(self, best: _Run | None = None) -> None:
        """Compute one iteration; a run has also converged once its error and that of `best` are too small to see."""
        self.latest = next(self._iterations)
        self.losses.append(self.latest.loss)
        rival = None if best is None or best.is_fallback else best
        is_as_exact = rival is not None and max(self.latest.loss, rival.latest.loss) < INVISIBLE_DIFFERENCE
        self.has_converged = is_as_exact or has_converged(self.losses, self._options.tol)

    @property
    def is_over(self) -> bool:
        return self.has_converged or len(self.losses) == self._options.max_iter

    def cannot_beat(self, best: _Run) -> bool:
        """Return whether the expected improvement is too small to reach the error of the best run."""
        if len(self.losses) <= _PATIENCE or not best.has_converged:
            return False
        return self.latest.loss - expected_improvement(self.losses) > self._highest_equal_loss(best)

    def beats(self, best: _Run) -> bool:
        """Return whether this run replaces the best: its loss is lower by more than rounding.

        Of runs that count as equally good, one that explains all but noise is kept, since others reach such a loss by
        fitting the noise with wrong parts. A run whose zeros were kept clear of noise may even be a little higher.
        """
        if not self.is_over:
            return False
        mine = self.latest.loss
        if best.is_fallback or self.is_trusted():
            return mine <= self._highest_equal_loss(best)
        limit = best._highest_equal_loss(self) if best.is_trusted() else mine + _LOSS_ROUNDING
        return best.latest.loss > limit

    def _highest_equal_loss(self, other: _Run) -> float:
        """Return the highest loss with which this run counts as good as another."""
        loss = other.latest.loss
        return max(max_equal_loss(loss), loss / (1 - _NOISE_SHARE)) if self.is_sparse else max_equal_loss(loss)

    def result(self) -> StartResult:
        return StartResult(self.name, self.latest.loss, self.latest.factors.H, self.has_converged)


def search_steps(blocks: RowBlocks, options: FitOptions) -> Iterator[FitStep]:
    """Fit from each start in turn; yield one step for each iteration.

    The first start runs to its end. Once it has converged, each further start runs as long as it can still win. The
    model of a step is the best so far; it changes only when a further start has ended with a lower loss. Options must
    already be checked against the samples. Raises Cancelled if `blocks.should_stop` returns True; earlier steps stay
    valid.
    """
    search = _StartSearch(blocks, options)
    for start in starts_to_try(blocks, options):
        yield from search.run_steps(_Run(start, blocks, options))
        if not (search.best.has_converged or search.best.is_fallback):
            return


class _StartSearch:
    """The best run so far, and the results of all runs."""

    best: _Run

    def __init__(self, blocks: RowBlocks, options: FitOptions) -> None:
        self._blocks = blocks
        self._options = options
        self._results: list[StartResult] = []
        self._kept: StartResult | None = None
        self._history: list[float] = []

    def run_steps(self, run: _Run) -> Iterator[FitStep]:
        """Run a start to its end, or until it cannot win; yield a step for each iteration."""
        is_first = self._kept is None
        if is_first:
            self.best = run
        is_over = False
        while not is_over:
            run.iterate(None if is_first else self.best)
            is_over = run.is_over or (not is_first and run.cannot_beat(self.best))
            if is_over:
                self._record_result(run, is_kept=is_first or run.beats(self.best))
            self._history.append(self.best.latest.loss)
            yield self._step()

    def _record_result(self, run: _Run, *, is_kept: bool) -> None:
        self._results.append(run.result())
        if is_kept:
            self.best, self._kept = run, self._results[-1]

    def _step(self) -> FitStep:
        report = restart_report(self._results, self._kept) if self._kept and len(self._results) > 1 else None
        return FitStep(
            iteration=len(self._history),
            relative_error=self.best.latest.relative_error,
            converged=self.best.has_converged,
            start=self.best.name,
            restarts=report,
            _factors=self.best.latest.factors,
            _history=self._history,
            _unit=self._blocks.unit,
            _sample_shape=self._blocks.dataset.sample_shape,
            _options=self._options,
        )


def solver_iterations(
    blocks: RowBlocks, start: Factors, options: FitOptions, *, keep_support: bool = False
) -> Iterator[Iteration]:
    """Return the endless iterations of the solver that the options name; `keep_support` is that of `HalsOptions`."""
    weight_penalty, part_penalty = scaled_penalties(options, blocks.dataset, blocks.unit)
    if options.is_multiplicative:
        multiplicative_options = MultiplicativeOptions(BETA[options.loss], weight_penalty, part_penalty)
        return multiplicative_iterations(blocks, start, multiplicative_options)
    is_coordinate_descent = options.solver == "coordinate-descent"
    return hals_iterations(
        blocks,
        start,
        HalsOptions(
            n_sweeps=1 if is_coordinate_descent else None,
            momentum=not is_coordinate_descent,
            weight_penalty=weight_penalty,
            part_penalty=part_penalty,
            keep_support=keep_support,
        ),
    )


def starts_to_try(blocks: RowBlocks, options: FitOptions) -> Iterator[Start]:
    """Yield the starts to try, in order: known parts given as `first`, the start named by the options, random restarts.

    For ``start="auto"`` the named starts are the pixels and the singular vectors, or for large data only the sketch.
    """
    if isinstance(options.first, KnownParts):
        yield Start("given", partial(_prepare_known_parts, blocks, options, options.first), is_fallback=True)
    work = blocks.dataset.n_stored_numbers * options.n_components
    is_large = work > SEARCH_WORK
    names = [options.start_name]
    if options.is_auto_start:
        names = ["sketch"] if is_large else _automatic_starts(blocks.dataset)
    for name in names:
        yield Start(name, partial(_prepare, blocks, options, name, options.random_state))
    n_random = 1 if options.start_name == "random" else 0
    for i in range(n_random, n_random + _n_restarts(options, work)):
        seeds = [options.random_state, i] if i else options.random_state  # the first is that of start="random"
        yield Start("random", partial(_prepare, blocks, options, "random", seeds))


def _automatic_starts(dataset: Dataset) -> list[str]:
    """Return the names of the automatic starts for data small enough to try several."""
    n_numbers = dataset.n_samples * dataset.n_features
    if isinstance(dataset.stored, np.ndarray) or n_numbers < _LARGE_SPARSE_NUMBERS:
        return ["pixels", "nndsvd", "nndsvda", "nndsvdar"]
    return ["low-rank", "pixels", "nndsvda", "nndsvdar"]  # low-rank begins like nndsvd


def _n_restarts(options: FitOptions, work: int) -> int:
    """Return the number of random restarts: `n_restarts`, or by default more for smaller data."""
    if options.n_restarts is not None:
        return options.n_restarts
    if not options.is_auto_start or work > SEARCH_WORK:
        return 0
    return int(np.clip(_RESTART_WORK // work, *_RESTARTS))


def _prepare(blocks: RowBlocks, options: FitOptions, name: str, seed: int | list[int]) -> PreparedStart:
    k = options.n_components
    if name == "pixels":
        return _prepare_pixels(blocks, options)
    if isinstance(options.start, KnownParts) and name == "given":
        return _prepare_known_parts(blocks, options, options.start)
    rng = np.random.default_rng(seed)
    factories = {
        "random": partial(random_start, blocks, k, rng),
        "sketch": partial(sketched_start, blocks, options, rng),
        "low-rank": partial(low_rank_start, blocks, k),
    }
    return PreparedStart(factories.get(name, partial(svd_start, blocks, k, name, rng))())


def _prepare_pixels(blocks: RowBlocks, options: FitOptions) -> PreparedStart:
    start = pixel_start(blocks, options.n_components)
    is_dense = isinstance(blocks.dataset.stored, np.ndarray)  # residuals of sparse samples are not sparse
    if not (options.is_auto_start and is_dense and _minimizes_squares_only(options)):
        return PreparedStart(start)
    iterations = solver_iterations(blocks, start, options)
    first = next(iterations)
    check = sparsify_if_residual_is_noise(blocks, start, first)
    return PreparedStart(*check, None if check.is_sparse or check.factors is not start else chain([first], iterations))


def _prepare_known_parts(blocks: RowBlocks, options: FitOptions, known: KnownParts) -> PreparedStart:
    return PreparedStart(known_start(blocks, known, options.n_components))


def _minimizes_squares_only(options: FitOptions) -> bool:
    """Return whether the fit minimizes squared errors without penalties."""
    return not (options.is_multiplicative or options.weight_penalty(1) or options.part_penalty(1))

"""Solver for squared errors: HALS with momentum, one pass over the samples per iteration. Names as in the papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.factorize.solvers.factors import NO_PENALTY, Factors, Penalty
from nmf_explorer.factorize.solvers.momentum import Extrapolation, Momentum
from nmf_explorer.factorize.solvers.sweeps import BlockSums, WeightUpdate, hals_block, hals_sweeps, squared_residual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Floats, Rows
    from nmf_explorer.factorize.solvers.row_blocks import RowBlocks

_MIN_SWEEPS, _MAX_SWEEPS, _PARTS_PER_EXTRA_SWEEP = 2, 4, 50
_SWEEP_COST_SHARE = 0.4  # work of the sweeps relative to the products: alpha of Gillis and Glineur, who take 0.5
# Squared relative error; below, float32 products are too coarse to subtract. Of few samples, which do not even out the
# rounding, the residuals cost little.
_MIN_SUBTRACTED_ERROR, _MIN_SUBTRACTED_ERROR_OF_FEW = 1e-3, 2e-2
_FEW_NUMBERS = 500_000
_ROUNDING = 1e-6  # relative rise of the loss that counts as none


class SupportMask(NamedTuple):
    """Entries of the factors that may differ from 0; all other entries stay 0."""

    W: NDArray[np.bool_]  # (n_components, n_samples)
    H: NDArray[np.bool_]  # (n_components, n_features)


class Iteration(NamedTuple):
    """Result of one iteration; its arrays are never changed afterwards."""

    factors: Factors  # HALS: new weights and parts; multiplicative updates: new weights and the parts before
    loss: float  # square root of what is minimized, relative to its value for all-zero parts; never rises
    relative_error: float  # ||X - W'H|| / ||X||


@dataclass(frozen=True)
class HalsOptions:
    """Options of a HALS fit."""

    # Updates of each part per iteration; 1 is scikit-learn's coordinate descent. By default 2 to 4, the more the
    # products with the samples cost beside a sweep; for the weights 1 more for every 50 parts, which then depend more
    # on one another.
    n_sweeps: int | None = None
    momentum: bool = True  # whether the factors are extrapolated
    weight_penalty: Penalty = NO_PENALTY
    part_penalty: Penalty = NO_PENALTY
    keep_support: bool = False  # whether zeros of the start stay 0


def hals_iterations(blocks: RowBlocks, start: Factors, options: HalsOptions) -> Iterator[Iteration]:
    """Yield ever better factors by hierarchical alternating least squares (HALS); the caller decides when to stop.

    Each iteration reads every block of samples once. For fixed parts the samples do not depend on one another, so the
    weights of a block are updated by a few sweeps, and the block adds its W'W and W'X to the sums from which the parts
    are updated. The error follows from the same sums, unless it is too small for float32 subtraction. With momentum,
    both factors are extrapolated before an iteration; if the loss rises, the iteration is repeated without
    extrapolation, which cannot raise it.

    Parameters
    ----------
    blocks : RowBlocks
        Samples, (n_samples, n_features).
    start : Factors
        Initial factors, float32: W (n_components, n_samples) and H (n_components, n_features). Not changed.
    options : HalsOptions
        Sweeps, momentum, penalties and support.

    Yields
    ------
    Iteration
        New weights, and the new parts found for them. The loss never rises beyond the rounding of float32.

    Raises
    ------
    Cancelled
        If `blocks.should_stop` returns True.

    References
    ----------
    Cichocki, A. and Phan, A.-H. (2009). Fast local algorithms for large scale nonnegative matrix and tensor
    factorizations. IEICE Trans. Fundamentals E92-A(3). doi:10.1587/transfun.E92.A.708

    Gillis, N. and Glineur, F. (2012). Accelerated multiplicative updates and hierarchical ALS algorithms for
    nonnegative matrix factorization. Neural Computation 24(4). doi:10.1162/NECO_a_00256

    Ang, A. M. S. and Gillis, N. (2019). Accelerating nonnegative matrix factorization algorithms using extrapolation.
    Neural Computation 31(2). doi:10.1162/neco_a_01157
    """
    momentum = Momentum()
    support = SupportMask(start.W > 0, start.H > 0) if options.keep_support else None
    n_sweeps = options.n_sweeps or _sweep_count(blocks, start.W) + len(start.H) // _PARTS_PER_EXTRA_SWEEP
    extrapolation, loss = Extrapolation(start, start, 0.0), np.inf
    while True:
        extrapolated_H = extrapolation.parts()
        W, sums = _update_weights(
            blocks, extrapolation, extrapolated_H, WeightUpdate(n_sweeps, options.weight_penalty), support
        )
        H = _update_parts(blocks, extrapolated_H, sums, options, support)
        squared = _squared_error(blocks, W, H, sums)
        new_loss = _relative_norm(blocks, squared + 2 * (sums.loss + options.part_penalty.of(H)))
        if extrapolation.factor and new_loss > loss * (1 + _ROUNDING):
            momentum.shrink()
            extrapolation = extrapolation._replace(factor=0.0)
            continue
        loss = new_loss
        yield Iteration(Factors(W, H), loss, _relative_norm(blocks, squared))
        extrapolation = Extrapolation(
            extrapolation.current, Factors(W, H), momentum.current if options.momentum else 0.0
        )
        momentum.grow()


def _sweep_count(blocks: RowBlocks, F: Floats) -> int:
    """Return how many sweeps over a factor to make between two products with the samples (Gillis and Glineur 2012)."""
    n_products_per_sweep = blocks.dataset.n_stored_numbers / F.size
    return int(np.clip(1 + _SWEEP_COST_SHARE * n_products_per_sweep, _MIN_SWEEPS, _MAX_SWEEPS))


def _squared_error(blocks: RowBlocks, W: Floats, H: Floats, sums: BlockSums) -> float:
    """Return the squared error from the sums, or from the residuals where it is too small for a float32 subtraction."""
    slope = sums.WW @ H
    slope -= sums.WX
    slope -= sums.WX
    squared = blocks.squared_norm + float(np.einsum("ij,ij->", slope, H, dtype=np.float64))
    is_small = blocks.dataset.n_stored_numbers < _FEW_NUMBERS
    least = _MIN_SUBTRACTED_ERROR_OF_FEW if is_small else _MIN_SUBTRACTED_ERROR
    if squared >= least * blocks.squared_norm:
        return squared
    return blocks.sum(lambda X, rows: squared_residual(X, W[:, rows], H))


def _relative_norm(blocks: RowBlocks, squared: float) -> float:
    """Return the square root of a squared error relative to ``||X||**2``."""
    return float(np.sqrt(max(squared, 0.0) / blocks.squared_norm))


def _update_weights(
    blocks: RowBlocks, extrapolation: Extrapolation, H: Floats, update: WeightUpdate, support: SupportMask | None
) -> tuple[Floats, BlockSums]:
    """Return new weights (n_components, n_samples) for the extrapolated parts H, and the sums over all blocks."""
    updated, HH = np.empty_like(extrapolation.current.W), H @ H.T
    fortran = blocks.as_fortran(H)

    def work(X: Rows, rows: slice) -> BlockSums:
        block = extrapolation.weights(rows)
        sums = hals_block(X, block, fortran, HH, update, where=support.W[:, rows] if support else None)
        updated[:, rows] = block
        return sums

    sums = blocks.sum(work)
    return updated, sums._replace(WX=np.ascontiguousarray(sums.WX))


def _update_parts(
    blocks: RowBlocks, H: Floats, sums: BlockSums, options: HalsOptions, support: SupportMask | None
) -> Floats:
    """Return new parts (n_components, n_features) for which the loss does not rise."""
    updated = np.empty_like(H)
    n_sweeps = options.n_sweeps or _sweep_count(blocks, H)

    def work(columns: slice) -> None:
        block = H[:, columns].copy()
        where = support.H[:, columns] if support else None
        hals_sweeps(block, sums.WX[:, columns], sums.WW, n_sweeps, options.part_penalty, where=where)
        updated[:, columns] = block

    blocks.map_column_blocks(work, H.shape)
    return updated

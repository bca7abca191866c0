"""The solver for squared errors: hierarchical alternating least squares with momentum, in one pass over the samples."""

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
_SWEEP_COST_SHARE = 0.4  # of the work of the products, that sweeps may cost: alpha of Gillis and Glineur, who take 0.5
_MIN_SUBTRACTED_ERROR = 1e-3  # of the squared relative error; below, float32 products are too coarse to subtract
_ROUNDING = 1e-6  # relative; a loss that rises by less has not risen


class SupportMask(NamedTuple):
    """Which numbers of a pair of factors may be other than 0.

    Attributes
    ----------
    W : ndarray of shape (n_components, n_samples), bool
        Of the weights.
    H : ndarray of shape (n_components, n_features), bool
        Of the parts.
    """

    W: NDArray[np.bool_]
    H: NDArray[np.bool_]


class Iteration(NamedTuple):
    """One iteration's result; its arrays are never changed afterwards.

    Attributes
    ----------
    factors : Factors
        The new weights, and the parts that were found for them.
    loss : float
        What is minimised, as a size relative to that of black parts; falls from iteration to iteration.
    relative_error : float
        ``||X - W'H|| / ||X||``.
    """

    factors: Factors
    loss: float
    relative_error: float


@dataclass(frozen=True)
class HalsOptions:
    """How a fit goes about it.

    Attributes
    ----------
    n_sweeps : int or None, default None
        How often each part has its turn in an iteration; 1 is scikit-learn's coordinate descent. By default two to
        four times, the more the products with the samples cost beside a sweep; and for the weights once more for every
        50 parts: the more there are, the more they depend on one another.
    momentum : bool, default True
        Whether the parts are moved on in the direction they came from.
    weight_penalty, part_penalty : Penalty, optional
        What the factors pay for their numbers.
    keep_support : bool, default False
        Whether numbers that are 0 at the start stay 0.
    """

    n_sweeps: int | None = None
    momentum: bool = True
    weight_penalty: Penalty = NO_PENALTY
    part_penalty: Penalty = NO_PENALTY
    keep_support: bool = False


def hals_iterations(blocks: RowBlocks, start: Factors, options: HalsOptions) -> Iterator[Iteration]:
    """Improve a pair of factors, for ever.

    One pass over the samples per iteration: for the present parts, the rows of W do not depend on one another, so each
    block of samples is read once, its weights are updated by a few sweeps, and it adds its W'W and W'X to the sums from
    which the parts are updated. The error of both comes for free from the same products, unless next to nothing is
    left. With momentum, both factors are extrapolated before an iteration; if the loss rises, the iteration is repeated
    from those that were not, from which it cannot rise.

    Parameters
    ----------
    blocks : RowBlocks
        The samples.
    start : Factors
        Where to begin; not changed.
    plan : HalsOptions
        How to go about it.

    Yields
    ------
    Iteration
        The loss never rises from one to the next, beyond the rounding of float32.

    Raises
    ------
    Cancelled
        If `blocks.should_stop` says so.

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
    """How often to sweep over a factor between two products with the samples (Gillis and Glineur 2012)."""
    n_products_per_sweep = blocks.dataset.n_stored_numbers / F.size
    return int(np.clip(1 + _SWEEP_COST_SHARE * n_products_per_sweep, _MIN_SWEEPS, _MAX_SWEEPS))


def _squared_error(blocks: RowBlocks, W: Floats, H: Floats, sums: BlockSums) -> float:
    """Squared error, from the sums; where what is left is too small to come out of a subtraction, number by number."""
    slope = sums.WW @ H
    slope -= sums.WX
    slope -= sums.WX
    squared = blocks.squared_norm + float(np.einsum("ij,ij->", slope, H, dtype=np.float64))
    if squared >= _MIN_SUBTRACTED_ERROR * blocks.squared_norm:
        return squared
    return blocks.sum(lambda X, rows: squared_residual(X, W[:, rows], H))


def _relative_norm(blocks: RowBlocks, squared: float) -> float:
    return float(np.sqrt(max(squared, 0.0) / blocks.squared_norm))


def _update_weights(
    blocks: RowBlocks, extrapolation: Extrapolation, H: Floats, update: WeightUpdate, support: SupportMask | None
) -> tuple[Floats, BlockSums]:
    """Give new weights for the parts ahead, and the sums; the factors stay as they are."""
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
    """Give the next parts, for which the loss does not rise."""
    updated = np.empty_like(H)
    n_sweeps = options.n_sweeps or _sweep_count(blocks, H)

    def work(columns: slice) -> None:
        block = H[:, columns].copy()
        where = support.H[:, columns] if support else None
        hals_sweeps(block, sums.WX[:, columns], sums.WW, n_sweeps, options.part_penalty, where=where)
        updated[:, columns] = block

    blocks.map_column_blocks(work, H.shape)
    return updated

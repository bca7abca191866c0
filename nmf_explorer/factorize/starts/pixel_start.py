"""Pixel start: finds pixels that belong to one part each. Names as in the papers: X ~ W'H.

If each part has a pixel where all other parts are 0, the columns of X at those pixels are the weights of the parts up
to scale, and all other columns are non-negative sums of them: the columns sought are the extreme rays of a cone.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.factorize.solvers.factors import Factors, Penalty
from nmf_explorer.factorize.solvers.hals import HalsOptions, hals_iterations
from nmf_explorer.factorize.solvers.sweeps import hals_sweeps, squared_norm
from nmf_explorer.factorize.starts.starting_factors import parts_for, singular_vectors, subsample

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Floats
    from nmf_explorer.factorize.solvers.hals import Iteration
    from nmf_explorer.factorize.solvers.row_blocks import RowBlocks

_MAX_PIXELS = 1024  # a part of a larger image has many pixels of its own, so a subsample suffices
_SWEEPS_PER_PIXEL, _SWEEPS = (1, 4), 4
_TOTAL_SWEEPS = 18  # divided by the number of parts, since the work of a sweep grows with its square
_SEED = 0
_NOISE_ROWS = 600
_NOISE_MARGIN = 1.1
_POWERS, _FEW_POWERS = 15, 3
_MAX_GRAM_PIXELS = 256  # up to here it is faster to multiply by the Gram matrix of the pixels
_NOISE_PENALTY = 0.5
_SPARSE_ITERATIONS, _SPARSE_SWEEPS = 80, 4
_STANDS_OUT = 2.0  # times the largest singular value of noise
_NEARLY_EXACT = 1e-3
_TINY = np.finfo(np.float32).tiny


def pixel_start(blocks: RowBlocks, n_components: int) -> Factors:
    """Return factors whose weights are columns of X at pixels that belong to one part each.

    The columns of X are projected onto its largest singular vectors, which removes most of the noise. There they are
    selected one after another: next is the column farthest from all non-negative sums of those selected so far. Since
    only non-negative sums are subtracted, this also works for more parts than the rank (Swimmer).

    Parameters
    ----------
    blocks : RowBlocks
        Samples, (n_samples, n_features).
    n_components : int
        Number of parts.

    Returns
    -------
    Factors
        W (n_components, n_samples) and H (n_components, n_features), float32, 0 or more.

    References
    ----------
    Donoho, D. and Stodden, V. (2003). When does non-negative matrix factorization give a correct decomposition into
    parts? Advances in Neural Information Processing Systems 16.

    Araújo, M. C. U. et al. (2001). The successive projections algorithm for variable selection in spectroscopic
    multicomponent analysis. Chemometrics and Intelligent Laboratory Systems 57(2). doi:10.1016/S0169-7439(01)00119-8

    Arora, S. et al. (2013). A practical algorithm for topic modeling with provable guarantees. ICML 30 (such a pixel is
    the anchor word of a topic). arXiv:1212.4777

    Gillis, N. (2014). Successive nonnegative projection algorithm for robust nonnegative blind source separation.
    SIAM Journal on Imaging Sciences 7(2). doi:10.1137/130946782
    """
    left, values, right = singular_vectors(blocks, min(n_components + 1, blocks.dataset.max_components))
    columns = values[:, np.newaxis].astype(np.float32) * right
    selected = select_extreme_columns(columns[:, _candidate_pixels(columns)], n_components)
    W = np.maximum(selected.T @ left, 0)
    return Factors(W, parts_for(blocks, W, _SWEEPS))


def _candidate_pixels(columns: Floats) -> NDArray[np.intp]:
    """Return indices of the pixels that are not always 0; in large images a fixed random subsample of them."""
    return subsample(np.flatnonzero(np.any(columns != 0, axis=0)), _MAX_PIXELS)


def select_extreme_columns(points: Floats, n_columns: int) -> Floats:
    """Select columns such that the other columns are nearly non-negative sums of them.

    Parameters
    ----------
    points : ndarray of shape (n_dimensions, n_points), float32
        One point per column.
    n_columns : int
        How many columns to select.

    Returns
    -------
    ndarray of shape (n_dimensions, n_columns), float32
        Selected columns, in the order of selection.

    References
    ----------
    Gillis, N. (2014). Successive nonnegative projection algorithm for robust nonnegative blind source separation.
    SIAM Journal on Imaging Sciences 7(2). doi:10.1137/130946782
    """
    products = points.T @ points
    norms = squared_residuals = products.diagonal()
    weights = np.zeros((n_columns, points.shape[1]), dtype=np.float32)
    selected: list[int] = []
    n_sweeps = int(np.clip(_TOTAL_SWEEPS // n_columns, *_SWEEPS_PER_PIXEL))
    for n in range(1, n_columns + 1):
        # First, so that the sweeps update the newest column before the older ones are reduced.
        selected.insert(0, int(squared_residuals.argmax()))
        selected_products, current_weights = products.take(selected, axis=0), weights[-n:]
        gram = selected_products.take(selected, axis=1)
        hals_sweeps(current_weights, selected_products, gram, n_sweeps)
        squared_residuals = norms + np.einsum(
            "ij,ij->j", current_weights, gram @ current_weights - 2 * selected_products
        )
    return points[:, selected[::-1]]


class ResidualCheck(NamedTuple):
    """A start after `sparsify_if_residual_is_noise`."""

    factors: Factors  # the start, or where only noise is left, the factors without the entries that noise made
    is_sparse: bool  # whether such entries were removed and every part stands out from noise
    is_noise: Callable[[], bool]  # whether only noise is left, or noise on a background; computed when first called


def sparsify_if_residual_is_noise(blocks: RowBlocks, factors: Factors, first: Iteration) -> ResidualCheck:
    """If a start explains all but noise, set entries of its factors to 0 that noise alone could have made.

    Further iterations would lower the error by fitting the noise with faint entries, and so distort the parts. The
    entries are removed by an l1 penalty in proportion to the noise, as in the universal threshold of the lasso.

    Parameters
    ----------
    blocks : RowBlocks
        Samples, (n_samples, n_features); few enough for 80 further iterations.
    factors : Factors
        The start.
    first : Iteration
        The first iteration from that start.

    Returns
    -------
    ResidualCheck
        The start itself if its residuals have structure, or are nearly 0; otherwise factors with more zeros, which are
        to be kept unless some part is spare.

    References
    ----------
    Donoho, D. and Johnstone, I. (1994). Ideal spatial adaptation by wavelet shrinkage. Biometrika 81(3).
    doi:10.1093/biomet/81.3.425
    """
    if first.relative_error < _NEARLY_EXACT:
        return ResidualCheck(factors, is_sparse=False, is_noise=lambda: False)
    test = ResidualNoiseTest(blocks, first.factors)
    if not test.is_noise:
        return ResidualCheck(factors, is_sparse=False, is_noise=lambda: test.is_noise_on_background)
    factors = first.factors
    for _ in range(_SPARSE_ITERATIONS):
        factors = _sparse_iteration(blocks, factors, first.relative_error)
    return ResidualCheck(
        factors, is_sparse=_all_stand_out(blocks, factors, first.relative_error), is_noise=lambda: True
    )


def _all_stand_out(blocks: RowBlocks, factors: Factors, relative_error: float) -> bool:
    """Return whether each part explains more than twice what one part explains of the noise; a spare one does not."""
    shape = blocks.dataset.stored.shape
    noise = (
        relative_error * np.sqrt(blocks.squared_norm / (shape[0] * shape[1])) * (np.sqrt(shape[0]) + np.sqrt(shape[1]))
    )
    explained = np.linalg.norm(factors.W, axis=1) * np.linalg.norm(factors.H, axis=1)
    return bool((explained > _STANDS_OUT * noise).all())


def _sparse_iteration(blocks: RowBlocks, factors: Factors, relative_error: float) -> Factors:
    """Return factors after an iteration with an l1 penalty on both in proportion to the noise."""
    shape = blocks.dataset.stored.shape
    noise = relative_error * np.sqrt(blocks.squared_norm / (shape[0] * shape[1]))
    norms = np.linalg.norm(factors.H, axis=1, keepdims=True)
    penalty = Penalty(np.float32(_NOISE_PENALTY * noise) * norms)
    options = HalsOptions(n_sweeps=_SPARSE_SWEEPS, momentum=False, weight_penalty=penalty)
    W = next(hals_iterations(blocks, factors, options)).factors.W
    WX = blocks.sum(lambda X, rows: W[:, rows] @ X)
    H = factors.H.copy()
    lengths = np.linalg.norm(W, axis=1, keepdims=True)
    hals_sweeps(H, WX, W @ W.T, _SPARSE_SWEEPS, Penalty(np.float32(_NOISE_PENALTY * noise) * lengths))
    return Factors(W, H)


class ResidualNoiseTest:
    """Test whether the residuals of factors have more structure than the same residuals with random signs.

    Random signs destroy what residuals have in common and keep their sizes, which may vary from pixel to pixel, so they
    show the largest singular value of noise alone. Residuals are noise if their largest singular value is at most a
    tenth above it. Noise rarely exceeds the norms of the longest row and the longest column together, a quick first
    test.

    Parameters
    ----------
    blocks : RowBlocks
        Samples, (n_samples, n_features), of which the first 600 are used.
    factors : Factors
        Factors whose residuals are tested.

    References
    ----------
    Hong, D., Sheng, Y. and Dobriban, E. (2020). Selecting the number of components in PCA via random signflips.
    arXiv:2012.02985

    Bandeira, A. S. and van Handel, R. (2016). Sharp nonasymptotic bounds on the norm of random matrices with
    independent entries. The Annals of Probability 44(4). doi:10.1214/15-AOP1025
    """

    def __init__(self, blocks: RowBlocks, factors: Factors) -> None:
        self._blocks = blocks
        self._factors = factors

    @cached_property
    def is_noise(self) -> bool:
        """Whether the residuals have no structure."""
        return _is_noise(self._residuals())

    @cached_property
    def is_noise_on_background(self) -> bool:
        """Whether the residuals have no structure apart from one direction.

        Noise that is never negative adds a background to all pixels, which no sum of parts explains.
        """
        if self.is_noise:
            return True
        residuals = self._residuals()
        direction = _top_right_singular_vector(residuals, _POWERS)[0]
        residuals -= (residuals @ direction.T) @ direction
        return _is_noise(residuals)

    def _residuals(self) -> Floats:
        rows = slice(0, min(_NOISE_ROWS, self._blocks.dataset.n_samples))
        residuals: Floats = self._blocks.dense(rows) - self._factors.W[:, rows].T @ self._factors.H
        return residuals


def _is_noise(matrix: Floats) -> bool:
    """Return whether a matrix (n_samples, n_features) has no more structure than with random signs."""
    squares = np.square(matrix)
    longest = float(np.sqrt(squares.sum(axis=0).max()) + np.sqrt(squares.sum(axis=1).max()))
    if _top_right_singular_vector(matrix, _FEW_POWERS)[1] > _NOISE_MARGIN * longest:
        return False
    random_bits = np.frombuffer(np.random.default_rng(_SEED).bytes(-(-matrix.size // 8)), dtype=np.uint8)
    signs = np.unpackbits(random_bits, count=matrix.size).astype(np.float32) * 2 - 1
    noise_value = _top_right_singular_vector(matrix * signs.reshape(matrix.shape), _POWERS)[1]
    return _top_right_singular_vector(matrix, _POWERS)[1] <= _NOISE_MARGIN * noise_value


def _top_right_singular_vector(matrix: Floats, n_powers: int) -> tuple[Floats, float]:
    """Return the right singular vector (1, n) of the largest singular value, and a close lower bound of that value."""
    vector: Floats = np.random.default_rng(_SEED).standard_normal((1, matrix.shape[1]), dtype=np.float32)
    if matrix.shape[1] <= _MAX_GRAM_PIXELS and n_powers > _FEW_POWERS:
        products = matrix.T @ matrix
        products /= max(np.trace(products), _TINY)  # keeps powers of a flat spectrum in the range of float32
        for _ in range(n_powers):
            vector = vector @ products
    else:
        for _ in range(n_powers):
            vector = (vector @ matrix.T) @ matrix
            vector /= max(np.abs(vector).max(), _TINY)
    vector /= max(np.float32(np.sqrt(squared_norm(vector))), _TINY)
    return vector, float(np.sqrt(squared_norm(vector @ matrix.T)))

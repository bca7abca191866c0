"""The pixel start: a part that owns a pixel gives itself away. Names as in the papers: X ~ W'H.

If each part has a pixel that no other part lights, the columns of X at those pixels are the weights of the parts, and
all other columns are sums of them. So the columns to look for are the corners of a cone.
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

_MAX_PIXELS = 1024  # that are looked at; a part of a larger picture has many of its own
_SWEEPS_PER_PIXEL, _SWEEPS = (1, 4), 4
_TOTAL_SWEEPS = 18  # among all pixels that are picked; the work of each grows with the square of their number
_SEED = 0
_NOISE_ROWS = 600
_NOISE_MARGIN = 1.1
_POWERS, _FEW_POWERS = 15, 3
_MAX_GRAM_PIXELS = 256  # up to here it is quicker to multiply with all products of pixels
_NOISE_PENALTY = 0.5
_SPARSE_ITERATIONS, _SPARSE_SWEEPS = 80, 4
_NEARLY_EXACT = 1e-3
_TINY = np.finfo(np.float32).tiny


def pixel_start(blocks: RowBlocks, n_components: int) -> Factors:
    """Find pixels that belong to one part each, and begin with the parts that they tell.

    The columns of X are seen in the space of its largest singular vectors, which leaves most of the noise behind. There
    they are picked one after another: the next is the one farthest from all sums of those picked so far. Since sums,
    not differences, are taken away, it also works where the parts outnumber the rank (Swimmer).

    Parameters
    ----------
    blocks : RowBlocks
        The samples.
    n_components : int
        Number of parts.

    Returns
    -------
    Factors
        0 or more.

    References
    ----------
    Donoho, D. and Stodden, V. (2003). When does non-negative matrix factorization give a correct decomposition into
    parts? Advances in Neural Information Processing Systems 16.

    Araújo, M. C. U. et al. (2001). The successive projections algorithm for variable selection in spectroscopic
    multicomponent analysis. Chemometrics and Intelligent Laboratory Systems 57(2). doi:10.1016/S0169-7439(01)00119-8

    Arora, S. et al. (2013). A practical algorithm for topic modeling with provable guarantees. ICML 30 (pixels of a
    topic are its anchor words). arXiv:1212.4777

    Gillis, N. (2014). Successive nonnegative projection algorithm for robust nonnegative blind source separation.
    SIAM Journal on Imaging Sciences 7(2). doi:10.1137/130946782
    """
    left, values, right = singular_vectors(blocks, min(n_components + 1, blocks.dataset.max_components))
    columns = values[:, np.newaxis].astype(np.float32) * right
    selected = select_extreme_columns(columns[:, _candidate_pixels(columns)], n_components)
    W = np.maximum(selected.T @ left, 0)
    return Factors(W, parts_for(blocks, W, _SWEEPS))


def _candidate_pixels(columns: Floats) -> NDArray[np.intp]:
    """Which pixels to look at: all, or in large pictures some of those that are lit, drawn at random."""
    return subsample(np.flatnonzero(np.any(columns != 0, axis=0)), _MAX_PIXELS)


def select_extreme_columns(points: Floats, n_columns: int) -> Floats:
    """Pick points such that the others are nearly sums of them, with non-negative weights.

    Parameters
    ----------
    points : ndarray of shape (n_dimensions, n_points), float32
        One per column.
    n_corners : int
        How many to pick.

    Returns
    -------
    ndarray of shape (n_dimensions, n_corners), float32
        The points picked, in the order in which they were.
    """
    products = points.T @ points
    norms = squared_residuals = products.diagonal()
    weights = np.zeros((n_columns, points.shape[1]), dtype=np.float32)
    selected: list[int] = []
    n_sweeps = int(np.clip(_TOTAL_SWEEPS // n_columns, *_SWEEPS_PER_PIXEL))
    for n in range(1, n_columns + 1):
        selected.insert(
            0, int(squared_residuals.argmax())
        )  # the newest has its turn first, so that the others can make room
        selected_products, current_weights = products.take(selected, axis=0), weights[-n:]
        gram = selected_products.take(selected, axis=1)
        hals_sweeps(current_weights, selected_products, gram, n_sweeps)
        squared_residuals = norms + np.einsum(
            "ij,ij->j", current_weights, gram @ current_weights - 2 * selected_products
        )
    return points[:, selected[::-1]]


class ResidualCheck(NamedTuple):
    """What a start leaves over.

    Attributes
    ----------
    factors : Factors
        The start itself; or a few iterations on, without ghosts, where only noise is left.
    is_sparse : bool
        Whether ghosts were taken away.
    is_noise : callable
        Tells whether only noise is left, or noise on a background; looks at it when it is asked first.
    """

    factors: Factors
    is_sparse: bool
    is_noise: Callable[[], bool]


def sparsify_if_residual_is_noise(blocks: RowBlocks, factors: Factors, first: Iteration) -> ResidualCheck:
    """Where a start already explains all but noise, keep it from explaining the noise.

    Going on from there, a fit would lower the error by adding faint ghosts to parts and weights, until the parts no
    longer are what they were. So numbers that are smaller than noise alone would make them are set to 0, which is a
    penalty on their size in proportion to the noise (the lasso's universal threshold has this form).

    Parameters
    ----------
    blocks : RowBlocks
        The samples; not many.
    factors : Factors
        The start.
    first : Iteration
        The first iteration from there.

    Returns
    -------
    Doubts
        Not clean where more than noise is left, or nothing at all.

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
    return ResidualCheck(factors, is_sparse=True, is_noise=lambda: True)


def _sparse_iteration(blocks: RowBlocks, factors: Factors, relative_error: float) -> Factors:
    """One iteration in which both factors pay for what noise alone would bring."""
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
    """Whether the residuals of a start have no more structure than they would have with random signs.

    Random signs destroy whatever residuals have in common and keep their sizes, also where these differ from pixel to
    pixel; so they tell how large a singular value noise alone would have. Residuals look like noise if their largest
    singular value is at most a tenth above that. It is hardly ever above the longest row and the longest column taken
    together, so that most residuals with structure are known at once.

    Parameters
    ----------
    blocks : RowBlocks
        The samples; the first few hundred are looked at.
    factors : Factors
        What explains them.

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
        """Whether the residuals have no more structure."""
        return _is_noise(self._residuals())

    @cached_property
    def is_noise_on_background(self) -> bool:
        """The same with one direction left out of account.

        Noise that is never negative brightens all pixels, and a sum of parts has no place for that.
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
    """Whether it has no more structure than with random signs."""
    squares = np.square(matrix)
    longest = float(np.sqrt(squares.sum(axis=0).max()) + np.sqrt(squares.sum(axis=1).max()))
    if _top_right_singular_vector(matrix, _FEW_POWERS)[1] > _NOISE_MARGIN * longest:
        return False
    random_bits = np.frombuffer(np.random.default_rng(_SEED).bytes(-(-matrix.size // 8)), dtype=np.uint8)
    signs = np.unpackbits(random_bits, count=matrix.size).astype(np.float32) * 2 - 1
    noise_value = _top_right_singular_vector(matrix * signs.reshape(matrix.shape), _POWERS)[1]
    return _top_right_singular_vector(matrix, _POWERS)[1] <= _NOISE_MARGIN * noise_value


def _top_right_singular_vector(matrix: Floats, n_powers: int) -> tuple[Floats, float]:
    """The largest singular value, hardly ever more than it is, and before it its right singular vector as a row."""
    vector: Floats = np.random.default_rng(_SEED).standard_normal((1, matrix.shape[1]), dtype=np.float32)
    if matrix.shape[1] <= _MAX_GRAM_PIXELS and n_powers > _FEW_POWERS:
        products = matrix.T @ matrix
        products /= max(np.trace(products), _TINY)  # so that even a flat spectrum has powers that float32 can hold
        for _ in range(n_powers):
            vector = vector @ products
    else:
        for _ in range(n_powers):
            vector = (vector @ matrix.T) @ matrix
            vector /= max(np.abs(vector).max(), _TINY)
    vector /= max(np.float32(np.sqrt(squared_norm(vector))), _TINY)
    return vector, float(np.sqrt(squared_norm(vector @ matrix.T)))

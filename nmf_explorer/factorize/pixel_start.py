"""The pixel start: a part that owns a pixel gives itself away. Names as in the papers: X ~ W'H.

If each part has a pixel that no other part lights, the columns of X at those pixels are the weights of the parts, and
all other columns are sums of them. So the columns to look for are the corners of a cone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.factorize.hals import HalsPlan, hals_iterates
from nmf_explorer.factorize.momentum import Factors
from nmf_explorer.factorize.starts import parts_for, singular_vectors
from nmf_explorer.factorize.sweeps import Penalty, hals_sweeps, squared_norm

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Floats
    from nmf_explorer.factorize.hals import Iterate
    from nmf_explorer.factorize.row_blocks import RowBlocks

_MOST_PIXELS = 1024  # that are looked at; a part of a larger picture has many of its own
_SWEEPS_PER_PIXEL, _SWEEPS = (2, 4), 4
_SWEEPS_TO_SHARE = 25  # among all pixels that are picked; the work of each grows with the square of their number
_SEED = 0
_NOISE_ROWS = 600
_ONLY_NOISE = 1.1
_POWERS = 15
_FEW_PIXELS = 256  # up to here it is quicker to multiply with all products of pixels
_PRICE_OF_NOISE = 0.5
_SPARSE_ITERATIONS, _GHOST_SWEEPS = 80, 4
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
    picked = corners(columns[:, _some_pixels(columns)], n_components)
    W = np.maximum(picked.T @ left, 0)
    return Factors(W, parts_for(blocks, W, _SWEEPS))


def _some_pixels(columns: Floats) -> NDArray[np.intp]:
    """Which pixels to look at: all, or in large pictures some of those that are lit, drawn at random."""
    lit = np.flatnonzero(np.any(columns != 0, axis=0))
    if len(lit) <= _MOST_PIXELS:
        return lit
    return np.sort(np.random.default_rng(_SEED).choice(lit, _MOST_PIXELS, replace=False))


def corners(points: Floats, n_corners: int) -> Floats:
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
    norms = np.einsum("ij,ij->j", points, points)
    left_over = norms
    weights = np.zeros((n_corners, points.shape[1]), dtype=np.float32)
    picked: list[int] = []
    n_sweeps = int(np.clip(_SWEEPS_TO_SHARE // n_corners, *_SWEEPS_PER_PIXEL))
    for n in range(1, n_corners + 1):
        picked.append(int(np.argmax(left_over)))
        base = points[:, picked]
        products, gram = base.T @ points, base.T @ base
        hals_sweeps(weights[:n], products, gram, n_sweeps)
        left_over = norms + np.einsum("ij,ij->j", weights[:n], gram @ weights[:n] - 2 * products)
    return points[:, picked]


class Doubts(NamedTuple):
    """What a start leaves over.

    Attributes
    ----------
    factors : Factors
        The start itself; or a few iterations on, without ghosts, where only noise is left.
    is_clean : bool
        Whether ghosts were taken away.
    is_noise : bool
        Whether only noise is left, or noise on a background.
    """

    factors: Factors
    is_clean: bool
    is_noise: bool


def sparse_if_only_noise_is_left(blocks: RowBlocks, factors: Factors, first: Iterate) -> Doubts:
    """Where a start already explains all but noise, keep it from explaining the noise.

    Going on from there, a fit would lower the error by adding faint ghosts to parts and weights, until the parts no
    longer are what they were. So numbers that are smaller than noise alone would make them are set to 0, which is a
    price on their size in proportion to the noise (the lasso's universal threshold has this form).

    Parameters
    ----------
    blocks : RowBlocks
        The samples; not many.
    factors : Factors
        The start.
    first : Iterate
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
        return Doubts(factors, is_clean=False, is_noise=False)
    left = what_is_left(blocks, first.factors)
    if not left.is_noise:
        return Doubts(factors, is_clean=False, is_noise=left.is_noise_on_a_background)
    factors = first.factors
    for _ in range(_SPARSE_ITERATIONS):
        factors = _without_ghosts(blocks, factors, first.relative_error)
    return Doubts(factors, is_clean=True, is_noise=True)


def _without_ghosts(blocks: RowBlocks, factors: Factors, relative_error: float) -> Factors:
    """One iteration in which both factors pay for what noise alone would bring."""
    shape = blocks.dataset.stored.shape
    noise = relative_error * np.sqrt(blocks.squared_norm / (shape[0] * shape[1]))
    norms = np.linalg.norm(factors.H, axis=1, keepdims=True)
    price = Penalty(np.float32(_PRICE_OF_NOISE * noise) * norms)
    plan = HalsPlan(n_sweeps=_GHOST_SWEEPS, momentum=False, weight_penalty=price)
    W = next(hals_iterates(blocks, factors, plan)).factors.W
    WX = blocks.sum(lambda X, rows: W[:, rows] @ X)
    H = factors.H.copy()
    lengths = np.linalg.norm(W, axis=1, keepdims=True)
    hals_sweeps(H, WX, W @ W.T, _GHOST_SWEEPS, Penalty(np.float32(_PRICE_OF_NOISE * noise) * lengths))
    return Factors(W, H)


class Left(NamedTuple):
    """What the residuals of a start look like.

    Attributes
    ----------
    is_noise : bool
        Whether they have no more structure than with random signs.
    is_noise_on_a_background : bool
        The same with one direction left out of account: noise that is never negative brightens all pixels, and a sum
        of parts has no place for that.
    """

    is_noise: bool
    is_noise_on_a_background: bool


def what_is_left(blocks: RowBlocks, factors: Factors) -> Left:
    """Whether the residuals have no more structure than they would have with random signs.

    Random signs destroy whatever residuals have in common and keep their sizes, also where these differ from pixel to
    pixel; so they tell how large a singular value noise alone would have. Residuals look like noise if their largest
    singular value is at most a tenth above that.

    Parameters
    ----------
    blocks : RowBlocks
        The samples.
    factors : Factors
        What explains them.

    Returns
    -------
    Left
        What the first thousand samples say.

    References
    ----------
    Hong, D., Sheng, Y. and Dobriban, E. (2020). Selecting the number of components in PCA via random signflips.
    arXiv:2012.02985
    """
    rows = slice(0, min(_NOISE_ROWS, blocks.dataset.n_samples))
    residuals = blocks.dense(rows) - factors.W[:, rows].T @ factors.H
    rng = np.random.default_rng(_SEED)
    signs = np.unpackbits(np.frombuffer(rng.bytes(-(-residuals.size // 8)), dtype=np.uint8), count=residuals.size)
    plus_or_minus = (signs.astype(np.float32) * 2 - 1).reshape(residuals.shape)
    direction, largest = _largest(residuals, rng)
    is_noise = largest <= _ONLY_NOISE * _largest(residuals * plus_or_minus, rng)[1]
    if is_noise:
        return Left(is_noise, is_noise_on_a_background=True)
    residuals -= (residuals @ direction.T) @ direction
    largest, of_noise = (_largest(matrix, rng)[1] for matrix in (residuals, residuals * plus_or_minus))
    return Left(is_noise, is_noise_on_a_background=largest <= _ONLY_NOISE * of_noise)


def _largest(matrix: Floats, rng: np.random.Generator) -> tuple[Floats, float]:
    """The largest singular value, and before it its right singular vector as a row."""
    vector: Floats = rng.standard_normal((1, matrix.shape[1]), dtype=np.float32)
    if matrix.shape[1] <= _FEW_PIXELS:
        products = matrix.T @ matrix
        products /= max(np.trace(products), _TINY)  # so that even a flat spectrum has powers that float32 can hold
        for _ in range(_POWERS):
            vector = vector @ products
    else:
        for _ in range(_POWERS):
            vector = (vector @ matrix.T) @ matrix
            vector /= max(np.abs(vector).max(), _TINY)
    vector /= max(np.float32(np.sqrt(squared_norm(vector))), _TINY)
    return vector, float(np.sqrt(squared_norm(vector @ matrix.T)))

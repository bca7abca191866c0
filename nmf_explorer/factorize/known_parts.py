"""Begin where parts are known already: those of another model, or such parts and one more. Names as in the papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.factorize.hals import Factors
from nmf_explorer.factorize.starts import weights_for
from nmf_explorer.factorize.sweeps import dense

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Floats, Rows
    from nmf_explorer.factorize.fit_options import KnownParts
    from nmf_explorer.factorize.row_blocks import RowBlocks

_SWEEPS, _ROUNDS = 6, 5


def known_start(blocks: RowBlocks, known: KnownParts, n_components: int) -> Factors:
    """Begin with known parts.

    Parameters
    ----------
    blocks : RowBlocks
        The samples.
    known : KnownParts
        The parts; weights for as many samples are taken over, and computed otherwise.
    n_components : int
        Number of parts; if one is missing, it comes from what the others leave over.

    Returns
    -------
    Factors
        0 or more.
    """
    H = np.array(known.components, dtype=np.float32)
    if known.weights is not None and len(known.weights) == blocks.dataset.n_samples:
        W = known.weights.T.astype(np.float32) / np.float32(blocks.unit)
    else:
        W = weights_for(blocks, H, _SWEEPS)
    if len(H) == n_components:
        return Factors(W, H)
    w, h = residual_part(blocks, Factors(W, H))
    return Factors(np.vstack([W, w]), np.vstack([H, h]))


def residual_part(blocks: RowBlocks, factors: Factors) -> tuple[Floats, Floats]:
    """The part that explains most of the light that is missing.

    Parameters
    ----------
    blocks : RowBlocks
        The samples.
    factors : Factors
        What explains the rest.

    Returns
    -------
    w : ndarray of shape (n_samples,), float32
        The new part's weights.
    h : ndarray of shape (n_features,), float32
        The new part; both are the largest singular vectors of the residuals above 0.
    """
    w = np.zeros(blocks.dataset.n_samples, dtype=np.float32)
    h: Floats = np.ones(blocks.dataset.n_features, dtype=np.float32)

    def _work(X: Rows, rows: slice) -> Floats:
        missing = dense(X) - factors.W[:, rows].T @ factors.H
        np.maximum(missing, 0, out=missing)
        w[rows] = missing @ h
        onto: Floats = w[rows] @ missing
        return onto

    for _ in range(_ROUNDS):
        new = blocks.sum(_work)
        size = float(np.linalg.norm(new))
        h = new / np.float32(size if size > 0 else 1)
    return w, h

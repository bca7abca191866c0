"""Bring images of several depths to one scale, and say which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.dataset.loading.matrix_buffer import default_white
from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from nmf_explorer.dataset.loading.image_rows import ImageRows

_WHITES = {"8-bit": (255,), "16-bit": (255, 1023, 4095, 16383, 65535), "float": (1, 255, 1023, 4095, 16383, 65535)}
_STORED_WHITES = {"8-bit": 255.0, "16-bit": 65535.0, "float": 1.0}  # what reads as 1 unless the values say otherwise


def bring_to_one_scale(rows: ImageRows) -> tuple[Message, ...]:
    """Scale the images of each depth so that their own white reads as 1; return a note if there are several depths.

    Without it, 12 bits in 16 would be nearly black beside 8 bits, and floats up to 255 would outshine both.
    """
    indices: dict[str, list[int]] = {}
    for i, info in enumerate(rows.infos):
        if info and rows.is_filled[i]:
            indices.setdefault(info.depth, []).append(i)
    if len(indices) < 2:
        return ()
    whites = {depth: _bring_to_white(rows, depth, indices[depth]) for depth in sorted(indices)}
    parts = "; ".join(f"{depth}: {white:,.6g}" for depth, white in whites.items())
    return (Message("Images of several depths meet in this set. White is taken to be, for each depth, {whites}.",
                    whites=parts),)  # fmt: skip


def _bring_to_white(rows: ImageRows, depth: str, indices: list[int]) -> float:
    """Scale the rows of one depth; return the value in their files that reads as 1."""
    matrix_white = default_white(rows.matrix.dtype)
    unit = _STORED_WHITES[depth] / matrix_white if depth != "float" else 1.0
    highest = max(float(rows.matrix[i].max()) for i in indices) * unit
    white = float(next((white for white in _WHITES[depth] if highest <= white * (1 + 1e-6)), highest))
    factor = _STORED_WHITES[depth] / white
    for i in indices if factor != 1 else ():
        scaled = rows.matrix[i] * np.float64(factor)
        rows.matrix[i] = np.rint(scaled) if rows.matrix.dtype.kind == "u" else scaled
    return white

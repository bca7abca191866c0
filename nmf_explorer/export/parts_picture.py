"""All parts of a model as one picture: a sheet of tiles, enlarged so that pixels stay pixels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from nmf_explorer.export.part_picture import part_pixels
from nmf_explorer.safe_file import safe_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.nmf_model import NmfModel

_TILE = 128  # pixels; smaller parts are enlarged by a whole number up to about this
_GAP = 8
_PAPER = 128


def parts_sheet(model: NmfModel, parts: Sequence[int] | None = None) -> NDArray[np.uint8]:
    """Lay parts out on a sheet, row by row.

    Parameters
    ----------
    model : NmfModel
        Its parts are shown from black (0) to white (1).
    parts : sequence of int or None, default None
        Which parts, one after the other; None for all.

    Returns
    -------
    ndarray of shape (height, width) or (height, width, 3), uint8
        The sheet, with grey between the parts.
    """
    shown = range(model.n_components) if parts is None else parts
    height, width = model.sample_shape[:2]
    zoom = max(1, _TILE // max(height, width))
    high, wide = height * zoom + _GAP, width * zoom + _GAP
    columns = max(1, min(len(shown), round(math.sqrt(len(shown) * high / wide))))
    rows = math.ceil(len(shown) / columns)
    sheet = np.full((rows * high + _GAP, columns * wide + _GAP, *model.sample_shape[2:]), _PAPER, dtype=np.uint8)
    for j, part in enumerate(shown):
        top, left = (j // columns) * high + _GAP, (j % columns) * wide + _GAP
        sheet[top : top + height * zoom, left : left + width * zoom] = part_pixels(model, part, _TILE)
    return sheet


def save_parts_picture(path: Path, model: NmfModel) -> None:
    """Write all parts as one PNG.

    Parameters
    ----------
    path : Path
        The file, written whole or not at all.
    model : NmfModel
        Its parts.

    Raises
    ------
    ExportError
        If the file cannot be written.
    """
    with safe_file(path) as file:
        Image.fromarray(parts_sheet(model)).save(file, format="PNG", optimize=True)

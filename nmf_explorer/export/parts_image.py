"""All parts of a model as one image: a sheet of tiles, enlarged so that each pixel stays a sharp square."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from nmf_explorer.export.part_image import part_pixels
from nmf_explorer.safe_file import safe_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.nmf_model import NmfModel

_TILE = 128  # pixels; parts are enlarged by a whole number to at most this
_GAP = 8
_GREY = 128


def parts_sheet(model: NmfModel, parts: Sequence[int] | None = None) -> NDArray[np.uint8]:
    """Return a sheet of parts, row by row, (height, width) or (height, width, 3) uint8, with grey between the parts.

    `parts` are indices from 0, None for all; each part is shown from black (0) to white (1).
    """
    indices = range(model.n_components) if parts is None else parts
    height, width = model.sample_shape[:2]
    zoom = max(1, _TILE // max(height, width))
    tile_height, tile_width = height * zoom + _GAP, width * zoom + _GAP
    columns = max(1, min(len(indices), round(math.sqrt(len(indices) * tile_height / tile_width))))
    rows = math.ceil(len(indices) / columns)
    sheet = np.full(
        (rows * tile_height + _GAP, columns * tile_width + _GAP, *model.sample_shape[2:]), _GREY, dtype=np.uint8
    )
    for j, part in enumerate(indices):
        top, left = (j // columns) * tile_height + _GAP, (j % columns) * tile_width + _GAP
        sheet[top : top + height * zoom, left : left + width * zoom] = part_pixels(model, part, _TILE)
    return sheet


def save_parts_image(path: Path, model: NmfModel) -> None:
    """Write all parts as one PNG, completely or not at all. Raises ExportError if it cannot be written."""
    with safe_file(path) as file:
        Image.fromarray(parts_sheet(model)).save(file, format="PNG", optimize=True)

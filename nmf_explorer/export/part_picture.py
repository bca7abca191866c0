"""Single parts as pictures that people take along: enlarged so that pixels stay pixels, with names that tell which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from nmf_explorer.safe_file import safe_file

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.nmf_model import NmfModel

_LONG_SIDE = 512
_LONGEST_NAME = 80  # letters: no system allows more than 255 bytes in all
_NOT_IN_NAMES = frozenset('<>:"/\\|?*')  # Windows allows none of them, and / nobody


def part_pixels(model: NmfModel, part: int, long_side: int = _LONG_SIDE) -> NDArray[np.uint8]:
    """A part as a picture, on its own scale.

    Parameters
    ----------
    model : NmfModel
        Its parts.
    part : int
        Which, from 0.
    long_side : int, default 512
        Pixels; smaller parts are enlarged by a whole number up to about this.

    Returns
    -------
    ndarray of shape (height, width) or (height, width, 3), uint8
        From black (0) to white (255, its largest pixel), each pixel a square of several.
    """
    pixels = np.rint(model.component_image(part) * 255).astype(np.uint8)
    zoom = max(1, long_side // max(pixels.shape[:2]))
    return pixels.repeat(zoom, axis=0).repeat(zoom, axis=1)


def part_file_name(part: int, n_parts: int, name: str = "") -> str:
    """What the file of a part is called.

    Parameters
    ----------
    part : int
        Which, from 0.
    n_parts : int
        How many there are; the numbers get as many digits as the last one has, so that files lie in their order.
    name : str, default ""
        What the user calls it.

    Returns
    -------
    str
        Such as ``"part 03 nose.png"``, with none of the letters that some system forbids.
    """
    safe = "".join(c if c.isprintable() and c not in _NOT_IN_NAMES else "_" for c in name)[:_LONGEST_NAME].strip()
    number = f"part {part + 1:0{len(str(n_parts))}}"
    return f"{number} {safe}.png" if safe else f"{number}.png"


def save_part(path: Path, model: NmfModel, part: int) -> None:
    """Write one part as PNG.

    Parameters
    ----------
    path : Path
        The file, written whole or not at all.
    model : NmfModel
        Its parts.
    part : int
        Which, from 0.

    Raises
    ------
    ExportError
        If the file cannot be written.
    """
    with safe_file(path) as file:
        Image.fromarray(part_pixels(model, part)).save(file, format="PNG", optimize=True)

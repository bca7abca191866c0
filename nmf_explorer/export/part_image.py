"""Single parts as PNG files, enlarged so that each pixel stays a sharp square."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from nmf_explorer.safe_file import safe_file

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.nmf_model import NmfModel

_LONGER_SIDE = 512
_MAX_NAME_LENGTH = 80  # characters; file systems allow 255 bytes
_NOT_IN_NAMES = frozenset('<>:"/\\|?*')  # all forbidden on Windows, / everywhere


def part_pixels(model: NmfModel, part: int, long_side: int = _LONGER_SIDE) -> NDArray[np.uint8]:
    """Return a part as an image, (height, width) or (height, width, 3) uint8: 255 is its largest pixel.

    It is enlarged by a whole number, so that its longer side has at most `long_side` pixels, and never made smaller.
    """
    pixels = np.rint(model.component_image(part) * 255).astype(np.uint8)
    zoom = max(1, long_side // max(pixels.shape[:2]))
    return pixels.repeat(zoom, axis=0).repeat(zoom, axis=1)


def part_file_name(part: int, n_parts: int, name: str = "") -> str:
    """Return the file name of a part (index from 0), such as ``"part 03 nose.png"``, valid on every system.

    Numbers have as many digits as `n_parts`, so that files sort in the order of the parts; `name` is the user's own.
    """
    safe = "".join(c if c.isprintable() and c not in _NOT_IN_NAMES else "_" for c in name)[:_MAX_NAME_LENGTH].strip()
    number = f"part {part + 1:0{len(str(n_parts))}}"
    return f"{number} {safe}.png" if safe else f"{number}.png"


def save_part(path: Path, model: NmfModel, part: int) -> None:
    """Write one part (index from 0) as PNG, completely or not at all. Raises ExportError if it cannot be written."""
    with safe_file(path) as file:
        Image.fromarray(part_pixels(model, part)).save(file, format="PNG", optimize=True)

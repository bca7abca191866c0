"""Write the sample image sets of the program, and their previews for the first page.

Run by hand, ``python resources/make_sample_images.py [DESTINATION]``, whenever a set's definition changes; it writes
``sample_images`` and ``resources/previews`` into DESTINATION, by default this checkout. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from sklearn.datasets import load_digits  # type: ignore[import-untyped]

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # finds `tests` in a checkout

from tests.synthetic import synthetic_sets
from tests.synthetic.drawn_faces import drawn_faces

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

CHECKOUT = Path(__file__).resolve().parent.parent
_BYTE = 255
_INK_LEVELS = 16
_GAP = 2
_GAP_GREY = 128
_PREVIEW_SIZE = (212, 152)

PICTURE_SETS: dict[str, Callable[[], synthetic_sets.SyntheticSet]] = {
    "stripes": synthetic_sets.stripes,
    "led_digits": synthetic_sets.led_digits,
    "led_ten_digits": synthetic_sets.led_ten_digits,
    "drawn_faces": drawn_faces,
    "swimmer": synthetic_sets.swimmer,
    "bars": synthetic_sets.bars,
}
# Columns, enlargement, which pictures: chosen by eye, so that each preview shows what its set is about.
_PREVIEWS: dict[str, tuple[int, int, tuple[int, ...]]] = {
    "stripes": (4, 6, tuple(range(12))),
    "led_digits": (5, 5, (0, 15, 21, 38, 51, 64, 77, 90, 100, 119)),
    "led_ten_digits": (5, 5, tuple(range(10))),
    "drawn_faces": (3, 2, (0, 4, 33, 38, 27, 21)),
    "swimmer": (3, 2, (0, 27, 90, 255, 150, 228)),
    "bars": (3, 4, (0, 1, 5, 4, 9, 12)),
    "handwritten_digits": (4, 6, tuple(range(12))),
}


def as_bytes(images: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    """Turn brightness 0 to 1 into whole numbers 0 to 255."""
    return np.rint(images * _BYTE).astype(np.uint8)


def handwritten_digits() -> npt.NDArray[np.uint8]:
    """Take scikit-learn's digits, 0 to 16, and scale them to 0 to 255: shape (1797, 8, 8)."""
    return as_bytes(load_digits().images / _INK_LEVELS)


def write_sample_images(folder: Path) -> None:
    """Write every set into a folder of its own: images as PNG files, handwritten digits as two arrays in one file."""
    for key, make in PICTURE_SETS.items():
        (folder / key).mkdir(parents=True, exist_ok=True)
        made = make()
        for name, image in zip(made.names, as_bytes(made.images), strict=True):
            Image.fromarray(image).save(folder / key / f"{name}.png", optimize=True)
    (folder / "handwritten_digits").mkdir(exist_ok=True)
    labels = load_digits().target.astype(np.uint8)
    file = folder / "handwritten_digits" / "handwritten_digits.npz"
    np.savez_compressed(file, images=handwritten_digits(), labels=labels)


def mosaic(images: npt.NDArray[np.uint8], columns: int, enlargement: int) -> Image.Image:
    """Lay pictures out in rows, framed in the grey that stands out from black, white and themselves."""
    count, height, width = images.shape
    large = np.kron(images, np.ones((enlargement, enlargement), dtype=np.uint8))
    step_y, step_x = height * enlargement + _GAP, width * enlargement + _GAP
    rows = -(-count // columns)
    sheet = np.full((rows * step_y + _GAP, columns * step_x + _GAP), _GAP_GREY, dtype=np.uint8)
    for number, image in enumerate(large):
        top, left = _GAP + number // columns * step_y, _GAP + number % columns * step_x
        sheet[top : top + step_y - _GAP, left : left + step_x - _GAP] = image
    return Image.fromarray(sheet)


def write_previews(folder: Path) -> None:
    """Write one preview per set, all of one size; what the pictures do not fill is transparent."""
    folder.mkdir(parents=True, exist_ok=True)
    for key, (columns, enlargement, chosen) in _PREVIEWS.items():
        images = as_bytes(PICTURE_SETS[key]().images) if key in PICTURE_SETS else handwritten_digits()
        sheet = mosaic(images[list(chosen)], columns, enlargement)
        preview = Image.new("LA", _PREVIEW_SIZE)
        corner = ((_PREVIEW_SIZE[0] - sheet.width) // 2, (_PREVIEW_SIZE[1] - sheet.height) // 2)
        preview.paste(sheet.convert("LA"), corner)
        preview.save(folder / f"{key}.png", optimize=True)


def main() -> None:
    """Write everything where the command line says."""
    parser = argparse.ArgumentParser(description="Makes the sample sets and their previews.")
    parser.add_argument("destination", nargs="?", type=Path, default=CHECKOUT, help="default: this checkout")
    destination: Path = parser.parse_args().destination
    write_sample_images(destination / "sample_images")
    write_previews(destination / "resources" / "previews")
    print(f"Wrote sample_images and resources/previews in {destination}")


if __name__ == "__main__":
    main()

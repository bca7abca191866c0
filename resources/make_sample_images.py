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
from PIL.PngImagePlugin import PngInfo
from sklearn.datasets import load_digits  # type: ignore[import-untyped]

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # finds `tests` in a checkout

import nmf_explorer as nx
from tests.synthetic import synthetic_sets
from tests.synthetic.drawn_faces import drawn_faces

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

CHECKOUT = Path(__file__).resolve().parent.parent
_BYTE = 255
_INK_LEVELS = 16
_N_TERMS, _N_PARTS_OF_FACES = 6, 12  # of the example of a sum

PICTURE_SETS: dict[str, Callable[[], synthetic_sets.SyntheticSet]] = {
    "stripes": synthetic_sets.stripes,
    "led_digits": synthetic_sets.led_digits,
    "led_ten_digits": synthetic_sets.led_ten_digits,
    "drawn_faces": drawn_faces,
    "swimmer": synthetic_sets.swimmer,
    "bars": synthetic_sets.bars,
}
# Which images: chosen by eye, so that each preview shows what its set is about.
_PREVIEWS: dict[str, tuple[int, ...]] = {
    "stripes": tuple(range(8)),
    "led_digits": (0, 15, 21, 38, 51, 64, 77, 90, 100, 119, 33, 72, 110, 95),
    "led_ten_digits": tuple(range(10)),
    "drawn_faces": (0, 4, 33, 38, 27, 21, 50, 60),
    "swimmer": (0, 27, 90, 255, 150, 228, 12, 70),
    "bars": (0, 1, 5, 4, 9, 12, 2, 3),
    "handwritten_digits": tuple(range(8)),
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


def write_previews(folder: Path) -> None:
    """Write some images of each set side by side, and a sample with its largest terms as an example of a sum."""
    folder.mkdir(parents=True, exist_ok=True)
    for key, chosen in _PREVIEWS.items():
        images = as_bytes(PICTURE_SETS[key]().images) if key in PICTURE_SETS else handwritten_digits()
        Image.fromarray(np.hstack(images[list(chosen)])).save(folder / f"{key}.png", optimize=True)
    write_example_sum(folder / "sum.png")


def write_example_sum(file: Path) -> None:
    """Write the first drawn face and its largest terms, weight times part, side by side; the weights as text."""
    faces = drawn_faces()
    dataset = nx.Dataset(
        as_bytes(faces.images).reshape(len(faces.images), -1), faces.images.shape[1:], faces.names, white=255
    )
    model = nx.fit(dataset, _N_PARTS_OF_FACES)
    weights = model.weights[0]
    terms = weights[:, np.newaxis] * model.components
    largest = np.argsort(-terms.sum(axis=1))[:_N_TERMS]
    images = [dataset.sample_image(0), *(terms[part].reshape(dataset.sample_shape) for part in largest)]
    text = PngInfo()
    text.add_text("weights", " ".join(f"{weights[part]:.4f}" for part in largest))
    Image.fromarray(np.hstack([as_bytes(image.clip(0, 1)) for image in images])).save(file, optimize=True, pnginfo=text)


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

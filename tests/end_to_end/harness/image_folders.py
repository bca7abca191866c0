"""Small folders of images, good and damaged, that the tests open."""

from pathlib import Path

import numpy as np
from PIL import Image


def make_folder(folder: Path, n_images: int = 12, size: tuple[int, int] = (10, 6), seed: int = 0) -> Path:
    """Write a folder of grey PNGs, `size` is (width, height), each a random sum of three bars."""
    folder.mkdir(parents=True)
    rng = np.random.default_rng(seed)
    width, height = size
    parts = np.zeros((3, height, width))
    for j in range(3):
        parts[j, :, j::3] = 1
    for i in range(n_images):
        pixels = np.tensordot(rng.uniform(0.1, 0.9, 3), parts, axes=1)
        Image.fromarray(np.rint(pixels * 255).astype(np.uint8)).save(folder / f"image {i + 1}.png")
    return folder


def make_folder_with_faults(folder: Path) -> Path:
    """Write twelve good images, a damaged one, an empty one, and a text file named like an image."""
    make_folder(folder)
    pixels = np.random.default_rng(0).integers(0, 256, (6, 10), dtype=np.uint8)
    Image.fromarray(pixels).save(folder / "torn.png")
    whole = (folder / "torn.png").read_bytes()
    (folder / "torn.png").write_bytes(whole[: len(whole) - 40])
    (folder / "empty.png").touch()
    (folder / "<b>text.png").write_text("not an image")
    return folder


def make_slow_set(path: Path) -> Path:
    """Write an array of noise; it is too large to be fitted at once, and a fit of many parts outlasts every test."""
    rng = np.random.default_rng(0)
    np.save(path, rng.integers(0, 256, (400, 256, 256), dtype=np.uint8))
    return path

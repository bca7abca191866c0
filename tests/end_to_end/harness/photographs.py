"""Larger sets as users have them: holiday photographs, microscope tiles, a table of digits."""

import os
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import numpy as np
from PIL import Image

N_DIFFERENT = 25  # photographs; further names are hard links, which cost neither time nor disk


def make_photographs(folder: Path, n_photographs: int, size: tuple[int, int] = (2400, 1800)) -> Path:
    """Write a folder of colour JPEGs."""
    folder.mkdir(parents=True)
    names = [folder / f"IMG_{i + 1:04}.jpg" for i in range(n_photographs)]
    different = names[:N_DIFFERENT]
    for name, photograph in zip(different, _photographs(size), strict=False):
        photograph.save(name, quality=85)
    for name, same in zip(names[N_DIFFERENT:], cycle(different), strict=False):
        os.link(same, name)
    return folder


def _photographs(size: tuple[int, int]) -> Iterator[Image.Image]:
    rng = np.random.default_rng(0)
    while True:
        coarse = rng.integers(0, 256, (7, 9, 3), dtype=np.uint8)
        yield Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)


def add_trouble(folder: Path) -> None:
    """Add a corrupt photograph, a pipe, and a link back to the folder."""
    whole = (folder / "IMG_0001.jpg").read_bytes()
    (folder / "IMG_0000 torn.jpg").write_bytes(whole[: len(whole) // 3])
    os.mkfifo(folder / "pipe.jpg")
    (folder / "loop").symlink_to(folder, target_is_directory=True)


def make_phone_photographs(folder: Path) -> Path:
    """Write forty large JPEGs, three of them rotated by their EXIF tag, and other files found on a phone."""
    make_photographs(folder, 40, (2016, 1512))
    for photograph, name in islice(zip(_photographs((1512, 2016)), sorted(folder.iterdir()), strict=False), 3):
        exif = Image.Exif()
        exif[0x0112] = 6  # rotated by 90 degrees
        name.unlink()
        photograph.save(name, exif=exif)
    for i in range(4):
        (folder / f"IMG_9{i}.HEIC").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(2000))
    torn = (folder / "IMG_0005.jpg").read_bytes()
    (folder / "IMG_0999.jpg").write_bytes(torn[: len(torn) // 2])
    (folder / "empty.png").touch()
    (folder / ".hidden.jpg").write_bytes(torn)
    return folder


def make_tiles(folder: Path, n_tiles: int) -> Path:
    """Write a folder of TIFF and PNG tiles with values of 12 bits in 16, and a corrupt one."""
    folder.mkdir(parents=True)
    rng = np.random.default_rng(0)
    for i in range(n_tiles):
        pixels = rng.integers(0, 4096, (64, 64)).astype(np.uint16)
        Image.fromarray(pixels).save(folder / f"tile_{i:05}{'.tif' if i % 2 else '.png'}")
    (folder / "tile_corrupt.png").write_bytes((folder / "tile_00000.png").read_bytes()[:500])
    return folder


def make_digits_table(path: Path, source: Path) -> Path:
    """Write the images of a folder as rows of a table."""
    rows = [np.asarray(Image.open(name)).ravel() // 255 for name in sorted(source.glob("*.png"))[:100]]
    np.savetxt(path, np.array(rows), fmt="%d", delimiter=",")
    return path

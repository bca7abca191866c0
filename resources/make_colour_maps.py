"""Writes the colour maps of the pictures, 256 colours each: ``python resources/make_colour_maps.py``.

Needs matplotlib; the program itself reads the small files and does without matplotlib.
"""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
from matplotlib.colors import to_hex

FOLDER = Path(__file__).resolve().parent / "colour_maps"
NAMES = ("viridis", "cividis")
N_COLOURS = 256


def colours_of(name: str) -> str:
    """One colour a line, from 0 to the largest number."""
    colours = mpl.colormaps[name]
    return "".join(f"{to_hex(colours(i))}\n" for i in range(N_COLOURS))


def main() -> None:
    """Write all files."""
    for name in NAMES:
        (FOLDER / f"{name}.txt").write_text(colours_of(name), encoding="ascii")


if __name__ == "__main__":
    main()

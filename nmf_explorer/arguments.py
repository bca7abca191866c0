"""What can be typed: numbers, sizes and paths, and how images are read; the same with and without a window."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from nmf_explorer.dataset.load_options import (
    BACKGROUNDS,
    FRAMES,
    RESIZES,
    SAMPLES_IN,
    WHITES,
    LoadOptions,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE_HELP = "folder, pictures, archive, .npy, .npz, .csv, .mat or MNIST file; several make one set"
# What is typed for those options that are called otherwise in Python.
TYPED = {
    "samples_in": "--samples-in",
    "table_size": "--table-size",
    "tile_size": "--tile",
    "tile_step": "--tile-step",
    "max_pixels": "--max-pixels",
}
_NAMES = (
    *("size", "resize", "colour", "invert", "transpose", "background", "white", "frames"),
    *("samples_in", "table_size", "tile_size", "tile_step", "max_pixels"),
)


def add_load_options(parser: argparse.ArgumentParser) -> None:
    """Add a group “how to read”; what is left out keeps its usual value.

    Parameters
    ----------
    parser : ArgumentParser
        Of a command that opens sets.
    """
    add = parser.add_argument_group("how to read").add_argument
    add("--size", type=size, metavar="WxH", help="size of every image, such as 32x24 (default: the most frequent one)")
    ways = [way.replace(" ", "-") for way in RESIZES]
    add("--resize", choices=ways, help="what happens to images of another size (default crop)")
    add("--colour", action="store_true", default=None, help="keep colours (otherwise grey)")
    add("--invert", action="store_true", default=None, help="exchange dark and bright")
    add("--transpose", action="store_true", default=None, help="exchange rows and columns of each image")
    add("--background", choices=BACKGROUNDS, help="what lies behind transparent pixels (default white)")
    add("--white", type=_white, metavar="N", help="the stored number that is white: auto, maximum or a number")
    add("--frames", choices=FRAMES, help="what to take of files of several frames (default auto)")
    add("--samples-in", choices=SAMPLES_IN, help="where the images of a table lie (default auto)")
    add("--table-size", type=size, metavar="WxH", help="size of the images of a table (guessed if left out)")
    add("--tile", dest="tile_size", type=size, metavar="WxH", help="cut each image into tiles of this size")
    add("--tile-step", type=whole_from(1), metavar="N", help="pixels from one tile to the next (default: one tile)")
    add("--max-pixels", type=whole_from(1), metavar="N", help="refuse images of more pixels (default 64 Mi)")


def load_options(given: argparse.Namespace) -> LoadOptions | None:
    """Read how images are to be read.

    Parameters
    ----------
    given : Namespace
        What was typed.

    Returns
    -------
    LoadOptions or None
        None if nothing was said about it.
    """
    typed = {name: value for name in _NAMES if (value := getattr(given, name)) is not None}
    if "resize" in typed:
        typed["resize"] = typed["resize"].replace("-", " ")
    return LoadOptions.of(typed) if typed else None


def whole_from(lowest: int) -> Callable[[str], int]:
    """Make a type of argument.

    Parameters
    ----------
    lowest : int
        The smallest number that is allowed.

    Returns
    -------
    callable
        Reads a whole number.
    """

    def whole_number(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
        if number < lowest:
            raise argparse.ArgumentTypeError(f"{text} is too small; {lowest} or more is allowed")
        return number

    return whole_number


def number(text: str) -> float:
    """Read a number.

    Parameters
    ----------
    text : str
        As typed.

    Returns
    -------
    float
        The number.

    Raises
    ------
    ArgumentTypeError
        If it is none.
    """
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None


def path(text: str) -> Path:
    """Read a path.

    Parameters
    ----------
    text : str
        As typed.

    Returns
    -------
    Path
        The path.

    Raises
    ------
    ArgumentTypeError
        If it is empty.
    """
    if not text:  # a script's variable that was never set; pathlib would take it for the current folder
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)


def size(text: str) -> tuple[int, int]:
    """Read a size.

    Parameters
    ----------
    text : str
        Width x height, as typed.

    Returns
    -------
    (int, int)
        Height and width.

    Raises
    ------
    ArgumentTypeError
        If it is no size.
    """
    width, cross, height = text.lower().partition("x")
    if not (cross and width.isdecimal() and height.isdecimal() and int(width) and int(height)):
        raise argparse.ArgumentTypeError(f"{text!r} is not WIDTHxHEIGHT, such as 32x24")
    return int(height), int(width)


def _white(text: str) -> str | float:
    if text in WHITES:
        return text
    value = number(text)
    if not value > 0:
        raise argparse.ArgumentTypeError(f"{text} is too small; white is above 0")
    return value

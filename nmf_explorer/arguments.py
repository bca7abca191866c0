"""Parse numbers, sizes, paths and load options on the command line."""

from __future__ import annotations

import argparse
import re
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from nmf_explorer.dataset.load_options import (
    BACKGROUNDS,
    FRAMES,
    RESIZES,
    ROLES,
    SAMPLES_IN,
    WHITES,
    LoadOptions,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE_HELP = "folder, pictures, archive, .npy, .npz, .csv, .mat or MNIST file; several make one set"
_COLUMN_NUMBERS = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?", re.ASCII)
_MAX_COLUMN = 10_000_000  # more columns than any table has
# Load options whose flag has a different name.
LOAD_FLAGS = {
    "samples_in": "--samples-in",
    "samples_axis": "--samples-axis",
    "table_size": "--table-size",
    "columns": "--columns",
    "tile_size": "--tile",
    "tile_step": "--tile-step",
    "max_pixels": "--max-pixels",
}


def add_load_options(parser: argparse.ArgumentParser) -> None:
    """Add the group “how to read”; omitted options keep their defaults."""
    add = parser.add_argument_group("how to read").add_argument
    add("--size", type=size, metavar="WxH", help="size of every image, such as 32x24 (default: the most frequent one)")
    resizes = [resize.replace(" ", "-") for resize in RESIZES]
    add("--resize", choices=resizes, help="what happens to images of another size (default crop)")
    add("--colour", action="store_true", default=None, help="keep colours (otherwise grey)")
    add("--invert", action="store_true", default=None, help="exchange dark and bright")
    add("--transpose", action="store_true", default=None, help="exchange rows and columns of each image")
    add("--background", choices=BACKGROUNDS, help="what lies behind transparent pixels (default white)")
    add("--white", type=_white, metavar="N", help="the stored number that is white: auto, maximum or a number")
    add("--frames", choices=FRAMES, help="what to take of files of several frames (default auto)")
    add("--samples-in", choices=SAMPLES_IN, help="where the images of a table lie (default auto)")
    add(
        "--samples-axis",
        type=_axis,
        metavar="N",
        help="axis, from 0, that counts the images of an array (default auto)",
    )
    add("--array", metavar="NAME", help="which array of a .npz or .mat file to take (default: the largest of images)")
    add("--table-size", type=size, metavar="WxH", help="size of the images of a table (guessed if left out)")
    add(
        "--columns",
        type=_columns,
        metavar="ROLES",
        help="what columns of a table hold (feature, name, label or ignore), by title or by number counted from 1, "
        "such as class=label,3=ignore,5-9=ignore (guessed if left out)",
    )
    add("--tile", dest="tile_size", type=size, metavar="WxH", help="cut each image into tiles of this size")
    add(
        "--tile-step",
        type=whole_number_from(1),
        metavar="N",
        help="pixels from one tile to the next (default: one tile)",
    )
    add("--max-pixels", type=whole_number_from(1), metavar="N", help="refuse images of more pixels (default 64 Mi)")


def load_options(given: argparse.Namespace) -> LoadOptions | None:
    """Return the load options that were typed, or None if none were."""
    names = [field.name for field in fields(LoadOptions)]
    typed = {name: value for name in names if (value := getattr(given, name)) is not None}
    if "resize" in typed:
        typed["resize"] = typed["resize"].replace("-", " ")
    return LoadOptions.from_mapping(typed) if typed else None


def whole_number_from(lowest: int) -> Callable[[str], int]:
    """Return an argument type that parses whole numbers of at least `lowest`."""

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
    """Parse a number."""
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None


def path(text: str) -> Path:
    """Parse a path; an empty one is an error."""
    if not text:  # a script's variable that was never set; pathlib would take it for the current folder
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)


def size(text: str) -> tuple[int, int]:
    """Parse WIDTHxHEIGHT; return (height, width)."""
    width, cross, height = text.lower().partition("x")
    if not (cross and width.isdecimal() and height.isdecimal() and int(width) and int(height)):
        raise argparse.ArgumentTypeError(f"{text!r} is not WIDTHxHEIGHT, such as 32x24")
    return int(height), int(width)


def _columns(text: str) -> dict[int | str, str]:
    """Parse roles such as class=label,3=ignore,5-9=ignore; return them by title, or by number from 0."""
    chosen: dict[int | str, str] = {}
    for entry in text.split(","):
        column, equals, role = (part.strip() for part in entry.rpartition("="))
        if not (equals and column and role in ROLES):
            raise argparse.ArgumentTypeError(f"{entry!r} is not COLUMN=ROLE with a role of {', '.join(ROLES)}")
        numbers = _COLUMN_NUMBERS.fullmatch(column)
        if not numbers:
            chosen[column] = role
            continue
        first, last = int(numbers[1]), int(numbers[2] or numbers[1])
        if not 1 <= first <= last <= _MAX_COLUMN:
            raise argparse.ArgumentTypeError(f"{column!r} are no column numbers; they are counted from 1")
        chosen.update(dict.fromkeys(range(first - 1, last), role))
    return chosen


def _axis(text: str) -> str | int:
    return text if text == "auto" else whole_number_from(0)(text)


def _white(text: str) -> str | float:
    if text in WHITES:
        return text
    value = number(text)
    if not value > 0:
        raise argparse.ArgumentTypeError(f"{text} is too small; white is above 0")
    return value

"""LoadOptions: how images and tables become samples."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, Self, TypeAlias, TypedDict, get_args

from nmf_explorer.errors import OptionError

Size: TypeAlias = tuple[int, int]  # (height, width) in pixels
Resize: TypeAlias = Literal["crop", "fit", "stretch", "leave out"]
Background: TypeAlias = Literal["white", "black"]
Frames: TypeAlias = Literal["auto", "first", "all"]
SamplesIn: TypeAlias = Literal["auto", "rows", "columns"]
SamplesAxis: TypeAlias = Literal["auto"] | int
White: TypeAlias = Literal["auto", "maximum"]
Role: TypeAlias = Literal["feature", "name", "label", "ignore"]
Columns: TypeAlias = tuple[tuple[int | str, Role], ...]

RESIZES: tuple[Resize, ...] = get_args(Resize)
BACKGROUNDS: tuple[Background, ...] = get_args(Background)
FRAMES: tuple[Frames, ...] = get_args(Frames)
SAMPLES_IN: tuple[SamplesIn, ...] = get_args(SamplesIn)
WHITES: tuple[White, ...] = get_args(White)
ROLES: tuple[Role, ...] = get_args(Role)
MAX_AXES = 4  # of an array of images: samples, rows, columns, colours
_MAX_SIDE = 10**9  # pixels
_MAX_WHITE = sys.float_info.max
DEFAULT_MAX_PIXELS = 64 * 1024 * 1024
_ALLOWED = {"resize": RESIZES, "background": BACKGROUNDS, "frames": FRAMES, "samples_in": SAMPLES_IN}
_SIZES = ("size", "table_size", "tile_size")
_SWITCHES = ("colour", "invert", "transpose")


@dataclass(frozen=True, kw_only=True)
class LoadOptions:
    """How images and tables become samples.

    Attributes
    ----------
    size : (int, int) or None, default None
        ``(height, width)`` of every sample in pixels; None takes the most frequent size, reduced if that is larger
        than 256 x 256 pixels or than the memory can hold.
    resize : {"crop", "fit", "stretch", "leave out"}, default "crop"
        What to do with images of another size: scale to fill and crop the edges, scale to fit and pad with the
        background, stretch, or leave out with that reason.
    colour : bool, default False
        Keep red, green and blue; otherwise samples are grey.
    background : {"white", "black"}, default "white"
        What is behind transparent pixels, and around images that are padded.
    invert : bool, default False
        Exchange dark and bright: each value becomes white minus the value.
    transpose : bool, default False
        Exchange rows and columns of each image; some public datasets are stored column by column.
    white : {"auto", "maximum"} or float, default "auto"
        The stored value that reads as 1: "auto" takes it from the depth of the images (255 or 65535, or the maximum
        of the set if 16-bit values use fewer bits) and leaves tables unscaled, "maximum" takes the maximum of the
        set, a number such as 4095 is taken as it is.
    frames : {"auto", "first", "all"}, default "auto"
        Which frames of a multi-frame file to take; "auto" takes all if a single file is opened.
    samples_in : {"auto", "rows", "columns"}, default "auto"
        Whether samples are the rows or the columns of a table; "auto" takes rows.
    samples_axis : "auto" or int, default "auto"
        The axis, from 0, that counts the samples of an array of three or four axes; "auto" guesses, and says why.
    array : str or None, default None
        Name of the array to take from a file of several (.npz, .mat); None takes images before other numbers, then
        the largest array.
    table_size : (int, int) or None, default None
        ``(height, width)`` of the samples of a table; None guesses.
    columns : mapping of int or str to {"feature", "name", "label", "ignore"}, default ()
        What columns of a text table hold, where that is not as detected: numbers of the samples, their names, their
        classes, or nothing of use. A key is the title of a column or its number from 0 (-1 is the last). Kept as
        sorted pairs, so that options can be compared.
    tile_size : (int, int) or None, default None
        ``(height, width)`` of the tiles that each image is cut into; None cuts only an image that is opened alone,
        which would be no set otherwise.
    tile_step : int or None, default None
        Distance in pixels from one tile to the next; None puts tiles side by side.
    max_pixels : int, default 64 Mi
        Images with more pixels are refused.

    Raises
    ------
    OptionError
        If a value is not allowed; the message names the option, the allowed values, and the value given.
    """

    size: Size | None = None
    resize: Resize = "crop"
    colour: bool = False
    background: Background = "white"
    invert: bool = False
    transpose: bool = False
    white: White | float = "auto"
    frames: Frames = "auto"
    samples_in: SamplesIn = "auto"
    samples_axis: SamplesAxis = "auto"
    array: str | None = None
    table_size: Size | None = None
    columns: Columns = ()
    tile_size: Size | None = None
    tile_step: int | None = None
    max_pixels: int = DEFAULT_MAX_PIXELS

    def __post_init__(self) -> None:
        for name, allowed in _ALLOWED.items():
            _check(name, getattr(self, name) in allowed, " or ".join(map(repr, allowed)), getattr(self, name))
        for name in _SWITCHES:
            _check(name, isinstance(getattr(self, name), bool), "True or False", getattr(self, name))
        for name in _SIZES:
            object.__setattr__(self, name, _size(name, getattr(self, name)))
        object.__setattr__(self, "columns", _columns(self.columns))
        is_white = (
            self.white in WHITES
            if isinstance(self.white, str)
            else _is_number(self.white) and 0 < self.white <= _MAX_WHITE
        )
        _check("white", is_white, "'auto', 'maximum' or a number above 0", self.white)
        axis = self.samples_axis
        is_axis = axis == "auto" if isinstance(axis, str) else _is_whole(axis) and 0 <= axis < MAX_AXES
        _check("samples_axis", is_axis, f"'auto' or a whole number from 0 to {MAX_AXES - 1}", axis)
        array: object = self.array
        _check("array", array is None or (isinstance(array, str) and array), "None or the name of an array", array)
        is_step = self.tile_step is None or (_is_whole(self.tile_step) and self.tile_step >= 1)
        _check("tile_step", is_step, "None or a whole number from 1", self.tile_step)
        _check("max_pixels", _is_whole(self.max_pixels) and self.max_pixels >= 1, "a number from 1", self.max_pixels)

    @classmethod
    def from_mapping(cls, options: Mapping[str, Any]) -> Self:
        """Make options from a mapping of field names to values.

        Parameters
        ----------
        options : dict of str to object
            Fields of this class.

        Returns
        -------
        LoadOptions
            Checked options.

        Raises
        ------
        OptionError
            If a name is unknown or a value is not allowed.
        """
        known = [field.name for field in fields(cls)]
        for name in options:
            _check("option", name in known, ", ".join(known), name)
        return cls(**options)

    def replace(self, changes: Mapping[str, Any]) -> Self:
        """Return a copy with some fields changed.

        Parameters
        ----------
        changes : dict of str to object
            Fields of this class.

        Returns
        -------
        LoadOptions
            Checked options.
        """
        return replace(self, **changes)


class LoadKeywords(TypedDict, total=False):
    """The fields of `LoadOptions` as keyword arguments; a whole number stands for a square size."""

    size: Size | int | None
    resize: Resize
    colour: bool
    background: Background
    invert: bool
    transpose: bool
    white: White | float
    frames: Frames
    samples_in: SamplesIn
    samples_axis: SamplesAxis
    array: str | None
    table_size: Size | int | None
    columns: Columns | Mapping[int | str, Role]
    tile_size: Size | int | None
    tile_step: int | None
    max_pixels: int


def _size(name: str, value: object) -> Size | None:
    """Return None or a pair (height, width); one number stands for a square."""
    if value is None:
        return None
    pair = (value, value) if _is_whole(value) else value
    numbers = [int(n) if _is_whole(n) else 0 for n in pair] if isinstance(pair, (tuple, list)) else []
    is_pair = len(numbers) == 2 and min(numbers) >= 1 and max(numbers) <= _MAX_SIDE
    _check(name, is_pair, "None, a whole number from 1 or (height, width)", value)
    return numbers[0], numbers[1]


def _columns(value: object) -> Columns:
    """Return chosen roles as pairs, numbers before titles; `value` is a mapping, or pairs as they come from JSON."""
    entries = list(value.items()) if isinstance(value, Mapping) else value
    pairs = list(map(_pair, entries or ())) if isinstance(entries, (list, tuple, type(None))) else [()]
    for pair in pairs:
        is_pair = len(pair) == 2 and (isinstance(pair[0], str) or _is_whole(pair[0])) and pair[1] in ROLES
        _check("columns", is_pair, "column numbers or titles, each with " + " or ".join(map(repr, ROLES)), value)
    chosen: dict[int | str, Role] = {key if isinstance(key, str) else int(key): role for key, role in pairs}
    return tuple(sorted(chosen.items(), key=lambda pair: (isinstance(pair[0], str), pair[0])))


def _pair(value: object) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else ()


def _is_whole(value: object) -> bool:
    return hasattr(value, "__index__") and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return hasattr(value, "__float__") and not isinstance(value, bool)


def _check(name: str, is_allowed: object, allowed: str, value: object) -> None:
    if not is_allowed:
        raise OptionError("{name} must be {allowed}; it is {value!r}.", name=name, allowed=allowed, value=value)

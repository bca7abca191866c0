"""How pictures and tables become samples: every choice that a user has when a set is opened, in one frozen object."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Self

from nmf_explorer.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Mapping

RESIZES = ("crop", "fit", "stretch", "leave out")
BACKGROUNDS = ("white", "black")
FRAMES = ("auto", "first", "all")
SAMPLES_IN = ("auto", "rows", "columns")
WHITES = ("auto", "maximum")
DEFAULT_MAX_PIXELS = 64 * 1024 * 1024
_ALLOWED = {"resize": RESIZES, "background": BACKGROUNDS, "frames": FRAMES, "samples_in": SAMPLES_IN}
_SHAPES = ("size", "table_size", "tile_size")
_SWITCHES = ("colour", "invert", "transpose")


@dataclass(frozen=True, kw_only=True)
class LoadOptions:
    """How pictures and tables become samples.

    Attributes
    ----------
    size : (int, int) or None, default None
        ``(height, width)`` of every sample in pixels; None takes the most frequent size, smaller where that is larger
        than a screen can show side by side or the memory can hold.
    resize : {"crop", "fit", "stretch", "leave out"}, default "crop"
        What happens to pictures of another size: filled and cut at the edges, shown whole on the background, distorted,
        or left out with that reason.
    colour : bool, default False
        Keep red, green and blue; otherwise samples are grey.
    background : {"white", "black"}, default "white"
        What lies behind transparent pixels, and around pictures that are shown whole.
    invert : bool, default False
        Exchange dark and bright: each value becomes white less the value.
    transpose : bool, default False
        Exchange rows and columns of each picture; some public sets are stored column by column.
    white : {"auto", "maximum"} or float, default "auto"
        The stored number that reads as 1: by the depth of the pictures (255 or 65535, or the set's maximum where
        numbers of fewer bits lie in 16), the set's maximum, or a number such as 4095. Tables are taken as they are by
        "auto".
    frames : {"auto", "first", "all"}, default "auto"
        What to take of files of several frames; "auto" takes all where a single file is opened.
    samples_in : {"auto", "rows", "columns"}, default "auto"
        Where the samples of a table lie; "auto" takes rows.
    table_size : (int, int) or None, default None
        ``(height, width)`` of the samples of a table; None guesses.
    tile_size : (int, int) or None, default None
        ``(height, width)`` of the tiles that each picture is cut into; None cuts only a single picture that is opened
        alone, which would be no set otherwise.
    tile_step : int or None, default None
        Pixels from one tile to the next; None puts them side by side.
    max_pixels : int, default 64 Mi
        Pictures of more pixels are refused.

    Raises
    ------
    OptionError
        If a value is not allowed; it names the option, what is allowed, and the value given.
    """

    size: tuple[int, int] | None = None
    resize: str = "crop"
    colour: bool = False
    background: str = "white"
    invert: bool = False
    transpose: bool = False
    white: str | float = "auto"
    frames: str = "auto"
    samples_in: str = "auto"
    table_size: tuple[int, int] | None = None
    tile_size: tuple[int, int] | None = None
    tile_step: int | None = None
    max_pixels: int = DEFAULT_MAX_PIXELS

    def __post_init__(self) -> None:
        for name, allowed in _ALLOWED.items():
            _check(name, getattr(self, name) in allowed, " or ".join(map(repr, allowed)), getattr(self, name))
        for name in _SWITCHES:
            _check(name, isinstance(getattr(self, name), bool), "True or False", getattr(self, name))
        for name in _SHAPES:
            object.__setattr__(self, name, _shape(name, getattr(self, name)))
        is_white = self.white in WHITES if isinstance(self.white, str) else _is_number(self.white) and self.white > 0
        _check("white", is_white, "'auto', 'maximum' or a number above 0", self.white)
        is_step = self.tile_step is None or (_is_whole(self.tile_step) and self.tile_step >= 1)
        _check("tile_step", is_step, "None or a whole number from 1", self.tile_step)
        _check("max_pixels", _is_whole(self.max_pixels) and self.max_pixels >= 1, "a number from 1", self.max_pixels)

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Self:
        """Take options by name.

        Parameters
        ----------
        options : dict of str to object
            Attributes of this class.

        Returns
        -------
        LoadOptions
            Checked.

        Raises
        ------
        OptionError
            If a name is unknown or a value not allowed.
        """
        known = [field.name for field in fields(cls)]
        for name in options:
            _check("option", name in known, ", ".join(known), name)
        return cls(**options)

    def but(self, changes: Mapping[str, Any]) -> Self:
        """The same with some values changed.

        Parameters
        ----------
        changes : dict of str to object
            Attributes of this class.

        Returns
        -------
        LoadOptions
            Checked.
        """
        return replace(self, **changes)


def _shape(name: str, value: object) -> tuple[int, int] | None:
    """One number for squares, or a pair."""
    if value is None:
        return None
    pair = (value, value) if _is_whole(value) else value
    numbers = [int(n) if _is_whole(n) else 0 for n in pair] if isinstance(pair, (tuple, list)) else []
    is_pair = len(numbers) == len(("height", "width")) and min(numbers) >= 1
    _check(name, is_pair, "None, a whole number from 1 or (height, width)", value)
    return numbers[0], numbers[1]


def _is_whole(value: object) -> bool:
    return hasattr(value, "__index__") and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return hasattr(value, "__float__") and not isinstance(value, bool)


def _check(name: str, is_allowed: object, allowed: str, value: object) -> None:
    if not is_allowed:
        raise OptionError("{name} must be {allowed}; it is {value!r}.", name=name, allowed=allowed, value=value)

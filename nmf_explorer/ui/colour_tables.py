"""What colour a number from 0 to 255 has: grey, a colour map, and the signed scale of residuals."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import qRgb

from nmf_explorer.resource_files import resource

TOP = 255
MIDDLE = 127  # of the signed scale, which has one number less, so that 0 is exactly in the middle
_TOO_MUCH = (178, 24, 43)  # ends of a red-white-blue scale, told apart by the colour-blind
_NEUTRAL = (247, 247, 247)
_MISSING = (33, 102, 172)


@cache
def colour_table(colours: str) -> list[int]:
    """The 256 colours of one of `session.display.COLOURS`; a map is read from its file when first asked for."""
    if colours == "grey":
        return [qRgb(i, i, i) for i in range(TOP + 1)]
    if colours == "inverted":
        return [qRgb(TOP - i, TOP - i, TOP - i) for i in range(TOP + 1)]
    written = resource(f"colour_maps/{colours}.txt").read_text(encoding="ascii")
    return [qRgb(*bytes.fromhex(line[1:])) for line in written.split()]


@cache
def signed_table() -> list[int]:
    """Red where there is too much, blue where light is missing, neutral in the middle."""
    return [_signed_colour(i) for i in range(2 * MIDDLE + 1)]


def _signed_colour(index: int) -> int:
    end = _TOO_MUCH if index < MIDDLE else _MISSING
    share = abs(index - MIDDLE) / MIDDLE
    return qRgb(*(round(n + (e - n) * share) for n, e in zip(_NEUTRAL, end, strict=True)))

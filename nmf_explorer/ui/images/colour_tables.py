"""What colour a number from 0 to 255 has: grey, a colour map, and the signed scale of residuals."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import qRgb

from nmf_explorer.resource_files import resource

TOP = 255
MIDDLE = 127  # of the signed scale, which has one number less, so that 0 is exactly in the middle
# Ends and middle of a red-white-blue scale, told apart by the colour-blind, and of the same on dark, where white would
# blind. Too much, neither, missing:
_ON_LIGHT = ((178, 24, 43), (247, 247, 247), (33, 102, 172))
_ON_DARK = ((255, 112, 92), (24, 24, 24), (92, 172, 255))


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
def signed_table(*, on_dark: bool = False) -> list[int]:
    """Red where there is too much, blue where light is missing, neutral in the middle: light, or dark on dark."""
    too_much, neutral, missing = _ON_DARK if on_dark else _ON_LIGHT
    return [_between(neutral, too_much if i < MIDDLE else missing, abs(i - MIDDLE)) for i in range(2 * MIDDLE + 1)]


def _between(neutral: tuple[int, int, int], end: tuple[int, int, int], steps: int) -> int:
    return qRgb(*(round(n + (e - n) * steps / MIDDLE) for n, e in zip(neutral, end, strict=True)))

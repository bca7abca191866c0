"""Colour tables: grey, colour maps, and the signed scale of residuals."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import qRgb

from nmf_explorer.resource_files import resource

TOP = 255
MIDDLE = 127  # of the signed scale, which has 255 colours so that 0 is exactly in the middle
# Lowest, middle and highest colour of a red-white-blue scale that colour-blind people can read, and of its variant
# for dark backgrounds.
_ON_LIGHT = ((178, 24, 43), (247, 247, 247), (33, 102, 172))
_ON_DARK = ((255, 112, 92), (24, 24, 24), (92, 172, 255))

_INK = (20, 23, 26)  # softer than black, with a contrast of 18 on white


@cache
def colour_table(colours: str) -> list[int]:
    """Return the 256 colours of a result of `Display.colours_of`; colour maps are read from files."""
    if colours == "grey":
        return [qRgb(i, i, i) for i in range(TOP + 1)]
    if colours == "inverted":
        return [qRgb(TOP - i, TOP - i, TOP - i) for i in range(TOP + 1)]
    if colours == "ink":
        return [_interpolated((TOP, TOP, TOP), _INK, i, TOP) for i in range(TOP + 1)]
    text = resource(f"colour_maps/{colours}.txt").read_text(encoding="ascii")
    return [qRgb(*bytes.fromhex(line[1:])) for line in text.split()]


@cache
def signed_table(*, on_dark: bool = False) -> list[int]:
    """Return the 255 colours of the signed scale: red below zero, blue above, neutral (white or dark) at zero."""
    too_much, neutral, missing = _ON_DARK if on_dark else _ON_LIGHT
    return [_interpolated(neutral, too_much if i < MIDDLE else missing, abs(i - MIDDLE)) for i in range(2 * MIDDLE + 1)]


def _interpolated(first: tuple[int, int, int], last: tuple[int, int, int], step: int, n_steps: int = MIDDLE) -> int:
    return qRgb(*(round(a + (b - a) * step / n_steps) for a, b in zip(first, last, strict=True)))

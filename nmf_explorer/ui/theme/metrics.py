"""Sizes in the window: steps of space, heights of controls, letters. All others are multiples of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics
    from PySide6.QtWidgets import QWidget

# Steps of space in pixels; no other distances are used.
GROUP, CONTROLS, CARDS, SECTION, PAGE, WIDE, WIDEST = 4, 8, 12, 16, 24, 32, 48
RADIUS, CARD_RADIUS = 6.0, 8.0  # of corners; images have none
MIN_TARGET = 24  # pixels, WCAG 2.2, 2.5.8
LINE, OUTLINE_WIDTH, RING = 1, 1, 2  # widths of dividers, outlines and of the rings of focus and selection
CONTRAST_RING = 3  # in high contrast
_USUAL_LINE = 18  # pixels, the height of a line of 10 points on a usual screen
_BESIDE_LETTERS = 12  # pixels by which a control is higher than its line of text
_MIN_LETTERS = 11  # pixels
_TABULAR_FIGURES = "tnum"  # OpenType: all digits of one width, so that numbers do not move


class Letters(NamedTuple):
    """Letters of a kind of text: size as a factor of the usual one, and whether they are bold."""

    factor: float
    is_bold: bool = False


DISPLAY = Letters(2.0, is_bold=True)  # the welcome page
LARGE_WEIGHT = Letters(1.4, is_bold=True)  # weights in a sum on one line
TITLE = Letters(1.25, is_bold=True)  # name of the set
SECTION_TITLE = Letters(1.0, is_bold=True)
WEIGHT = Letters(1.0, is_bold=True)  # weights in a sum on two lines
BODY = Letters(1.0)
SMALL = Letters(0.88)  # rail and axes


def font_for(letters: Letters, base: QFont | None = None) -> QFont:
    """Return the font of these letters, by default from the application's font."""
    base = QApplication.font() if base is None else base
    font = with_tabular_figures(base)
    font.setPointSizeF(base.pointSizeF() * letters.factor)
    if QFontInfo(font).pixelSize() < _MIN_LETTERS:
        font.setPixelSize(_MIN_LETTERS)
    if letters.is_bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def set_letters(widget: QWidget, letters: Letters) -> None:
    """Give a widget these letters; a window is built again when the size of text changes."""
    widget.setFont(font_for(letters))


def with_tabular_figures(font: QFont) -> QFont:
    """Return the font with digits of one width."""
    tabular = QFont(font)
    tabular.setFeature(QFont.Tag(_TABULAR_FIGURES), 1)
    return tabular


def scaled(pixels: float, metrics: QFontMetrics) -> int:
    """Return a length that grows with the letters, in pixels."""
    return round(pixels * max(1.0, metrics.height() / _USUAL_LINE))


def control_height(metrics: QFontMetrics) -> int:
    """Return the height of buttons and fields with one line of text, in pixels; icon buttons are as wide."""
    return max(MIN_TARGET, metrics.height() + _BESIDE_LETTERS)


def icon_side(metrics: QFontMetrics) -> int:
    """Return the side of an icon beside text, in pixels."""
    return 2 * round(max(16, metrics.height()) / 2)

"""Light, dark, of high contrast, or as the system says; and the size of the text."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from nmf_explorer.ui.theme.outlined_style import OutlinedStyle
from nmf_explorer.ui.theme.palettes import outlines_for, own_palette

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "contrast": Qt.ColorScheme.Dark,
}
_USUAL_STYLE, _USUAL_FONT = "usual_style", "usual_font"  # properties of the application
_LARGE = 28  # pixels: lines so high leave little room beside them
_DRAWN_BY_QT = "fusion"  # where the system brings no style of its own


def apply_appearance(appearance: str) -> None:
    """Make the whole program look like one of `session.preferences.APPEARANCES`."""
    hints = QGuiApplication.styleHints()
    if appearance == "system" and _system_asks_for_contrast():
        appearance = "contrast"
    wanted = _SCHEMES[appearance]
    hints.setColorScheme(wanted)
    is_outlined = _set_style(is_contrast=appearance == "contrast")
    # A bare X session has no theme to ask, so Qt cannot follow; there the palette is set by hand. Qt's own one for
    # that case has too little contrast: 3.7 to 1 for selected text, 4.0 to 1 for placeholders.
    given = hints.colorScheme()
    is_followed = given is not Qt.ColorScheme.Unknown and wanted in (Qt.ColorScheme.Unknown, given)
    if appearance == "contrast":
        QGuiApplication.setPalette(own_palette("contrast"))
    elif is_followed:
        QGuiApplication.setPalette(QPalette())
        if is_outlined:
            QGuiApplication.setPalette(outlines_for(QGuiApplication.palette()))
    else:
        QGuiApplication.setPalette(own_palette("dark" if appearance == "dark" else "light"))


def apply_text_size(percent: int) -> None:
    """Make all text larger or smaller than the system has it."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)  # noqa: S101 - nothing is shown without one
    usual = application.property(_USUAL_FONT)
    if not isinstance(usual, QFont):
        usual = QApplication.font()
        application.setProperty(_USUAL_FONT, usual)
    font = QFont(usual)
    font.setPointSizeF(usual.pointSizeF() * percent / 100)
    if font != QApplication.font():
        QApplication.setFont(font)


def has_large_letters(widget: QWidget) -> bool:
    """Whether lines are so high that there is little room beside them."""
    return widget.fontMetrics().height() >= _LARGE


def _set_style(*, is_contrast: bool) -> bool:
    """Let outlines be seen where Qt draws the controls, and in high contrast on all systems; tells whether they are."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)  # noqa: S101 - nothing is shown without one
    was_outlined = isinstance(QApplication.style(), OutlinedStyle)
    if application.property(_USUAL_STYLE) is None:
        application.setProperty(_USUAL_STYLE, QApplication.style().name())
    usual = str(application.property(_USUAL_STYLE))
    is_outlined = is_contrast or usual == _DRAWN_BY_QT
    if is_outlined != was_outlined:
        QApplication.setStyle(OutlinedStyle() if is_outlined else usual)
    return is_outlined


def when_the_system_changes(act: Callable[[], object]) -> None:
    """Do something whenever the system becomes light or dark, or asks for more or less contrast."""
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(act)
    if hasattr(hints, "accessibility"):  # since Qt 6.10
        hints.accessibility().contrastPreferenceChanged.connect(act)


def _system_asks_for_contrast() -> bool:
    """Whether it does so, where its own theme does not bring the colours: not on Windows and macOS."""
    hints = QGuiApplication.styleHints()
    if not sys.platform.startswith("linux") or not hasattr(hints, "accessibility"):  # since Qt 6.10
        return False
    accessibility = hints.accessibility()
    return bool(accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast)

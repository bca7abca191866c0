"""Appearance of the program: light, dark, high contrast or as the system; and the text size."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from nmf_explorer.ui.theme.metrics import with_tabular_figures
from nmf_explorer.ui.theme.outlined_style import OutlinedStyle
from nmf_explorer.ui.theme.palettes import OWN, palette_for, with_accent

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "contrast": Qt.ColorScheme.Dark,
}
_SYSTEM_STYLE, _SYSTEM_FONT = (
    "usual_style",
    "usual_font",
)  # properties of the application that keep what the system had set
_MIDDLE_LIGHTNESS = 128
_LARGE_LINE_HEIGHT = 28  # pixels
_FALLBACK_STYLE = "fusion"  # used where the system has no style of its own
_FALLBACK_FONT = ("Sans Serif", 9.0)  # Qt's own where the desktop names none; its letters are smaller than usual
_FALLBACK_POINTS = 10.0


def apply_appearance(appearance: str) -> None:
    """Set style and palette for one of `session.preferences.APPEARANCES`."""
    hints = QGuiApplication.styleHints()
    if appearance == "system" and _is_contrast_requested():
        appearance = "contrast"
    wanted = _SCHEMES[appearance]
    hints.setColorScheme(wanted)
    is_outlined = _set_style(is_contrast=appearance == "contrast")
    QGuiApplication.setPalette(QPalette())  # that of the system
    given = hints.colorScheme()
    is_followed = given is not Qt.ColorScheme.Unknown and wanted in (Qt.ColorScheme.Unknown, given)
    if appearance == "system":
        appearance = "dark" if given is Qt.ColorScheme.Dark else "light"
    if is_outlined or not is_followed:
        # Qt's own palettes have too little contrast: 3.7 to 1 for selected text, 4.0 to 1 for placeholders.
        system_accent = QGuiApplication.palette().color(QPalette.ColorRole.Accent)
        own = OWN[appearance]
        QGuiApplication.setPalette(palette_for(own if appearance == "contrast" else with_accent(own, system_accent)))


def is_on_dark() -> bool:
    """Whether text fields and images have a dark background."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Base).lightness() < _MIDDLE_LIGHTNESS


def apply_text_size(percent: int) -> None:
    """Scale the system's font size by this percentage."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)  # noqa: S101 - nothing is shown without one
    system_font = application.property(_SYSTEM_FONT)
    if not isinstance(system_font, QFont):
        system_font = QApplication.font()
        if sys.platform.startswith("linux") and (system_font.family(), system_font.pointSizeF()) == _FALLBACK_FONT:
            system_font.setPointSizeF(_FALLBACK_POINTS)
        application.setProperty(_SYSTEM_FONT, system_font)
    font = with_tabular_figures(system_font)
    font.setPointSizeF(system_font.pointSizeF() * percent / 100)
    if font != QApplication.font():
        QApplication.setFont(font)


def has_large_text(widget: QWidget) -> bool:
    """Whether a line of text is so high that little space is left beside text."""
    return widget.fontMetrics().height() >= _LARGE_LINE_HEIGHT


def _set_style(*, is_contrast: bool) -> bool:
    """Set `OutlinedStyle` where Qt draws the controls, and in high contrast; return whether it is set."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)  # noqa: S101 - nothing is shown without one
    was_outlined = isinstance(QApplication.style(), OutlinedStyle)
    if application.property(_SYSTEM_STYLE) is None:
        application.setProperty(_SYSTEM_STYLE, QApplication.style().name())
    system_font = str(application.property(_SYSTEM_STYLE))
    is_outlined = is_contrast or system_font == _FALLBACK_STYLE
    if is_outlined != was_outlined:
        QApplication.setStyle(OutlinedStyle() if is_outlined else system_font)
    return is_outlined


def connect_system_changes(slot: Callable[[], object]) -> None:
    """Call `slot` when the system changes its colour scheme or contrast preference."""
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(slot)
    if hasattr(hints, "accessibility"):  # since Qt 6.10
        hints.accessibility().contrastPreferenceChanged.connect(slot)


def _is_contrast_requested() -> bool:
    """Whether the system asks for high contrast but brings no colours for it, as on Linux."""
    hints = QGuiApplication.styleHints()
    if not sys.platform.startswith("linux") or not hasattr(hints, "accessibility"):  # since Qt 6.10
        return False
    accessibility = hints.accessibility()
    return bool(accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast)

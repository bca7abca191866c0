"""Light, dark, or as the system says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

_SCHEMES = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
_DARK = {
    QPalette.ColorRole.Window: "#2b2b2b",
    QPalette.ColorRole.WindowText: "#f0f0f0",
    QPalette.ColorRole.Base: "#1e1e1e",
    QPalette.ColorRole.AlternateBase: "#2b2b2b",
    QPalette.ColorRole.Text: "#f0f0f0",
    QPalette.ColorRole.PlaceholderText: "#b0b0b0",
    QPalette.ColorRole.Button: "#3a3a3a",
    QPalette.ColorRole.ButtonText: "#f0f0f0",
    QPalette.ColorRole.BrightText: "#ffffff",
    QPalette.ColorRole.ToolTipBase: "#3a3a3a",
    QPalette.ColorRole.ToolTipText: "#f0f0f0",
    QPalette.ColorRole.Light: "#4a4a4a",
    QPalette.ColorRole.Midlight: "#404040",
    QPalette.ColorRole.Mid: "#707070",
    QPalette.ColorRole.Dark: "#1a1a1a",
    QPalette.ColorRole.Shadow: "#000000",
    QPalette.ColorRole.Highlight: "#3d7ebf",
    QPalette.ColorRole.HighlightedText: "#ffffff",
    QPalette.ColorRole.Link: "#7ab8f5",
}


def apply_appearance(appearance: str) -> None:
    """Make the whole program light, dark, or like the system."""
    hints = QGuiApplication.styleHints()
    scheme = _SCHEMES[appearance]
    hints.setColorScheme(scheme)
    # A bare X session has no theme to ask, so Qt cannot follow; there the palette is set by hand.
    follows = scheme is Qt.ColorScheme.Unknown or hints.colorScheme() is scheme
    QGuiApplication.setPalette(QPalette() if follows or appearance == "light" else _dark_palette())


def _dark_palette() -> QPalette:
    palette = QPalette(QColor(_DARK[QPalette.ColorRole.Button]), QColor(_DARK[QPalette.ColorRole.Window]))
    for role, colour in _DARK.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#8a8a8a"))
    return palette

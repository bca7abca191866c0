"""Light, dark, or as the system says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

_SCHEMES = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
_LIGHT = {
    QPalette.ColorRole.Window: "#efefef",
    QPalette.ColorRole.WindowText: "#000000",
    QPalette.ColorRole.Base: "#ffffff",
    QPalette.ColorRole.AlternateBase: "#f7f7f7",
    QPalette.ColorRole.Text: "#000000",
    QPalette.ColorRole.PlaceholderText: "#666666",
    QPalette.ColorRole.Button: "#efefef",
    QPalette.ColorRole.ButtonText: "#000000",
    QPalette.ColorRole.ToolTipBase: "#ffffdc",
    QPalette.ColorRole.ToolTipText: "#000000",
    QPalette.ColorRole.Highlight: "#2f74b5",
    QPalette.ColorRole.HighlightedText: "#ffffff",
    QPalette.ColorRole.Link: "#0000c0",
}
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
    QPalette.ColorRole.Highlight: "#2f74b5",
    QPalette.ColorRole.HighlightedText: "#ffffff",
    QPalette.ColorRole.Link: "#7ab8f5",
}


def apply_appearance(appearance: str) -> None:
    """Make the whole program light, dark, or like the system."""
    hints = QGuiApplication.styleHints()
    wanted = _SCHEMES[appearance]
    hints.setColorScheme(wanted)
    # A bare X session has no theme to ask, so Qt cannot follow; there the palette is set by hand. Qt's own one for
    # that case has too little contrast: 3.7 to 1 for selected text, 4.0 to 1 for placeholders.
    given = hints.colorScheme()
    is_followed = given is not Qt.ColorScheme.Unknown and wanted in (Qt.ColorScheme.Unknown, given)
    if is_followed:
        QGuiApplication.setPalette(QPalette())
    elif appearance == "dark":
        QGuiApplication.setPalette(_palette(_DARK, disabled="#8a8a8a"))
    else:
        QGuiApplication.setPalette(_palette(_LIGHT, disabled="#787878"))


def _palette(colours: dict[QPalette.ColorRole, str], *, disabled: str) -> QPalette:
    palette = QPalette(QColor(colours[QPalette.ColorRole.Button]), QColor(colours[QPalette.ColorRole.Window]))
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(disabled))
    return palette

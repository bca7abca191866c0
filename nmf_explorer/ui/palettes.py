"""The program's own colours: light, dark, and of high contrast. Tests hold their contrast."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

Role = QPalette.ColorRole
_LIGHT = {
    Role.Window: "#efefef",
    Role.WindowText: "#000000",
    Role.Base: "#ffffff",
    Role.AlternateBase: "#f7f7f7",
    Role.Text: "#000000",
    Role.PlaceholderText: "#666666",
    Role.Button: "#efefef",
    Role.ButtonText: "#000000",
    Role.ToolTipBase: "#ffffdc",
    Role.ToolTipText: "#000000",
    Role.Mid: "#808080",
    Role.Highlight: "#2f74b5",
    Role.HighlightedText: "#ffffff",
    Role.Accent: "#2f74b5",
    Role.Link: "#0000c0",
}
_DARK = {
    Role.Window: "#2b2b2b",
    Role.WindowText: "#f0f0f0",
    Role.Base: "#1e1e1e",
    Role.AlternateBase: "#2b2b2b",
    Role.Text: "#f0f0f0",
    Role.PlaceholderText: "#b0b0b0",
    Role.Button: "#3a3a3a",
    Role.ButtonText: "#f0f0f0",
    Role.BrightText: "#ffffff",
    Role.ToolTipBase: "#3a3a3a",
    Role.ToolTipText: "#f0f0f0",
    Role.Light: "#4a4a4a",
    Role.Midlight: "#404040",
    Role.Mid: "#808080",
    Role.Dark: "#1a1a1a",
    Role.Shadow: "#000000",
    Role.Highlight: "#6cb0f0",
    Role.HighlightedText: "#000000",
    Role.Accent: "#6cb0f0",
    Role.Link: "#7ab8f5",
}
_CONTRAST = {
    Role.Window: "#000000",
    Role.WindowText: "#ffffff",
    Role.Base: "#000000",
    Role.AlternateBase: "#000000",
    Role.Text: "#ffffff",
    Role.PlaceholderText: "#ffffff",
    Role.Button: "#000000",
    Role.ButtonText: "#ffffff",
    Role.BrightText: "#ffffff",
    Role.ToolTipBase: "#000000",
    Role.ToolTipText: "#ffffff",
    Role.Light: "#0060c8",  # fills buttons that are pressed or checked, whose text is white
    Role.Midlight: "#ffffff",  # these four are the edges of controls
    Role.Mid: "#ffffff",
    Role.Dark: "#ffffff",
    Role.Shadow: "#ffffff",
    Role.Highlight: "#ffff00",
    Role.HighlightedText: "#000000",
    Role.Accent: "#ffff00",
    Role.Link: "#80d0ff",
}
_COLOURS = {"light": (_LIGHT, "#787878"), "dark": (_DARK, "#8a8a8a"), "contrast": (_CONTRAST, "#3ff23f")}


def own_palette(appearance: str) -> QPalette:
    """The palette of “light”, “dark” or “contrast”."""
    colours, disabled = _COLOURS[appearance]
    palette = QPalette(QColor(colours[Role.Button]), QColor(colours[Role.Window]))
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(disabled))
    return palette

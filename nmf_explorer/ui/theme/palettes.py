"""The program's own colours: light, dark and high contrast. Tests check their contrast ratios."""

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
    Role.Mid: "#8c8c8c",
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
    Role.Light: "#404040",
    Role.Midlight: "#303030",
    Role.Mid: "#ffffff",
    Role.Dark: "#ffffff",
    Role.Shadow: "#ffffff",
    Role.Highlight: "#ffff00",
    Role.HighlightedText: "#000000",
    Role.Accent: "#ffff00",
    Role.Link: "#80d0ff",
}
_DISABLED = {  # colours of text, and of outlines and filled areas
    "light": ("#787878", "#bdbdbd"),
    "dark": ("#8a8a8a", "#5c5c5c"),
    "contrast": ("#3ff23f", "#3ff23f"),
}
_COLOURS = {"light": _LIGHT, "dark": _DARK, "contrast": _CONTRAST}
OUTLINE = Role.Mid  # the colour of the outlines of all controls
_MIN_CONTRAST = 3.0  # contrast of a control's outline to its background: WCAG 2.2, 1.4.11
_STEPS = 20


def palette_for(appearance: str) -> QPalette:
    """Return the palette of “light”, “dark” or “contrast”."""
    colours, (words, outlines) = _COLOURS[appearance], _DISABLED[appearance]
    palette = QPalette(QColor(colours[Role.Button]), QColor(colours[Role.Window]))
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(words))
    for role in (OUTLINE, Role.Highlight):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(outlines))
    palette.setColor(QPalette.ColorGroup.Disabled, Role.HighlightedText, QColor(colours[Role.Window]))
    return palette


def outline_palette(palette: QPalette) -> QPalette:
    """Return a palette with nothing but an outline colour that is visible on this palette of the system."""
    papers = [palette.color(role) for role in (Role.Window, Role.Base, Role.Button)]
    ink, paper = palette.color(Role.WindowText), papers[0]
    mixed = (_blend(paper, ink, step / _STEPS) for step in range(_STEPS // 3, _STEPS))
    colour = next((c for c in mixed if all(contrast(c, other) >= _MIN_CONTRAST for other in papers)), ink)
    outlines = QPalette()
    outlines.setColor(OUTLINE, colour)
    outlines.setColor(QPalette.ColorGroup.Disabled, OUTLINE, _blend(paper, colour, 0.5))
    return outlines


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio, 1 to 21, as defined by WCAG 2.2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _blend(one: QColor, other: QColor, share: float) -> QColor:
    pairs = zip((one.redF(), one.greenF(), one.blueF()), (other.redF(), other.greenF(), other.blueF()), strict=True)
    return QColor.fromRgbF(*(a + (b - a) * share for a, b in pairs))

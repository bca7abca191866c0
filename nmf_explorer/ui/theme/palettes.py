"""Colours by role: light, dark and high contrast. Tests compute the contrast of all pairs that meet on screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from PySide6.QtGui import QColor, QPalette

Role, Group = QPalette.ColorRole, QPalette.ColorGroup


@dataclass(frozen=True)
class Colours:
    """The colours of one appearance, as “#rrggbb”, by what they are used for."""

    window: str
    base: str  # of fields, and the ground of the sum
    button: str
    text: str
    secondary: str  # of texts beside others
    disabled: str
    outline: str  # of controls
    divider: str
    frame: str  # around images, and the track of a slider
    accent: str  # selection, focus, links, the one filled button
    on_accent: str
    tint: str  # what is pressed or checked
    hover: str
    warning: str
    error: str
    missing: str  # the sum is darker than the sample
    too_much: str
    paper: str  # an image where it is 0
    ink: str  # an image where it is 1


LIGHT = Colours(
    window="#f3f4f5",
    base="#ffffff",
    button="#ffffff",
    text="#1a1d20",
    secondary="#596067",
    disabled="#868c92",
    outline="#81878d",
    divider="#dcdfe3",
    frame="#c6cbd0",
    accent="#0b6570",
    on_accent="#ffffff",
    tint="#dff0f1",
    hover="#e9ebed",
    warning="#8a5a00",
    error="#b3261e",
    missing="#2166ac",
    too_much="#b2182b",
    paper="#ffffff",
    ink="#14171a",
)
DARK = Colours(
    window="#202326",
    base="#17191b",
    button="#2c3034",
    text="#eceef0",
    secondary="#a9b0b7",
    disabled="#7d848b",
    outline="#7d848b",
    divider="#33383d",
    frame="#454b51",
    accent="#5cc5cf",
    on_accent="#06262a",
    tint="#1d3c40",
    hover="#2e3337",
    warning="#e8b44c",
    error="#ff8a80",
    missing="#6aaef0",
    too_much="#ff7b6e",
    paper="#000000",
    ink="#ffffff",
)
CONTRAST = Colours(
    window="#000000",
    base="#000000",
    button="#000000",
    text="#ffffff",
    secondary="#ffffff",
    disabled="#3ff23f",
    outline="#ffffff",
    divider="#ffffff",
    frame="#ffffff",
    accent="#ffff00",
    on_accent="#000000",
    tint="#333300",
    hover="#262626",
    warning="#ffff00",
    error="#ff9a9a",
    missing="#6ab7ff",
    too_much="#ff8a7a",
    paper="#000000",
    ink="#ffffff",
)
OWN = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
OUTLINE = Role.Mid  # the role with the colour of the outlines of all controls
_ROLES = {
    Role.Window: "window",
    Role.WindowText: "text",
    Role.Base: "base",
    Role.AlternateBase: "window",
    Role.Text: "text",
    Role.PlaceholderText: "secondary",
    Role.Button: "button",
    Role.ButtonText: "text",
    Role.BrightText: "text",
    Role.ToolTipBase: "base",
    Role.ToolTipText: "text",
    Role.Light: "hover",
    Role.Midlight: "divider",
    Role.Mid: "outline",
    Role.Dark: "frame",
    Role.Shadow: "outline",
    Role.Highlight: "accent",
    Role.HighlightedText: "on_accent",
    Role.Accent: "accent",
    Role.Link: "accent",
    Role.LinkVisited: "accent",
}
_KEY_ROLES = (Role.Window, Role.Base, Role.Button, Role.WindowText, Role.PlaceholderText, Role.Highlight)
_DISABLED_TEXTS = (Role.WindowText, Role.Text, Role.ButtonText, Role.PlaceholderText, Role.Highlight, Role.Accent)
_TEXT_CONTRAST, _SIGN_CONTRAST = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
_DATA_HUE_DISTANCE = 25  # degrees by which an accent differs from the two colours of residuals
_TINT, _HOVER = 0.14, 0.06  # shares of accent and text in a system's window colour
_STEPS = 20


def palette_for(colours: Colours) -> QPalette:
    """Return the palette with these colours."""
    palette = QPalette(QColor(colours.button), QColor(colours.window))
    for role, name in _ROLES.items():
        palette.setColor(role, QColor(getattr(colours, name)))
    for role in _DISABLED_TEXTS:
        palette.setColor(Group.Disabled, role, QColor(colours.disabled))
    has_strong_outlines = colours.frame == colours.outline
    palette.setColor(Group.Disabled, OUTLINE, QColor(colours.disabled if has_strong_outlines else colours.frame))
    palette.setColor(Group.Disabled, Role.HighlightedText, QColor(colours.window))
    return palette


def with_accent(colours: Colours, accent: QColor) -> Colours:
    """Return the colours with the system's accent, if it is legible and no colour of residuals."""
    papers = [QColor(colours.window), QColor(colours.base), QColor(colours.button)]
    if accent.hsvSaturation() < _DATA_HUE_DISTANCE or _is_colour_of_residuals(accent):
        return colours
    if any(contrast(accent, paper) < _TEXT_CONTRAST for paper in papers):
        return colours
    on_accent = max(QColor("#ffffff"), QColor("#000000"), key=lambda ink: contrast(ink, accent))
    tint = _blend(QColor(colours.window), accent, _TINT)
    return replace(colours, accent=accent.name(), on_accent=on_accent.name(), tint=tint.name())


def colours_of(palette: QPalette) -> Colours:
    """Return the colours by role of a palette, the program's own or that of a system's style."""
    return _colours_with(tuple(palette.color(Group.Active, role).name() for role in _KEY_ROLES))


@cache
def _colours_with(names: tuple[str, ...]) -> Colours:
    window, base, button, text, secondary, accent = names
    for own in OWN.values():
        if names[:-1] == (own.window, own.base, own.button, own.text, own.secondary):
            return own if accent == own.accent else with_accent(own, QColor(accent))
    near = DARK if QColor(window).lightness() < QColor(text).lightness() else LIGHT
    found = replace(near, window=window, base=base, button=button, text=text, secondary=secondary)
    return _on_system_window(found, QColor(accent))


def _on_system_window(colours: Colours, accent: QColor) -> Colours:
    """Return the colours with outline, hover, tint and accent that are visible on a system's window."""
    paper, ink = QColor(colours.window), QColor(colours.text)
    papers = [paper, QColor(colours.base), QColor(colours.button)]
    mixed = (_blend(paper, ink, step / _STEPS) for step in range(_STEPS // 3, _STEPS))
    outline = next((c for c in mixed if all(contrast(c, other) >= _SIGN_CONTRAST for other in papers)), ink)
    if any(contrast(accent, other) < _SIGN_CONTRAST for other in papers):
        accent = QColor(colours.accent)
    return replace(
        colours,
        outline=outline.name(),
        hover=_blend(paper, ink, _HOVER).name(),
        accent=accent.name(),
        tint=_blend(paper, accent, _TINT).name(),
    )


def _is_colour_of_residuals(colour: QColor) -> bool:
    hues = [QColor(name).hsvHue() for own in (LIGHT, DARK) for name in (own.missing, own.too_much)]
    turns = [abs(colour.hsvHue() - hue) for hue in hues]
    return any(min(turn, 360 - turn) < _DATA_HUE_DISTANCE for turn in turns)


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

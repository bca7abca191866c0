"""Light, dark and high contrast: contrast ratios of text, outlines and focus, computed from pixels."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from nmf_explorer.ui.images.image_list import ImageList, ImageModel
from nmf_explorer.ui.images.image_view import ImageView
from nmf_explorer.ui.theme import appearance as looks
from nmf_explorer.ui.theme.appearance import apply_appearance, apply_text_size
from nmf_explorer.ui.theme.outlined_style import OutlinedStyle
from nmf_explorer.ui.theme.palettes import (
    DARK,
    LIGHT,
    OUTLINE,
    OWN,
    Colours,
    colours_of,
    contrast,
    palette_for,
    with_accent,
)
from tests.ui.windows.test_main_window import action

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from nmf_explorer.app import Application
    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

Role = QPalette.ColorRole
PAPERS = ("window", "base", "button", "hover", "tint")
CONTRASTS = {  # least contrast of colours, and what they are seen on
    4.5: (
        *(("text", paper) for paper in PAPERS),
        *(("secondary", paper) for paper in PAPERS),
        *((colour, paper) for colour in ("accent", "warning", "error") for paper in ("window", "base", "button")),
        ("on_accent", "accent"),
        ("ink", "paper"),
    ),
    3.0: (  # selection, focus, outlines and what is disabled
        ("accent", "hover"),
        ("accent", "tint"),
        *((colour, paper) for colour in ("outline", "disabled") for paper in ("window", "base", "button")),
        ("missing", "paper"),
        ("too_much", "paper"),
    ),
}
STRONG = 7.0  # in high contrast
TEXTS = [
    (Role.WindowText, Role.Window),
    (Role.Text, Role.Base),
    (Role.Text, Role.AlternateBase),
    (Role.ButtonText, Role.Button),
    (Role.HighlightedText, Role.Highlight),
    (Role.PlaceholderText, Role.Base),
    (Role.PlaceholderText, Role.Window),
    (Role.PlaceholderText, Role.Button),
    (Role.ToolTipText, Role.ToolTipBase),
    (Role.Link, Role.Window),
    (Role.Link, Role.Base),
]
SIGNS = [  # selection, focus and outlines
    (Role.Highlight, Role.Base),
    (Role.Highlight, Role.Window),
    (Role.Highlight, Role.Button),
    (Role.Accent, Role.Base),
    (OUTLINE, Role.Window),
    (OUTLINE, Role.Base),
    (OUTLINE, Role.Button),
]


@pytest.fixture(autouse=True)
def looks_are_put_back(qapp: QApplication) -> Iterator[None]:
    del qapp
    yield
    apply_appearance("system")
    apply_text_size(100)


@pytest.mark.parametrize("name", OWN)
def test_all_colours_that_meet_on_screen_have_enough_contrast(name: str) -> None:
    weak = {
        (colour, paper): round(contrast(QColor(getattr(OWN[name], colour)), QColor(getattr(OWN[name], paper))), 2)
        for pairs in CONTRASTS.values()
        for colour, paper in pairs
    }
    least = {pair: STRONG if name == "contrast" else ratio for ratio, pairs in CONTRASTS.items() for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < least[pair]} == {}


def test_no_colour_of_the_window_is_one_of_the_residual() -> None:
    for own in OWN.values():
        assert not {own.accent, own.tint, own.warning} & {own.missing, own.too_much}
    assert with_accent(LIGHT, QColor("#2f74b5")) == LIGHT  # a blue
    assert with_accent(LIGHT, QColor("#a01020")) == LIGHT  # a red
    assert with_accent(LIGHT, QColor("#e0c000")) == LIGHT  # too pale


@pytest.mark.parametrize(("own", "accent"), [(LIGHT, "#6a1b9a"), (LIGHT, "#2e6b1f"), (DARK, "#d59ae8")])
def test_an_accent_of_the_system_is_taken_if_it_is_legible(own: Colours, accent: str) -> None:
    taken = with_accent(own, QColor(accent))
    assert taken.accent == accent
    assert contrast(QColor(taken.on_accent), QColor(accent)) >= 4.5
    assert contrast(QColor(taken.text), QColor(taken.tint)) >= 4.5
    assert colours_of(palette_for(taken)) == taken


@pytest.mark.parametrize("name", OWN)
def test_the_own_colours_are_found_in_their_palette(name: str) -> None:
    assert colours_of(palette_for(OWN[name])) is OWN[name]


@pytest.mark.parametrize("name", OWN)
def test_texts_and_outlines_have_enough_contrast(qapp: QApplication, name: str) -> None:
    apply_appearance(name)
    palette, least = qapp.palette(), 7.0 if name == "contrast" else 4.5
    for text, paper in TEXTS:
        assert contrast(palette.color(text), palette.color(paper)) >= least, (text, paper)
    for sign, paper in SIGNS:
        assert contrast(palette.color(sign), palette.color(paper)) >= 3, (sign, paper)
    disabled = QPalette.ColorGroup.Disabled
    for text, paper in ((Role.WindowText, Role.Window), (Role.Text, Role.Base), (Role.ButtonText, Role.Button)):
        assert contrast(palette.color(disabled, text), palette.color(disabled, paper)) >= 3


@pytest.mark.parametrize(
    ("text", "name"), [("As the System", "system"), ("Light", "light"), ("Dark", "dark"), ("High Contrast", "contrast")]
)
def test_the_menu_changes_the_appearance_and_it_is_remembered(
    window: MainWindow, session: Session, text: str, name: str
) -> None:
    session.preferences.appearance_changed.connect(apply_appearance)
    session.preferences.set_appearance("light" if name != "light" else "dark")
    action(window, text).trigger()
    assert session.preferences.appearance() == name
    assert action(window, text).isChecked()
    is_dark = QGuiApplication.palette().color(Role.Window).lightness() < 128
    assert is_dark == (name in {"dark", "contrast"})
    window.grab()


def test_a_system_that_asks_for_contrast_gets_it(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    class Accessibility:
        def contrastPreference(self) -> Qt.ContrastPreference:  # noqa: N802 - Qt's name
            return Qt.ContrastPreference.HighContrast

    class Hints:
        def accessibility(self) -> Accessibility:
            return Accessibility()

    with monkeypatch.context() as patch:
        patch.setattr(QGuiApplication, "styleHints", Hints)
        patch.setattr(sys, "platform", "linux")
        assert looks._is_contrast_requested()
        patch.setattr(sys, "platform", "win32")
        assert not looks._is_contrast_requested()
    with monkeypatch.context() as patch:
        patch.setattr(looks, "_is_contrast_requested", lambda: True)
        apply_appearance("system")
        assert qapp.palette().color(Role.Window) == QColor("black")
        apply_appearance("light")
        assert qapp.palette().color(Role.Window).lightness() > 200


def test_changes_of_the_system_are_followed(qapp: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    is_asked = False
    monkeypatch.setattr(looks, "_is_contrast_requested", lambda: is_asked)
    hints = qapp.styleHints()
    for change in (hints.colorSchemeChanged.emit, hints.accessibility().contrastPreferenceChanged.emit):
        for is_asked in (True, False):
            change(
                Qt.ColorScheme.Dark if change == hints.colorSchemeChanged.emit else Qt.ContrastPreference.HighContrast
            )
            assert (qapp.palette().color(Role.Window) == QColor("black")) == is_asked
    apply_appearance("light")
    monkeypatch.setattr(qapp.preferences, "appearance", lambda: "light")
    is_asked = True
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert qapp.palette().color(Role.Window).lightness() > 200


def test_a_style_of_the_system_stays_but_for_high_contrast(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "_FALLBACK_STYLE", "another")
    usual = str(qapp.property(looks._SYSTEM_STYLE))
    for name, is_outlined in (("light", False), ("contrast", True), ("contrast", True), ("dark", False)):
        apply_appearance(name)
        assert isinstance(qapp.style(), OutlinedStyle) == is_outlined
        assert is_outlined or qapp.style().name() == usual


@pytest.mark.parametrize("colours", [("#efefef", "#000000"), ("#31363b", "#fcfcfc"), ("#d0d0c8", "#101010")])
def test_outlines_on_a_palette_of_the_system_can_be_seen(colours: tuple[str, str]) -> None:
    paper, ink = map(QColor, colours)
    palette = QPalette(paper, paper)
    palette.setColor(Role.WindowText, ink)
    palette.setColor(Role.Highlight, paper)
    found = colours_of(palette)
    for colour in (found.outline, found.accent):
        assert contrast(QColor(colour), palette.color(Role.Window)) >= 3
        assert contrast(QColor(colour), palette.color(Role.Base)) >= 3
    assert contrast(QColor(found.text), QColor(found.tint)) >= 4.5
    assert (found.window, found.text) == colours


def picture_list() -> ImageList:
    """Return a list of images with their numbers as captions."""
    view = ImageList("Pictures")
    model = ImageModel(lambda _row: QImage(), str, str, view)
    view.setModel(model)
    view.setGridSize(view.cell_padding() * 2)
    model.reset_items(2)
    view.setCurrentIndex(model.index(0, 0))
    return view


def image_view() -> ImageView:
    """Return an image view that takes the keyboard focus."""
    view = ImageView("Sample")
    view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    view.setFixedSize(60, 60)
    return view


def line_edit() -> QLineEdit:
    """Return a field without a blinking cursor."""
    field = QLineEdit("0.98")
    field.setReadOnly(True)
    return field


KINDS: dict[str, Callable[[], QWidget]] = {
    "button": lambda: QPushButton("Fit"),
    "box to tick": lambda: QCheckBox("Invert"),
    "numbers": QSpinBox,
    "choice": QComboBox,
    "field": line_edit,
    "slider": lambda: QSlider(Qt.Orientation.Horizontal),
    "list": picture_list,
    "picture": image_view,
}


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    """Show a widget in a window in which another widget has the focus; return the window."""
    window = QWidget()
    other = QPushButton("other")
    column = QVBoxLayout(window)
    column.addWidget(other)
    column.addWidget(widget)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    return window


def pixels(widget: QWidget) -> list[QColor]:
    """Return all pixels of a widget."""
    image = widget.grab().toImage()
    return [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", OWN)
def test_focus_is_visible(qtbot: QtBot, name: str, kind: str) -> None:
    apply_appearance(name)
    widget = KINDS[kind]()
    window = shown(qtbot, widget)
    before = pixels(widget)
    qtbot.keyClick(window, Qt.Key.Key_Tab)
    qtbot.waitUntil(widget.hasFocus)
    papers = [window.palette().color(role) for role in (Role.Window, Role.Base, Role.Button)]
    seen = [
        is_now
        for was, is_now in zip(before, pixels(widget), strict=True)
        if was != is_now and (contrast(was, is_now) >= 3 or all(contrast(is_now, paper) >= 3 for paper in papers))
    ]
    assert len(seen) >= 20


@pytest.mark.parametrize("kind", ["button", "box to tick", "numbers", "choice", "field", "list", "slider"])
@pytest.mark.parametrize("name", OWN)
def test_outlines_of_controls_are_visible(qtbot: QtBot, name: str, kind: str) -> None:
    apply_appearance(name)
    widget = KINDS[kind]()
    window = shown(qtbot, widget)
    paper = window.palette().color(Role.Window)
    image = widget.grab().toImage()
    middle = image.height() // 2
    heights = [middle] if kind in {"slider", "box to tick"} else range(image.height() // 4, image.height() // 4 * 3)
    for y in heights:
        row = [contrast(image.pixelColor(x, y), paper) for x in range(image.width())]
        assert max(row[:6]) >= 3
        assert kind == "box to tick" or max(row[-6:]) >= 3

"""The equation: weights moved by mouse, keyboard and numbers, sums added up, and terms that do not fit."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QDoubleSpinBox, QPushButton, QScrollBar, QWidget

import nmf_explorer as nx
from nmf_explorer.resource_files import sample_images
from nmf_explorer.ui.equation import equation_buttons
from nmf_explorer.ui.equation.term_row import TermRow
from nmf_explorer.ui.equation.term_view import Term, TermView
from nmf_explorer.ui.images.image_view import ImageView
from nmf_explorer.ui.widgets.weight_slider import WeightSlider
from tests.session.fixtures import PATIENCE, fit_and_wait, open_and_wait
from tests.ui.finding import child, find, labels, terms
from tests.ui.visible_state import wait_until_stable

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow


@pytest.fixture
def leds(qtbot: QtBot, window: MainWindow, session: Session) -> MainWindow:
    """Return the window with the set of seven segments open and fitted, and the digit eight selected."""
    window.resize(1024, 768)
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    assert session.model is not None
    session.select_sample(int(session.model.weights.sum(axis=1).argmax()))
    return window


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system ask for reduced motion."""
    monkeypatch.setattr(equation_buttons, "is_motion_allowed", lambda: False)


def slider(window: QWidget, part: int) -> WeightSlider:
    """Return the slider of a part, counted from 1."""
    return find(window, WeightSlider, f"Weight of part {part}")


def field(window: QWidget, part: int) -> QDoubleSpinBox:
    """Return the number field of a part, counted from 1."""
    return find(window, QDoubleSpinBox, f"Weight of part {part} as a number")


def button(window: QWidget, name: str) -> QPushButton:
    """Return a button."""
    return find(window, QPushButton, name)


def press(qtbot: QtBot, window: QWidget, name: str) -> None:
    """Click on a button."""
    qtbot.mouseClick(button(window, name), Qt.MouseButton.LeftButton)


def image_of(window: QWidget, name: str) -> QImage:
    """Return the image of a view."""
    return find(window, ImageView, name).image()


def ink(image: QImage) -> int:
    """Return how much darker than the white page all pixels are together."""
    return sum(255 - image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height()))


def test_dragging_a_slider_changes_the_sum_at_once_and_is_one_step(
    qtbot: QtBot, stripes: MainWindow, session: Session
) -> None:
    handle = slider(stripes, 1)
    before = ink(image_of(stripes, "Reconstruction"))
    y = handle.height() // 2
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(handle.width() // 2, y))
    for x in range(handle.width() // 2, 0, -4):
        qtbot.mouseMove(handle, QPoint(x, y))
    qtbot.mouseMove(handle, QPoint(0, y))
    assert terms(stripes)[0] == ("0.00", "part 1")
    assert ink(image_of(stripes, "Reconstruction")) < 0.7 * before
    assert "residual: 60 %" in labels(stripes)
    assert find(stripes, ImageView, "Residual").image().pixelColor(4, 1).blue() > 150
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(0, y))
    assert session.history.n_steps == 1
    session.history.undo()
    assert terms(stripes)[0] == ("0.98", "part 1")


def test_a_near_miss_and_a_double_click_go_to_the_fitted_value(
    qtbot: QtBot, stripes: MainWindow, session: Session
) -> None:
    handle = slider(stripes, 3)
    fitted = session.equation.fitted_weights
    assert fitted is not None
    place = QPoint(handle._x_of(handle._fitted) - 3, 10)
    qtbot.mouseClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(5, 10))
    assert session.equation.has_moved_weights
    qtbot.mouseClick(handle, Qt.MouseButton.LeftButton, pos=place)
    assert session.equation.weights is not None
    assert session.equation.weights[2] == fitted[2]
    qtbot.mouseClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(5, 10))
    qtbot.mouseDClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(5, 10))
    assert session.equation.weights[2] == fitted[2]
    qtbot.mouseClick(handle, Qt.MouseButton.RightButton, pos=QPoint(5, 10))
    assert session.equation.weights[2] == fitted[2]


def test_keys_move_a_weight(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    handle = slider(stripes, 1)
    handle.setFocus()
    for key, modifier, expected in (
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, "0.00"),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, "0.01"),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier, "0.11"),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, "0.01"),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, "0.11"),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, "0.98"),
    ):
        qtbot.keyClick(handle, key, modifier)
        assert terms(stripes)[0] == (expected, "part 1")
    assert "the fit has 0.98" in handle.accessibleDescription()
    fitted = session.equation.fitted_weights
    assert fitted is not None
    assert session.equation.weights is not None
    assert session.equation.weights[0] == fitted[0]


def test_a_weight_is_typed(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    number = field(stripes, 2)
    number.setFocus()
    number.selectAll()
    qtbot.keyClicks(number, "0.5")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert ("0.50", "part 2") in terms(stripes)
    assert slider(stripes, 2).value() == 50
    press(qtbot, stripes, "Fitted Weights")
    assert ("0.91", "part 2") in terms(stripes)
    assert not button(stripes, "Fitted Weights").isEnabled()
    assert session.history.n_steps == 2


def test_the_change_to_the_best_weights_is_animated(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    for part in range(3):
        session.equation.set_weight(part, 0.0)
    seen: set[str] = set()
    session.equation.changed.connect(lambda: seen.add(field(stripes, 1).text()))
    animation = session.equation_animation._glide
    animation.setDuration(PATIENCE)  # ended by the test, however slow the machine is
    press(qtbot, stripes, "Best Weights")
    qtbot.waitUntil(lambda: len({text for text in seen if "0.00" < text < "0.98"}) > 1, timeout=PATIENCE)
    animation.setCurrentTime(animation.duration())
    assert not session.equation.is_previewed
    assert [weight for weight, _part in terms(stripes)] == ["0.98", "0.95", "0.91"]
    session.history.undo()
    assert {weight for weight, _part in terms(stripes)} == {"0.00"} or not terms(stripes)


def test_moving_a_weight_ends_the_animation_to_the_best_weights(
    qtbot: QtBot, stripes: MainWindow, session: Session
) -> None:
    session.equation.set_weight(0, 0.1)
    press(qtbot, stripes, "Best Weights")
    qtbot.waitUntil(lambda: session.equation.is_previewed, timeout=PATIENCE)
    session.equation.set_weight(1, 0.2)
    assert not session.equation.is_previewed
    assert ("0.98", "part 1") in terms(stripes)


@pytest.mark.usefixtures("still")
def test_with_reduced_motion_weights_jump_and_terms_are_added_by_clicks(
    qtbot: QtBot, stripes: MainWindow, session: Session
) -> None:
    session.equation.set_weight(0, 0.0)
    press(qtbot, stripes, "Best Weights")
    assert not session.equation.is_previewed
    assert ("0.98", "part 1") in terms(stripes)
    shown = []
    for _ in range(4):
        press(qtbot, stripes, "Add Up")
        shown.append(session.equation.n_added)
    assert shown == [0, 1, 2, None]
    assert not session.equation_animation.is_adding


def test_the_sum_is_added_up_part_by_part(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    seen: list[tuple[int | None, int]] = []
    session.equation.changed.connect(
        lambda: seen.append((session.equation.n_added, ink(image_of(stripes, "Reconstruction"))))
    )
    press(qtbot, stripes, "Add Up")
    assert "0 of 3 terms" in labels(stripes)
    assert ink(image_of(stripes, "Reconstruction")) == 0
    qtbot.waitUntil(lambda: not session.equation_animation.is_adding, timeout=PATIENCE)
    assert [n for n, _ink in seen] == [0, 1, 2, None]
    assert [amount for _n, amount in seen] == sorted(amount for _n, amount in seen)
    assert button(stripes, "Add Up").isEnabled()


def test_adding_up_stops_at_once(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    whole = ink(image_of(stripes, "Reconstruction"))
    press(qtbot, stripes, "Add Up")
    press(qtbot, stripes, "Whole Sum")
    assert not session.equation_animation.is_adding
    assert ink(image_of(stripes, "Reconstruction")) == whole
    press(qtbot, stripes, "Add Up")
    session.select_sample(5)
    assert not session.equation_animation.is_adding


def test_terms_that_do_not_fit_are_reached_by_a_button(qtbot: QtBot, leds: MainWindow, session: Session) -> None:
    assert [weight for weight, _part in terms(leds)] == ["1.00"] * 7
    assert session.model is not None
    session.select_sample(int(((session.model.weights > 0.5).sum(axis=1) == 2).argmax()))  # a digit of two segments
    n_shown = len(terms(leds))
    assert n_shown < 7
    more = button(leds, f"+ {7 - n_shown} more")
    assert more.accessibleDescription() == "The terms that are not shown add 0 % of the sum"
    press(qtbot, leds, more.text())
    assert len(terms(leds)) > n_shown


def signs(row: TermRow) -> list[bool]:
    """Return whether there is a + on the left of each visible term, from left to right."""
    ground, image = row.palette().color(QPalette.ColorRole.Window), row.grab().toImage()
    views = sorted((view for view in row.findChildren(TermView) if view.isVisible()), key=TermView.x)
    return [
        any(
            image.pixelColor(x, y) != ground
            for x in range(max(0, view.x() - row._sign_width()), view.x())
            for y in range(view.image_view.height())
        )
        for view in views
    ]


def test_plus_signs_are_between_terms_and_before_them_if_scrolled(
    qtbot: QtBot, leds: MainWindow, session: Session
) -> None:
    row = find(leds, TermRow, "Terms of the sum")
    assert signs(row) == [False, *[True] * 6]
    assert session.model is not None
    session.select_sample(int((session.model.weights > 0.5).sum(axis=1).argmin()))
    leds.resize(700, 600)
    wait_until_stable(qtbot, leds)
    press(qtbot, leds, next(b.text() for b in row.findChildren(QPushButton) if b.text().endswith(" more")))
    assert signs(row)[0] is False
    find(leds, QScrollBar, "Walk through all terms").setValue(1)
    assert all(signs(row))


def test_all_terms_can_be_scrolled_to(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    window.resize(900, 640)
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    session.set_n_components(n_parts := 16)
    fit_and_wait(qtbot, session)
    at_first = len(terms(window))
    assert 1 <= at_first < n_parts
    press(qtbot, window, f"+ {n_parts - at_first} more")
    bar = find(window, QScrollBar, "Walk through all terms")
    bar.setFocus()
    seen = {part for _weight, part in terms(window)}
    for _ in range(bar.maximum()):
        qtbot.keyClick(bar, Qt.Key.Key_Right)
        seen |= {part for _weight, part in terms(window)}
    assert seen == {f"part {i + 1}" for i in range(n_parts)}
    press(qtbot, window, "Fewer")
    assert len(terms(window)) == at_first


def test_a_hidden_part_is_excluded_from_the_sum_and_the_caption_says_so(stripes: MainWindow, session: Session) -> None:
    session.parts.rename(1, "middle")
    assert ("0.91", "middle") in terms(stripes)
    session.parts.hide(1, hidden=True)
    assert [part for _weight, part in terms(stripes)] == ["part 1", "part 3"]
    assert "without middle" in labels(stripes)


def has_width(widget: QWidget, width: int) -> bool:
    return widget.width() == width


def test_terms_do_not_overlap_and_stay_inside(qtbot: QtBot, leds: MainWindow) -> None:
    for width in (1024, 1280, 1900):
        leds.resize(width, 760)
        qtbot.waitUntil(partial(has_width, leds, width), timeout=PATIENCE)
        views = sorted((v for v in leds.findChildren(TermView) if v.isVisible()), key=TermView.x)
        assert all(a.geometry().right() < b.geometry().left() for a, b in pairwise(views))
        row = child(leds, TermRow)
        assert all(row.rect().contains(v.geometry()) for v in views)


def test_weights_are_locked_during_a_fit_unless_it_is_paused(
    qtbot: QtBot, stripes: MainWindow, session: Session, busy_fit: object
) -> None:
    assert busy_fit
    session.start_fit()
    qtbot.waitUntil(lambda: session.progress is not None, timeout=PATIENCE)
    assert not button(stripes, "Best Weights").isEnabled()
    assert not any(v.isEnabled() for v in stripes.findChildren(WeightSlider) if v.isVisible())
    session.pause()
    assert all(v.isEnabled() for v in stripes.findChildren(WeightSlider) if v.isVisible())
    session.cancel()
    qtbot.waitUntil(lambda: button(stripes, "Best Weights").isEnabled(), timeout=PATIENCE)


@pytest.fixture
def shown(qtbot: QtBot, leds: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Record which parts are shown in terms, in order, from when the window shows all terms of its first sum."""
    wait_until_stable(qtbot, leds)
    shown: list[int] = []
    really = TermView.show_term

    def show_term(view: TermView, term: Term, image: QImage) -> None:
        shown.append(term.part)
        really(view, term, image)

    monkeypatch.setattr(TermView, "show_term", show_term)
    return shown


def test_during_a_fit_terms_are_shown_in_batches(
    qtbot: QtBot, leds: MainWindow, session: Session, shown: list[int]
) -> None:
    row = find(leds, TermRow, "Terms of the sum")
    row.show_sum(session.equation.explanation(), at_once=False)
    assert shown == session.equation.added_terms()[:2]
    qtbot.waitUntil(lambda: shown == session.equation.added_terms(), timeout=PATIENCE)
    shown.clear()
    row.show_sum(session.equation.explanation())
    assert shown == session.equation.added_terms()


def test_pending_terms_of_an_earlier_model_are_not_shown(
    qtbot: QtBot, leds: MainWindow, session: Session, shown: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = find(leds, TermRow, "Terms of the sum")
    row.show_sum(session.equation.explanation(), at_once=False)
    monkeypatch.setattr(type(session), "is_model_changing", True)  # the next sum is then shown after a delay
    session.show(session.shown.with_model(None))
    qtbot.waitUntil(lambda: not terms(leds), timeout=PATIENCE)
    assert len(shown) == 2


@pytest.mark.parametrize("place", [0, 6], ids=["shows-another-part", "is-hidden"])
def test_a_held_slider_moves_no_weight_of_a_new_model(
    qtbot: QtBot, leds: MainWindow, session: Session, place: int
) -> None:
    assert session.dataset is not None
    views = sorted((view for view in leds.findChildren(TermView) if view.isVisible()), key=TermView.x)
    held = child(views[place], WeightSlider)
    middle = held.height() // 2
    qtbot.mousePress(held, Qt.MouseButton.LeftButton, pos=QPoint(held.width() // 2, middle))
    assert session.equation.has_moved_weights
    session.show(session.shown.with_model(nx.fit(session.dataset, 2)))
    assert held.isVisible() is (place == 0)
    qtbot.mouseMove(held, QPoint(3, middle))
    qtbot.mouseRelease(held, Qt.MouseButton.LeftButton)
    assert not session.equation.has_moved_weights


def test_terms_can_be_resized_before_the_sum_of_a_new_model_is_shown(
    qtbot: QtBot, leds: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, before = find(leds, TermRow, "Terms of the sum"), terms(leds)
    assert session.dataset is not None
    monkeypatch.setattr(type(session), "is_model_changing", True)  # the sum of a new model is then shown after a delay
    session.show(session.shown.with_model(nx.fit(session.dataset, 12)))
    row.resize(row.width() - 40, row.height())
    assert terms(leds) == before
    row.resize(row.width() + 40, row.height())
    qtbot.waitUntil(lambda: row._explained_model is session.model, timeout=PATIENCE)
    assert len(terms(leds)) > 0


def test_terms_follow_colours_and_scale(stripes: MainWindow, session: Session) -> None:
    def seen() -> tuple[int, int]:
        image = find(stripes, ImageView, "Part 2").image()
        return image.pixelColor(0, 0).lightness(), image.pixelColor(0, 4).lightness()

    display = session.preferences.display
    assert seen() == (255, 23)  # in ink
    session.preferences.set_on_dark(True)
    assert seen() == (0, 255)
    session.preferences.set_display(display._replace(colours="inverted"))
    assert seen() == (255, 0)
    session.preferences.set_display(display._replace(colours="grey", scale="shared"))
    assert session.model is not None
    assert session.dataset is not None
    share = float(session.model.largest_weights[1]) / session.dataset.brightest
    assert seen() == pytest.approx((0, 255 * share), abs=2)

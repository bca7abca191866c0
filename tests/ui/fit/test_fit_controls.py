"""Options of a fit, pause, step, and the agreement of starts, as the user sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QSpinBox,
    QToolTip,
    QWidget,
)

from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.session import Activity
from nmf_explorer.session.state.activity import FitProgress
from nmf_explorer.session.state.fit_settings import FitSettings
from nmf_explorer.ui.fit.fit_panel import FitPanel
from tests.current import current
from tests.session.fixtures import PATIENCE, fit_and_wait, image_folder, open_and_wait, wait_until_idle
from tests.ui.finding import find, fit_button
from tests.ui.visible_state import wait_until_stable
from tests.ui.windows.test_main_window import action

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def click(qtbot: QtBot, window: MainWindow, name: str) -> None:
    """Click on a button."""
    qtbot.mouseClick(find(window, QPushButton, name), LEFT)


@pytest.fixture
def options(qtbot: QtBot, stripes: MainWindow) -> MainWindow:
    """Return the window with the stripes open and the options shown."""
    click(qtbot, stripes, "Options")
    return stripes


def panel_of(window: MainWindow) -> FitPanel:
    """Return the window's fit panel."""
    (panel,) = window.findChildren(FitPanel)
    return panel


def items(box: QComboBox) -> list[str]:
    """Return the texts of a combo box."""
    return [box.itemText(i) for i in range(box.count())]


def enabled(box: QComboBox) -> dict[str, bool]:
    """Return which values of a combo box are enabled."""
    return {
        box.itemData(i): bool(box.model().flags(box.model().index(i, 0)) & Qt.ItemFlag.ItemIsEnabled)
        for i in range(box.count())
    }


def choose(qtbot: QtBot, box: QComboBox, text: str) -> None:
    """Choose an item by typing its first letters."""
    box.setFocus()
    qtbot.keyClicks(box, text)


# pause, step, resume


def test_step_three_times_and_resume(qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine", 30))
    assert not find(window, QPushButton, "Pause").isEnabled()
    for number in (1, 2, 3):
        with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
            click(qtbot, window, "Step")
        assert find(window, QLabel, "Iteration").text() == f"iteration {number}"
        assert find(window, QWidget, "Progress").property("text") == "Paused"
        assert not fit_button(window).isEnabled()
    assert action(window, "Resume").isEnabled()
    click(qtbot, window, "Resume")
    assert find(window, QPushButton, "Pause").isEnabled()
    wait_until_idle(qtbot, session)
    assert session.model is not None
    assert session.model.converged
    assert action(window, "Pause").isEnabled() is False


@pytest.mark.usefixtures("busy_fit")
def test_pause_and_cancel_by_keys(qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    window.activateWindow()
    with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
        action(window, "Fit").trigger()
    action(window, "Pause").trigger()
    assert current(session.is_paused)
    assert find(window, QPushButton, "Resume").toolTip() == "Go on with the fit (Ctrl+Shift+P)"
    action(window, "Resume").trigger()
    assert not current(session.is_paused)
    action(window, "Step").trigger()
    assert current(session.is_paused)
    action(window, "Cancel").trigger()
    wait_until_idle(qtbot, session)
    assert find(window, QPushButton, "Pause").isEnabled() is False
    keys = {"Pause": "Ctrl+Shift+P", "Step": "Ctrl+Shift+Return", "Options": "Ctrl+Shift+F"}
    for text, key in keys.items():
        assert action(window, text).shortcut().toString() == key
        assert key in find(window, QPushButton, text).toolTip()


@pytest.mark.usefixtures("busy_load")
def test_loading_cannot_be_paused_or_stepped(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
        session.open([tmp_path])
    for name in ("Pause", "Step"):
        assert not find(window, QPushButton, name).isEnabled()
        assert not action(window, name).isEnabled()
    session.cancel()
    wait_until_idle(qtbot, session)


@pytest.mark.usefixtures("busy_fit")
def test_samples_get_the_focus_when_a_focused_button_is_disabled(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    samples = find(window, QListView, "Samples")
    qtbot.waitUntil(samples.hasFocus, timeout=PATIENCE)
    fit = fit_button(window)
    fit.setFocus()
    with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
        qtbot.keyClick(fit, Qt.Key.Key_Space)
    assert samples.hasFocus()
    cancel = find(window, QPushButton, "Cancel")
    cancel.setFocus()
    qtbot.mouseClick(cancel, LEFT)
    wait_until_idle(qtbot, session)
    assert samples.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert session.selected_sample == 1


def test_a_fit_leaves_the_focus_on_an_enabled_field(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    number = find(stripes, QSpinBox, "Number of parts")
    number.setFocus()
    fit_and_wait(qtbot, session)
    assert number.hasFocus()


# options


def test_options_are_hidden_at_first_and_their_state_is_remembered(
    qtbot: QtBot, stripes: MainWindow, session: Session
) -> None:
    button = find(stripes, QPushButton, "Options")
    named = ("Method", "Start", "Loss")
    boxes = [w for w in stripes.findChildren(QComboBox) if w.isVisible() and w.accessibleName() in named]
    assert (button.isChecked(), boxes) == (False, [])
    action(stripes, "Options").trigger()
    assert button.isChecked()
    assert [find(stripes, QComboBox, name).currentIndex() for name in named] == [0, 0, 0]
    again = type(stripes)(session)
    qtbot.addWidget(again)
    again.show()
    assert find(again, QComboBox, "Method").isVisible()
    click(qtbot, stripes, "Options")
    assert not session.preferences.options_shown()
    assert not action(again, "Options").isChecked()


def test_each_choice_has_a_title_and_a_description(options: MainWindow) -> None:
    assert items(find(options, QComboBox, "Method"))[:2] == ["Automatic", "Alternating least squares (HALS)"]
    assert items(find(options, QComboBox, "Start"))[0] == "Automatic: try several, keep the best"
    assert items(find(options, QComboBox, "Loss"))[0] == "Squared differences"
    for name in ("Method", "Start", "Loss"):
        box = find(options, QComboBox, name)
        assert all(box.itemData(i, Qt.ItemDataRole.ToolTipRole) for i in range(box.count()))
        assert box.accessibleDescription()
        assert box.toolTip().startswith(box.currentText())


def test_all_solvers_starts_and_losses_are_offered(options: MainWindow) -> None:
    from nmf_explorer.factorize.fit_options import LOSSES, SOLVERS, STARTS

    for name, values in (("Method", SOLVERS), ("Start", STARTS), ("Loss", LOSSES)):
        assert tuple(enabled(find(options, QComboBox, name))) == values


def test_chosen_options_are_used_by_the_fit(qtbot: QtBot, options: MainWindow, session: Session) -> None:
    choose(qtbot, find(options, QComboBox, "Method"), "Mul")
    choose(qtbot, find(options, QComboBox, "Start"), "Ran")
    choose(qtbot, find(options, QComboBox, "Loss"), "Kul")
    find(options, QSpinBox, "Seed").setValue(5)
    assert session.fit_settings == FitSettings("multiplicative", "random", "kullback-leibler", 5)
    fit_and_wait(qtbot, session)
    assert session.model is not None
    assert session.model.options.loss == "kullback-leibler"
    session.set_fit_settings(FitSettings())
    assert find(options, QComboBox, "Method").currentText() == "Automatic"
    assert find(options, QSpinBox, "Seed").value() == 0


def test_incompatible_options_are_disabled(options: MainWindow, session: Session) -> None:
    method, start, loss = (find(options, QComboBox, name) for name in ("Method", "Start", "Loss"))
    assert all(all(enabled(box).values()) for box in (method, start, loss))
    session.set_fit_settings(FitSettings(loss="kullback-leibler"))
    assert [value for value, can in enabled(method).items() if not can] == ["hals", "coordinate-descent"]
    reason = method.itemData(1, Qt.ItemDataRole.ToolTipRole)
    assert reason == "Does not go together with Loss: Kullback-Leibler divergence (counts)"
    session.set_fit_settings(FitSettings(solver="hals"))
    assert [value for value, can in enabled(loss).items() if not can] == ["kullback-leibler", "itakura-saito"]
    session.set_fit_settings(FitSettings(solver="scikit-learn"))
    assert [value for value, can in enabled(start).items() if not can] == ["pixels"]
    session.set_fit_settings(FitSettings(start="pixels"))
    assert [value for value, can in enabled(method).items() if not can] == ["scikit-learn"]


def test_mnemonics_are_unique(options: MainWindow) -> None:
    texts = [a.text() for a in options.menuBar().actions()]
    labels_of_panel = panel_of(options).findChildren(QLabel)
    texts += [label.text() for label in labels_of_panel if cast("QWidget | None", label.buddy()) is not None]
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(letters) == 12
    assert len(set(letters)) == len(letters)


@pytest.fixture
def open_ten(qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path) -> tuple[MainWindow, Session]:
    """Return a window and its session, with ten images."""
    open_and_wait(qtbot, session, image_folder(tmp_path / "ten", 10, (5, 5)))
    return window, session


@pytest.mark.parametrize(
    ("typed", "parts", "words"),
    [("30", 10, "At most 10 parts: there are 10 images of 5 x 5 pixels."), ("0", 1, "At least 1")],
)
def test_too_many_parts_become_as_many_as_there_can_be_and_it_is_said(
    qtbot: QtBot, open_ten: tuple[MainWindow, Session], typed: str, parts: int, words: str
) -> None:
    window, session = open_ten
    box = find(window, QSpinBox, "Number of parts")
    assert box.accessibleDescription() == "How many parts the images are to be made of (from 1 to 10)"
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, typed)
    assert box.text() == typed
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert words in QToolTip.text()
    wait_until_idle(qtbot, session)
    assert box.value() == parts
    assert session.model is not None
    assert session.model.n_components == parts


def test_the_iteration_says_when_other_starts_are_tried(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    label = find(window, QLabel, "Iteration")
    assert label.text() == f"iteration {session.replay.iteration}"
    where = find(window, QLabel, "Place in the fit").text()
    assert where.startswith(f"{session.replay.iteration} iterations; ")
    with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
        session.step_fit()
    while isinstance(session.progress, FitProgress) and not session.progress.compares_restarts:
        with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
            session.step_fit()
    assert session.activity is Activity.FITTING
    assert label.text().endswith(", trying other starts")
    session.open([sample_images() / "missing"])
    qtbot.waitUntil(lambda: session.activity is Activity.IDLE, timeout=PATIENCE)
    assert label.text() == f"iteration {session.replay.iteration}"
    session.resume()
    wait_until_idle(qtbot, session)
    assert "trying" not in label.text()


# layout


@pytest.fixture
def large_font(window: MainWindow) -> Iterator[None]:
    assert window.isVisible()
    before = QApplication.font()
    font = QApplication.font()
    font.setPointSize(17)
    QApplication.setFont(font)
    yield
    QApplication.setFont(before)


def is_inside(window: MainWindow, widget: QWidget) -> bool:
    """Whether a widget has its minimum size and lies inside the window."""
    right = widget.mapTo(window, widget.rect().topRight()).x()
    left = widget.mapTo(window, QPoint(0, 0)).x()
    return left >= 0 and right < window.width() and widget.width() >= widget.minimumSizeHint().width()


@pytest.mark.parametrize("width", [1280, 800, 640])
def test_controls_fit_into_small_windows(qtbot: QtBot, options: MainWindow, width: int) -> None:
    options.resize(width, 640)
    qtbot.waitUntil(lambda: options.width() == width, timeout=PATIENCE)
    wait_until_stable(qtbot, options)
    check_room(options)


@pytest.mark.usefixtures("large_font")
def test_controls_fit_into_a_small_screen_with_a_large_font(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    session.preferences.set_options_shown(True)
    again = type(window)(session)
    qtbot.addWidget(again)
    again.show()
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    again.resize(800, 700)
    wait_until_stable(qtbot, again)
    assert again.width() == 800
    check_room(again)


def check_room(window: MainWindow) -> None:
    """Check that all controls have their minimum size and do not overlap."""
    kinds = (QPushButton, QSpinBox, QLineEdit)
    shown = [w for w in panel_of(window).findChildren(QWidget) if isinstance(w, kinds) and w.isVisible()]
    controls = [w for w in shown if not w.objectName().startswith("qt_")]
    assert len(controls) == 10
    assert [w for w in controls if not is_inside(window, w)] == []
    error = find(window, QLineEdit, "Relative error")
    assert error.fontMetrics().horizontalAdvance(error.text()) < error.width() - 8
    buttons = [w for w in controls if isinstance(w, QPushButton)]
    places = [w.rect().translated(w.mapTo(window, QPoint(0, 0))) for w in buttons]
    assert not [1 for i, a in enumerate(places) for b in places[:i] if a.intersects(b)]


def test_a_row_is_mirrored_in_right_to_left_languages(qtbot: QtBot, options: MainWindow) -> None:
    options.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    fit, step = fit_button(options), find(options, QPushButton, "Step")
    qtbot.waitUntil(
        lambda: fit.mapTo(options, QPoint(0, 0)).x() > step.mapTo(options, QPoint(0, 0)).x(), timeout=PATIENCE
    )


def test_watch_fits_from_random_numbers_and_fit_can_replace_it(
    qtbot: QtBot, stripes: MainWindow, session: Session
) -> None:
    click(qtbot, stripes, "Watch")
    assert session.activity is Activity.FITTING
    assert not find(stripes, QPushButton, "Watch").isEnabled()
    assert fit_button(stripes).isEnabled()  # it would start otherwise
    qtbot.waitUntil(lambda: session.activity is Activity.IDLE, timeout=PATIENCE)
    assert session.model
    assert session.model.start == "random"
    assert find(stripes, QPushButton, "Watch").isEnabled()


def test_options_that_are_not_the_usual_ones_are_seen_while_the_row_is_closed(
    qtbot: QtBot, stripes: MainWindow, session: Session
) -> None:
    button = find(stripes, QPushButton, "Options")
    assert button.text() == "Options"
    session.set_fit_settings(FitSettings(start="random", random_state=3))
    assert button.text() == "Options, changed"
    assert button.accessibleDescription() == "Changed: Start: Random; Seed: 3"
    assert "Seed: 3" in button.toolTip()
    open_and_wait(qtbot, session, sample_images() / "bars")  # they stay for the next set
    assert button.text() == "Options, changed"
    session.set_fit_settings(FitSettings())
    assert button.text() == "Options"
    assert "seed" in button.accessibleDescription()

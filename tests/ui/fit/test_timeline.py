"""Replay of a fit: slider, curve, buttons and menu."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QPushButton, QSlider, QSpinBox

from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.fitting import next_fit
from nmf_explorer.session.state.fit_settings import FitSettings
from nmf_explorer.ui.fit import fit_panel, timeline
from nmf_explorer.ui.menus import model_menu
from nmf_explorer.ui.messages.message_bar import MessageBar
from nmf_explorer.ui.theme.reduced_motion import is_motion_allowed
from nmf_explorer.ui.widgets.error_plot import ErrorPlot
from tests.session.fixtures import PATIENCE, fit_and_wait, image_folder, open_and_wait, wait_until_idle
from tests.ui.finding import find, fit_button, texts
from tests.ui.visible_state import wait_until_stable
from tests.ui.windows.test_main_window import action

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def random_fit(qtbot: QtBot, stripes: MainWindow, session: Session) -> MainWindow:
    """Return the window with stripes fitted from a random start, in a few iterations with different errors."""
    session.set_fit_settings(FitSettings(start="random"))
    fit_and_wait(qtbot, session)
    return stripes


def slider(window: MainWindow) -> QSlider:
    """Return the slider of iterations."""
    return find(window, QSlider, "Iteration that is looked at")


def error(window: MainWindow) -> str:
    """Return the displayed relative error in percent."""
    text = find(window, QLineEdit, "Relative error").text()
    assert re.fullmatch(r"\d+\.\d\d %", text)
    return text.removesuffix(" %")


def test_the_slider_shows_earlier_iterations(qtbot: QtBot, random_fit: MainWindow, session: Session) -> None:
    n, where = session.replay.n_positions, find(random_fit, QLabel, "Place in the fit")
    end = error(random_fit)
    back = find(random_fit, QPushButton, "Back to the End")
    assert (slider(random_fit).maximum(), slider(random_fit).value()) == (n - 1, n - 1)
    assert (where.text(), back.isEnabled()) == (f"{n} iterations", False)
    slider(random_fit).setFocus()
    qtbot.keyClick(slider(random_fit), Qt.Key.Key_Home)
    assert where.text() == slider(random_fit).accessibleDescription() == f"looking back: iteration 1 of {n}"
    assert where.font().bold()
    assert float(error(random_fit)) > 30
    assert session.model is not None
    assert float(error(random_fit)) == pytest.approx(100 * session.model.relative_error, rel=1e-3)
    assert find(random_fit, QLabel, "Iteration").text() == "iteration 1"
    qtbot.keyClick(slider(random_fit), Qt.Key.Key_Right)
    assert session.replay.position == 1
    qtbot.mouseClick(back, LEFT)
    assert (error(random_fit), back.isEnabled(), where.font().bold()) == (end, False, False)
    assert not session.history.can_undo or "Fit" in str(session.history.undo_message)


def test_a_paused_fit_can_be_replayed(qtbot: QtBot, random_fit: MainWindow, session: Session) -> None:
    session.set_fit_settings(FitSettings(start="random", random_state=1))
    for _ in range(3):
        with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
            action(random_fit, "Step").trigger()
    where, back = find(random_fit, QLabel, "Place in the fit"), action(random_fit, "Back to the End")
    assert (slider(random_fit).maximum(), slider(random_fit).value(), where.text()) == (2, 2, "3 iterations")
    slider(random_fit).setFocus()
    qtbot.keyClick(slider(random_fit), Qt.Key.Key_Left)
    assert where.text() == "looking back: iteration 2 of 3; “Resume” and “Step” go on from iteration 3"
    assert find(random_fit, QLabel, "Iteration").text() == "iteration 2"
    action(random_fit, "Fit Again from Here").trigger()
    assert "Resume or cancel it first" in find(random_fit, MessageBar, "Messages").accessibleDescription()
    back.trigger()
    assert (slider(random_fit).value(), back.isEnabled()) == (2, False)
    qtbot.keyClick(slider(random_fit), Qt.Key.Key_Home)
    qtbot.mouseClick(find(random_fit, QPushButton, "Resume"), LEFT)
    assert not slider(random_fit).isEnabled()
    wait_until_idle(qtbot, session)
    assert session.replay.n_positions > 3
    assert not session.replay.is_before_end


def test_undo_restores_the_timeline_of_the_fit_before(qtbot: QtBot, random_fit: MainWindow, session: Session) -> None:
    n_places, told = session.replay.n_positions, find(random_fit, QLabel, "Place in the fit").text()
    session.set_n_components(2)
    fit_and_wait(qtbot, session)
    action(random_fit, "Undo: Fit of 2 parts").trigger()
    assert slider(random_fit).isEnabled()
    assert (slider(random_fit).maximum(), slider(random_fit).value()) == (n_places - 1, n_places - 1)
    assert find(random_fit, QLabel, "Place in the fit").text() == told


def test_a_click_on_the_curve_shows_that_iteration(qtbot: QtBot, random_fit: MainWindow, session: Session) -> None:
    plot = find(random_fit, ErrorPlot, "Error curve")
    area = plot._plot()
    qtbot.mouseClick(plot, LEFT, pos=QPoint(round(plot._x(2, area)), round(area.center().y())))
    assert session.replay.iteration == 2
    assert slider(random_fit).value() == 1


def test_the_grid_keeps_its_size_during_a_replay(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    assert session.model is not None
    assert session.model.restarts
    grid = find(stripes, QListView, "Parts")
    wait_until_stable(qtbot, stripes)
    sizes = set()
    for place in (*range(session.replay.n_positions), 0):
        session.replay.show(place)
        wait_until_stable(qtbot, stripes)
        sizes.add(grid.size().toTuple())
    assert len(sizes) == 1


def test_replay_and_stop(qtbot: QtBot, random_fit: MainWindow, session: Session) -> None:
    replay = find(random_fit, QPushButton, "Replay")
    session.replay._timer.setInterval(PATIENCE)  # no next iteration between two clicks on a slow machine
    qtbot.mouseClick(replay, LEFT)
    assert replay.text() == "Stop"
    assert action(random_fit, "Cancel").isEnabled()
    qtbot.mouseClick(replay, LEFT)
    assert (replay.text(), session.replay.position) == ("Replay", 0)
    action(random_fit, "Replay").trigger()
    action(random_fit, "Cancel").trigger()
    assert not session.replay.is_before_end
    session.replay._timer.setInterval(1)
    action(random_fit, "Replay").trigger()
    qtbot.waitUntil(lambda: not session.replay.is_playing, timeout=PATIENCE)
    assert not action(random_fit, "Back to the End").isEnabled()


@pytest.mark.parametrize("by", ["button", "menu"])
def test_with_reduced_motion_replay_shows_the_first_iteration(
    qtbot: QtBot, random_fit: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    for module in (timeline, fit_panel, model_menu):
        monkeypatch.setattr(module, "is_motion_allowed", lambda: False)
    if by == "button":
        qtbot.mouseClick(find(random_fit, QPushButton, "Replay"), LEFT)
    else:
        action(random_fit, "Replay").trigger()
    assert not session.replay.is_playing
    assert session.replay.position == 0
    action(random_fit, "Back to the End").trigger()
    assert not session.replay.is_before_end
    if by == "button":
        qtbot.mouseClick(fit_button(random_fit), LEFT)
    else:
        action(random_fit, "Fit Again from Another Seed").trigger()
    wait_until_idle(qtbot, session)
    assert not session.replay.is_playing


@pytest.mark.parametrize("by", ["click", "return", "menu", "seed"])
def test_a_quick_fit_is_replayed(
    qtbot: QtBot, random_fit: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    monkeypatch.setattr("nmf_explorer.session.fitting.fit_run._ENOUGH_MODELS", 1_000_000)  # quick on any machine
    assert is_motion_allowed()
    number = find(random_fit, QSpinBox, "Number of parts")
    asks: dict[str, Callable[[], object]] = {
        "click": lambda: qtbot.mouseClick(fit_button(random_fit), LEFT),
        "return": lambda: qtbot.keyClick(number, Qt.Key.Key_Return),
        "menu": action(random_fit, "Fit").trigger,
        "seed": action(random_fit, "Fit Again from Another Seed").trigger,
    }
    played: list[int | None] = []

    def note_position() -> None:
        if session.replay.is_playing:
            played.append(session.replay.position)

    session.replay.changed.connect(note_position)
    asks[by]()
    assert session.is_busy
    wait_until_idle(qtbot, session)
    qtbot.waitUntil(lambda: bool(played) and not session.replay.is_playing, timeout=PATIENCE)
    assert 0 in played  # from the first iteration
    assert not session.replay.is_before_end


def test_a_fit_can_start_from_the_shown_iteration(qtbot: QtBot, random_fit: MainWindow, session: Session) -> None:
    session.replay.show(1)
    action(random_fit, "Fit Again from Here").trigger()
    wait_until_idle(qtbot, session)
    assert session.model is not None
    assert session.model.start == "given"


def test_another_number_of_parts_is_offered_and_fitted_at_once_if_quick(
    qtbot: QtBot, stripes: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    fit, number = fit_button(stripes), find(stripes, QSpinBox, "Number of parts")
    assert (fit.text(), fit.font().bold(), fit.isDefault()) == ("Fit", False, False)
    monkeypatch.setattr(next_fit, "_QUICK_SECONDS", 0)
    width = fit.width()
    number.stepDown()
    assert (fit.text(), fit.font().bold(), fit.isDefault()) == ("Fit 2 parts", True, True)
    number.stepDown()
    assert fit.text() == "Fit 1 part"
    assert fit.width() == width
    number.setValue(3)
    assert fit.text() == "Fit"
    monkeypatch.setattr(next_fit, "_QUICK_SECONDS", 60)
    number.stepDown()
    qtbot.waitUntil(lambda: len(texts(find(stripes, QListView, "Parts"))) == 2, timeout=PATIENCE)
    wait_until_idle(qtbot, session)
    assert fit.text() == "Fit"
    session.history.undo()
    assert number.value() == 3
    assert len(texts(find(stripes, QListView, "Parts"))) == 3


def test_the_timeline_is_disabled_before_the_first_fit(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    assert fit_button(window).text() == "Fit 1 part"
    assert not slider(window).isEnabled()
    assert not find(window, QPushButton, "Replay").isEnabled()
    assert not action(window, "Fit Again from Here").isEnabled()
    assert action(window, "Fit Again from Another Seed").isEnabled()
    assert find(window, QLabel, "Place in the fit").text() == ""


def test_iterations_without_improvement_are_counted(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine", 30))
    fit_and_wait(qtbot, session)
    course = session.replay
    told = f"{course.iteration} iterations; {course.n_without_gain} more, also from other starts, found nothing better"
    assert find(window, QLabel, "Place in the fit").text() == told


def test_after_a_fit_with_few_iterations_the_timeline_points_to_watch(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    where = find(window, QLabel, "Place in the fit")
    assert "“Watch” shows the parts forming" in where.text()
    session.next_fit.watch(is_slow=False)
    wait_until_idle(qtbot, session)
    assert "Watch" not in where.text()

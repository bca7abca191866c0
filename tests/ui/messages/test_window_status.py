"""What a window tells those who look elsewhere, and what stays in its place from right to left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from nmf_explorer.resource_files import sample_images
from nmf_explorer.ui.images.image_view import ImageView
from nmf_explorer.ui.messages import window_status
from nmf_explorer.ui.windows.main_window import MainWindow
from tests.session.fixtures import PATIENCE, fit_and_wait, image_folder, open_and_wait, wait_until_idle
from tests.ui.finding import find

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session


@pytest.fixture
def alerted(monkeypatch: pytest.MonkeyPatch) -> list[QWidget]:
    """Write down for which windows the task bar was asked to blink."""
    windows: list[QWidget] = []
    monkeypatch.setattr(QApplication, "alert", staticmethod(windows.append))
    return windows


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Write down what a screen reader was asked to say."""
    texts: list[str] = []
    monkeypatch.setattr(window_status, "announce", lambda _window, text: texts.append(text))
    return texts


@pytest.mark.usefixtures("busy_fit")
def test_a_window_that_is_an_icon_says_in_its_title_what_it_does(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    session.start_fit()
    assert window.windowTitle() == "mine — NMF Explorer"
    window.showMinimized()
    qtbot.waitUntil(lambda: window.windowTitle() == "Fitting… mine — NMF Explorer", timeout=PATIENCE)
    session.cancel()
    wait_until_idle(qtbot, session)
    assert window.windowTitle() == "mine — NMF Explorer"


def test_the_end_of_a_fit_is_said(qtbot: QtBot, stripes: MainWindow, session: Session, said: list[str]) -> None:
    assert stripes.isVisible()
    fit_and_wait(qtbot, session)
    qtbot.waitUntil(lambda: set(said) == {"Fit finished, error 0.0 %"}, timeout=PATIENCE)


@pytest.mark.usefixtures("busy_fit")
def test_a_fit_that_was_stopped_is_not_said_to_be_finished(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path, said: list[str]
) -> None:
    assert window.isVisible()
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    session.start_fit()
    session.cancel()
    wait_until_idle(qtbot, session)
    QApplication.processEvents()
    assert said == []


@pytest.mark.parametrize(("least", "is_active", "expected"), [(0, False, 1), (0, True, 0), (10_000, False, 0)])
def test_the_end_of_a_long_fit_calls_back_who_has_turned_away(
    qtbot: QtBot,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    alerted: list[QWidget],
    said: list[str],
    *,
    least: int,
    is_active: bool,
    expected: int,
) -> None:
    monkeypatch.setattr(window_status, "LONG_FIT_MS", least)
    monkeypatch.setattr(MainWindow, "isActiveWindow", lambda _window: is_active)
    window = MainWindow(session)
    qtbot.addWidget(window)
    open_and_wait(qtbot, session, sample_images() / "stripes")
    qtbot.waitUntil(lambda: len(said) == 1, timeout=PATIENCE)
    assert alerted == [window] * expected


@pytest.fixture
def right_to_left() -> Iterator[None]:
    """Lay everything out as for Arabic or Hebrew."""
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def left_of(window: QWidget, widget: QWidget) -> int:
    """Give where a widget begins in a window."""
    return widget.mapTo(window, QPoint(0, 0)).x()


@pytest.mark.usefixtures("right_to_left")
def test_from_right_to_left_controls_turn_and_the_equation_does_not(qtbot: QtBot, stripes: MainWindow) -> None:
    qtbot.waitUntil(lambda: find(stripes, QPushButton, "Fit").isEnabled(), timeout=PATIENCE)
    assert stripes.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert left_of(stripes, find(stripes, QPushButton, "Step")) < left_of(stripes, find(stripes, QPushButton, "Fit"))
    sample, rest = find(stripes, ImageView, "Sample"), find(stripes, ImageView, "Reconstruction")
    assert left_of(stripes, sample) < left_of(stripes, rest)
    for view in (sample, rest):
        assert view.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert not stripes.grab().isNull()

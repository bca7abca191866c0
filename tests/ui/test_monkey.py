"""Five hundred random user actions: no crash, no exception, no warning of Qt, and a state that makes sense."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from nmf_explorer.dataset.sample_sets import SAMPLE_SETS
from tests.session.fixtures import PATIENCE, image_folder
from tests.ui.test_window import drop, enter, urls

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.main_window import MainWindow

N_ACTIONS = 500
SEED = 20
KEYS = [
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Return,
    Qt.Key.Key_Space,
    Qt.Key.Key_Escape,
    Qt.Key.Key_7,
    Qt.Key.Key_Backspace,
]
LEFT_ALONE = {"&Quit", "Close &Window", "About &Qt"}  # these end the test, or wait in a loop of their own


class Monkey:
    """Does something at random, as a child at the keyboard would."""

    def __init__(self, qtbot: QtBot, window: MainWindow, seed: int, folders: list[Path]) -> None:
        self._qtbot, self._window, self._folders = qtbot, window, folders
        self._random = random.Random(seed)  # noqa: S311 - to be repeatable, not to be secret
        self._kinds: list[tuple[Callable[[], None], int]] = [
            (self._click, 6),
            (self._press_key, 6),
            (self._trigger, 4),
            (self._drop, 2),
            (self._resize, 1),
            (self._turn_wheel, 2),
        ]

    def act(self) -> str:
        """Do one thing, let the program answer, and close whatever dialog it opened."""
        kinds, weights = zip(*self._kinds, strict=True)
        kind = self._random.choices(kinds, weights)[0]
        kind()
        for _ in range(self._random.randint(0, 3)):
            QApplication.processEvents()
        for dialog in self._window.findChildren(QDialog):
            dialog.close()
        return str(kind.__name__)

    def _widget(self) -> QWidget:
        widgets = [w for w in self._window.findChildren(QWidget) if w.isVisible() and w.isEnabled()]
        return self._random.choice(widgets or [self._window])  # new contents are shown a moment after they are built

    def _point(self, widget: QWidget) -> QPoint:
        return QPoint(self._random.randrange(max(1, widget.width())), self._random.randrange(max(1, widget.height())))

    def _click(self) -> None:
        widget = self._widget()
        if widget.window() is self._window and widget.objectName() != "qt_menubar":
            click = self._random.choice([self._qtbot.mouseClick, self._qtbot.mouseClick, self._qtbot.mouseDClick])
            if "QMenu" not in type(widget).__name__:
                click(widget, Qt.MouseButton.LeftButton, pos=self._point(widget))

    def _press_key(self) -> None:
        target = QApplication.focusWidget() or self._window
        self._qtbot.keyClick(target, self._random.choice(KEYS))

    def _trigger(self) -> None:
        # Its own ones: Qt's file dialog, while it is being closed, would offer to make, rename and delete files.
        own = self._window.menuBar().findChildren(QAction)
        actions = [a for a in own if a.isEnabled() and a.text() and not a.menu()]
        self._random.choice([a for a in actions if a.text() not in LEFT_ALONE]).trigger()

    def _drop(self) -> None:
        data = urls(*self._random.sample(self._folders, self._random.randint(1, 2)))
        enter(self._window, data)
        drop(self._window, data)

    def _resize(self) -> None:
        self._window.resize(self._random.randint(200, 1600), self._random.randint(200, 1000))

    def _turn_wheel(self) -> None:
        widget = self._widget()
        point = QPointF(self._point(widget))
        turn = QPoint(0, self._random.choice([-240, -120, 120, 240]))
        event = QWheelEvent(
            point,
            widget.mapToGlobal(point),
            QPoint(),
            turn,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003 - Qt's own signature
        )
        QApplication.sendEvent(widget, event)


def check(window: MainWindow, session: Session) -> None:
    """Check that what is open fits together."""
    dataset, model = session.dataset, session.model
    if dataset is None:
        assert model is None
        assert window.windowTitle() == "NMF Explorer"
        return
    assert window.windowTitle() == f"{dataset.name} — NMF Explorer"
    assert 0 <= session.selected_sample < dataset.n_samples
    assert 1 <= session.n_components <= dataset.max_components
    if model is not None:
        assert model.weights.shape == (dataset.n_samples, model.n_components)
        assert model.components.shape[1] == dataset.n_features


def test_five_hundred_random_actions(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [
        image_folder(tmp_path / "good", 8),
        image_folder(tmp_path / "large", 5, size=(90, 70)),
        image_folder(tmp_path / "broken", 3),
        tmp_path / "empty",
        tmp_path / "missing",
        SAMPLE_SETS[0].path,
        SAMPLE_SETS[1].path,
    ]
    folders[3].mkdir()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")  # where file dialogs begin
    (folders[2] / "image_1.png").write_bytes(b"\x89PNG\r\n\x1a\n, and no more")
    monkey = Monkey(qtbot, window, SEED, folders)
    done: list[str] = []
    for _ in range(N_ACTIONS):
        done.append(monkey.act())
        check(window, session)
        if not window.isVisible():
            window.show()
    assert len(set(done)) == 6
    assert not list((tmp_path / "here").iterdir())
    session.cancel()
    qtbot.waitUntil(lambda: session.activity.value == "idle", timeout=PATIENCE)
    check(window, session)

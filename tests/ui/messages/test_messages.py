"""What is said without interrupting, and what is shown when nobody expected it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QListView, QMessageBox, QPushButton, QToolButton, QWidget

import nmf_explorer.app as app_module
from nmf_explorer import __version__
from nmf_explorer.dataset.dataset import Skipped
from nmf_explorer.errors import Message
from nmf_explorer.session.session import Session
from nmf_explorer.session.state.notice import Level, Notice
from nmf_explorer.ui.messages.crash_dialog import CrashDialog, show_crash
from tests.session.fixtures import PATIENCE, image_folder
from tests.ui.finding import find, labels, texts
from tests.ui.windows.test_main_window import action

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nmf_explorer.app import Application
    from nmf_explorer.ui.windows.main_window import MainWindow

HOSTILE = ["<b>x</b>.png", "two\nlines.png", "😀.png", "\udcff.png"]


@pytest.mark.parametrize("level", Level)
def test_a_notice_is_shown_and_can_be_closed(qtbot: QtBot, window: MainWindow, session: Session, level: Level) -> None:
    session.notice_posted.emit(Notice(level, (Message("One {thing}.", thing="thing"), Message("Two."))))
    bar = find(window, QWidget, "Messages")
    assert bar.accessibleDescription() == "One thing. Two."
    assert "One thing.\nTwo." in labels(window)  # each on a line of its own
    close = find(window, QToolButton, "Close message")
    assert (close.text(), close.icon().isNull()) == ("×", True)  # a letter has the palette's colour, also on dark
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_a_long_notice_is_wrapped_inside_the_margins_of_the_bar(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    width = window.width()
    session.notice_posted.emit(Notice(Level.INFO, (Message("word " * 200),)))
    bar = find(window, QFrame, "Messages")
    label = next(label for label in bar.findChildren(QLabel) if label.text())
    qtbot.waitUntil(lambda: label.height() > 3 * label.fontMetrics().height())
    assert window.width() == width
    inner, used = bar.contentsRect(), bar.childrenRect()
    margins = (used.left() - inner.left(), used.top() - inner.top(), inner.right() - used.right())
    assert (*margins, inner.bottom() - used.bottom()) == (8, 4, 4, 4)


def test_skipped_files_are_listed_as_plain_text(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    skipped = tuple(Skipped(Path("/set") / name, Message("the file is {how}", how="empty")) for name in HOSTILE)
    session.notice_posted.emit(Notice(Level.WARNING, (Message("<i>4</i> skipped."),), skipped))
    qtbot.mouseClick(find(window, QPushButton, "Details"), Qt.MouseButton.LeftButton)
    rows = texts(find(window, QListView, "Skipped files"))
    assert rows[0] == "/set/<b>x</b>.png: the file is empty"
    assert len(rows) == 4
    assert all(text.isprintable() for text in rows)
    bar = find(window, QWidget, "Messages")
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in bar.findChildren(QLabel) if label.text())
    session.notice_posted.emit(None)
    assert not bar.isVisible()


def test_a_crash_shows_facts_to_copy(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    error = ZeroDivisionError("unexpected")
    show_crash(type(error), error, None)
    show_crash(type(error), error, None)
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, CrashDialog) and w.isVisible()]
    assert len(dialogs) == 1
    dialog = dialogs[0]
    assert "ZeroDivisionError: unexpected" in dialog.detailedText()
    assert "NMF Explorer" in dialog.detailedText()
    qtbot.mouseClick(find(dialog, QPushButton, "Copy details"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == dialog.detailedText()
    assert dialog.isVisible()
    dialog.close()
    assert "ZeroDivisionError" in capsys.readouterr().err
    monkeypatch.setattr(sys, "__excepthook__", lambda *_given: None)
    show_crash(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, CrashDialog) and w.isVisible()]


def test_the_about_box_names_version_and_sources(window: MainWindow) -> None:
    action(window, "About NMF Explorer").trigger()
    box = next(w for w in window.findChildren(QMessageBox) if w.isVisible())
    assert __version__ in box.text()
    assert "CC BY 4.0" in box.informativeText()
    box.close()


def test_a_file_that_the_system_hands_over_is_opened(qtbot: QtBot, qapp: Application, tmp_path: Path) -> None:
    folder = image_folder(tmp_path / "mine")
    qapp.event(QFileOpenEvent(QUrl.fromLocalFile(str(folder))))
    (window,) = qapp.windows
    qtbot.waitUntil(lambda: window.windowTitle() == "mine — NMF Explorer", timeout=PATIENCE)
    window.close()
    qtbot.waitUntil(lambda: qapp.windows == [], timeout=PATIENCE)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://example.org/a.png", "names no file or folder"),
        ("file://far.example.org/etc", "is on another computer"),
        ("file:///a%00b", "zero byte"),
        ("file:", "names no file or folder"),
    ],
)
def test_a_url_of_no_local_file_is_refused_in_words(
    qtbot: QtBot, qapp: Application, monkeypatch: pytest.MonkeyPatch, url: str, reason: str
) -> None:
    said: list[str] = []
    monkeypatch.setattr(Session, "open", lambda *_given: pytest.fail("it was opened"))
    monkeypatch.setattr(Session, "show_notice", lambda _self, message, *_level: said.append(str(message)))
    qapp.event(QFileOpenEvent(QUrl(url)))
    (window,) = qapp.windows
    assert reason in said[0]
    window.close()
    qtbot.waitUntil(lambda: qapp.windows == [], timeout=PATIENCE)


def test_run_builds_everything_and_opens_what_is_asked_for(
    qtbot: QtBot, qapp: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = image_folder(tmp_path / "mine")
    monkeypatch.setattr(app_module, "Application", lambda _arguments: qapp)
    monkeypatch.setattr(app_module, "log_folder", lambda: tmp_path / "state")
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)

    def wait_for_set() -> int:
        (window,) = qapp.windows
        qtbot.waitUntil(lambda: window.windowTitle() == "mine — NMF Explorer", timeout=PATIENCE)
        window.close()
        return 0

    monkeypatch.setattr(qapp, "exec", wait_for_set)
    assert app_module.run([folder]) == 0
    qtbot.waitUntil(lambda: qapp.windows == [], timeout=PATIENCE)
    lines = (tmp_path / "state" / "nmf-explorer.log").read_text(encoding="utf-8").splitlines()
    assert any(line.endswith(f"info: NMF Explorer {__version__} started") for line in lines)
    assert lines[-1].endswith("info: ended with exit code 0")
    assert any(str(folder) in line for line in lines)

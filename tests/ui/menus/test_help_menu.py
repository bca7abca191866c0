"""Help > Show Log, the log of several windows, and the log that the crash dialog names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.log.log_file import program_log
from nmf_explorer.session.state.notice import Level
from nmf_explorer.ui.messages.crash_dialog import CrashDialog, show_crash
from tests.session.fixtures import PATIENCE
from tests.ui.windows.test_main_window import action

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QUrl
    from pytestqt.qtbot import QtBot

    from nmf_explorer.app import Application
    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow


@pytest.fixture
def log_path(tmp_path: Path) -> Iterator[Path]:
    """Let the log of the program be a file of the test; it is not opened yet."""
    program_log.begin(tmp_path / "state")
    yield tmp_path / "state" / "nmf-explorer.log"
    program_log.close()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record the URLs that the program opens with the system; report that each was opened."""
    urls: list[str] = []

    def show(url: QUrl) -> bool:
        urls.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", show)
    return urls


def test_the_log_is_opened_by_the_system(
    window: MainWindow, session: Session, log_path: Path, shown: list[str]
) -> None:
    show_log = action(window, "Show Log")
    assert "&" in show_log.text()  # the keyboard reaches it
    show_log.trigger()
    assert shown == [str(log_path)]
    assert log_path.is_file()
    assert session.notice is None


def test_without_a_program_that_shows_it_the_place_of_the_log_is_said(
    window: MainWindow, session: Session, log_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    action(window, "Show Log").trigger()
    assert session.notice is not None
    assert str(log_path) in session.notice.messages[0]


def test_a_log_that_cannot_be_written_is_said_to_be_missing(
    window: MainWindow, session: Session, log_path: Path, shown: list[str]
) -> None:
    log_path.parent.write_text("in the way")
    action(window, "Show Log").trigger()
    assert shown == []
    assert session.notice is not None
    assert session.notice.level is Level.WARNING
    assert session.notice.messages[0].startswith("There is no log: ")


def test_the_windows_of_a_program_share_one_log(qtbot: QtBot, qapp: Application, log_path: Path) -> None:
    program_log.open()
    first, second = qapp.open_window(), qapp.open_window()
    first.open([sample_images() / "stripes"])
    second.open([sample_images() / "bars"])
    qtbot.waitUntil(lambda: log_path.read_text(encoding="utf-8").count("fit of") == 2, timeout=PATIENCE)
    for window in (first, second):
        window.close()
    qtbot.waitUntil(lambda: qapp.windows == [], timeout=PATIENCE)
    written = [line.partition(" info: window ")[2] for line in log_path.read_text(encoding="utf-8").splitlines()]
    numbers = {line.partition(":")[0]: "stripes" in line for line in written if "samples of" in line}
    assert sorted(numbers.values()) == [False, True]


def test_a_crash_is_written_and_the_dialog_names_the_log(log_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    error = ZeroDivisionError("unexpected")
    show_crash(type(error), error, None)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, CrashDialog) and w.isVisible())
    assert str(log_path) in dialog.informativeText()
    dialog.close()
    assert "ZeroDivisionError: unexpected" in log_path.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_without_a_log_the_dialog_names_none(capsys: pytest.CaptureFixture[str]) -> None:
    error = ZeroDivisionError("unexpected")
    show_crash(type(error), error, None)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, CrashDialog) and w.isVisible())
    assert "log" not in dialog.informativeText()
    dialog.close()
    assert "ZeroDivisionError" in capsys.readouterr().err

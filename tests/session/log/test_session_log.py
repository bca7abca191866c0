"""Lines of the log about a session; they contain no values of the user's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import qWarning

from nmf_explorer.errors import Message
from nmf_explorer.session.log.log_file import LogFile
from nmf_explorer.session.log.process_log import add_versions, qt_messages_recorded
from nmf_explorer.session.log.session_log import SessionLog, without_contents
from nmf_explorer.session.state.notice import Level
from tests.session.fixtures import PATIENCE, fit_and_wait, image_folder, open_and_wait

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session


class Lines(LogFile):
    """A log that keeps its lines in a list."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def add(self, level: str, text: str) -> None:
        """Keep the line."""
        self.lines.append(f"{level}: {text}")


@pytest.fixture
def log(session: Session) -> Lines:
    """Return the log of the session."""
    log = Lines()
    SessionLog(session, log, 1)
    return log


def test_a_set_and_its_fit_are_written(qtbot: QtBot, session: Session, log: Lines, tmp_path: Path) -> None:
    folder = image_folder(tmp_path / "my\nset", 12)
    open_and_wait(qtbot, session, folder)
    session.set_n_components(3)
    fit_and_wait(qtbot, session)
    qtbot.waitUntil(lambda: any("fit of" in line for line in log.lines), timeout=PATIENCE)
    path = str(folder).replace("\n", "\\n")
    model = session.model
    assert model is not None
    end = "converged" if model.converged else "not converged"
    end = f"after {model.n_iterations} iterations, {end}, relative error {model.relative_error:.4f}"
    assert log.lines == [
        "info: window 1: opened",
        f"info: window 1: loading {path}",
        f"info: window 1: open: {path}, 12 samples of 4 x 5, 0 files skipped",
        f"info: window 1: fit of 3 parts ended {end} (method auto, start auto, loss frobenius, seed 0)",
    ]
    session.close_set()
    assert log.lines[-1] == "info: window 1: no set is open"


def test_expected_errors_are_written(qtbot: QtBot, session: Session, log: Lines, tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    with qtbot.waitSignal(session.notice_posted, timeout=PATIENCE, check_params_cb=bool):
        session.open([missing])
    assert log.lines[1:] == [
        f"info: window 1: loading {missing}",
        f"error: window 1: There is no file or folder “{missing}”. Check the name.",
    ]


def test_notices_of_level_info_are_not_written(session: Session, log: Lines) -> None:
    session.show_notice(Message("The parts were copied."))
    session.show_notice(Message("Not so good."), Level.WARNING)
    session.dismiss_notice()
    assert log.lines[1:] == ["warning: window 1: Not so good."]


def test_cells_of_a_table_are_not_written(qtbot: QtBot, session: Session, log: Lines, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("name,age\n1,2\n3,4\n5,private\n7,8\n", encoding="utf-8")
    with qtbot.waitSignal(session.notice_posted, timeout=PATIENCE, check_params_cb=bool):
        session.open([table])
    assert session.notice is not None
    assert "private" in " ".join(session.notice.messages)
    assert "table.csv" in log.lines[-1]
    assert "private" not in " ".join(log.lines)


def test_quoted_cells_are_removed_from_nested_messages() -> None:
    inner = Message("row {row}: “{cell}”", row=3, cell="private")
    assert without_contents(Message("{name}: {reason}", name="a\nb", reason=inner)) == "a\\nb: row 3: “…”"
    assert without_contents("plain\ntext") == "plain\\ntext"


def test_versions_are_written() -> None:
    log = Lines()
    add_versions(log)
    (line,) = log.lines
    assert all(f"{name} " in line for name in ("Python", "PySide6", "Qt", "numpy", "Pillow", "scipy", "scikit-learn"))


def test_a_package_without_metadata_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nmf_explorer.session.log.process_log._PACKAGES", ("no-such-package",))
    log = Lines()
    add_versions(log)
    assert log.lines[0].endswith("no-such-package of unknown version")


@pytest.mark.qt_log_ignore("a warning\nin two lines")
def test_warnings_of_qt_are_written(qapp: object) -> None:
    assert qapp
    log = Lines()
    with qt_messages_recorded(log):
        qWarning("a warning\nin two lines")
    qWarning("a warning\nin two lines")
    assert log.lines == ["warning: Qt: a warning\\nin two lines"]

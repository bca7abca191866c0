"""The log file: rotation, folders that cannot be written, a full disk, a crash of the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nmf_explorer.session.log.log_file import LogFile, log_folder, one_line
from nmf_explorer.session.log.rotating_handler import MAX_BYTES
from tests.current import current

FULL = Path("/dev/full")


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def opened(folder: Path) -> LogFile:
    log = LogFile()
    log.begin(folder)
    log.open()
    return log


def test_the_log_is_in_the_state_folder_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if sys.platform == "linux":
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
        assert log_folder() == tmp_path / "nmf-explorer"
    assert log_folder().name == "nmf-explorer"


def test_lines_wait_until_the_log_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there"
    log = LogFile()
    log.add("info", "early")
    log.open()  # before `begin`
    assert current(log.path) is None
    log.begin(folder)
    assert not folder.exists()
    log.open()
    log.open()
    log.add("warning", "late")
    assert log.path is not None
    log.close()
    early, late = lines_of(folder / "nmf-explorer.log")
    assert early.endswith(" info: early")
    assert late.endswith(" warning: late")


def test_a_second_start_adds_to_the_file(tmp_path: Path) -> None:
    for _ in range(2):
        log = opened(tmp_path)
        log.add("info", "started")
        log.close()
    assert len(lines_of(tmp_path / "nmf-explorer.log")) == 2


def test_two_files_of_limited_size_are_kept(tmp_path: Path) -> None:
    log = opened(tmp_path)
    for i in range(3 * MAX_BYTES // 1000):
        log.add("info", f"{i} {'x' * 1000}")
    log.close()
    assert {path.name for path in tmp_path.iterdir()} == {"nmf-explorer.log", "nmf-explorer.log.1"}
    assert all(path.stat().st_size <= MAX_BYTES for path in tmp_path.iterdir())
    kept = [*lines_of(tmp_path / "nmf-explorer.log.1"), *lines_of(tmp_path / "nmf-explorer.log")]
    numbers = [int(line.split()[4]) for line in kept]
    assert numbers == list(range(numbers[0], 3 * MAX_BYTES // 1000))  # the newest lines without a gap


def test_a_file_that_cannot_be_renamed_is_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_source: str, _target: str) -> None:
        raise PermissionError

    log = opened(tmp_path)
    monkeypatch.setattr("os.rename", refuse)
    for _ in range(2):
        log.add("info", "x" * MAX_BYTES)
    log.add("info", "last")
    log.close()
    assert len(lines_of(tmp_path / "nmf-explorer.log")) == 3


def test_without_its_folder_there_is_no_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file instead of a folder")
    log = opened(tmp_path / "file" / "state")
    log.add("info", "lost")
    assert log.path is None
    log.close()


def test_without_a_writable_file_there_is_no_log(tmp_path: Path) -> None:
    (tmp_path / "nmf-explorer.log").mkdir()  # root may write into folders that are read-only, but not into this
    log = opened(tmp_path)
    log.add("info", "lost")
    assert log.path is None


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_ends_the_log(tmp_path: Path) -> None:
    (tmp_path / "nmf-explorer.log").symlink_to(FULL)
    log = opened(tmp_path)
    assert current(log.path) is not None
    log.add("info", "lost")
    assert log.path is None
    log.open()
    assert log.path is None


def test_undecodable_names_are_escaped(tmp_path: Path) -> None:
    assert one_line("two\nlines \udcff ü") == "two\\nlines \\udcff ü"
    log = opened(tmp_path)
    log.add("info", "\udcff")
    log.close()
    assert lines_of(tmp_path / "nmf-explorer.log")[0].endswith("info: \\udcff")


def test_a_crash_of_the_process_leaves_its_stack(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from nmf_explorer.session.log.log_file import LogFile\n"
        "log = LogFile(); log.begin(Path(sys.argv[1]), records_aborts=True); log.open(); os.abort()"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], check=False, capture_output=True)  # noqa: S603
    assert done.returncode
    assert "Fatal Python error: Aborted" in (tmp_path / "nmf-explorer.log").read_text(encoding="utf-8")


def test_a_log_that_is_closed_records_no_crashes(tmp_path: Path) -> None:
    code = (
        "import faulthandler, sys; from pathlib import Path; from nmf_explorer.session.log.log_file import LogFile\n"
        "log = LogFile(); log.begin(Path(sys.argv[1]), records_aborts=True); log.open()\n"
        "print(faulthandler.is_enabled()); log.close(); print(faulthandler.is_enabled())"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], check=True, capture_output=True, text=True)  # noqa: S603
    assert done.stdout.split() == ["True", "False"]

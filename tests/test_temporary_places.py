"""Temporary files and folders of a program that was killed are removed by the next one; all others stay."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from nmf_explorer.safe_file import safe_file
from nmf_explorer.temporary_places import new_temporary_folder, remove_abandoned_files, remove_abandoned_folders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses signals")

SAVING = """
import sys
from pathlib import Path
from nmf_explorer.safe_file import safe_file
with safe_file(Path(sys.argv[1])) as file:
    file.write(b"half")
    print("writing", flush=True)
    sys.stdin.read()
"""
DRAGGING = """
import sys
from nmf_explorer.temporary_places import new_temporary_folder
(new_temporary_folder() / "part 1.png").write_bytes(b"pixels")
print("written", flush=True)
sys.stdin.read()
"""


@contextmanager
def running(code: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program that prints a line and then waits; kill it at the end."""
    command = [sys.executable, "-c", code, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout
        assert process.stdout.readline()
        yield process
        process.send_signal(signal.SIGKILL)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def save(path: Path) -> None:
    with safe_file(path) as file:
        file.write(b"whole")


def test_the_next_export_removes_what_a_killed_one_has_left(tmp_path: Path) -> None:
    others = [".nmf-explorer-settings", ".nmf-explorer-unfinished-", ".nmf-explorer-unfinished-abcdefghi"]
    for name in others:
        (tmp_path / name).touch()
    with running(SAVING, str(tmp_path / "parts.png")):
        save(tmp_path / "other.png")  # while the first one still writes
        assert len(names(tmp_path)) == len(others) + 2
    assert len(names(tmp_path)) == len(others) + 2  # killed
    save(tmp_path / "other.png")
    assert names(tmp_path) == sorted([*others, "other.png"])


def test_a_file_that_is_being_written_survives_another_export(tmp_path: Path) -> None:
    with running(SAVING, str(tmp_path / "parts.png")) as process:
        save(tmp_path / "other.png")
        process.communicate()  # ends its input
    assert (tmp_path / "parts.png").read_bytes() == b"half"


@pytest.mark.parametrize("kind", ["link", "folder"])
def test_only_files_are_removed(tmp_path: Path, kind: str) -> None:
    place = tmp_path / ".nmf-explorer-unfinished-abcdefgh"
    if kind == "link":
        (tmp_path / "target").touch()
        place.symlink_to(tmp_path / "target")
    else:
        place.mkdir()
    before = names(tmp_path)
    remove_abandoned_files(tmp_path)
    assert names(tmp_path) == before


def test_files_of_another_user_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".nmf-explorer-unfinished-abcdefgh").touch()
    with monkeypatch.context() as patch:
        patch.setattr(os, "getuid", lambda: -2)
        remove_abandoned_files(tmp_path)
        assert names(tmp_path) == [".nmf-explorer-unfinished-abcdefgh"]
    remove_abandoned_files(tmp_path)
    assert names(tmp_path) == []


def test_a_new_file_that_was_taken_for_an_abandoned_one_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, made = tempfile.mkstemp, list[str]()

    def make_and_lose(dir: Path, prefix: str) -> tuple[int, str]:  # noqa: A002 - the name that the program uses
        descriptor, name = make(dir=dir, prefix=prefix)
        made.append(name)
        if len(made) == 1:
            os.unlink(name)  # noqa: PTH108 - as another process would between creation and lock
        return descriptor, name

    monkeypatch.setattr(tempfile, "mkstemp", make_and_lose)
    save(tmp_path / "parts.png")
    assert len(made) == 2
    assert names(tmp_path) == ["parts.png"]


def test_an_export_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed = list[int]()

    def flush(descriptor: int) -> None:
        assert not (tmp_path / "parts.png").exists()
        flushed.append(os.fstat(descriptor).st_size)

    monkeypatch.setattr(os, "fsync", flush)
    save(tmp_path / "parts.png")
    assert flushed == [len(b"whole")]


def test_folders_of_killed_programs_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    (tmp_path / "nmf-explorer-abcdefgh").mkdir()  # where a fit without a screen has left its image
    with running(DRAGGING):
        remove_abandoned_folders()
        assert len(names(tmp_path)) == 2
    own = new_temporary_folder()
    remove_abandoned_folders()
    assert names(tmp_path) == sorted([own.name, "nmf-explorer-abcdefgh"])


def test_without_locks_nothing_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    (tmp_path / ".nmf-explorer-unfinished-abcdefgh").touch()
    monkeypatch.setattr(fcntl, "flock", refuse)
    save(tmp_path / "parts.png")
    assert names(tmp_path) == [".nmf-explorer-unfinished-abcdefgh", "parts.png"]
    remove_abandoned_files(tmp_path / "no such folder")

"""A file that could not be written whole leaves what was there before, and nothing beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from nmf_explorer.errors import ExportError
from nmf_explorer.safe_file import safe_file

# No file may grow beyond 2000 bytes in this process: what a full disk does to a file that is being written.
FULL_DISK = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from nmf_explorer import Dataset, fit
from nmf_explorer.errors import ExportError
from nmf_explorer.export.parts_image import save_parts_image

samples = np.random.default_rng(0).random((60, 30, 30))
dataset = Dataset.from_array(samples)
model = fit(dataset, 9, max_iter=2)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
for save in (lambda path: model.save(path, dataset), lambda path: save_parts_image(path, model)):
    try:
        save(Path(sys.argv[1]))
    except ExportError as error:
        print(error)
"""


def test_a_disk_that_fills_up_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "kept"
    target.write_bytes(b"old")
    command = [sys.executable, "-W", "error", "-c", FULL_DISK, str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this interpreter
    told = done.stdout.splitlines()
    assert len(told) == 2
    assert all("kept” could not be written: File too large." in line for line in told)
    assert done.stderr == ""
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_may_not_be_written_is_an_error_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(ExportError, match="could not be written: Permission denied"), safe_file(tmp_path / "file"):
        pytest.fail("there is nothing to write to")


def test_a_folder_in_the_place_of_the_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in (folder, Path()):
        with pytest.raises(ExportError, match="Is a directory"), safe_file(name) as file:
            file.write(b"new")
    assert list(tmp_path.iterdir()) == [folder]
    assert list(folder.iterdir()) == []


def test_the_old_file_is_replaced_and_not_overwritten(tmp_path: Path) -> None:
    target, same = tmp_path / "file", tmp_path / "the same file"
    target.write_bytes(b"old")
    same.hardlink_to(target)
    with safe_file(target) as file:
        file.write(b"new")
        file.flush()
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert same.read_bytes() == b"old"


def test_a_link_stays_a_link_and_its_file_is_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "elsewhere" / "file", tmp_path / "link"
    target.parent.mkdir()
    link.symlink_to(target)
    for content in (b"first", b"second"):
        with safe_file(link) as file:
            file.write(content)
        assert target.read_bytes() == content
    assert link.is_symlink()
    assert list(target.parent.iterdir()) == [target]


def test_what_is_no_file_is_written_to_and_stays_what_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with safe_file(pipe) as file:
        file.write(b"whole")
    assert os.read(reader, 100) == b"whole"
    os.close(reader)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.parametrize("name", ["x" * 255, "ü" * 127, "line\nbreak 😀", os.fsdecode(b"bad\xff"), ".hidden"])
def test_any_name_that_the_system_allows_can_be_written(tmp_path: Path, name: str) -> None:
    with safe_file(tmp_path / name) as file:
        file.write(b"whole")
    assert (tmp_path / name).read_bytes() == b"whole"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_name_without_a_folder_lies_in_the_present_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with safe_file(Path("file")) as file:
        file.write(b"whole")
    assert (tmp_path / "file").read_bytes() == b"whole"

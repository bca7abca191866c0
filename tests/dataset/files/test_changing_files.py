"""A file that is written, cut off or removed while its set is open changes nothing, and ends no process."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import numpy as np
import pytest

from nmf_explorer.dataset.files.private_memory import copy_of_file
from nmf_explorer.dataset.load import load
from nmf_explorer.dataset.readers.arrays import npy_file
from nmf_explorer.errors import ImageReadError, SourceError

if TYPE_CHECKING:
    from pathlib import Path

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.readers.samples.file_samples import FileSamples

SCRIPT = """
import os, sys
import numpy as np
import nmf_explorer as nx
from nmf_explorer.dataset.files import private_memory

path, change, limit = sys.argv[1], sys.argv[2], int(sys.argv[3])
private_memory.MAX_BYTES_IN_MEMORY = limit
images = np.random.default_rng(0).integers(0, 256, (20_000, 58, 58), dtype=np.uint8)
np.save(path, images)
dataset = nx.load(path)
if change == "cut off":
    os.truncate(path, 4096)
elif change == "written again":
    np.save(path, images[:10])
elif change == "changed in place":
    np.lib.format.open_memmap(path, "r+")[:] = 7
else:
    os.unlink(path)
assert np.array_equal(dataset.stored, images.reshape(len(images), -1))
assert dataset.sample_image(19_999).shape == (58, 58)
model = next(nx.fit_steps(dataset, 2, start="random"))
assert 0 < model.relative_error < 1
print("alive")
"""


@pytest.mark.parametrize(
    ("change", "limit"),
    [("cut off", 2**28), ("written again", 2**28), ("changed in place", 2**28), ("removed", 0), ("cut off", 0)],
)
def test_numbers_stay_when_their_file_changes(tmp_path: Path, change: str, limit: int) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "a.npy"), change, str(limit)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603
    assert (ended.returncode, ended.stdout.strip()) == (0, "alive"), ended.stderr


class _Shrinking(io.FileIO):
    """A file from which nothing more comes after the first bytes."""

    def readinto(self, buffer: Any) -> int:
        return super().readinto(buffer[:10]) if self.tell() == 0 else 0


def test_a_file_that_ends_while_it_is_copied_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"." * 100)
    with _Shrinking(path) as file, pytest.raises(ImageReadError, match=r"end|short"):
        copy_of_file(cast("BinaryIO", file), 100)
    with path.open("rb") as whole:
        assert copy_of_file(whole, 100).tobytes() == b"." * 100


def test_samples_of_another_size_than_the_header_said_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.npy"
    np.save(path, np.ones((3, 4, 5), np.uint8))
    read = npy_file.read

    def read_late(file: FoundFile, options: LoadOptions) -> FileSamples:
        np.save(path, np.ones((3, 6, 5), np.uint8))
        return read(file, options)

    monkeypatch.setattr(npy_file, "read", read_late)
    with pytest.raises(SourceError, match="it was changed between two looks at it; open it again"):
        load(path)

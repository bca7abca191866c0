"""A file that is written, cut off or removed while its set is open changes nothing, and ends no process."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

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

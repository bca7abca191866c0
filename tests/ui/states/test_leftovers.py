"""No temporary file stays when the program has ended."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from nmf_explorer.resource_files import sample_images

if TYPE_CHECKING:
    from pathlib import Path

TAKES_PARTS_ALONG = """
import sys
import nmf_explorer
from nmf_explorer.app import Application
from nmf_explorer.session.state.snapshot import Snapshot
from nmf_explorer.session.state.open_dataset import OpenDataset
from nmf_explorer.session.state.open_request import OpenRequest
from nmf_explorer.ui.parts.part_files import write_part_files

application = Application(["nmf-explorer"])
first, second = application.open_window(), application.open_window()
dataset = nmf_explorer.load(sys.argv[1])
for window in (first, second):
    session = window._session
    explored = Snapshot(nmf_explorer.fit(dataset, 2), open_dataset=OpenDataset(dataset, OpenRequest(), 2))
    session.show(explored)
application.processEvents()
for window in (first, second):
    print(*(url.toLocalFile() for url in write_part_files(window._session, [0, 1])), sep="\\n")
print(all(open(url.toLocalFile(), "rb").read(4) == b"\\x89PNG" for url in write_part_files(first._session, [0, 1])))
first.close()
second.close()
"""


def test_files_of_parts_are_gone_with_the_program(tmp_path: Path) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    command = [sys.executable, "-c", TAKES_PARTS_ALONG, str(sample_images() / "stripes")]
    places = {"TMPDIR": str(place), "XDG_CONFIG_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run(command, env={**os.environ, **places}, capture_output=True, text=True, check=True)  # noqa: S603
    *paths, are_pictures = done.stdout.split("\n")[:-1]
    assert are_pictures == "True"
    assert len(set(paths)) == 4, "what one window has given is not overwritten by another"
    assert all(path.startswith(str(place)) for path in paths)
    assert not list(place.iterdir())

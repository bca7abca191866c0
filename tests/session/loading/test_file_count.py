"""The number of images behind files, counted by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nmf_explorer.errors import Cancelled
from nmf_explorer.session.loading.file_count import FileCount, count_work
from tests.session.fixtures import PATIENCE, image_folder

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Return a folder with six PNGs, one JPEG in a subfolder, a text, and a hidden file."""
    folder = image_folder(tmp_path / "photos")
    (folder / "more").mkdir()
    for name in ("more/IMG_1.JPG", "notes.txt", ".hidden.png"):
        (folder / name).touch()
    return folder


def test_images_are_counted_by_their_suffixes(qtbot: QtBot, photos: Path) -> None:
    count = FileCount()
    with qtbot.waitSignal(count.counted, timeout=PATIENCE) as counted:
        count.count([photos])
    assert counted.args == [((photos,), 7)]
    count.stop()
    count.close()


def test_counting_can_be_stopped(photos: Path) -> None:
    assert count_work((photos,))(print, lambda: False) == ((photos,), 7)
    with pytest.raises(Cancelled):
        count_work((photos,))(print, lambda: True)

"""Disks that never answer: the window keeps working, Escape is answered, and closing waits for nothing."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any

import pytest

from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.loading import recent_sets
from nmf_explorer.session.loading.recent_sets import RecentSets
from nmf_explorer.session.session import Session
from nmf_explorer.session.state.activity import Activity
from tests.session.fixtures import PATIENCE, Notices, open_and_wait, wait_until_idle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.state.preferences import Preferences


class DeadDisk:
    """A folder of which nothing can be asked: every question waits until the end of the test."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = folder
        self.asked, self.alive = threading.Event(), threading.Event()
        self.threads: list[threading.Thread] = []
        for name in ("stat", "lstat", "access", "scandir", "open", "readlink"):
            monkeypatch.setattr(os, name, self._waiting(getattr(os, name)))

    def _waiting(self, ask: Callable[..., Any]) -> Callable[..., Any]:
        def wait(path: Any, *given: Any, **options: Any) -> Any:
            if not isinstance(path, int) and os.fsdecode(os.fspath(path)).startswith(str(self.path)):
                assert threading.current_thread() is not threading.main_thread(), "the window waits"
                self.threads.append(threading.current_thread())
                self.asked.set()
                self.alive.wait()
            return ask(path, *given, **options)

        return wait


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeadDisk]:
    folder = tmp_path / "network"
    folder.mkdir()
    with monkeypatch.context() as patch:
        dead = DeadDisk(folder, patch)
        yield dead
        dead.alive.set()
        for thread in dead.threads:
            thread.join()


@pytest.mark.parametrize("name", ["", "set", "set.npy"])
def test_loading_from_a_dead_disk_can_be_cancelled(qtbot: QtBot, session: Session, disk: DeadDisk, name: str) -> None:
    notices = Notices(session)
    session.open([disk.path / name])
    qtbot.waitUntil(disk.asked.is_set, timeout=PATIENCE)
    assert session.activity is Activity.LOADING
    session.cancel()
    wait_until_idle(qtbot, session)
    assert notices.text() == "Loading was stopped; nothing was changed."
    assert not disk.alive.is_set()


def test_another_set_is_opened_instead_of_a_dead_disk(qtbot: QtBot, session: Session, disk: DeadDisk) -> None:
    session.open([disk.path])
    qtbot.waitUntil(disk.asked.is_set, timeout=PATIENCE)
    open_and_wait(qtbot, session, sample_images() / "stripes")
    assert session.dataset


def test_closing_does_not_wait_for_a_dead_disk(
    qtbot: QtBot, preferences: Preferences, owner: QObject, disk: DeadDisk
) -> None:
    session = Session(preferences, owner)
    session.open([disk.path])
    session.file_count.count([disk.path])
    qtbot.waitUntil(lambda: len(disk.threads) == 2, timeout=PATIENCE)
    session.close()
    assert not disk.alive.is_set()
    assert all(thread.daemon for thread in disk.threads)  # the program can end


def test_an_image_on_a_dead_disk_is_given_up_when_the_session_closes(
    qtbot: QtBot, preferences: Preferences, owner: QObject, disk: DeadDisk
) -> None:
    session = Session(preferences, owner)
    open_and_wait(qtbot, session, sample_images() / "stripes")
    session.drawing.import_image(disk.path / "image.png")
    qtbot.waitUntil(disk.asked.is_set, timeout=PATIENCE)
    session.close()
    assert not disk.alive.is_set()


def test_missing_sets_are_known_though_a_disk_is_dead(
    qtbot: QtBot, preferences: Preferences, owner: QObject, disk: DeadDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recent_sets, "_SECONDS_PER_PATH", 0.2)
    there, missing, dead = disk.path.parent, disk.path.parent / "missing", disk.path / "set"
    for path in (there, missing, dead):
        preferences.add_recent(path)
    sets = RecentSets(preferences, owner)
    assert sets.paths() == [dead, missing, there]
    assert not any(map(sets.is_missing, sets.paths()))  # not known yet
    with qtbot.waitSignal(sets.checked, timeout=PATIENCE):
        pass
    assert [sets.is_missing(path) for path in sets.paths()] == [False, True, False]
    sets.close()


def test_closing_does_not_wait_for_the_check_of_recent_sets(
    qtbot: QtBot, preferences: Preferences, owner: QObject, disk: DeadDisk
) -> None:
    preferences.add_recent(disk.path)
    sets = RecentSets(preferences, owner)
    qtbot.waitUntil(disk.asked.is_set, timeout=PATIENCE)
    sets.close()
    assert not disk.alive.is_set()


def test_a_new_recent_set_is_checked(qtbot: QtBot, preferences: Preferences, owner: QObject, tmp_path: Path) -> None:
    sets = RecentSets(preferences, owner)
    with qtbot.waitSignals([sets.changed, sets.checked], timeout=PATIENCE):
        preferences.add_recent(tmp_path / "gone")
    assert sets.is_missing(tmp_path / "gone")
    sets.close()

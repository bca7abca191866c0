"""Temporary files and folders, of which those that a killed program has left behind are removed by the next one.

Who writes into a place holds a lock on it, which the system releases when the process ends in any way; so a place
without a lock is not in use.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FILE_PREFIX = ".nmf-explorer-unfinished-"
FOLDER_PREFIX = "nmf-explorer-parts-"
_RANDOM_NAME = "[a-z0-9_]{8}"  # as `tempfile` makes them


def new_temporary_file(folder: Path) -> tuple[int, Path]:
    """Create a locked file; return its descriptor, to be closed by the caller, and its path."""
    while True:
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=FILE_PREFIX)
        if _try_lock(descriptor, Path(name)):  # otherwise removed meanwhile, as if it had been left behind
            return descriptor, Path(name)
        os.close(descriptor)


def new_temporary_folder() -> Path:
    """Create a folder that is locked until this process ends."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX))
        if sys.platform == "win32" or _try_lock(os.open(folder, os.O_RDONLY), folder):
            return folder


def remove_abandoned_files(folder: Path) -> None:
    """Remove what `new_temporary_file` has made in a folder for a process that has ended."""
    for path in _named(folder, FILE_PREFIX):
        with suppress(OSError):
            _remove_abandoned(path, Path.unlink)


def remove_abandoned_folders() -> None:
    """Remove what `new_temporary_folder` has made for processes that have ended."""
    for path in _named(Path(tempfile.gettempdir()), FOLDER_PREFIX):
        with suppress(OSError):
            _remove_abandoned(path, shutil.rmtree)


def _named(folder: Path, prefix: str) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return [Path(e.path) for e in entries if re.fullmatch(re.escape(prefix) + _RANDOM_NAME, e.name)]
    except OSError:
        return []


if sys.platform == "win32":

    def _try_lock(_descriptor: int, _path: Path) -> bool:
        return True  # a file that is open cannot be removed there

    def _remove_abandoned(path: Path, remove: Callable[[Path], object]) -> None:
        if remove is Path.unlink:
            remove(path)
else:
    import fcntl

    def _try_lock(descriptor: int, path: Path) -> bool:
        """Lock a new place; return whether it is still there."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        except OSError:  # a file system without locks, where nothing is removed either
            return True
        return path.exists()

    def _remove_abandoned(path: Path, remove: Callable[[Path], object]) -> None:
        """Remove an own place that no process has locked; raises OSError if it cannot be locked or removed."""
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(descriptor).st_uid == os.getuid():
                remove(path)
        finally:
            os.close(descriptor)

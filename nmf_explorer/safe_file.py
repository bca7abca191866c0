"""Write a file completely or not at all: first under a temporary name in the same folder, then renamed."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from nmf_explorer.errors import ExportError
from nmf_explorer.temporary_places import new_temporary_file, remove_abandoned_files

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def safe_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing that gets its name, replacing an older file, only when it is complete.

    Links are followed. Devices and pipes, such as ``/dev/null``, are written directly. Raises ExportError if the file
    cannot be written; an older file is then unchanged.
    """
    try:
        with path.open("wb") if _is_device(path) else _temporary_file(path) as file:
            yield file
    except OSError as error:
        raise ExportError(
            "“{path}” could not be written: {why}. Choose another place or free some space.",
            path=path,
            why=error.strerror or error,
        ) from error


def _is_device(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()


@contextmanager
def _temporary_file(path: Path) -> Iterator[IO[bytes]]:
    target = Path(os.path.realpath(path))
    if target.is_dir():  # renaming a file over the working folder would only report “busy”
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    remove_abandoned_files(target.parent)
    with replacing_file(target, 0o666 & ~_umask()) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())  # else a crash of the system may leave an empty file under the name


@contextmanager
def replacing_file(target: Path, mode: int) -> Iterator[IO[bytes]]:
    """Open a temporary file beside `target` that replaces it at the end, with these permissions; raises OSError."""
    descriptor, temporary = new_temporary_file(target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            temporary.chmod(mode)
            if sys.platform != "win32":  # renamed before it is closed, and so before it is unlocked
                temporary.replace(target)
        if sys.platform == "win32":
            temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink()


def _umask() -> int:
    """Return the permissions that new files do not get; they can only be read by setting them."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask

"""Memory for large arrays that no other program can change or take away.

A mapped file ends the program when another one cuts it off, and its numbers change when it is written.
"""

from __future__ import annotations

import mmap
import os
import shutil
import tempfile
from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.errors import ImageReadError, SourceError

if TYPE_CHECKING:
    from typing import BinaryIO

    from numpy.typing import NDArray

MAX_BYTES_IN_MEMORY = 256 * 1024 * 1024  # more is mapped to an unnamed file, which the system caches in memory
_FREE_BYTES_KEPT = 256 * 1024 * 1024  # disk space left to other programs
_ENDS_EARLY = "the file ends too early; copy or download it again"
_COPIED_AT_ONCE = 8 * 1024 * 1024


def allocate_bytes(n_bytes: int) -> NDArray[np.uint8]:
    """Return zeros, mapped to an unnamed temporary file if large.

    Raises SourceError if neither memory nor disk can hold them.
    """
    try:
        if n_bytes <= MAX_BYTES_IN_MEMORY:
            return np.zeros(n_bytes, np.uint8)
        return np.frombuffer(_map_new_file(n_bytes), np.uint8)
    except (MemoryError, OSError) as error:
        raise SourceError(
            "The images need {need:,.0f} MB, and neither memory nor disk has as much. Choose a smaller size.",
            need=n_bytes / 1e6,
        ) from error


def copy_of_file(stream: BinaryIO, n_bytes: int) -> NDArray[np.uint8]:
    """Return a copy of the next `n_bytes` of an open file.

    Raises `ImageReadError` if the file ends earlier or is written meanwhile, and SourceError without room for a copy.
    """
    before = os.fstat(stream.fileno())
    if before.st_size - stream.tell() < n_bytes:
        raise ImageReadError(_ENDS_EARLY)
    copied = allocate_bytes(n_bytes)
    view = memoryview(copied.data)
    n_copied = 0
    while n_copied < n_bytes:
        n_read = stream.readinto(view[n_copied : n_copied + _COPIED_AT_ONCE])  # type: ignore[attr-defined]
        if not n_read:
            raise ImageReadError(_ENDS_EARLY)
        n_copied += n_read
    after = os.fstat(stream.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ImageReadError("it was written while it was read; open it again when that is finished")
    return copied


def _map_new_file(n_bytes: int) -> mmap.mmap:
    """Map a new file with reserved disk space; writing beyond the free space later would crash the program."""
    with tempfile.TemporaryFile(prefix="nmf-explorer-") as file:
        if shutil.disk_usage(tempfile.gettempdir()).free < n_bytes + _FREE_BYTES_KEPT:
            raise MemoryError
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, n_bytes)
        else:
            file.truncate(n_bytes)
        return mmap.mmap(file.fileno(), n_bytes)

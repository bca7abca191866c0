"""Writes a file whole or not at all: first beside its place under another name, then moved there."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from nmf_explorer.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def safe_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing that appears under its name only when it is complete.

    Parameters
    ----------
    path : Path
        Where it shall be; a file that is there is replaced at the end. Links are followed. What is neither file nor
        folder, such as ``/dev/null`` or a pipe, is written to as it is.

    Yields
    ------
    file object
        To write bytes to.

    Raises
    ------
    ExportError
        If it cannot be written; what was there before is still there.
    """
    try:
        with path.open("wb") if _is_device(path) else _draft(path) as file:
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
def _draft(path: Path) -> Iterator[IO[bytes]]:
    target = Path(os.path.realpath(path))
    if target.is_dir():  # of the present folder the system would say that it is busy
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".nmf-explorer-")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        draft.chmod(0o666 & ~_umask())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _umask() -> int:
    """Rights that new files do not get; can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask

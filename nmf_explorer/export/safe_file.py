"""Writes a file whole or not at all: first beside its place under another name, then moved there."""

from __future__ import annotations

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
        Where it shall be; a file that is there is replaced at the end.

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
        handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=".nmf-explorer-")
    except OSError as error:
        raise _failure(path, error) from error
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        draft.chmod(0o666 & ~_umask())
        draft.replace(path)
    except OSError as error:
        raise _failure(path, error) from error
    finally:
        draft.unlink(missing_ok=True)


def _umask() -> int:
    """Rights that new files do not get; can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _failure(path: Path, error: OSError) -> ExportError:
    return ExportError(
        "“{path}” could not be written: {why}. Choose another place or free some space.",
        path=path,
        why=error.strerror or error,
    )

"""The handler that writes the log; imported when the log is opened, because `logging.handlers` is slow to import."""

from __future__ import annotations

import faulthandler
from logging import makeLogRecord
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import TextIOWrapper
    from pathlib import Path

MAX_BYTES = 200_000  # of one file; one older file stays beside it


class RotatingHandler(RotatingFileHandler):
    """A handler that writes lines and raises disk errors; the caller then closes the log."""

    def __init__(self, path: Path, *, records_aborts: bool) -> None:
        self._records_aborts = records_aborts
        super().__init__(path, maxBytes=MAX_BYTES, backupCount=1, encoding="utf-8", errors="backslashreplace")

    def write(self, line: str) -> None:
        """Write one line; begin a new file first if this one is full."""
        if self.shouldRollover(makeLogRecord({"msg": line})):
            self.doRollover()
        if self.stream is None:  # a full file could not be renamed
            self.stream = self._open()
        self.stream.write(f"{line}\n")
        self.flush()

    def rotate(self, source: str, dest: str) -> None:
        """Rename a full file; keep writing into it where another program holds it open (on Windows)."""
        try:
            super().rotate(source, dest)
        except PermissionError:
            self.mode = "a"

    def close(self) -> None:
        """Close the file."""
        if self._records_aborts:
            faulthandler.disable()
        super().close()

    def _open(self) -> TextIOWrapper:
        stream = super()._open()
        if self._records_aborts:
            faulthandler.enable(stream)
        return stream

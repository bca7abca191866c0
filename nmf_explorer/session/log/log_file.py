"""The rotating log file of the window program, in the state folder of the user.

Lines are kept in memory until the first window is painted, so that the start does not wait for the disk.
"""

from __future__ import annotations

import os
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths

if TYPE_CHECKING:
    from nmf_explorer.session.log.rotating_handler import RotatingHandler

NAME = "nmf-explorer.log"
_MAX_WAITING_LINES = 1000


def log_folder() -> Path:
    """Return the folder of the log, such as ``~/.local/state/nmf-explorer``, whether or not it exists."""
    location = QStandardPaths.StandardLocation.GenericStateLocation
    return Path(QStandardPaths.writableLocation(location)) / "nmf-explorer"


def one_line(text: object) -> str:
    """Return the text with line breaks, control characters and undecodable bytes escaped."""
    valid = str(text).encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in valid)


class LogFile:
    """A log that writes nothing before `open`, and nothing after a disk error.

    Lines may be added from any thread; the other methods belong to the main thread.
    """

    def __init__(self) -> None:
        self._waiting: deque[str] = deque(maxlen=_MAX_WAITING_LINES)
        self._handler: RotatingHandler | None = None
        self._folder: Path | None = None
        self._records_aborts = False

    @property
    def path(self) -> Path | None:
        """Return the path of the file that is being written; None if there is none."""
        return Path(self._handler.baseFilename) if self._handler else None

    def begin(self, folder: Path, *, records_aborts: bool = False) -> None:
        """Choose the folder, without touching it yet.

        With `records_aborts` Python writes its stack into the file if the process crashes (a segmentation fault).
        """
        self._folder, self._records_aborts = folder, records_aborts

    def add(self, level: str, text: str) -> None:
        """Add a line with the time; `level` is "info", "warning" or "error"."""
        moment = time.strftime("%Y-%m-%d %H:%M:%S")
        self._waiting.append(f"{moment} {os.getpid()} {level}: {text}")
        self._write()

    def open(self) -> None:
        """Create the file and write the waiting lines; do nothing before `begin`, or if the file is open."""
        if self._folder is None or self._handler:
            return
        from nmf_explorer.session.log.rotating_handler import RotatingHandler

        with suppress(OSError):  # a read-only home, for example: the program works without a log, and Help says so
            self._folder.mkdir(parents=True, exist_ok=True)
            self._handler = RotatingHandler(self._folder / NAME, records_aborts=self._records_aborts)
        self._write()

    def close(self) -> None:
        """Close the file; lines that are added later wait for the next `begin` and `open`."""
        handler, self._handler, self._folder = self._handler, None, None
        if handler:
            with suppress(OSError):  # the disk is full: the lines in the buffer cannot be written
                handler.close()

    def _write(self) -> None:
        handler = self._handler
        if handler is None:
            return
        handler.acquire()
        try:
            while self._waiting:
                handler.write(self._waiting.popleft())
        except OSError:  # the disk is full, for example: no more is written
            self.close()
        finally:
            handler.release()


program_log = LogFile()  # one for the process, like the loggers of the standard library

"""Child of `startup.py`: run a program until its first painted frame, print when that was, and end it.

``python first_frame.py empty`` opens an empty QMainWindow, ``python first_frame.py explorer`` opens NMF Explorer.
"""

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class FirstFrame(QObject):
    """Wait until the first paint event has been handled and flushed."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Wait for a paint event."""
        if event.type() == QEvent.Type.Paint:
            application().removeEventFilter(self)
            QTimer.singleShot(0, self.finish)
        return super().eventFilter(watched, event)

    def finish(self) -> None:
        """Print the time on the clock that all processes share."""
        print(time.monotonic_ns(), flush=True)
        QApplication.exit()


def application() -> QApplication:
    """Return the running application."""
    instance = QApplication.instance()
    assert isinstance(instance, QApplication)
    return instance


def watched_exec(_application: QApplication | None = None) -> int:
    """Replace `QApplication.exec`."""
    watcher = FirstFrame()
    application().installEventFilter(watcher)
    return plain_exec()


def run_empty() -> int:
    """Open a window with nothing in it."""
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1280, 760)
    window.show()
    return application.exec()


def run_explorer() -> int:
    """Open NMF Explorer as a double click does."""
    from nmf_explorer.__main__ import main

    return main([])


plain_exec = QApplication.exec
REPLACED = "exec"  # a variable, as mypy and ruff allow no plain assignment to a method
setattr(QApplication, REPLACED, watched_exec)
sys.exit(run_empty() if sys.argv[1] == "empty" else run_explorer())

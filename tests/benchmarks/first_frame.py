"""Child of `startup.py`: runs a program until its first painted frame, tells when that was, and ends it.

``python first_frame.py empty`` opens an empty QMainWindow, ``python first_frame.py explorer`` opens NMF Explorer.
"""

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class FirstFrame(QObject):
    """Waits for the first paint event, and for its being handled and flushed."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look out for a paint event."""
        if event.type() == QEvent.Type.Paint:
            QApplication.instance().removeEventFilter(self)
            QTimer.singleShot(0, self.tell)
        return False

    def tell(self) -> None:
        """Print the time on the clock that all processes share."""
        print(time.monotonic_ns(), flush=True)
        QApplication.exit()


def watched_exec(_application: QApplication) -> int:
    """Stand in for `QApplication.exec`."""
    watcher = FirstFrame()
    QApplication.instance().installEventFilter(watcher)
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
QApplication.exec = watched_exec
sys.exit(run_empty() if sys.argv[1] == "empty" else run_explorer())

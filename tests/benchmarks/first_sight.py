"""Seconds from the click on a sample set to its samples and to its parts on the screen, each in a fresh process.

Run: ``python tests/benchmarks/first_sight.py``. The window is real, on a private X screen.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def click(key: str) -> None:
    """Open the window, click the set's card, and print when samples and parts had been painted."""
    from PySide6.QtCore import QElapsedTimer
    from PySide6.QtWidgets import QToolButton

    from nmf_explorer.app import Application
    from nmf_explorer.dataset.sample_sets import SAMPLE_SETS
    from nmf_explorer.session.session import Session
    from nmf_explorer.session.state.preferences import Preferences
    from nmf_explorer.ui.windows.main_window import MainWindow

    application = Application(["nmf-explorer"])
    session = Session(Preferences())
    window = MainWindow(session)
    window.show()
    settled = QElapsedTimer()
    settled.start()
    while settled.elapsed() < 500:  # a user looks before clicking; the panels are built meanwhile
        application.processEvents()
    title = str(next(known.title for known in SAMPLE_SETS if known.key == key))
    card = next(b for b in window.findChildren(QToolButton) if b.accessibleName() == title)
    began = time.perf_counter()
    card.click()
    for name in ("dataset", "model"):
        while getattr(session, name) is None:
            application.processEvents()
        window.repaint()
        print(f"{time.perf_counter() - began:.2f}", flush=True)
    window.close()


def main() -> None:
    """Measure every sample set."""
    from nmf_explorer.dataset.sample_sets import SAMPLE_SETS
    from tests.end_to_end.harness.private_session import PrivateSession, home_variables

    session = PrivateSession()
    try:
        with tempfile.TemporaryDirectory() as home:
            environment = {**os.environ, **session.environment, **home_variables(Path(home)), "QT_QPA_PLATFORM": "xcb"}
            for known in SAMPLE_SETS:
                command = [sys.executable, __file__, known.key]
                done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
                samples, parts = done.stdout.split()
                print(f"{known.key}: samples after {samples} s, parts after {parts} s")
    finally:
        session.close()


if __name__ == "__main__":
    click(sys.argv[1]) if len(sys.argv) > 1 else main()

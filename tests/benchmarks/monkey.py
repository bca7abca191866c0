"""Perform thousands of random actions: ``python tests/benchmarks/monkey.py [ACTIONS] [SEED]``.

Ends at the first exception, Qt warning, or broken invariant (``tests/ui/states/invariants.py``), and prints the
actions that led there. The windows are real, without a screen (offscreen).
"""

from __future__ import annotations

import os
import re
import sys
import time
import traceback
from collections import Counter, deque
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

from nmf_explorer.app import Application
from tests.benchmarks.probes import memory_mb
from tests.temporary_settings import temporary_settings
from tests.ui.states.monkey import Monkey, folders_for, settle

if TYPE_CHECKING:
    from types import TracebackType

N_ACTIONS, SEED = 5000, 1
LAST = 25
EVERY = 500
# The offscreen platform prints this for every window and for every list that a combo box opens.
HARMLESS = re.compile("This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)")


class Complaints:
    """Collect exceptions in slots and warnings of Qt."""

    def __init__(self) -> None:
        self.told: list[str] = []
        sys.excepthook = self._on_exception
        qInstallMessageHandler(self._on_message)

    def _on_exception(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        self.told.append("".join(traceback.format_exception(kind, error, where)))

    def _on_message(self, kind: QtMsgType, _context: object, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not HARMLESS.match(text):
            self.told.append(f"Qt: {text}")


def run(monkey: Monkey, complaints: Complaints, n_actions: int) -> str:
    """Perform actions, and return what went wrong, or an empty string."""
    done: Counter[str] = Counter()
    last: deque[str] = deque(maxlen=LAST)
    began = time.monotonic()
    for i in range(1, n_actions + 1):
        try:
            last.append(monkey.act())
        except Exception:  # noqa: BLE001 - whatever it is, it is told, with what led there
            complaints.told.append(traceback.format_exc())
        if complaints.told:
            return f"after {i} actions, the last ones {', '.join(last)}, then {monkey.doing}:\n" + "\n".join(
                complaints.told
            )
        done[last[-1]] += 1
        if i % EVERY == 0:
            print(f"{i} actions, {time.monotonic() - began:.0f} s, resident {memory_mb('VmRSS'):.0f} MB", flush=True)
    print(", ".join(f"{name} {n}" for name, n in done.most_common()))
    return ""


def main() -> int:
    """Run the random actions and print the result."""
    n_actions, seed = (int(given) for given in (sys.argv[1:] + [str(N_ACTIONS), str(SEED)][len(sys.argv) - 1 :])[:2])
    with temporary_settings() as folder:
        application = Application(["nmf-explorer"])
        complaints = Complaints()
        application.open_window()
        folders = folders_for(folder)
        (folder / "here").mkdir()
        os.chdir(folder / "here")  # where file dialogs start
        wrong = run(Monkey(application, seed, folders), complaints, n_actions)
        for window in list(application.windows):
            if not wrong:
                settle(window)
            window.close()
        os.chdir("/")
        application.clipboard().clear()
    print(wrong or f"{n_actions} actions, seed {seed}: nothing went wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""Start the program under one locale after the other: ``python -m tests.locales.starts_in_locales NAME [NAME ...]``.

Each start has a process of its own, forked from one that has imported everything but has no application yet. Prints one
line for each: the name, the locale that Qt took over, the decimal mark of the C library, and that of the screen. With
``--fit FOLDER`` each start opens that set, too, and prints its number of samples and of parts.
"""

from __future__ import annotations

import argparse
import locale
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QLocale
from PySide6.QtWidgets import QApplication

from nmf_explorer.app import Application
from nmf_explorer.ui.fit.fit_panel import FitPanel

if TYPE_CHECKING:
    from collections.abc import Callable


def start(name: str, opened: Path | None) -> str:
    """Open the window of a new application, and a set in it; return what was found."""
    os.environ["LC_ALL"] = name
    application = Application(["nmf-explorer"])
    window = application.open_window()
    wait_until(lambda: bool(window.findChildren(FitPanel)))
    found = [name, locale.setlocale(locale.LC_CTYPE), locale.localeconv()["decimal_point"], QLocale().decimalPoint()]
    if opened:
        session = window._session
        window.open([opened])
        wait_until(lambda: not session.is_busy)
        session.start_fit()
        wait_until(lambda: not session.is_busy)
        assert session.dataset
        assert session.model
        found += [str(session.dataset.n_samples), str(session.model.n_components)]
    window.close()
    return " ".join(found)


def wait_until(is_done: Callable[[], bool]) -> None:
    """Process events until a state is reached; who started this process ends it if that takes too long."""
    while not is_done():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def main() -> int:
    """Start under all locales; return 1 if a start failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--fit", type=Path)
    given = parser.parse_args()
    failed = 0
    for name in given.names:
        child = os.fork()
        if not child:
            try:
                sys.stdout.write(f"{start(name, given.fit)}\n")
                sys.stdout.flush()
            except BaseException:  # noqa: BLE001 - reported; no child may run the rest of this loop
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        failed += os.waitpid(child, 0)[1] != 0
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())

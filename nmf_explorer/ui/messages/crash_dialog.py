"""The dialog for unexpected errors: the details to copy, and that the program keeps running."""

from __future__ import annotations

import platform
import sys
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from nmf_explorer import __version__
from nmf_explorer.session.log.log_file import program_log

if TYPE_CHECKING:
    from types import TracebackType


_kept: list[CrashDialog] = []  # keeps a dialog without a parent alive


class CrashDialog(QMessageBox):
    """Show an unexpected error, its traceback behind “Show Details…”, and a button that copies it."""

    def __init__(self, facts: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Critical)
        self.setWindowTitle(self.tr("Unexpected error — NMF Explorer"))
        self.setText(self.tr("Something went wrong that should not happen."))
        advice = self.tr("The program goes on. Please copy the details and send them to its authors.")
        if program_log.path:
            advice += "\n\n" + self.tr("What happened before is in the log: {path}").format(path=program_log.path)
        self.setInformativeText(advice)
        self.setDetailedText(facts)
        copy = self.addButton(self.tr("Copy details"), QMessageBox.ButtonRole.ActionRole)
        self.addButton(QMessageBox.StandardButton.Close)
        copy.clicked.disconnect()  # copying does not close the dialog
        copy.clicked.connect(self._on_copy)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.detailedText())


def show_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Replace `sys.excepthook`: print and log the traceback, and show the dialog."""
    sys.__excepthook__(kind, error, trace)
    if not issubclass(kind, Exception):
        return
    versions = f"NMF Explorer {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
    facts = f"{versions}\n\n{''.join(traceback.format_exception(kind, error, trace))}"
    program_log.add("error", f"unexpected error\n{facts.rstrip()}")
    program_log.open()
    if any(isinstance(widget, CrashDialog) and widget.isVisible() for widget in QApplication.topLevelWidgets()):
        return  # an error in painting would open a dialog for each frame
    dialog = CrashDialog(facts, QApplication.activeWindow())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _kept[:] = [dialog]
    dialog.open()

"""Print and print preview, in dialogs that do not block the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPaintEngine
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QDialog

from nmf_explorer.errors import Message
from nmf_explorer.session.state.notice import Level
from nmf_explorer.ui.printing.printed_page import PrintedPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from nmf_explorer.session.session import Session

_DOTS_PER_INCH = 300


class Printing(QObject):
    """The printer of one window, and its dialogs."""

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._printer = QPrinter()
        self._printer.setResolution(_DOTS_PER_INCH)
        self._printer.setDocName("NMF Explorer")

    def ask(self) -> None:
        """Open the print dialog, which can print to a file, too."""
        dialog = QPrintDialog(self._printer, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._draw)
        QDialog.open(dialog)  # QPrintDialog.open needs a slot by name

    def preview(self) -> None:
        """Open the preview, which can print, too."""
        dialog = QPrintPreviewDialog(self._printer, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.paintRequested.connect(self._draw)
        dialog.open()

    def _draw(self, printer: QPrinter) -> None:
        if not PrintedPage(self._session, printer).draw():
            self._session.show_notice(
                Message("The page could not be printed. Choose another printer or file."), Level.ERROR
            )
        elif printer.outputFileName() and printer.paintEngine().type() is QPaintEngine.Type.Pdf:  # no preview
            path = Path(printer.outputFileName()).absolute()
            self._session.show_notice(Message("The page was printed to the file “{path}”.", path=path))

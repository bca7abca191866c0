"""The box “About NMF Explorer”."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


class AboutBox(QMessageBox):
    """Show version, licence and sources."""

    def __init__(self, version: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About NMF Explorer"))
        self.setText(self.tr("NMF Explorer {version}").format(version=version))
        self.setInformativeText(
            self.tr(
                "Shows how images are made of parts, by non-negative matrix factorization "
                "(Lee and Seung 1999, doi 10.1038/44565).\n\n"
                "MIT licence. Made with Python, numpy, Pillow, and Qt under the LGPL. "
                "The handwritten digits are by E. Alpaydin and C. Kaynak, CC BY 4.0."
            )
        )

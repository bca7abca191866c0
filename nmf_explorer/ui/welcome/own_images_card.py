"""The card of the welcome page for the user's own images: they are dropped, pasted or opened."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from nmf_explorer.ui.theme.icons import icon
from nmf_explorer.ui.theme.metrics import (
    CARD_RADIUS,
    CONTROLS,
    GROUP,
    RING,
    SECTION,
    SECTION_TITLE,
    scaled,
    set_letters,
)
from nmf_explorer.ui.theme.palettes import colours_of

_ICON = 28  # pixels, with letters of the usual size


class OwnImagesCard(QFrame):
    """A dashed card with two buttons.

    Signals: ``open_folder_requested()`` and ``open_files_requested()`` request the window's file dialogs.
    """

    open_folder_requested = Signal()
    open_files_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(
            self.tr(
                "All usual pictures, .zip, .tar, .npy, .npz, .csv, .mat, MNIST; several at once; or paste a picture"
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(SECTION, SECTION, SECTION, SECTION)
        column.setSpacing(GROUP)
        sign = QLabel()
        side = scaled(_ICON, self.fontMetrics())
        sign.setPixmap(icon("photo-plus", "secondary").pixmap(QSize(side, side), self.devicePixelRatio()))
        column.addWidget(sign)
        column.addStretch(1)
        column.addLayout(self._buttons())
        column.addSpacing(CONTROLS)
        title = QLabel(self.tr("Your own images"))
        set_letters(title, SECTION_TITLE)
        about = QLabel(self.tr("Drop a folder here, or paste a picture"))
        about.setForegroundRole(about.palette().ColorRole.PlaceholderText)
        about.setWordWrap(True)
        column.addWidget(title)
        column.addWidget(about)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dashed outline."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours_of(self.palette()).outline), RING, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), CARD_RADIUS, CARD_RADIUS)
        painter.end()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(CONTROLS)
        for words, signal in (
            (self.tr("Open…"), self.open_folder_requested),
            (self.tr("Files…"), self.open_files_requested),
        ):
            button = QPushButton(words)
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        return row

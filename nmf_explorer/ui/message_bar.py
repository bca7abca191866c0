"""Says what happened, above what it is about, without stopping anybody; lists skipped files on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QStyle,
    QToolButton,
    QWidget,
)

from nmf_explorer.session.session import Level, Notice
from nmf_explorer.ui.texts import printable, translated

if TYPE_CHECKING:
    from nmf_explorer.session.session import Session

_ICONS = {
    Level.INFO: QStyle.StandardPixmap.SP_MessageBoxInformation,
    Level.WARNING: QStyle.StandardPixmap.SP_MessageBoxWarning,
    Level.ERROR: QStyle.StandardPixmap.SP_MessageBoxCritical,
}


class MessageBar(QFrame):
    """The bar “Messages”: takes no room while there is nothing to say."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Messages"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details = QPushButton(self.tr("Details"))
        self._details.setCheckable(True)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setText("×")  # the style's icon is black, also on a dark bar
        large = self._close.font()
        large.setPointSizeF(1.5 * large.pointSizeF())
        self._close.setFont(large)
        self._close.setAccessibleName(self.tr("Close message"))
        self._close.setToolTip(self.tr("Close message"))
        self._skipped = QListWidget()
        self._skipped.setAccessibleName(self.tr("Skipped files"))
        self._skipped.setMaximumHeight(140)
        self._lay_out()
        self._details.toggled.connect(self._skipped.setVisible)
        self._close.clicked.connect(self.hide)
        session.notice_posted.connect(self._on_notice_posted)
        self.hide()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 4, 4, 4)
        grid.addWidget(self._icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._text, 0, 1)
        grid.addWidget(self._details, 0, 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._close, 0, 3, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._skipped, 1, 0, 1, 4)
        grid.setColumnStretch(1, 1)

    def _on_notice_posted(self, notice: Notice | None) -> None:
        self._details.setChecked(False)
        if notice is None:
            self.hide()
            return
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        self._icon.setPixmap(self.style().standardIcon(_ICONS[notice.level]).pixmap(size))
        text = " ".join(translated(message) for message in notice.messages)
        self._text.setText(printable(text))
        self.setAccessibleDescription(self._text.text())
        self._skipped.clear()
        for path, reason in notice.skipped:
            self._skipped.addItem(f"{printable(path)}: {printable(translated(reason))}")
        self._skipped.setVisible(False)
        self._details.setVisible(bool(notice.skipped))
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

"""The message bar: notices, and buttons for the advice that comes with them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QStyle, QToolButton, QWidget

from nmf_explorer.session.state.notice import Level, Notice
from nmf_explorer.ui.messages.skipped_file_list import SkippedFileList
from nmf_explorer.ui.theme.texts import printable, translated

if TYPE_CHECKING:
    from nmf_explorer.dataset.load_report import Advice
    from nmf_explorer.session.session import Session

_ICONS = {
    Level.INFO: QStyle.StandardPixmap.SP_MessageBoxInformation,
    Level.WARNING: QStyle.StandardPixmap.SP_MessageBoxWarning,
    Level.ERROR: QStyle.StandardPixmap.SP_MessageBoxCritical,
}
_MAX_ADVICE_SHOWN = 2  # further pieces of advice are behind “Details”
_ICON, _TEXT, _DETAILS, _CHANGE, _CLOSE = range(5)
_TOP = Qt.AlignmentFlag.AlignTop


class MessageBar(QFrame):
    """The bar “Messages”: shows the session's notice, and is hidden without one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAccessibleName(self.tr("Messages"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._icon = QLabel()
        self._text = _line()
        self._details = QPushButton(self.tr("Details"))
        self._details.setCheckable(True)
        self._change = QPushButton(self.tr("Change…"))
        self._change.setToolTip(self.tr("Choose how the images are read (Ctrl+I)"))
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setText("×")  # the style's icon is black even on a dark bar
        large = self._close.font()
        large.setPointSizeF(1.5 * large.pointSizeF())
        self._close.setFont(large)
        self._close.setAccessibleName(self.tr("Close message"))
        self._close.setToolTip(self.tr("Close message"))
        self._skipped = SkippedFileList(self)
        self._notice = Notice(Level.INFO, ())
        self._advice: list[list[QWidget]] = []
        self._grid = QGridLayout(self)
        self._lay_out()
        self._details.toggled.connect(self._update_visibility)
        self._change.clicked.connect(session.import_preview.show)
        self._close.clicked.connect(session.dismiss_notice)
        session.notice_posted.connect(self._on_notice_posted)
        self._on_notice_posted(session.notice)

    def _lay_out(self) -> None:
        grid = self._grid
        grid.setContentsMargins(8, 4, 4, 4)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._icon, 0, _ICON)
        grid.addWidget(self._text, 0, _TEXT)
        grid.addWidget(self._details, 0, _DETAILS)
        grid.addWidget(self._change, 0, _CHANGE)
        grid.addWidget(self._close, 0, _CLOSE)
        grid.setColumnStretch(_TEXT, 1)

    def _on_notice_posted(self, notice: Notice | None) -> None:
        self._details.setChecked(False)
        if notice is None:
            self.hide()
            return
        self._notice = notice
        size = max(self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize), self.fontMetrics().height())
        self._icon.setPixmap(self.style().standardIcon(_ICONS[notice.level]).pixmap(size))
        texts = [printable(translated(message)) for message in notice.messages]
        self._text.setText("\n".join(texts))  # what is about a fit, and what is about loading, each on its own line
        told = [printable(translated(advice.message)) for advice in notice.advice]
        self.setAccessibleDescription(" ".join([*texts, *told]))
        self._skipped.show_files(notice.skipped)
        self._replace_advice(notice.advice)
        self._details.setVisible(bool(notice.skipped) or len(notice.advice) > _MAX_ADVICE_SHOWN)
        self._change.setVisible(notice.is_about_reading)
        self._update_visibility()
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _replace_advice(self, advice: tuple[Advice, ...]) -> None:
        for widget in [widget for widgets in self._advice for widget in widgets]:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._advice = [self._advice_row(row, piece) for row, piece in enumerate(advice, 1)]
        self._grid.addWidget(self._skipped, len(advice) + 1, _ICON, 1, _CLOSE + 1)

    def _advice_row(self, row: int, advice: Advice) -> list[QWidget]:
        label = _line()
        label.setText(printable(translated(advice.message)))
        self._grid.addWidget(label, row, _TEXT)
        if advice.action is None:
            return [label]
        button = QPushButton(printable(translated(advice.action)).replace("&", "&&"))
        button.setAccessibleDescription(label.text())
        button.clicked.connect(partial(self._session.import_preview.reload_with, advice.changes))
        self._grid.addWidget(button, row, _DETAILS, 1, 2, _TOP)
        return [label, button]

    def _update_visibility(self) -> None:
        is_all = self._details.isChecked()
        for number, widgets in enumerate(self._advice):
            for widget in widgets:
                widget.setVisible(is_all or number < _MAX_ADVICE_SHOWN)
        self._skipped.setVisible(is_all and bool(self._notice.skipped))


def _line() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label

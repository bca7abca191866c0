"""Paints a part, framed if marked and crossed out if hidden, and edits its name in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QLineEdit

from nmf_explorer.ui.images.image_list import ImageDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from nmf_explorer.ui.images.image_list import ImageList, Index
    from nmf_explorer.ui.parts.part_model import PartModel

_MAX_NAME_LENGTH = 60
_EDITOR_LETTERS = 14  # average characters visible while editing
_HIDDEN_COVER = 0.65  # opacity of the cover over a hidden part


class PartDelegate(ImageDelegate):
    """Painter and name editor of a part; `editor` is the open line edit, or None."""

    def __init__(self, view: ImageList, items: PartModel) -> None:
        super().__init__(view)
        self._items = items
        self.editor: QLineEdit | None = None

    def draw_overlay(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, row: int) -> None:
        """Frame a part that is marked in any view; cross out a hidden one."""
        if self._items.is_marked(row):
            painter.save()
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Highlight), 2, Qt.PenStyle.DashLine))
            painter.drawRect(rect.adjusted(-2, -2, 2, 2))
            painter.restore()
        if not self._items.is_hidden(row):
            return
        painter.save()
        painter.setOpacity(_HIDDEN_COVER)
        painter.fillRect(rect, option.palette.color(QPalette.ColorRole.Base))
        painter.setOpacity(1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Text), 2))
        painter.drawLine(rect.topLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomLeft())
        painter.restore()

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget the editor, so that its later focus-out event is ignored."""
        self.editor = None
        super().destroyEditor(editor, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a line edit for the name."""
        del option, index
        self.editor = editor = QLineEdit(parent)
        editor.setMaxLength(_MAX_NAME_LENGTH)
        editor.setAccessibleName(self.tr("Name of the part"))
        editor.setPlaceholderText(self.tr("name"))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Put the editor over the caption; in a narrow cell it is wider than the cell."""
        del index
        cell, hint = option.rect, editor.sizeHint()
        width = max(cell.width(), _EDITOR_LETTERS * option.fontMetrics.averageCharWidth())
        rect = QRect(0, 0, width, hint.height())
        rect.moveCenter(cell.center())
        rect.moveBottom(cell.bottom())
        rect.moveLeft(max(0, min(rect.left(), self._view.viewport().width() - width)))
        editor.setGeometry(rect)

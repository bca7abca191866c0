"""Paints a part: hidden ones are crossed out; and lets its name be edited where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QLineEdit

from nmf_explorer.ui.images.image_list import ImageDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from nmf_explorer.ui.images.image_list import ImageList, Index
    from nmf_explorer.ui.parts.part_model import PartModel

_LONGEST_NAME = 60
_LETTERS = 14  # of a name that are seen while it is edited
_FAINT = 0.65  # how much of a hidden part is covered


class PartDelegate(ImageDelegate):
    """A part in its cell.

    Attributes
    ----------
    editor : QLineEdit or None
        The line in which a name is being edited.
    """

    def __init__(self, view: ImageList, items: PartModel) -> None:
        super().__init__(view)
        self._items = items
        self.editor: QLineEdit | None = None

    def draw_over(self, painter: QPainter, option: QStyleOptionViewItem, place: QRectF, row: int) -> None:
        """Cross a part out if the sum goes on without it."""
        if not self._items.is_hidden(row):
            return
        painter.save()
        painter.setOpacity(_FAINT)
        painter.fillRect(place, option.palette.color(QPalette.ColorRole.Base))
        painter.setOpacity(1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Text), 2))
        painter.drawLine(place.topLeft(), place.bottomRight())
        painter.drawLine(place.topRight(), place.bottomLeft())
        painter.restore()

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget the line; what it says later, when it loses the keyboard, is of no use."""
        self.editor = None
        super().destroyEditor(editor, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line for the name."""
        del option, index
        self.editor = editor = QLineEdit(parent)
        editor.setMaxLength(_LONGEST_NAME)
        editor.setAccessibleName(self.tr("Name of the part"))
        editor.setPlaceholderText(self.tr("name"))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Put it where the caption is; in a narrow cell it reaches out."""
        del index
        cell, hint = option.rect, editor.sizeHint()
        width = max(cell.width(), _LETTERS * option.fontMetrics.averageCharWidth())
        place = QRect(0, 0, width, hint.height())
        place.moveCenter(cell.center())
        place.moveBottom(cell.bottom())
        place.moveLeft(max(0, min(place.left(), self._view.viewport().width() - width)))
        editor.setGeometry(place)

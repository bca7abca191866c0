"""Lists of pictures with captions: Qt's list view does selection, keyboard, scrolling and screen readers.

A model gives text and picture of an item only when it is seen, so a list may be long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QPen, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nmf_explorer.ui.images.image_painting import draw_image, place_of
from nmf_explorer.ui.images.pixel_marker import draw_mark, handle_key, pixel_under
from nmf_explorer.ui.theme.texts import plain_tool_tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QEvent, QPointF, QRect
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from nmf_explorer.session.exploring.pointer import PixelTarget, Pointer
    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.widgets.image_memory import ThumbnailCache

Index = QModelIndex | QPersistentModelIndex
_Cursor = QAbstractItemView.CursorAction
IMAGE_ROLE = Qt.ItemDataRole.UserRole
_MARGIN = 4
_FEW = 24  # pictures that can be marked as fast as a mouse moves
_REST = 80  # ms
_AT_A_TIME = 4  # items that are painted again before the window answers
_PAUSE_MS = 4  # until the next ones: at once, they would be painted together with the first
# States as plain numbers, which are asked of every item that is painted.
_SELECTED = QStyle.StateFlag.State_Selected.value
_HAS_FOCUS = QStyle.StateFlag.State_HasFocus.value
_MARKED = _SELECTED | QStyle.StateFlag.State_MouseOver.value
_CHOSEN_ONLY = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_CENTRED_LINE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine


class ImageModel(QStandardItemModel):
    """Items that are pictures with a caption; `picture_of`, `caption_of` and `spoken_of` are asked when needed.

    Of Qt's own model only the counting is used: a list asks for the number of items again and again while it lays
    them out, and 200,000 of them take 30 ms rather than a second if no Python is called for that.
    """

    def __init__(
        self,
        picture_of: Callable[[int], QImage],
        caption_of: Callable[[int], str],
        spoken_of: Callable[[int], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._n_stale = 0
        self._next = -1
        self._seen = range(0)
        self._n_beside = _AT_A_TIME  # items that stand beside each other
        # One for ever: each single shot with a context leaves some memory in PySide6 6.11.
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._show_some)
        self.picture_of = picture_of
        self.caption_of = caption_of
        self.spoken_of = spoken_of

    def show_new(self, n_items: int) -> None:
        """Show this many other items; none is current."""
        self.beginResetModel()
        with QSignalBlocker(self):  # nobody need hear of the way to another number
            self.setColumnCount(1)
            self.setRowCount(n_items)
        self._n_stale = 0
        self.endResetModel()

    def show_again(self, n_items: int, seen: range | None = None, n_beside: int = _AT_A_TIME) -> None:
        """Show the same items as they are now, if there are as many as before; other items otherwise.

        Only those that are seen need be painted, if the list knows which. So many stand beside each other: some of one
        line and some of the next would be painted with all that is between them.
        """
        if n_items != self.rowCount():
            self.show_new(n_items)
            return
        self._seen = range(n_items) if seen is None else seen
        self._n_beside = n_beside
        is_underway, self._n_stale = self._n_stale > 0, len(self._seen)
        if self._seen and not is_underway:
            self._pause.start()

    def _show_some(self) -> None:
        """Let a few items be painted, and the next after the window has answered: a hundred at once would keep it."""
        if not self._n_stale:
            return  # other items have come meanwhile
        first = self._next + 1 if self._next + 1 in self._seen else self._seen.start
        in_line = self._n_beside - first % self._n_beside
        rows = range(first, min(first + min(_AT_A_TIME, in_line, self._n_stale), self._seen.stop))
        for row in rows:  # one by one: for several at once a view paints all
            item = self.index(row, 0)
            self.dataChanged.emit(item, item)
        self._n_stale -= len(rows)
        self._next = rows[-1]
        if self._n_stale:
            self._pause.start()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Items can be chosen, and nothing else."""
        del index
        return _CHOSEN_ONLY

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | QImage | None:
        """Caption, picture, or words for a screen reader."""
        row = index.row()
        if row < 0:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.caption_of(row)
        if role == IMAGE_ROLE:
            return self.picture_of(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken_of(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(self.spoken_of(row))
        return None


class ImageDelegate(QStyledItemDelegate):
    """Paints a picture with its caption beneath."""

    def __init__(self, view: ImageList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Fill the cell."""
        del option, index
        return self._view.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw selection, picture, caption.

        While a fit is watched all items are painted again and again, so nothing is asked for that is not drawn.
        """
        painter.setLayoutDirection(option.direction)  # which would else be the program's
        view, row, cell, state = self._view, index.row(), option.rect, option.state.value
        if state & _MARKED:
            view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        pictures, items = view.image_room(cell), cast("ImageModel", index.model())
        picture = items.picture_of(row)
        place = draw_image(painter, picture, pictures, is_smooth=view.is_smooth())
        if view.is_placeholder(picture):
            return
        view.mark_pixel(painter, place, row)
        self.draw_over(painter, option, place, row)
        metrics = option.fontMetrics
        width = cell.width() - 2  # nearly to the next: cells may be narrow
        text = QRectF(cell.x() + 1, place.bottom() + _MARGIN, width, metrics.height())
        role = QPalette.ColorRole.HighlightedText if state & _SELECTED else QPalette.ColorRole.Text
        painter.setPen(option.palette.color(role))
        caption = items.caption_of(row)
        if metrics.horizontalAdvance(caption) > width:
            caption = metrics.elidedText(caption, view.textElideMode(), width)
        painter.drawText(text, _CENTRED_LINE, caption)
        if state & _HAS_FOCUS:
            _draw_focus(painter, option)

    def draw_over(self, painter: QPainter, option: QStyleOptionViewItem, place: QRectF, row: int) -> None:
        """Draw something over an item's picture, which takes this place; here nothing."""


def _draw_focus(painter: QPainter, item: QStyleOptionViewItem) -> None:
    """Show where the keyboard is; a style's own frame would have the colour of the selection that it lies on."""
    role = QPalette.ColorRole.HighlightedText if item.state.value & _SELECTED else QPalette.ColorRole.Highlight
    painter.setPen(QPen(item.palette.color(role), 2))
    painter.drawRect(QRectF(item.rect).adjusted(2, 2, -2, -2))


class ImageList(QListView):
    """A list of pictures in cells of one size.

    With a session its pictures are shown as the user likes them, and again when that changes; pixels can be pointed
    at in those for which `pointed_at` tells whose they are.
    """

    def __init__(self, name: str, *, session: Session | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown_in = session
        self._thumbnails: ThumbnailCache | None = None
        self._next_frame = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._next_frame.timeout.connect(self._paint_next)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self.viewport().update)
        if session:
            session.preferences.display_changed.connect(self.viewport().update)
            session.pointer.changed.connect(self._on_pointer_changed)
            self.viewport().setMouseTracking(True)
        self._placeholder = ""
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setItemDelegate(ImageDelegate(self))
        self.setDragEnabled(False)
        self.setAcceptDrops(False)

    def extra(self) -> QSize:
        """What a cell needs beside the picture: margins, hairlines, the caption."""
        return QSize(2 * _MARGIN + 2, self.fontMetrics().height() + 3 * _MARGIN + 2)

    def room(self) -> QSize:
        """What a picture has, in pixels of the screen."""
        return (self.gridSize() - self.extra()) * self.devicePixelRatio()

    def is_smooth(self) -> bool:
        """Whether enlarged pictures are smooth; else pixels stay pixels."""
        return self._shown_in is not None and self._shown_in.preferences.display.is_smooth

    def image_room(self, cell: QRect) -> QRectF:
        """Where in a cell its picture may lie."""
        beneath = self.fontMetrics().height() + 3 * _MARGIN
        return QRectF(cell.x() + _MARGIN, cell.y() + _MARGIN, cell.width() - 2 * _MARGIN, cell.height() - beneath)

    def n_beside(self) -> int:
        """How many items have room beside each other."""
        return max(1, self.viewport().width() // max(1, self.gridSize().width()))

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Move by what is seen with Page Up and Page Down; Qt does nothing with large pictures or in a single line."""
        if action not in (_Cursor.MovePageUp, _Cursor.MovePageDown) or not self.currentIndex().isValid():
            return super().moveCursor(action, modifiers)
        row, n_beside = self.currentIndex().row(), self.n_beside()
        n_lines = max(1, self.viewport().height() // self.gridSize().height())
        n_lines, column = (n_lines, n_beside) if self.isWrapping() else (1, 1)
        n_left = self.model().rowCount() - 1 - row if action is _Cursor.MovePageDown else row
        step = min(n_beside * n_lines, n_left // column * column)
        return self.model().index(row + step if action is _Cursor.MovePageDown else row - step, 0)

    # pointing at a pixel

    def _on_pointer_changed(self) -> None:
        """Mark another pixel: at once if few pictures are seen, when the pointer rests if there are many to paint."""
        cell, room = self.gridSize(), self.viewport().size()
        if cell.isEmpty() or not self.isVisible():
            return
        n_seen = (room.width() // cell.width() + 1) * (room.height() // cell.height() + 1)
        if min(n_seen, self.model().rowCount()) <= _FEW:
            self.viewport().update()
        else:
            self._rest.start()

    def pointed_at(self, row: int) -> PixelTarget | None:
        """Whose picture an item is; None where pixels cannot be pointed at."""
        del row
        return None

    def mark_pixel(self, painter: QPainter, place: QRectF, row: int) -> None:
        """Mark in a picture what is pointed at."""
        if self._shown_in and self._shown_in.pointer.pixel and self.pointed_at(row):
            draw_mark(painter, place, self._shown_in.pointer)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the pixel under the mouse."""
        super().mouseMoveEvent(event)
        if self._shown_in:
            self._hover(event.position(), self._shown_in.pointer)

    def leaveEvent(self, event: QEvent) -> None:
        """Point no more."""
        super().leaveEvent(event)
        if self._shown_in:
            self._shown_in.pointer.hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the pointer, move it, let it go; all else is for the list."""
        current = self.pointed_at(self.currentIndex().row()) if self.currentIndex().isValid() else None
        if not (self._shown_in and handle_key(self._shown_in.pointer, event, current)):
            super().keyPressEvent(event)

    def _hover(self, spot: QPointF, pointer: Pointer) -> None:
        index = self.indexAt(spot.toPoint())
        whose = self.pointed_at(index.row()) if index.isValid() else None
        if whose is None:
            pointer.hover(None)
            return
        room = self.image_room(self.visualRect(index))
        place = place_of(index.data(IMAGE_ROLE).size(), room, self.devicePixelRatio())
        pixel = pixel_under(spot, place, pointer.shape)
        pointer.hover(pixel, whose if pixel else None)

    def set_placeholder(self, text: str) -> None:
        """What to say in the empty list."""
        self._placeholder = text
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the items, or what there is to say about their absence; what takes too long comes in the next frame."""
        super().paintEvent(event)
        if self.has_pending:
            self._next_frame.start()
        if self.model() is not None and self.model().rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.viewport().rect()).adjusted(16, 8, -16, -8), flags, self._placeholder)
            painter.end()

    def keep_images(self, thumbnails: ThumbnailCache) -> None:
        """Say where the pictures of the items are kept, so that those that have to wait are painted again."""
        self._thumbnails = thumbnails

    @property
    def has_pending(self) -> bool:
        """Whether pictures have to wait for the next frame."""
        return self._thumbnails is not None and self._thumbnails.has_pending

    def is_placeholder(self, picture: QImage) -> bool:
        """Whether this is not an item's picture, which has to wait for the next frame, and the rest of it too."""
        return self._thumbnails is not None and picture is self._thumbnails.placeholder

    def _paint_next(self) -> None:
        """Let those be painted again whose pictures had to wait, unless they are out of sight by now."""
        items, seen = self.model(), self.viewport().rect()

        def is_seen(row: int) -> bool:
            return self.visualRect(items.index(row, 0)).intersects(seen)

        for row in self._thumbnails.next_rows(is_seen) if self._thumbnails else ():
            self.update(items.index(row, 0))

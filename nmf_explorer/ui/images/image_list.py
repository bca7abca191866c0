"""Lists of images with captions, based on QListView; text and image of an item are made only when it is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QPen, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nmf_explorer.session.tasks.timers import single_shot_timer
from nmf_explorer.ui.images.image_painting import draw_image, fitted_rect
from nmf_explorer.ui.images.pixel_marker import draw_marker, handle_key, pixel_under
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
_MAX_LIVE_IMAGES = 24  # images that can be repainted as fast as a mouse moves
_POINTER_REST_MS = 80  # without movement
_BATCH_SIZE = 4  # items per batch
_BATCH_INTERVAL_MS = 4  # pause between batches, in which events are handled; without it, batches would be merged
# Plain numbers, since they are tested for every painted item.
_SELECTED = QStyle.StateFlag.State_Selected.value
_HAS_FOCUS = QStyle.StateFlag.State_HasFocus.value
_MARKED = _SELECTED | QStyle.StateFlag.State_MouseOver.value
_ITEM_FLAGS = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_CENTRED_LINE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine


class ImageModel(QStandardItemModel):
    """Items with an image and a caption, which `image_of`, `caption_of` and `description_of` return by row.

    Only the row count of QStandardItemModel is used: a list reads it again and again during layout, which takes 30 ms
    for 200,000 items, but a second with `rowCount` in Python.
    """

    def __init__(
        self,
        image_of: Callable[[int], QImage],
        caption_of: Callable[[int], str],
        description_of: Callable[[int], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._n_outdated = 0
        self._last_refreshed = -1
        self._visible_rows = range(0)
        self._n_columns = _BATCH_SIZE  # items per line
        # Reused: each single shot with a context leaks memory in PySide6 6.11.
        self._batch_timer = single_shot_timer(self, _BATCH_INTERVAL_MS, self._refresh_batch)
        self.image_of = image_of
        self.caption_of = caption_of
        self.description_of = description_of

    def reset_items(self, n_items: int) -> None:
        """Replace all items by this many new ones; none is current."""
        self.beginResetModel()
        with QSignalBlocker(self):  # no signals for the intermediate row count
            self.setColumnCount(1)
            self.setRowCount(n_items)
        self._n_outdated = 0
        self.endResetModel()

    def refresh_items(self, n_items: int, visible_rows: range | None = None, n_columns: int = _BATCH_SIZE) -> None:
        """Repaint the visible items in small batches; if the number has changed, replace all items.

        A batch stays within a line of `n_columns` items: a list repaints the bounding rectangle of a batch.
        """
        if n_items != self.rowCount():
            self.reset_items(n_items)
            return
        self._visible_rows = range(n_items) if visible_rows is None else visible_rows
        self._n_columns = n_columns
        is_underway, self._n_outdated = self._n_outdated > 0, len(self._visible_rows)
        if self._visible_rows and not is_underway:
            self._batch_timer.start()

    def _refresh_batch(self) -> None:
        """Repaint a few items and start the timer for the next: a hundred at once would block the window."""
        if not self._n_outdated:
            return  # the items were replaced
        first = self._last_refreshed + 1 if self._last_refreshed + 1 in self._visible_rows else self._visible_rows.start
        in_line = self._n_columns - first % self._n_columns
        rows = range(first, min(first + min(_BATCH_SIZE, in_line, self._n_outdated), self._visible_rows.stop))
        for row in rows:  # one by one: for a range a view repaints everything
            item = self.index(row, 0)
            self.dataChanged.emit(item, item)
        self._n_outdated -= len(rows)
        self._last_refreshed = rows[-1]
        if self._n_outdated:
            self._batch_timer.start()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Allow only to select items."""
        del index
        return _ITEM_FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | QImage | None:
        """Return caption, image, accessible text or tool tip."""
        row = index.row()
        if row < 0:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.caption_of(row)
        if role == IMAGE_ROLE:
            return self.image_of(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.description_of(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tool_tip(self.description_of(row))
        return None


class ImageDelegate(QStyledItemDelegate):
    """Paints an image with its caption below."""

    def __init__(self, view: ImageList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell."""
        del option, index
        return self._view.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint selection, image and caption; computes only what is painted, since a fit repaints all items often."""
        painter.setLayoutDirection(option.direction)  # else it would be that of the application
        view, row, cell, state = self._view, index.row(), option.rect, option.state.value
        if state & _MARKED:
            view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, view)
        area, items = view.image_area(cell), cast("ImageModel", index.model())
        image = items.image_of(row)
        rect = draw_image(painter, image, area, is_smooth=view.is_smooth())
        if view.is_placeholder(image):
            return
        view.draw_pixel_marker(painter, rect, row)
        self.draw_overlay(painter, option, rect, row)
        metrics = option.fontMetrics
        width = cell.width() - 2  # almost the whole width, since cells may be narrow
        text = QRectF(cell.x() + 1, rect.bottom() + _MARGIN, width, metrics.height())
        role = QPalette.ColorRole.HighlightedText if state & _SELECTED else QPalette.ColorRole.Text
        painter.setPen(option.palette.color(role))
        caption = items.caption_of(row)
        if metrics.horizontalAdvance(caption) > width:
            caption = metrics.elidedText(caption, view.textElideMode(), width)
        painter.drawText(text, _CENTRED_LINE, caption)
        if state & _HAS_FOCUS:
            _draw_focus(painter, option)

    def draw_overlay(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, row: int) -> None:
        """Paint over the image of a row, which is at `place`; nothing here."""


def _draw_focus(painter: QPainter, item: QStyleOptionViewItem) -> None:
    """Paint the focus frame; the style's own may have the colour of the selection."""
    role = QPalette.ColorRole.HighlightedText if item.state.value & _SELECTED else QPalette.ColorRole.Highlight
    painter.setPen(QPen(item.palette.color(role), 2))
    painter.drawRect(QRectF(item.rect).adjusted(2, 2, -2, -2))


class ImageList(QListView):
    """A list of images in cells of one size.

    With a session, images follow its display settings, and pixels of rows with a `pixel_target` can be pointed at.
    """

    def __init__(self, name: str, *, session: Session | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._display_session = session
        self._thumbnails: ThumbnailCache | None = None
        self._pending_timer = single_shot_timer(self, _BATCH_INTERVAL_MS, self._paint_pending)
        self._pointer_timer = QTimer(self)
        self._pointer_timer.setSingleShot(True)
        self._pointer_timer.setInterval(_POINTER_REST_MS)
        self._pointer_timer.timeout.connect(self.viewport().update)
        if session:
            session.preferences.display_changed.connect(self.viewport().update)
            session.pointer.changed.connect(self._on_pointer_changed)
            self.viewport().setMouseTracking(True)
        self._empty_text = ""
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setItemDelegate(ImageDelegate(self))
        self.setDragEnabled(False)
        self.setAcceptDrops(False)

    def cell_padding(self) -> QSize:
        """Return the space of a cell beside the image: margins, hairlines, caption."""
        return QSize(2 * _MARGIN + 2, self.fontMetrics().height() + 3 * _MARGIN + 2)

    def max_image_size(self) -> QSize:
        """Return the space of an image in screen pixels."""
        return (self.gridSize() - self.cell_padding()) * self.devicePixelRatio()

    def is_smooth(self) -> bool:
        """Whether enlarged images are smoothed."""
        return self._display_session is not None and self._display_session.preferences.display.is_smooth

    def image_area(self, cell: QRect) -> QRectF:
        """Return the area of a cell for its image."""
        beneath = self.fontMetrics().height() + 3 * _MARGIN
        return QRectF(cell.x() + _MARGIN, cell.y() + _MARGIN, cell.width() - 2 * _MARGIN, cell.height() - beneath)

    def n_columns(self) -> int:
        """Return the number of cells side by side."""
        return max(1, self.viewport().width() // max(1, self.gridSize().width()))

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Move by visible pages with Page Up and Page Down, which Qt ignores for large cells and single rows."""
        if action not in (_Cursor.MovePageUp, _Cursor.MovePageDown) or not self.currentIndex().isValid():
            return super().moveCursor(action, modifiers)
        row, n_columns = self.currentIndex().row(), self.n_columns()
        n_lines = max(1, self.viewport().height() // self.gridSize().height())
        n_lines, column = (n_lines, n_columns) if self.isWrapping() else (1, 1)
        n_left = self.model().rowCount() - 1 - row if action is _Cursor.MovePageDown else row
        step = min(n_columns * n_lines, n_left // column * column)
        return self.model().index(row + step if action is _Cursor.MovePageDown else row - step, 0)

    # pointing at a pixel

    def _on_pointer_changed(self) -> None:
        """Repaint the pixel marker: immediately if few images are visible, else when the pointer rests."""
        cell, room = self.gridSize(), self.viewport().size()
        if cell.isEmpty() or not self.isVisible():
            return
        n_seen = (room.width() // cell.width() + 1) * (room.height() // cell.height() + 1)
        if min(n_seen, self.model().rowCount()) <= _MAX_LIVE_IMAGES:
            self.viewport().update()
        else:
            self._pointer_timer.start()

    def pixel_target(self, row: int) -> PixelTarget | None:
        """Return what the image of a row shows, or None if its pixels cannot be pointed at."""
        del row
        return None

    def draw_pixel_marker(self, painter: QPainter, rect: QRectF, row: int) -> None:
        """Paint the pixel marker if the row has a target."""
        if self._display_session and self._display_session.pointer.pixel and self.pixel_target(row):
            draw_marker(painter, rect, self._display_session.pointer)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the pixel under the mouse."""
        super().mouseMoveEvent(event)
        if self._display_session:
            self._hover(event.position(), self._display_session.pointer)

    def leaveEvent(self, event: QEvent) -> None:
        """Stop pointing."""
        super().leaveEvent(event)
        if self._display_session:
            self._display_session.pointer.hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys of the pointer; pass on others."""
        current = self.pixel_target(self.currentIndex().row()) if self.currentIndex().isValid() else None
        if not (self._display_session and handle_key(self._display_session.pointer, event, current)):
            super().keyPressEvent(event)

    def _hover(self, point: QPointF, pointer: Pointer) -> None:
        index = self.indexAt(point.toPoint())
        target = self.pixel_target(index.row()) if index.isValid() else None
        if target is None:
            pointer.hover(None)
            return
        room = self.image_area(self.visualRect(index))
        rect = fitted_rect(index.data(IMAGE_ROLE).size(), room, self.devicePixelRatio())
        pixel = pixel_under(point, rect, pointer.shape)
        pointer.hover(pixel, target if pixel else None)

    def set_empty_text(self, text: str) -> None:
        """Set the text of the empty list."""
        self._empty_text = text
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the items, or the text of the empty list; pending thumbnails follow in the next frame."""
        super().paintEvent(event)
        if self.has_pending:
            self._pending_timer.start()
        if self.model() is not None and self.model().rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.viewport().rect()).adjusted(16, 8, -16, -8), flags, self._empty_text)
            painter.end()

    def set_thumbnails(self, thumbnails: ThumbnailCache) -> None:
        """Set the cache of the items' thumbnails, so that pending ones are painted later."""
        self._thumbnails = thumbnails

    @property
    def has_pending(self) -> bool:
        """Whether thumbnails are pending."""
        return self._thumbnails is not None and self._thumbnails.has_pending

    def is_placeholder(self, image: QImage) -> bool:
        """Whether this image is the placeholder of a pending thumbnail."""
        return self._thumbnails is not None and image is self._thumbnails.placeholder

    def _paint_pending(self) -> None:
        """Repaint rows with pending thumbnails that are still visible."""
        items, visible_rows = self.model(), self.viewport().rect()

        def is_seen(row: int) -> bool:
            return self.visualRect(items.index(row, 0)).intersects(visible_rows)

        for row in self._thumbnails.take_pending_rows(is_seen) if self._thumbnails else ():
            self.update(items.index(row, 0))

"""All parts as a grid of images that fills its space."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt
from PySide6.QtGui import QDrag, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QMenu

from nmf_explorer.session.exploring.pointer import PixelTarget
from nmf_explorer.session.session import Activity
from nmf_explorer.ui.images.image_list import IMAGE_ROLE, ImageList
from nmf_explorer.ui.parts.cell_size import best_cell_size, zoomed_cell_size
from nmf_explorer.ui.parts.part_actions import PartActions
from nmf_explorer.ui.parts.part_delegate import PartDelegate
from nmf_explorer.ui.parts.part_files import parts_mime_data, write_part_files
from nmf_explorer.ui.parts.part_model import PartModel
from nmf_explorer.ui.parts.part_selection import PartSelection

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import (
        QContextMenuEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )
    from PySide6.QtWidgets import QWidget

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.images.image_list import Index

_DRAG_IMAGE_SIDE = 96  # pixels of the dragged image
_WHEEL_NOTCH = 120  # angle of one wheel step, in eighths of a degree
_CORNER = QPoint(8, 8)  # inside a cell
_CTRL = Qt.KeyboardModifier.ControlModifier
_SCROLL_BAR_POLICY = {True: Qt.ScrollBarPolicy.ScrollBarAlwaysOff, False: Qt.ScrollBarPolicy.ScrollBarAlwaysOn}


class PartGrid(ImageList):
    """The list “Parts”: each part with its image, number, name and share.

    A click or Enter shows details of the selected part; a Ctrl-click on a second part, or the key C, compares both.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("PartGrid", "Parts"), session=session, parent=parent)
        self._session = session
        self._wheel_angle = 0
        self._marked: int | None = None
        self._cell_size_key: tuple[object, ...] = ()
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)  # F2 is a shortcut of the actions
        self._items = PartModel(session, self.max_image_size, self)
        self._delegate = PartDelegate(self, self._items)
        self.setItemDelegate(self._delegate)
        self.setDragEnabled(True)
        self.setModel(self._items)
        self.set_thumbnails(self._items.thumbnails)
        self.selection = PartSelection(session, self, self._items)
        PartActions(session, self, self.selection, self.zoom_by)
        self.clicked.connect(self.selection.show_in_session)
        session.model_changed.connect(self._on_model_changed)
        session.activity_changed.connect(self._on_activity_changed)
        session.parts.changed.connect(self._refresh_items)
        session.parts.marked_changed.connect(self._on_marked_changed)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._on_focus_changed)
        session.part_layout.order_changed.connect(self._on_order_changed)
        session.part_layout.zoom_changed.connect(self._update_cell_size)
        self._on_activity_changed()
        self._on_model_changed()
        self.selection.follow_session()

    def pixel_target(self, row: int) -> PixelTarget:
        """Return the part of a row."""
        return PixelTarget("part", self._items.part_order[row])

    # slots of session signals

    def _on_model_changed(self) -> None:
        self._items.show_parts(self._visible_rows(), self.n_columns())
        self._update_cell_size()

    def _refresh_items(self) -> None:
        self._items.refresh_items(len(self._items.shares), self._visible_rows(), self.n_columns())

    def _visible_rows(self) -> range:
        """Return the rows that are visible; others are painted when they scroll into view."""
        room, n_items = self.viewport().rect(), self._items.rowCount()
        first, last = self.indexAt(room.topLeft() + _CORNER), self.indexAt(QPoint(_CORNER.x(), room.bottom()))
        begin = first.row() if first.isValid() else 0
        return range(begin, min(n_items, last.row() + self.n_columns()) if last.isValid() else n_items)

    def _on_order_changed(self) -> None:
        """Keep the selection on the same parts."""
        n_parts = len(self._session.part_layout.parts_in_order)
        if n_parts != len(self._items.shares):
            return  # the new model is not shown yet
        selected, current = self.selection.parts(), self.selection.current_part()
        self._items.show_parts()
        self.selection.select(selected, current)

    def _on_activity_changed(self) -> None:
        fitting = self._session.activity is Activity.FITTING
        self.set_empty_text(self.tr("Looking for parts…") if fitting else self.tr("Press Fit to find the parts."))

    # size and zoom

    def zoom_by(self, steps: int) -> None:
        """Zoom the parts, unless the cells cannot change any more."""
        layout = self._session.part_layout
        if self._cell_size(layout.zoom + steps) != self._cell_size(layout.zoom):
            layout.zoom_by(steps)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new space."""
        super().resizeEvent(event)
        self._update_cell_size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the visible parts."""
        self._items.begin_paint((self.verticalOffset(), self._items.rowCount()))
        super().paintEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if not event.modifiers() & _CTRL:
            super().wheelEvent(event)
            return
        self._wheel_angle += event.angleDelta().y()
        steps, self._wheel_angle = (
            int(self._wheel_angle / _WHEEL_NOTCH),
            int(math.fmod(self._wheel_angle, _WHEEL_NOTCH)),
        )
        if steps:
            self.zoom_by(steps)
        event.accept()

    def _cell_size(self, zoom: int) -> QSize:
        model = self._session.model
        if model is None:
            return self.gridSize()
        height, width = model.sample_shape[:2]
        room, image = self.contentsRect().size(), QSize(width, height)
        cell = best_cell_size(model.n_components, room, image, self.cell_padding())
        room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
        return zoomed_cell_size(cell, room, image, self.cell_padding(), zoom)

    def _update_cell_size(self) -> None:
        model = self._session.model
        if model is None:
            return
        key = (
            model.n_components,
            model.sample_shape,
            self.contentsRect(),
            self.cell_padding(),
            self._session.part_layout.zoom,
            self._items.has_decimals,
        )
        if key == self._cell_size_key:
            return  # checked up to 30 times a second during a fit
        self._cell_size_key = key
        cell, room = self._cell_size(self._session.part_layout.zoom), self.contentsRect()
        rows = math.ceil(model.n_components / max(1, room.width() // cell.width()))
        # Set explicitly: “as needed” reserves space for the bar, and the last column would not fit.
        self.setVerticalScrollBarPolicy(_SCROLL_BAR_POLICY[rows * cell.height() <= room.height()])
        widths = map(self.fontMetrics().horizontalAdvance, self._items.widest_captions(model.n_components))
        self._items.caption_level = max(0, sum(width <= cell.width() - 2 for width in widths) - 1)
        if cell != self.gridSize():
            self.setGridSize(cell)

    # the part under the mouse or the keyboard focus

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the part under the mouse in the other views too."""
        super().mouseMoveEvent(event)
        self._mark(self.indexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Mark no part."""
        super().leaveEvent(event)
        self._session.parts.unmark(self)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Mark the part that the keys have reached."""
        super().currentChanged(current, previous)
        if self.hasFocus():
            self._mark(current)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """Mark the current part while the grid has the keyboard focus.

        A signal instead of focus events: at exit those may come when the Python object is gone, which crashes.
        """
        if new is self:
            self._mark(self.currentIndex())
        elif old is self:
            self._session.parts.unmark(self)

    def _on_marked_changed(self) -> None:
        """Repaint the part that was marked, and the one that is."""
        for part in (self._marked, self._session.parts.marked):
            if part is not None and part in self._session.part_layout.parts_in_order:
                self.update(self._items.index_of(part))
        self._marked = self._session.parts.marked

    def _mark(self, index: Index) -> None:
        if index.isValid():
            self._session.parts.mark(self._items.part(index), self)
        else:
            self._session.parts.unmark(self)

    # menu, keyboard, drag

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu at the mouse, or at the current part if opened by keyboard."""
        menu = QMenu(self)
        menu.addActions(self.actions())
        menu.aboutToHide.connect(menu.deleteLater)
        at_keyboard = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        menu.popup(event.globalPos() if event.reason() is event.Reason.Mouse else at_keyboard)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the details of a part with Esc."""
        is_free = self._session.parts.selected is not None and not self._session.pointer.is_held
        if event.key() == Qt.Key.Key_Escape and is_free:
            self._session.parts.select(None)
        else:
            super().keyPressEvent(event)

    def commitData(self, editor: QWidget) -> None:
        """Set the typed name, unless the editor belonged to a part of an earlier model."""
        if editor is self._delegate.editor:
            super().commitData(editor)

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Drag the selected parts as files and as an image."""
        del supported
        parts = self.selection.parts()
        data = parts_mime_data(self._session, parts, self.selection.descriptions())
        data.setUrls(write_part_files(self._session, parts))
        drag = QDrag(self)
        drag.setMimeData(data)
        pixmap = QPixmap.fromImage(self.currentIndex().data(IMAGE_ROLE))
        drag.setPixmap(pixmap.scaled(_DRAG_IMAGE_SIDE, _DRAG_IMAGE_SIDE, Qt.AspectRatioMode.KeepAspectRatio))
        drag.exec(Qt.DropAction.CopyAction)

"""All parts as a grid of images that fills its space."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt
from PySide6.QtGui import QDrag, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu

from nmf_explorer.session.exploring.pointer import PixelTarget
from nmf_explorer.session.session import Activity
from nmf_explorer.ui.images.image_list import IMAGE_ROLE, ImageList
from nmf_explorer.ui.parts.cell_size import best_cell_size, zoomed_cell_size
from nmf_explorer.ui.parts.part_actions import PartActions
from nmf_explorer.ui.parts.part_delegate import PartDelegate
from nmf_explorer.ui.parts.part_files import files_of, mime_of
from nmf_explorer.ui.parts.part_model import PartModel
from nmf_explorer.ui.parts.part_selection import PartSelection

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from nmf_explorer.session.session import Session

_DRAGGED = 96  # pixels of the picture under the mouse
_NOTCH = 120  # of a wheel
_CORNER = QPoint(8, 8)  # of a cell, well within it
_CTRL = Qt.KeyboardModifier.ControlModifier
_AS_NEEDED = {True: Qt.ScrollBarPolicy.ScrollBarAlwaysOff, False: Qt.ScrollBarPolicy.ScrollBarAlwaysOn}


class PartGrid(ImageList):
    """The list “Parts”: every part as a picture with its number, name and share.

    A click or Enter makes the selected part the one that the session calls chosen, which is told more about; a click
    with Ctrl that makes a pair, or the key C, sets a second one beside it.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("PartGrid", "Parts"), session=session, parent=parent)
        self._session = session
        self._turned = 0
        self._filled_for: tuple[object, ...] = ()
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)  # F2 is one of the actions
        self._items = PartModel(session, self.room, self)
        self._delegate = PartDelegate(self, self._items)
        self.setItemDelegate(self._delegate)
        self.setDragEnabled(True)
        self.setModel(self._items)
        self.keep_images(self._items.thumbnails)
        self.selection = PartSelection(session, self, self._items)
        PartActions(session, self, self.selection, self.zoom_by)
        self.clicked.connect(self.selection.show_in_session)
        session.model_changed.connect(self._on_model_changed)
        session.activity_changed.connect(self._on_activity_changed)
        session.parts.changed.connect(self._show_again)
        session.part_layout.order_changed.connect(self._on_order_changed)
        session.part_layout.zoom_changed.connect(self._fill_space)
        self._on_activity_changed()
        self._on_model_changed()
        self.selection.follow_session()

    def pointed_at(self, row: int) -> PixelTarget:
        """Say which part it is."""
        return PixelTarget("part", self._items.places[row])

    # what the session says

    def _on_model_changed(self) -> None:
        self._items.show_parts(self._seen(), self.n_beside())
        self._fill_space()

    def _show_again(self) -> None:
        self._items.show_again(len(self._items.shares), self._seen(), self.n_beside())

    def _seen(self) -> range:
        """The places that are seen; those that come into sight later are painted then."""
        room, n_items = self.viewport().rect(), self._items.rowCount()
        first, last = self.indexAt(room.topLeft() + _CORNER), self.indexAt(QPoint(_CORNER.x(), room.bottom()))
        begin = first.row() if first.isValid() else 0
        return range(begin, min(n_items, last.row() + self.n_beside()) if last.isValid() else n_items)

    def _on_order_changed(self) -> None:
        """Let the selection go with the parts."""
        n_parts = len(self._session.part_layout.places)
        if n_parts != len(self._items.shares):
            return  # of a model that is about to be shown
        selected, current = self.selection.parts(), self.selection.current_part()
        self._items.show_parts()
        self.selection.select(selected, current)

    def _on_activity_changed(self) -> None:
        fitting = self._session.activity is Activity.FITTING
        self.set_placeholder(self.tr("Looking for parts…") if fitting else self.tr("Press Fit to find the parts."))

    # the space

    def zoom_by(self, steps: int) -> None:
        """Make parts larger or smaller, if that is still to be seen."""
        layout = self._session.part_layout
        if self._cell(layout.zoom + steps) != self._cell(layout.zoom):
            layout.zoom_by(steps)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new space."""
        super().resizeEvent(event)
        self._fill_space()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is seen."""
        self._items.begin_frame((self.verticalOffset(), self._items.rowCount()))
        super().paintEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with the Ctrl key, scroll without."""
        if not event.modifiers() & _CTRL:
            super().wheelEvent(event)
            return
        self._turned += event.angleDelta().y()
        steps, self._turned = int(self._turned / _NOTCH), int(math.fmod(self._turned, _NOTCH))
        if steps:
            self.zoom_by(steps)
        event.accept()

    def _cell(self, zoom: int) -> QSize:
        model = self._session.model
        if model is None:
            return self.gridSize()
        height, width = model.sample_shape[:2]
        room, image = self.contentsRect().size(), QSize(width, height)
        cell = best_cell_size(model.n_components, room, image, self.extra())
        room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
        return zoomed_cell_size(cell, room, image, self.extra(), zoom)

    def _fill_space(self) -> None:
        model = self._session.model
        if model is None:
            return
        asked = (
            model.n_components,
            model.sample_shape,
            self.contentsRect(),
            self.extra(),
            self._session.part_layout.zoom,
            self._items.has_small_shares,
        )
        if asked == self._filled_for:
            return  # thirty times a second, while a fit is watched
        self._filled_for = asked
        cell, room = self._cell(self._session.part_layout.zoom), self.contentsRect()
        rows = math.ceil(model.n_components / max(1, room.width() // cell.width()))
        # Said outright: with “as needed” the list would keep room for the bar, and the last column would not fit.
        self.setVerticalScrollBarPolicy(_AS_NEEDED[rows * cell.height() <= room.height()])
        widths = map(self.fontMetrics().horizontalAdvance, self._items.widest_captions(model.n_components))
        self._items.n_words = max(0, sum(width <= cell.width() - 2 for width in widths) - 1)
        if cell != self.gridSize():
            self.setGridSize(cell)

    # menu, keys, drags

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done; the keyboard's menu opens beside the current part."""
        menu = QMenu(self)
        menu.addActions(self.actions())
        menu.aboutToHide.connect(menu.deleteLater)
        at_keyboard = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        menu.popup(event.globalPos() if event.reason() is event.Reason.Mouse else at_keyboard)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close what is told about a part with Esc."""
        is_free = self._session.parts.selected is not None and not self._session.pointer.is_held
        if event.key() == Qt.Key.Key_Escape and is_free:
            self._session.parts.select(None)
        else:
            super().keyPressEvent(event)

    def commitData(self, editor: QWidget) -> None:
        """Take a name that was typed, unless its part is gone: other parts came meanwhile."""
        if editor is self._delegate.editor:
            super().commitData(editor)

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Let the selected parts be dropped as files, or as a picture."""
        del supported
        parts = self.selection.parts()
        data = mime_of(self._session, parts, self.selection.descriptions())
        data.setUrls(files_of(self._session, parts))
        drag = QDrag(self)
        drag.setMimeData(data)
        picture = QPixmap.fromImage(self.currentIndex().data(IMAGE_ROLE))
        drag.setPixmap(picture.scaled(_DRAGGED, _DRAGGED, Qt.AspectRatioMode.KeepAspectRatio))
        drag.exec(Qt.DropAction.CopyAction)

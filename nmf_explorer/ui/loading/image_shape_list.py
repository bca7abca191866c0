"""The possible image shapes of a table's rows, each shown as an image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QImage

from nmf_explorer.dataset.size_text import size_text
from nmf_explorer.ui.images.array_image import to_qimage
from nmf_explorer.ui.images.image_list import ImageList, ImageModel

if TYPE_CHECKING:
    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.images.image_list import Index
    from nmf_explorer.ui.widgets.form_fields import Size

_THUMBNAIL = 48
_MAX_SHAPES = 6


class ImageShapeList(ImageList):
    """The list “Size of an image”, the most likely size first.

    Signals: ``chosen(object)`` with the size ``(height, width)`` in pixels.
    """

    chosen = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(QCoreApplication.translate("ImageShapeList", "Size of an image"))
        self._session = session
        self._sizes: tuple[Size, ...] = ()
        self._is_being_shown = False
        self._items = ImageModel(self._picture, self._title, self._title, self)
        self.setModel(self._items)
        width = max(_THUMBNAIL, self.fontMetrics().horizontalAdvance("0000 x 0000"))
        self.setGridSize(QSize(width, _THUMBNAIL) + self.cell_padding())
        self.setMinimumWidth(
            self.gridSize().width() + 2 * self.frameWidth() + self.verticalScrollBar().sizeHint().width()
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(2 * self.gridSize().height() + 2 * self.frameWidth() + 2)
        session.dataset_changed.connect(self._on_dataset_changed)
        self._on_dataset_changed()

    def show_value(self, value: Size | None) -> None:
        """Select a size; None selects the most likely one."""
        sizes = self._sizes
        if value is not None and value not in sizes:
            self._sizes = (*sizes, value)
            self._items.reset_items(len(self._sizes))
        self._is_being_shown = True
        self.setCurrentIndex(self._items.index(self._sizes.index(value) if value else 0, 0))
        self._is_being_shown = False

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Emit the size that the user selected."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._is_being_shown:
            self.chosen.emit(self._sizes[current.row()])

    def _on_dataset_changed(self) -> None:
        dataset = self._session.dataset
        self._sizes = dataset.report.table_sizes[:_MAX_SHAPES] if dataset else ()
        self._items.reset_items(len(self._sizes))

    def _title(self, row: int) -> str:
        return size_text(self._sizes[row])

    def _picture(self, row: int) -> QImage:
        dataset, (height, width) = self._session.dataset, self._sizes[row]
        if dataset is None or len(dataset.sample_shape) != len(("height", "width")):
            return QImage()
        image = dataset.sample_image(self._session.selected_sample)
        numbers = image.T.ravel() if dataset.report.options.transpose else image.ravel()
        if numbers.size != height * width:
            return QImage()
        shaped = numbers.reshape(height, width)
        shaped = shaped.T if self._session.import_preview.options.transpose else shaped
        colours = self._session.preferences.display.colours_of(dataset)
        return to_qimage(shaped, dataset.brightest, self.max_image_size(), colours)

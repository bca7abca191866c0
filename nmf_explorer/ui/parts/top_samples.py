"""The samples that use a part most, with their weights; a click selects one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt

from nmf_explorer.session.exploring.pointer import PixelTarget
from nmf_explorer.ui.images.image_list import ImageList, ImageModel
from nmf_explorer.ui.images.session_images import sample_qimage
from nmf_explorer.ui.parts.cell_size import best_cell_size
from nmf_explorer.ui.theme.texts import describe_sample, number

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.images.image_list import Index

_THUMBNAIL_SIDE = 48


class TopSamples(ImageList):
    """The list “Samples that use it most”, largest weight first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        name = QCoreApplication.translate("TopSamples", "Samples that use it most")
        super().__init__(name, session=session, parent=parent)
        self._session = session
        self._samples: list[tuple[int, float]] = []
        self._items = ImageModel(self._image, self._caption, self._description, self)
        self.setModel(self._items)
        self._min_cell = QSize(_THUMBNAIL_SIDE, _THUMBNAIL_SIDE) + self.cell_padding()
        self.setGridSize(self._min_cell)
        self.setMinimumSize(self._min_cell + QSize(self.verticalScrollBar().sizeHint().width(), 0))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.set_empty_text(self.tr("No sample uses this part."))
        self.clicked.connect(self._on_clicked)
        self.activated.connect(self._on_clicked)

    def show_samples(self, samples: list[tuple[int, float]]) -> None:
        """Show these (sample, weight) pairs."""
        self._samples = samples
        self._update_cell_size()
        self._items.reset_items(len(samples))

    def sizeHint(self) -> QSize:
        """Return a size for a few samples."""
        return QSize(4 * self._min_cell.width(), self._min_cell.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new space."""
        super().resizeEvent(event)
        self._update_cell_size()

    def _update_cell_size(self) -> None:
        """Enlarge the images if all of them still fit."""
        dataset = self._session.dataset
        if dataset is None or not self._samples:
            return
        height, width = dataset.sample_shape[:2]
        cell = best_cell_size(len(self._samples), self.viewport().size(), QSize(width, height), self.cell_padding())
        is_larger = cell.width() >= self._min_cell.width() and cell.height() >= self._min_cell.height()
        self.setGridSize(cell if is_larger else self._min_cell)

    def pixel_target(self, row: int) -> PixelTarget:
        """Return the sample of a row."""
        return PixelTarget("sample", self._samples[row][0])

    def _on_clicked(self, index: Index) -> None:
        self._session.select_sample(self._samples[index.row()][0])

    def _image(self, row: int) -> QImage:
        assert self._session.dataset  # noqa: S101 - without a dataset there are no parts
        return sample_qimage(
            self._session, self._session.dataset.sample_image(self._samples[row][0]), self.max_image_size()
        )

    def _caption(self, row: int) -> str:
        return number(self._samples[row][1], 2)

    def _description(self, row: int) -> str:
        assert self._session.dataset  # noqa: S101 - as above
        sample, weight = self._samples[row]
        text = self.tr("{sample}, weight {weight}")
        return text.format(sample=describe_sample(self._session.dataset, sample), weight=number(weight, 2))

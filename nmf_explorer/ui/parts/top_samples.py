"""The samples that use a part most, with their weights; one that is clicked is looked at."""

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

_THUMBNAIL = 48


class TopSamples(ImageList):
    """The list “Samples that use it most”, the largest weight first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        name = QCoreApplication.translate("TopSamples", "Samples that use it most")
        super().__init__(name, session=session, parent=parent)
        self._session = session
        self._samples: list[tuple[int, float]] = []
        self._items = ImageModel(self._picture, self._caption, self._spoken, self)
        self.setModel(self._items)
        self._least = QSize(_THUMBNAIL, _THUMBNAIL) + self.extra()
        self.setGridSize(self._least)
        self.setMinimumSize(self._least + QSize(self.verticalScrollBar().sizeHint().width(), 0))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.set_placeholder(self.tr("No sample uses this part."))
        self.clicked.connect(self._on_clicked)
        self.activated.connect(self._on_clicked)

    def show_samples(self, samples: list[tuple[int, float]]) -> None:
        """Show these samples and weights."""
        self._samples = samples
        self._fill_space()
        self._items.show_new(len(samples))

    def sizeHint(self) -> QSize:
        """Room for some."""
        return QSize(4 * self._least.width(), self._least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new space."""
        super().resizeEvent(event)
        self._fill_space()

    def _fill_space(self) -> None:
        """Make the pictures larger where all of them can be."""
        dataset = self._session.dataset
        if dataset is None or not self._samples:
            return
        height, width = dataset.sample_shape[:2]
        cell = best_cell_size(len(self._samples), self.viewport().size(), QSize(width, height), self.extra())
        is_larger = cell.width() >= self._least.width() and cell.height() >= self._least.height()
        self.setGridSize(cell if is_larger else self._least)

    def pointed_at(self, row: int) -> PixelTarget:
        """Say which sample it is."""
        return PixelTarget("sample", self._samples[row][0])

    def _on_clicked(self, index: Index) -> None:
        self._session.select_sample(self._samples[index.row()][0])

    def _picture(self, row: int) -> QImage:
        assert self._session.dataset  # noqa: S101 - without a set there are no parts
        return sample_qimage(self._session, self._session.dataset.sample_image(self._samples[row][0]), self.room())

    def _caption(self, row: int) -> str:
        return number(self._samples[row][1], 2)

    def _spoken(self, row: int) -> str:
        assert self._session.dataset  # noqa: S101 - as above
        sample, weight = self._samples[row]
        text = self.tr("{sample}, weight {weight}")
        return text.format(sample=describe_sample(self._session.dataset, sample), weight=number(weight, 2))

"""All samples in a strip; the current one is the one that the equation is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QListView, QSizePolicy, QWidget

from nmf_explorer.session.pointer import PointedAt
from nmf_explorer.ui.array_image import picture
from nmf_explorer.ui.picture_list import PictureList, PictureModel
from nmf_explorer.ui.texts import describe_sample, short_name

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.picture_list import Index

_THUMBNAIL = 64
_MORE_WIDTH = 20  # for the names
_TYPICAL_NAME = "sample_0001"


class SampleStrip(PictureList):
    """The list “Samples”: mouse and arrow keys choose one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("SampleStrip", "Samples"), session=session, parent=parent)
        self._session = session
        self._shown: Dataset | None = None
        self.setViewMode(QListView.ViewMode.ListMode)  # one line needs no search in the plane, and no second layout
        self.setResizeMode(QListView.ResizeMode.Fixed)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # names of files often differ only in the number at the end
        width = max(_THUMBNAIL + _MORE_WIDTH, self.fontMetrics().horizontalAdvance(_TYPICAL_NAME))
        self.setGridSize(QSize(width, _THUMBNAIL) + self.extra())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._items = PictureModel(self._picture, self._caption, self._spoken, self)
        self.setModel(self._items)
        session.dataset_changed.connect(self._on_dataset_changed)
        session.progress_changed.connect(self._on_arrival)
        session.activity_changed.connect(self._on_arrival)
        session.selected_sample_changed.connect(self._on_selected_sample_changed)
        self._on_dataset_changed()

    def sizeHint(self) -> QSize:
        """One row high."""
        bar = self.horizontalScrollBar().sizeHint().height()
        return QSize(400, self.gridSize().height() + bar + 2 * self.frameWidth() + 2)

    def pointed_at(self, row: int) -> PointedAt | None:
        """Say which sample it is, once the set is open."""
        return PointedAt("sample", row) if self._shown is self._session.dataset else None

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Look at the sample that became current."""
        super().currentChanged(current, previous)
        if current.isValid() and self._shown is self._session.dataset:
            self._session.select_sample(current.row())

    def _on_dataset_changed(self) -> None:
        self._show(self._session.dataset)

    def _on_arrival(self) -> None:
        """While a set is loaded its first images are seen; afterwards, or if that was stopped, the open one's."""
        shown = self._session.arriving or self._session.dataset
        if shown is not self._shown:
            self._show(shown)

    def _show(self, dataset: Dataset | None) -> None:
        self._shown = dataset
        self._items.show_new(dataset.n_samples if dataset else 0)
        if dataset is self._session.dataset:
            self._on_selected_sample_changed(self._session.selected_sample)

    def _on_selected_sample_changed(self, index: int) -> None:
        self.setCurrentIndex(self._items.index(index, 0))

    def _picture(self, row: int) -> QImage:
        dataset = self._shown
        colours = self._session.preferences.display.colours
        return picture(dataset.sample_image(row), dataset.brightest, self.room(), colours) if dataset else QImage()

    def _caption(self, row: int) -> str:
        return short_name(self._shown.sample_names[row]) if self._shown else ""

    def _spoken(self, row: int) -> str:
        return describe_sample(self._shown, row) if self._shown else ""

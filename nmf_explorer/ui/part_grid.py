"""All parts as a grid of images that fills its space."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, QSizeF, Qt

from nmf_explorer.session.pointer import PointedAt
from nmf_explorer.session.session import Activity
from nmf_explorer.ui.picture_list import PictureList, PictureModel
from nmf_explorer.ui.pictures import part_picture
from nmf_explorer.ui.scaled_image import fitted_size
from nmf_explorer.ui.texts import percent

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from nmf_explorer.session.session import Session

_SMALLEST = 40  # of a part's longer side on screen; below that the grid scrolls


def best_cell(n_items: int, room: QSize, image: QSize, extra: QSize) -> QSize:
    """Size of the cells with which `n_items` equal pictures become largest in a room.

    `extra` is what a cell needs beside the picture. Cells may be higher than the room allows when the pictures
    would otherwise become too small to see.
    """
    best, best_width = QSize(), -1.0
    for columns in range(1, n_items + 1):
        rows = math.ceil(n_items / columns)
        cell = QSize((room.width() - 1) // columns, room.height() // rows)  # a row may not fill the width to the pixel
        size = fitted_size(image, QSizeF(cell - extra), 1)
        if size.width() > best_width and max(size.width(), size.height()) >= _SMALLEST:
            best, best_width = cell, size.width()
    return best if best.isValid() else image.scaled(_SMALLEST, _SMALLEST, Qt.AspectRatioMode.KeepAspectRatio) + extra


class PartGrid(PictureList):
    """The list “Parts”: every part as a picture with its number and share."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("PartGrid", "Parts"), session=session, parent=parent)
        self._session = session
        self._shares: list[float] = []
        self._is_narrow = False
        self._items = PictureModel(self._picture, self._caption, self._spoken, self)
        self.setModel(self._items)
        session.model_changed.connect(self._on_model_changed)
        session.activity_changed.connect(self._on_activity_changed)
        self._on_activity_changed()
        self._on_model_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new space."""
        super().resizeEvent(event)
        self._fill_space()

    def pointed_at(self, row: int) -> PointedAt:
        """Say which part it is."""
        return PointedAt("part", row)

    def _on_model_changed(self) -> None:
        model = self._session.model
        self._shares = model.part_shares().tolist() if model else []
        self._items.show_again(len(self._shares))
        self._fill_space()

    def _on_activity_changed(self) -> None:
        fitting = self._session.activity is Activity.FITTING
        self.set_placeholder(self.tr("Looking for parts…") if fitting else self.tr("Press Fit to find the parts."))

    def _fill_space(self) -> None:
        model = self._session.model
        if model is None:
            return
        height, width = model.sample_shape[:2]
        room, image = self.maximumViewportSize(), QSize(width, height)
        cell = best_cell(model.n_components, room, image, self.extra())
        rows = math.ceil(model.n_components / max(1, room.width() // cell.width()))
        # Said outright: with “as needed” the list would keep room for the bar, and the last column would not fit.
        fits = rows * cell.height() <= room.height()
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        )
        longest = max(self.fontMetrics().horizontalAdvance(self._long_caption(row)) for row in range(len(self._shares)))
        self._is_narrow = longest > cell.width() - self.extra().width()
        if cell != self.gridSize():
            self.setGridSize(cell)

    def _picture(self, row: int) -> QImage:
        return part_picture(self._session, row, self.room())

    def _caption(self, row: int) -> str:
        """Name a part, in narrow cells by its number alone: the equation refers to it."""
        if not self._is_narrow:
            return self._long_caption(row)
        return self.tr("{i}: {share}").format(i=row + 1, share=percent(self._shares[row]))

    def _long_caption(self, row: int) -> str:
        return self.tr("part {i}: {share}").format(i=row + 1, share=percent(self._shares[row]))

    def _spoken(self, row: int) -> str:
        text = self.tr("part {i} of {n}, explains {share}")
        told = text.format(i=row + 1, n=len(self._shares), share=percent(self._shares[row]))
        report = self._session.model.restarts if self._session.model else None
        if not report or not report.n_as_good:
            return told
        found = round(report.n_as_good * float(report.found_again[row]))
        text = self.tr("{part}, found again from {found} of {n} starts that came as low")
        return text.format(part=told, found=found, n=report.n_as_good)

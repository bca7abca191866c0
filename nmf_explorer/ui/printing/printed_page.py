"""The printed page: the set, the equation of the selected sample, and all parts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication

from nmf_explorer.session.state.snapshot import DRAWING
from nmf_explorer.ui.images.array_image import residual_qimage
from nmf_explorer.ui.images.image_painting import draw_frame, draw_hatch, fitted_rect, fitted_size
from nmf_explorer.ui.images.session_images import part_qimage, sample_qimage
from nmf_explorer.ui.printing.page_facts import fit_line, scale_line, set_line
from nmf_explorer.ui.theme.texts import (
    describe_sample,
    number,
    percent,
    printable,
    title_of_part,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPagedPaintDevice

    from nmf_explorer.factorize.model.explain import Explanation
    from nmf_explorer.session.session import Session

_TITLE, _HEADING, _TEXT = 20.0, 13.0, 9.0  # points
_MAX_TERMS = 24
_MAX_EQUATION_HEIGHT = 0.3  # of the page's height
_GAP = 0.6  # of a line of text
_MIN_STORED_PIXELS = 400  # smaller images are enlarged: PDF viewers blur the pixels of small ones


class Cell(NamedTuple):
    """An image with a sign before it and a caption below."""

    image: QImage
    caption: str
    sign: str = ""
    is_signed: bool = False


class PrintedPage:
    """Draw the present state of a session onto one page."""

    def __init__(self, session: Session, device: QPagedPaintDevice) -> None:
        self._session = session
        self._device = device
        self._painter = QPainter()
        self._top = 0.0

    def draw(self) -> bool:
        """Draw the page; return False if the device cannot be written to."""
        if not self._painter.begin(self._device):
            return False
        self._painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)  # else a PDF has JPEG images
        self._painter.setPen(Qt.GlobalColor.black)
        self._top = 0.0
        self._draw_head()
        if explanation := self._session.equation.explanation():
            self._draw_equation(explanation)
        self._draw_parts()
        self._draw_foot()
        return self._painter.end()

    # contents

    def _draw_head(self) -> None:
        dataset, model = self._session.dataset, self._session.model
        if dataset is None or model is None:
            return
        self._write(printable(dataset.name), _TITLE)
        for line in (set_line(dataset, model), fit_line(self._session, model), scale_line(self._session, dataset)):
            self._write(line, _TEXT)

    def _draw_equation(self, explanation: Explanation) -> None:
        from nmf_explorer.factorize.model.part_statistics import MIN_SHARE

        dataset = self._session.dataset
        if dataset is None:
            return
        subject = self._session.equation.subject
        own = QCoreApplication.translate("PrintedPage", "A picture of one's own")
        name = own if subject == DRAWING else describe_sample(dataset, subject)
        self._write(name[:1].upper() + name[1:], _HEADING)
        shown = [term for term in explanation.contributions if term.share >= MIN_SHARE][:_MAX_TERMS]
        error = QCoreApplication.translate("PrintedPage", "residual: {error}")
        cells = [
            Cell(sample_qimage(self._session, explanation.sample, is_printed=True), ""),
            *(
                Cell(
                    part_qimage(self._session, term.part, is_printed=True),
                    f"{number(term.weight, 2)} × {self._name_of(term.part)}",
                    "+" if place else "≈",
                )
                for place, term in enumerate(shown)
            ),
            Cell(
                sample_qimage(self._session, explanation.reconstruction, is_printed=True),
                QCoreApplication.translate("PrintedPage", "reconstruction"),
                "=",
            ),
            Cell(
                residual_qimage(explanation.residual, dataset.brightest),
                error.format(error=percent(explanation.relative_error)),
                is_signed=True,
            ),
        ]
        self._draw_cells(cells, self._height() * _MAX_EQUATION_HEIGHT)
        if hidden := len(explanation.contributions) - len(shown):
            text = QCoreApplication.translate("PrintedPage", "parts that add nearly nothing: {n}")
            self._write(text.format(n=hidden), _TEXT)

    def _draw_parts(self) -> None:
        model = self._session.model
        if model is None:
            return
        self._write(QCoreApplication.translate("PrintedPage", "Parts"), _HEADING)
        template = QCoreApplication.translate("PrintedPage", "{part}: {share} of the sum")
        cells = [
            Cell(
                part_qimage(self._session, part, is_printed=True),
                template.format(part=self._name_of(part), share=percent(share)),
            )
            for part, share in enumerate(model.part_shares().tolist())
        ]
        self._draw_cells(cells, self._height() - self._top - 2 * self._line(_TEXT))

    def _draw_foot(self) -> None:
        date = QLocale().toString(QDate.currentDate(), QLocale.FormatType.LongFormat)
        self._top = self._height() - self._line(_TEXT)
        self._write(f"NMF Explorer, {date}", _TEXT)

    def _name_of(self, part: int) -> str:
        return title_of_part(part, self._session.parts.name_of(part))

    # drawing

    def _draw_cells(self, cells: Sequence[Cell], height: float) -> None:
        """Draw cells row by row, as large as they fit into `height`."""
        columns, cell = self._best_columns(cells, height)
        line, gutter = self._line(_TEXT), self._gutter(cells)
        for place, each in enumerate(cells):
            corner = QPointF(place % columns * cell.width(), self._top + place // columns * cell.height())
            room = QRectF(corner, cell).adjusted(gutter, 0, 0, -line - _GAP * line)
            self._draw_cell(each, room, gutter)
        self._top += math.ceil(len(cells) / columns) * cell.height()

    def _draw_cell(self, cell: Cell, room: QRectF, gutter: float) -> None:
        place = fitted_rect(cell.image.size(), room, 1)
        self._painter.drawImage(place, _upscaled(cell.image))
        if cell.is_signed:
            draw_hatch(self._painter, cell.image, place)
        draw_frame(self._painter, place)
        self._painter.setPen(Qt.GlobalColor.black)
        self._painter.setFont(_font(_TEXT))
        words = QFontMetricsF(_font(_TEXT), self._device)
        caption = words.elidedText(cell.caption, Qt.TextElideMode.ElideRight, room.width())
        beneath = QRectF(room.left(), place.bottom() + 0.1 * words.height(), room.width(), words.height())
        self._painter.drawText(beneath, Qt.AlignmentFlag.AlignHCenter, caption)
        self._painter.setFont(_font(_HEADING))
        before = QRectF(place.left() - gutter, room.top(), gutter, room.height())
        self._painter.drawText(before, Qt.AlignmentFlag.AlignCenter, cell.sign)

    def _best_columns(self, cells: Sequence[Cell], height: float) -> tuple[int, QSizeF]:
        """Return the number of columns that makes the images largest, and the size of a cell."""
        best, best_cell, best_width = 1, QSizeF(), -1.0
        image, line = cells[0].image.size(), self._line(_TEXT)
        for columns in range(1, len(cells) + 1):
            cell = QSizeF(self._width() / columns, height / math.ceil(len(cells) / columns))
            room = cell - QSizeF(self._gutter(cells), (1 + _GAP) * line)
            ratio = min(room.width() / image.width(), room.height() / image.height())
            if ratio > best_width:
                best, best_cell, best_width = columns, cell, ratio
        used = fitted_size(image, best_cell, 1).height() + (1 + _GAP) * line
        return best, QSizeF(best_cell.width(), min(best_cell.height(), used))

    def _gutter(self, cells: Sequence[Cell]) -> float:
        has_signs = any(cell.sign for cell in cells)
        return self._line(_HEADING) if has_signs else 0.5 * self._line(_TEXT)

    def _write(self, text: str, points: float) -> None:
        """Write a line of text, and move below it."""
        words = QFontMetricsF(_font(points), self._device)
        self._painter.setFont(_font(points))
        self._painter.setPen(Qt.GlobalColor.black)
        line = QRectF(0, self._top, self._width(), words.height())
        shortened = words.elidedText(text, Qt.TextElideMode.ElideMiddle, self._width())
        self._painter.drawText(line, Qt.AlignmentFlag.AlignLeft, shortened)
        self._top += words.height() * (1 + _GAP / 2)

    def _line(self, points: float) -> float:
        return QFontMetricsF(_font(points), self._device).height()

    def _width(self) -> float:
        return float(self._painter.viewport().width())

    def _height(self) -> float:
        return float(self._painter.viewport().height())


def _font(points: float) -> QFont:
    font = QFont(QApplication.font())
    font.setPointSizeF(points)
    return font


def _upscaled(image: QImage) -> QImage:
    factor = math.ceil(_MIN_STORED_PIXELS / max(1, image.width(), image.height()))
    return image.scaled(image.size() * factor) if factor > 1 else image

"""A face as a sum of parts, drawn small: what the program shows. The numbers are those of a fit; see the script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImageReader, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from nmf_explorer.resource_files import resource
from nmf_explorer.ui.theme.metrics import GROUP, WEIGHT, font_for, scaled
from nmf_explorer.ui.theme.palettes import colours_of
from nmf_explorer.ui.theme.texts import number
from nmf_explorer.ui.welcome.preview_tiles import draw_tile, read_tiles

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_SIDE, _SIGN = 72, 34  # pixels of an image and between two of them, with letters of the usual size
_N_PIXELS = 32  # width of an image in the file


class ExampleSum(QWidget):
    """A sample, ≈, and its largest terms, as many as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._file = resource("previews/sum.png")
        self._weights = [float(text) for text in QImageReader(str(self._file)).text("weights").split()]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        terms = " + ".join(self._weight_text(weight) for weight in self._weights)
        self.setAccessibleName(
            self.tr("A drawn face ≈ {terms} …, each number times the picture of a part").format(terms=terms)
        )

    def sizeHint(self) -> QSize:
        """Return the height of an image with the line of weights."""
        side = scaled(_SIDE, self.fontMetrics())
        return QSize(2 * side, self._head() + side + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint sample and terms from left to right."""
        del event
        painter = QPainter(self)
        side, sign, head = scaled(_SIDE, self.fontMetrics()), scaled(_SIGN, self.fontMetrics()), self._head()
        colours = colours_of(self.palette())
        tiles = read_tiles(self._file, _N_PIXELS, colours.paper, colours.ink)
        n_terms = max(1, min(len(self._weights), (self.width() - 1) // (side + sign) - 1))
        signs = ["≈", *["+"] * (n_terms - 1), "+ …"]
        bold = font_for(WEIGHT, self.font())
        for place, tile in enumerate(tiles[: n_terms + 1]):
            rect = QRect(1 + place * (side + sign), head, side, side)
            draw_tile(painter, tile, rect, colours)
            painter.setPen(self.palette().windowText().color())
            if place:
                painter.setFont(bold)
                above = QRect(rect.x() - sign // 2, 0, side + sign, head)
                painter.drawText(above, Qt.AlignmentFlag.AlignHCenter, self._weight_text(self._weights[place - 1]))
            large = self.font()
            large.setPointSizeF(large.pointSizeF() * 1.25)
            painter.setFont(large)
            beside = QRect(rect.right() + 1, head, sign * (2 if place == n_terms else 1), side)
            painter.drawText(beside, Qt.AlignmentFlag.AlignCenter, signs[place])
        painter.end()

    def _weight_text(self, weight: float) -> str:
        return f"{number(weight, 2)} ×"

    def _head(self) -> int:
        return QFontMetrics(font_for(WEIGHT, self.font())).height() + GROUP

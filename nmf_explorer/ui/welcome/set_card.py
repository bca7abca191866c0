"""A card of the welcome page: opens a sample set, a few of whose images it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton

from nmf_explorer.ui.theme.metrics import (
    CARD_RADIUS,
    CONTROLS,
    GROUP,
    RING,
    SECTION,
    SECTION_TITLE,
    font_for,
    scaled,
)
from nmf_explorer.ui.theme.palettes import colours_of
from nmf_explorer.ui.theme.texts import number, translated
from nmf_explorer.ui.welcome.preview_tiles import draw_tile, read_tiles

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from nmf_explorer.dataset.sample_sets import SampleSet

_TILE_HEIGHT, _WIDTH, _LEAST_WIDTH = 40, 246, 220  # pixels, with letters of the usual size
_N_ROWS = 2


class SetCard(QToolButton):
    """Shows name, size and a few images of a sample set."""

    def __init__(self, known: SampleSet) -> None:
        super().__init__()
        self._known = known
        self._title = translated(known.title)
        facts = self.tr("{n} images, {k} parts")
        self._facts = facts.format(n=number(known.n_samples, 0), k=number(known.n_components, 0))
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(self._facts)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of two rows of images above two lines of text."""
        return QSize(scaled(_WIDTH, self.fontMetrics()), self._top_of_title() + self._line() + self._text_bottom())

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which name and facts are seen."""
        return QSize(scaled(_LEAST_WIDTH, self.fontMetrics()), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card on the colour of fields."""
        del event
        painter = QPainter(self)
        _draw_card(painter, self)
        self._draw_tiles(painter)
        painter.setPen(self.palette().buttonText().color())
        painter.setFont(font_for(SECTION_TITLE, self.font()))
        room = self.rect().adjusted(SECTION, 0, -SECTION, 0)
        room.setTop(self._top_of_title())
        text = painter.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, text)
        painter.setFont(self.font())
        painter.setPen(self.palette().placeholderText().color())
        room.setTop(room.top() + self._line() + GROUP)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self._facts)
        painter.end()

    def _draw_tiles(self, painter: QPainter) -> None:
        height, width = self._known.sample_shape
        side = scaled(_TILE_HEIGHT, self.fontMetrics())
        size = QSize(max(1, round(side * width / height)), side)
        colours = colours_of(self.palette())
        tiles = read_tiles(self._known.preview, width, colours.paper, colours.ink)
        n_columns = min((self.width() - 2 * SECTION + CONTROLS) // (size.width() + CONTROLS), -(-len(tiles) // _N_ROWS))
        for place, tile in enumerate(tiles[: n_columns * _N_ROWS]):
            row, column = divmod(place, n_columns)
            rect = QRect(SECTION + column * (size.width() + CONTROLS), SECTION + row * (side + CONTROLS), 0, 0)
            rect.setSize(size)
            draw_tile(painter, tile, rect, colours)

    def _top_of_title(self) -> int:
        return SECTION + _N_ROWS * (scaled(_TILE_HEIGHT, self.fontMetrics()) + CONTROLS)

    def _line(self) -> int:
        return QFontMetrics(font_for(SECTION_TITLE, self.font())).height()

    def _text_bottom(self) -> int:
        return GROUP + self.fontMetrics().height() + SECTION


def _draw_card(painter: QPainter, card: QToolButton) -> None:
    """Paint the ground of a card, and its outline: an accent where the mouse is, a ring where the focus is."""
    colours = colours_of(card.palette())
    outline = colours.accent if card.underMouse() or card.hasFocus() else colours.divider
    width = RING if card.hasFocus() else 1
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(outline), width))
    painter.setBrush(QColor(colours.tint if card.isDown() else colours.base))
    inset = width / 2
    painter.drawRoundedRect(card.rect().toRectF().adjusted(inset, inset, -inset, -inset), CARD_RADIUS, CARD_RADIUS)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

"""The workspace: samples, the equation of one sample, all parts, and the timeline of the fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from nmf_explorer.ui.equation.equation_row import EquationRow
from nmf_explorer.ui.fit.timeline import Timeline
from nmf_explorer.ui.images.pixel_line import PixelLine
from nmf_explorer.ui.images.scale_line import ScaleLine
from nmf_explorer.ui.parts.part_detail import PartDetail
from nmf_explorer.ui.parts.part_footer import PartFooter
from nmf_explorer.ui.parts.part_grid import PartGrid
from nmf_explorer.ui.samples.sample_bar import SampleBar
from nmf_explorer.ui.samples.sample_strip import SampleStrip
from nmf_explorer.ui.windows.presentation import EQUATION, PARTS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayoutItem

    from nmf_explorer.session.session import Session

_MIN_PANEL_LINES = 9  # of text; minimum height of the equation and of the parts
_LETTERS_OF_BAR = 32  # width of the sample bar


class Workspace(QWidget):
    """Samples, equation, parts and colour scale, one below the other.

    The sample bar is beside the samples, and the timeline beside the parts, because height is scarce.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sample_bar = SampleBar(session)
        self.samples = SampleStrip(session)
        self.samples.letter_typed.connect(self.sample_bar.begin_search)
        self.sample_bar.search_finished.connect(self.samples.setFocus)
        self.equation, self.parts = EquationRow(session), PartGrid(session)
        line = self.fontMetrics().height()
        for panel in (self.equation, self.parts):
            panel.setMinimumHeight(_MIN_PANEL_LINES * line)
        self.bottom = _splitter(
            Qt.Orientation.Horizontal, _column(self._with_detail(session), PartFooter(session)), Timeline(session, self)
        )
        self.bottom.setStretchFactor(0, 4)
        self.bottom.setStretchFactor(1, 1)
        self.splitter = _splitter(Qt.Orientation.Vertical, self.equation, self.bottom)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        self.sample_bar.setFixedWidth(self.fontMetrics().averageCharWidth() * _LETTERS_OF_BAR)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        top = _side_by_side(self.sample_bar, self.samples)
        self._place = _scrolled(top, self.splitter, PixelLine(session), ScaleLine(session))
        column.addWidget(self._place)

    def min_content_width(self) -> int:
        """Return the width in pixels below which the page scrolls sideways."""
        contents, bar = self._place.widget(), self._place.verticalScrollBar()
        return (contents.minimumSizeHint().width() if contents else 0) + bar.sizeHint().width()

    def _with_detail(self, session: Session) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.parts, 5)
        row.addWidget(PartDetail(session, holder), 4)
        return holder

    def focused_view(self) -> str:
        """Return the view to present: the focused one, by default the equation."""
        return PARTS if self.window().focusWidget() is self.parts else EQUATION


class _MinHeightColumn(QVBoxLayout):
    """A column in a scroll area that shrinks to the minimum heights of its items, not to their preferred ones."""

    def heightForWidth(self, width: int) -> int:
        """Return the minimum height at which wrapping rows show all their lines."""
        items = [self.itemAt(i) for i in range(self.count())]
        heights = [_min_height(item, width) for item in items if item and not item.isEmpty()]
        return sum(heights) + self.spacing() * (len(heights) - 1)


def _min_height(item: QLayoutItem, width: int) -> int:
    if item.hasHeightForWidth():
        return item.minimumHeightForWidth(width)
    return item.minimumSize().height()


def _scrolled(*widgets: QWidget) -> QScrollArea:
    """Return a column of widgets that scrolls if the window is small or the text large."""
    contents, place = QWidget(), QScrollArea()
    column = _MinHeightColumn(contents)
    column.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        column.addWidget(widget)
    place.setWidget(contents)
    place.setWidgetResizable(True)
    place.setFrameShape(QFrame.Shape.NoFrame)
    place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return place


def _splitter(orientation: Qt.Orientation, *widgets: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    for widget in widgets:
        splitter.addWidget(widget)
    return splitter


def _column(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        column.addWidget(widget)
    return holder


def _side_by_side(narrow: QWidget, wide: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(narrow, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(wide, 1, Qt.AlignmentFlag.AlignTop)
    holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    return holder

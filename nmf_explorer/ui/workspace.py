"""The page on which a set is explored: samples above, the equation of one of them, all parts beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from nmf_explorer.ui.equation_row import EquationRow
from nmf_explorer.ui.part_detail import PartDetail
from nmf_explorer.ui.part_foot import PartFoot
from nmf_explorer.ui.part_grid import PartGrid
from nmf_explorer.ui.pixel_line import PixelLine
from nmf_explorer.ui.presentation import BOTH, EQUATION, PARTS
from nmf_explorer.ui.sample_bar import SampleBar
from nmf_explorer.ui.sample_strip import SampleStrip
from nmf_explorer.ui.scale_line import ScaleLine
from nmf_explorer.ui.timeline import Timeline

if TYPE_CHECKING:
    from nmf_explorer.session.session import Session

_LEAST_LINES = 9  # of text: the least height of the equation, and of the parts


class Workspace(QWidget):
    """Sample strip, equation row, part grid and what their colours mean, one beneath the other."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sample_bar = SampleBar(session)
        self.samples = SampleStrip(session)
        self.samples.typed.connect(self.sample_bar.begin_search)
        self.sample_bar.left.connect(self.samples.setFocus)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.equation, self.parts = EquationRow(session), PartGrid(session)
        self.splitter.addWidget(self.equation)
        self.splitter.addWidget(_column(self._with_detail(session), PartFoot(session), Timeline(session)))
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setChildrenCollapsible(False)
        line = self.fontMetrics().height()
        for panel in (self.equation, self.parts):
            panel.setMinimumHeight(_LEAST_LINES * line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            _scrolled(self.sample_bar, self.samples, self.splitter, PixelLine(session), ScaleLine(session))
        )

    def _with_detail(self, session: Session) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.parts, 5)
        row.addWidget(PartDetail(session, holder), 4)
        return holder

    def focused_view(self) -> str:
        """What is to be presented: what has the keyboard, or both."""
        focused = self.window().focusWidget()
        if self.equation.isAncestorOf(focused):
            return EQUATION
        return PARTS if focused is self.parts else BOTH


class _DenseColumn(QVBoxLayout):
    """A column that can do with the least height of what is in it."""

    def hasHeightForWidth(self) -> bool:
        """Say no, though some rows wrap: a scroll area would else give the height that all of it likes best."""
        return False


def _scrolled(*widgets: QWidget) -> QScrollArea:
    """Some widgets beneath one another, which can be scrolled where the window is small or the text large."""
    contents, place = QWidget(), QScrollArea()
    column = _DenseColumn(contents)
    column.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        column.addWidget(widget)
    place.setWidget(contents)
    place.setWidgetResizable(True)
    place.setFrameShape(QFrame.Shape.NoFrame)
    place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return place


def _column(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        column.addWidget(widget)
    return holder

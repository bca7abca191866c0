"""Tools below the canvas: brush, eraser, width, colour, clear, and start from the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QColorDialog, QPushButton, QWidget

from nmf_explorer.session.exploring.drawing import WIDTHS
from nmf_explorer.ui.widgets.flow_layout import FlowLayout
from nmf_explorer.ui.widgets.number_boxes import WholeNumberBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmf_explorer.session.session import Session

_ICON_SIZE = 16


class DrawingTools(QWidget):
    """The group “Drawing tools”, visible only while drawing."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAccessibleName(self.tr("Drawing tools"))
        self._eraser = QPushButton(self.tr("Eraser"))
        self._width = WholeNumberBox()
        self._colour = QPushButton(self.tr("Colour…"))
        self._row = FlowLayout()
        self._lay_out()
        session.drawing.changed.connect(self._on_changed)
        session.dataset_changed.connect(self._on_changed)
        self._on_changed()

    def _lay_out(self) -> None:
        drawing = self._session.drawing
        self._eraser.setCheckable(True)
        self._eraser.setToolTip(self.tr("The brush removes what it touches"))
        self._eraser.toggled.connect(lambda checked: drawing.set_eraser(erases=checked))
        self._width.setRange(*WIDTHS)
        self._width.setAccessibleName(self.tr("Width of the brush"))
        self._width.describe(self.tr("How many pixels the brush is wide"))
        self._width.setPrefix(self.tr("Brush "))
        self._width.lineEdit().setAcceptDrops(False)  # a dropped file must reach the window
        self._width.valueChanged.connect(drawing.set_width)
        self._colour.clicked.connect(self._open_colour_dialog)
        self.setLayout(self._row)
        for widget in (self._eraser, self._width, self._colour):
            self._row.addWidget(widget)
        self._add_button(self.tr("Clear"), self.tr("Begin with an empty picture"), drawing.clear)
        self._add_button(
            self.tr("From Sample"), self.tr("Begin with the sample that was looked at"), drawing.start_from_sample
        )

    def _add_button(self, text: str, tip: str, slot: Callable[[], object]) -> None:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.clicked.connect(lambda _checked=False: slot())
        self._row.addWidget(button)

    def _on_changed(self) -> None:
        drawing, dataset = self._session.drawing, self._session.dataset
        self.setVisible(drawing.is_open)
        self._eraser.setChecked(drawing.erases)
        self._width.setValue(drawing.width)
        self._colour.setVisible(dataset is not None and len(dataset.sample_shape) == 3)
        swatch = QPixmap(_ICON_SIZE, _ICON_SIZE)
        swatch.fill(QColor.fromRgbF(*drawing.colour))
        self._colour.setIcon(QIcon(swatch))

    def _open_colour_dialog(self) -> None:
        dialog = QColorDialog(QColor.fromRgbF(*self._session.drawing.colour), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Colour of the brush"))
        dialog.colorSelected.connect(self._on_colour_selected)
        dialog.open()

    def _on_colour_selected(self, colour: QColor) -> None:
        self._session.drawing.set_colour(colour.redF(), colour.greenF(), colour.blueF())

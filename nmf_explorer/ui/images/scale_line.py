"""Colour scales of images, parts and residuals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from nmf_explorer.ui.images.array_image import colour_bar, signed_background
from nmf_explorer.ui.images.image_painting import draw_frame, draw_hatch
from nmf_explorer.ui.theme.texts import number
from nmf_explorer.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPaintEvent

    from nmf_explorer.session.session import Session


class ScaleBar(QWidget):
    """The colours of a scale, lowest first; with `is_signed` hatched below zero."""

    def __init__(self, *, is_signed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_signed = is_signed
        self._bar: QImage = colour_bar(colours="grey", is_signed=is_signed)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_colours(self, colours: str) -> None:
        """Show a colour map of `session.display`."""
        self._bar = colour_bar(colours=colours)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a capital letter."""
        metrics = self.fontMetrics()
        return QSize(7 * metrics.averageCharWidth(), metrics.ascent())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the colours in a frame."""
        del event
        painter = QPainter(self)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        bar = self._bar
        if self._is_signed:
            bar = signed_background(self.palette().color(QPalette.ColorRole.Window), bar)
        painter.drawImage(place, bar)
        if self._is_signed:
            draw_hatch(painter, bar, place)
        draw_frame(painter, place)
        painter.end()


class _Scale(QWidget):
    """Title, lowest value, colours and highest value, with one accessible name."""

    def __init__(self, *, is_signed: bool = False) -> None:
        super().__init__()
        self.bar = ScaleBar(is_signed=is_signed)
        self._title, self._low, self._high = QLabel(), QLabel(), QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, self.fontMetrics().averageCharWidth() * 2, 0)
        for widget in (self._title, self._low, self.bar, self._high):
            row.addWidget(widget)
            widget.setForegroundRole(widget.palette().ColorRole.PlaceholderText)
        row.addStretch(1)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # numbers increase to the right in every language

    def show_range(self, title: str, low: str, high: str) -> None:
        """Show this title and these ends."""
        self._title.setText(title)
        self._low.setText(low)
        self._high.setText(high)
        self.setAccessibleName(self.tr("{title} from {low} to {high}").format(title=title, low=low, high=high))


class ScaleLine(QWidget):
    """The scales of images and reconstructions, of parts, and of the residual."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._images, self._parts, self._residual = _Scale(), _Scale(), _Scale(is_signed=True)
        self._images.setToolTip(
            self.tr("Samples and reconstructions share a scale: its end is the largest value of the set.")
        )
        self._residual.setToolTip(
            self.tr("Sample minus reconstruction. Blue: missing from the sum. Red and hatched: too much.")
        )
        self._own_colours = QLabel(self.tr("the images have colours of their own"))
        self._own_colours.setForegroundRole(self._own_colours.palette().ColorRole.PlaceholderText)
        row = FlowLayout()
        for widget in (self._images, self._parts, self._residual, self._own_colours):
            row.addWidget(widget)
        self.setLayout(row)
        self.setAccessibleName(self.tr("Scales"))
        session.dataset_changed.connect(self._refresh)
        session.preferences.display_changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        display, dataset = self._session.preferences.display, self._session.dataset
        white = number(dataset.brightest, 2) if dataset else number(1.0, 2)
        zero = number(0, 0)
        self._images.show_range(self.tr("images:"), zero, white)
        if display.scale == "own":
            self._parts.setToolTip(self.tr("The end of the scale is the largest pixel of each part."))
            self._parts.show_range(self.tr("each part on its own scale:"), zero, self.tr("its largest"))
        else:
            self._parts.setToolTip(self.tr("Each part is shown at its largest weight, on the scale of the images."))
            self._parts.show_range(self.tr("all parts on one scale, at their largest weights:"), zero, white)
        self._residual.show_range(
            self.tr("residual:"),
            f"−{white}",
            f"+{white}",
        )
        has_own_colours = dataset is not None and len(dataset.sample_shape) == 3
        self._own_colours.setVisible(has_own_colours and display.colours not in {"automatic", "grey"})
        for scale in (self._images, self._parts):
            scale.bar.show_colours("grey" if has_own_colours else display.colours_of(dataset))

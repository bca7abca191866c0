"""One image, as large as its space allows, with an accessible name and description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from nmf_explorer.ui.images.array_image import signed_background
from nmf_explorer.ui.images.image_painting import draw_image, fitted_rect
from nmf_explorer.ui.images.pixel_marker import draw_marker, handle_key, pixel_under
from nmf_explorer.ui.theme.texts import describe_widget

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from nmf_explorer.session.exploring.pointer import Pixel
    from nmf_explorer.session.session import Session

_FOCUS_WIDTH = 2
FRAME = _FOCUS_WIDTH + 1  # pixels around an image, on each side


class ImageView(QLabel):
    """An image, based on QLabel with a pixmap, which assistive technology knows as an image.

    With a session, it follows the display settings, and its pixels can be pointed at.
    """

    def __init__(self, name: str, *, session: Session | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._image = QImage()
        self._is_signed = False
        self._opacity = 1.0
        self._told_size = QSize()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(48, 48)
        if session:
            self.setMouseTracking(True)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            session.pointer.changed.connect(self.update)

    def show_image(self, image: QImage, description: str, *, is_signed: bool = False) -> None:
        """Show an image, hatched below zero if `is_signed`, with a description."""
        self._image = image
        self._is_signed = is_signed
        if self._told_size != image.size():  # only for assistive technology; each call repeats the layout
            self._told_size = image.size()
            self.setPixmap(QPixmap.fromImage(image))
        self.describe(description)
        self.update()

    def describe(self, description: str) -> None:
        """Set accessible description and tool tip."""
        if description != self.accessibleDescription():
            describe_widget(self, description)

    def set_opacity(self, opacity: float) -> None:
        """Paint the image with this opacity (0..1)."""
        if opacity != self._opacity:
            self._opacity = opacity
            self.update()

    def show_empty(self) -> None:
        """Show no image."""
        self.show_image(QImage(), "")

    def image(self) -> QImage:
        """Return the shown image at its own size."""
        return self._image

    def image_rect(self) -> QRectF:
        """Return the rectangle in which the image is painted."""
        return fitted_rect(self._image.size(), self._room(), self.devicePixelRatio())

    def pixel_at(self, point: QPointF, *, beyond: bool = False) -> tuple[float, float] | None:
        """Return row and column, with fractions, at a point; None outside of the image, unless `beyond`."""
        rect = self.image_rect()
        if rect.isEmpty() or not (beyond or rect.contains(point)):
            return None
        scale = self._image.width() / rect.width()
        return (point.y() - rect.top()) * scale, (point.x() - rect.left()) * scale

    def sizeHint(self) -> QSize:
        """Return a size that shows small images well."""
        return QSize(160, 160)

    def minimumSizeHint(self) -> QSize:
        """Return a small size, whatever the image."""
        return QSize(48, 48)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the image, the pixel marker and the focus frame."""
        del event
        painter = QPainter(self)
        if self._image.isNull():
            painter.setPen(Qt.PenStyle.DotLine)
            painter.setOpacity(0.4)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        else:
            painter.setOpacity(self._opacity)
            is_smooth = self._session is not None and self._session.preferences.display.is_smooth
            image = self._image
            if self._is_signed:
                image = signed_background(self.palette().color(QPalette.ColorRole.Window), image)
            rect = draw_image(painter, image, self._room(), is_smooth=is_smooth, is_signed=self._is_signed)
            if self._session:
                draw_marker(painter, rect, self._session.pointer)
        painter.setOpacity(1)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), _FOCUS_WIDTH))
            frame = self.image_rect() if not self._image.isNull() else self._room()
            painter.drawRect(frame.adjusted(-1, -1, 1, 1))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the pixel under the mouse."""
        if self._session:
            self._session.pointer.hover(self._pixel_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Point here, even if the pointer is held elsewhere."""
        pixel = self._pixel_at(event.position())
        if self._session and pixel:
            self._session.pointer.mark(pixel)

    def leaveEvent(self, event: QEvent) -> None:
        """Stop pointing."""
        super().leaveEvent(event)
        if self._session:
            self._session.pointer.hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys of the pointer."""
        if not (self._session and handle_key(self._session.pointer, event)):
            super().keyPressEvent(event)

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_FOCUS_WIDTH, _FOCUS_WIDTH, -_FOCUS_WIDTH, -_FOCUS_WIDTH)

    def _pixel_at(self, point: QPointF) -> Pixel | None:
        return pixel_under(point, self.image_rect(), self._session.pointer.shape) if self._session else None

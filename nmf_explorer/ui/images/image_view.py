"""One picture, as large as its place allows, with a name and a value that a screen reader can say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from nmf_explorer.ui.images.array_image import signed_background
from nmf_explorer.ui.images.image_painting import draw_image, place_of
from nmf_explorer.ui.images.pixel_marker import draw_mark, handle_key, pixel_under
from nmf_explorer.ui.theme.texts import plain_tool_tip

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from nmf_explorer.session.exploring.pointer import Pixel
    from nmf_explorer.session.session import Session

_FOCUS_WIDTH = 2
FRAME = _FOCUS_WIDTH + 1  # around a picture, on each side


class ImageView(QLabel):
    """A picture. It is a label with a pixmap, which is what assistive technology knows as an image.

    With a session it is enlarged as the user likes it, and its pixels can be pointed at.
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
        """Show a picture, hatched below zero if it `is_signed`, and say in words what it shows."""
        self._image = image
        self._is_signed = is_signed
        if self._told_size != image.size():  # only told to assistive technology, and everything is laid out anew
            self._told_size = image.size()
            self.setPixmap(QPixmap.fromImage(image))
        self.describe(description)
        self.update()

    def describe(self, description: str) -> None:
        """Say in words what the picture shows."""
        if description != self.accessibleDescription():
            self.setAccessibleDescription(description)
            self.setToolTip(plain_tool_tip(description))

    def set_opacity(self, opacity: float) -> None:
        """Draw the picture as a whole, at 1, or fainter."""
        if opacity != self._opacity:
            self._opacity = opacity
            self.update()

    def show_nothing(self) -> None:
        """Show an empty place."""
        self.show_image(QImage(), "")

    def image(self) -> QImage:
        """The picture that is shown, at its own size."""
        return self._image

    def place(self) -> QRectF:
        """Where the picture is drawn."""
        return place_of(self._image.size(), self._room(), self.devicePixelRatio())

    def pixel_at(self, point: QPointF, *, beyond: bool = False) -> tuple[float, float] | None:
        """Row and column, with fractions, of what is drawn at a point; None beside the picture, unless `beyond` it."""
        place = self.place()
        if place.isEmpty() or not (beyond or place.contains(point)):
            return None
        scale = self._image.width() / place.width()
        return (point.y() - place.top()) * scale, (point.x() - place.left()) * scale

    def sizeHint(self) -> QSize:
        """Ask for a square that shows small pictures well."""
        return QSize(160, 160)

    def minimumSizeHint(self) -> QSize:
        """Allow little room, whatever the picture's size."""
        return QSize(48, 48)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture enlarged by a whole number."""
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
            place = draw_image(painter, image, self._room(), is_smooth=is_smooth, is_signed=self._is_signed)
            if self._session:
                draw_mark(painter, place, self._session.pointer)
        painter.setOpacity(1)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), _FOCUS_WIDTH))
            frame = self.place() if not self._image.isNull() else self._room()
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
            self._session.pointer.place(pixel)

    def leaveEvent(self, event: QEvent) -> None:
        """Point no more."""
        super().leaveEvent(event)
        if self._session:
            self._session.pointer.hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the pointer, move it, let it go."""
        if not (self._session and handle_key(self._session.pointer, event)):
            super().keyPressEvent(event)

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_FOCUS_WIDTH, _FOCUS_WIDTH, -_FOCUS_WIDTH, -_FOCUS_WIDTH)

    def _pixel_at(self, spot: QPointF) -> Pixel | None:
        return pixel_under(spot, self.place(), self._session.pointer.shape) if self._session else None

"""One picture, as large as its place allows, with a name and a value that a screen reader can say."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from nmf_explorer.ui.scaled_image import draw_image
from nmf_explorer.ui.texts import plain_tool_tip


class ImageView(QLabel):
    """A picture. It is a label with a pixmap, which is what assistive technology knows as an image."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(48, 48)

    def show_image(self, image: QImage, description: str) -> None:
        """Show a picture, and say in words what it shows."""
        self._image = image
        self.setPixmap(QPixmap.fromImage(image))
        self.setAccessibleDescription(description)
        self.setToolTip(plain_tool_tip(description))

    def show_nothing(self) -> None:
        """Show an empty place."""
        self.show_image(QImage(), "")

    def image(self) -> QImage:
        """The picture that is shown, at its own size."""
        return self._image

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
            draw_image(painter, self._image, QRectF(self.rect()))
        painter.end()

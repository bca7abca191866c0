"""Icons in colours of the palette: outlines of resources/icons/ui, drawn in the size and colour asked for."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QImage, QPainter, QPixmap

from nmf_explorer.resource_files import resource
from nmf_explorer.ui.theme.palettes import colours_of

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QRect

_GIVEN_STROKE, _STROKE = 'stroke-width="2"', 'stroke-width="1.75"'  # a thinner line goes with letters of 13 pixels
_MAX_KEPT = 512  # images of one name, size and colour


class _IconEngine(QIconEngine):
    """Draws one icon in a colour of the application's palette, pale where the control is disabled."""

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name, self._colour = name, colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon in the middle of a rectangle, with all pixels of the screen."""
        del state
        side = min(rect.width(), rect.height())
        image = _drawn(self._name, round(side * painter.device().devicePixelRatio()), self._hex(mode))
        room = QRectF(0, 0, side, side)
        room.moveCenter(QRectF(rect).center())
        painter.drawImage(room, image)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon in this many pixels."""
        del state
        return QPixmap.fromImage(_drawn(self._name, min(size.width(), size.height()), self._hex(mode)))

    def iconName(self) -> str:
        """Return the name of the file without its ending, by which a style finds the icon in another colour."""
        return self._name

    def clone(self) -> QIconEngine:
        """Return an equal engine."""
        return _IconEngine(self._name, self._colour)

    def _hex(self, mode: QIcon.Mode) -> str:
        colours = colours_of(QGuiApplication.palette())
        return str(getattr(colours, "disabled" if mode is QIcon.Mode.Disabled else self._colour))


@cache
def icon(name: str, colour: str = "text") -> QIcon:
    """Return an icon by its name, such as “player-play”, in a colour by role: a field of `palettes.Colours`."""
    if not _file(name).is_file():
        msg = f"there is no icon {name!r}"
        raise ValueError(msg)
    return QIcon(_IconEngine(name, colour))


def _file(name: str) -> Path:
    return resource(f"icons/ui/{name}.svg")


@lru_cache(maxsize=_MAX_KEPT)
def _drawn(name: str, side: int, colour: str) -> QImage:
    """Draw an icon with this many pixels on each side."""
    from PySide6.QtSvg import QSvgRenderer  # the first window does not wait for it

    text = _file(name).read_bytes().replace(b"currentColor", colour.encode())
    image = QImage(max(1, side), max(1, side), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer = QSvgRenderer(QByteArray(text.replace(_GIVEN_STROKE.encode(), _STROKE.encode())))
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    return image

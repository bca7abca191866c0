"""Draw the program's icon in the sizes that desktops ask for: ``.venv/bin/python resources/make_icons.py``.

Reads resources/icons/nmf-explorer.svg and writes nmf-explorer-16.png to nmf-explorer-256.png beside it.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent / "icons"
SIZES = (16, 32, 48, 128, 256)


def draw(svg: Path, size: int) -> QImage:
    """Render an SVG file into a square picture on nothing, ``size`` pixels wide."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(str(svg))
    if not renderer.isValid():
        msg = f"{svg} is no SVG that Qt can draw"
        raise ValueError(msg)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    return image


def main() -> None:
    """Write one PNG for each size, and say so."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    for size in SIZES:
        png = ICONS / f"nmf-explorer-{size}.png"
        if not draw(ICONS / "nmf-explorer.svg", size).save(str(png)):
            msg = f"{png} cannot be written"
            raise OSError(msg)
        print(f"{png.name}: {png.stat().st_size} bytes")
    application.quit()


if __name__ == "__main__":
    main()

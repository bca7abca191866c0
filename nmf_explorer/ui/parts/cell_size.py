"""Size of the cells of a grid of images: the largest that shows all, or some zoom steps larger or smaller."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, QSizeF, Qt

from nmf_explorer.ui.images.image_painting import fitted_size

_MIN_AUTO_SIDE = 40  # pixels of the longer side on screen; below that the grid scrolls
_MIN_SIDE = 24  # pixels of that side at the smallest zoom
_ZOOM_STEP = 1.25
_ALMOST_FULL = 0.9


def best_cell_size(n_items: int, room: QSize, image: QSize, padding: QSize) -> QSize:
    """Return the cell size at which `n_items` equal images become largest in a room.

    `padding` is what a cell needs beside the image. Cells may be higher than the room if images would get too small.
    """
    best, best_width = QSize(), -1.0
    side = max(image.width(), image.height())
    # Small images are visible without enlarging.
    smallest = side if _MIN_SIDE <= side < _MIN_AUTO_SIDE else _MIN_AUTO_SIDE
    # Of all column counts only the least for each row count: more columns make narrower cells of the same height.
    for columns in sorted({math.ceil(n_items / rows) for rows in range(1, n_items + 1)}):
        rows = math.ceil(n_items / columns)
        cell = QSize((room.width() - 1) // columns, room.height() // rows)  # a row must not fill the width completely
        size = fitted_size(image, QSizeF(cell - padding), 1)
        if size.width() > best_width and max(size.width(), size.height()) >= smallest:
            best, best_width = cell, size.width()
    return (
        best
        if best.isValid()
        else image.scaled(_MIN_AUTO_SIDE, _MIN_AUTO_SIDE, Qt.AspectRatioMode.KeepAspectRatio) + padding
    )


def zoomed_cell_size(cell: QSize, room: QSize, image: QSize, padding: QSize, steps: int) -> QSize:
    """Return a cell some steps larger or smaller, as long as an image fits into the room and can be clicked."""
    if steps == 0 or image.isEmpty():
        return cell
    factor = fitted_size(image, QSizeF(cell - padding), 1).width() / image.width()
    zoomed = cell
    for _ in range(abs(steps)):
        factor = _larger(factor) if steps > 0 else _smaller(factor)
        size = QSize(math.ceil(image.width() * factor), math.ceil(image.height() * factor))
        is_too_large = steps > 0 and (size + padding).boundedTo(room) != size + padding
        if is_too_large or max(size.width(), size.height()) < _MIN_SIDE:
            break
        zoomed = size + padding
    return zoomed


def _larger(factor: float) -> float:
    """Return the next zoom factor; enlarged images have whole factors, and almost full size becomes full size."""
    larger = factor * _ZOOM_STEP
    if factor < 1:
        return larger if larger < _ALMOST_FULL else 1.0
    return max(factor + 1, math.floor(larger))


def _smaller(factor: float) -> float:
    return factor / _ZOOM_STEP if factor <= 1 else min(factor - 1, math.ceil(factor / _ZOOM_STEP))

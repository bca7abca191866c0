"""How large the cells of a grid of pictures are: as large as lets all be seen, or some steps larger or smaller."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, QSizeF, Qt

from nmf_explorer.ui.images.image_painting import fitted_size

_SMALLEST = 40  # of a picture's longer side on screen; below that the grid scrolls
_LEAST = 24  # of that side, however far it is made smaller
_STEP = 1.25
_NEARLY = 0.9


def best_cell_size(n_items: int, room: QSize, image: QSize, extra: QSize) -> QSize:
    """Size of the cells with which `n_items` equal pictures become largest in a room.

    `extra` is what a cell needs beside the picture. Cells may be higher than the room allows when the pictures
    would otherwise become too small to see.
    """
    best, best_width = QSize(), -1.0
    side = max(image.width(), image.height())
    smallest = side if _LEAST <= side < _SMALLEST else _SMALLEST  # small pictures need not be enlarged to be seen
    # Of all numbers of columns only the least for each number of rows: more of them would be narrower, and as high.
    for columns in sorted({math.ceil(n_items / rows) for rows in range(1, n_items + 1)}):
        rows = math.ceil(n_items / columns)
        cell = QSize((room.width() - 1) // columns, room.height() // rows)  # a row may not fill the width to the pixel
        size = fitted_size(image, QSizeF(cell - extra), 1)
        if size.width() > best_width and max(size.width(), size.height()) >= smallest:
            best, best_width = cell, size.width()
    return best if best.isValid() else image.scaled(_SMALLEST, _SMALLEST, Qt.AspectRatioMode.KeepAspectRatio) + extra


def zoomed_cell_size(cell: QSize, room: QSize, image: QSize, extra: QSize, steps: int) -> QSize:
    """A cell some steps larger or smaller, as far as a picture fits into the room and can still be hit."""
    if steps == 0 or image.isEmpty():
        return cell
    factor = fitted_size(image, QSizeF(cell - extra), 1).width() / image.width()
    zoomed = cell
    for _ in range(abs(steps)):
        factor = _larger(factor) if steps > 0 else _smaller(factor)
        size = QSize(math.ceil(image.width() * factor), math.ceil(image.height() * factor))
        is_too_large = steps > 0 and (size + extra).boundedTo(room) != size + extra
        if is_too_large or max(size.width(), size.height()) < _LEAST:
            break
        zoomed = size + extra
    return zoomed


def _larger(factor: float) -> float:
    """A step up; pictures are enlarged by whole numbers, and hardly smaller than they are is no step."""
    larger = factor * _STEP
    if factor < 1:
        return larger if larger < _NEARLY else 1.0
    return max(factor + 1, math.floor(larger))


def _smaller(factor: float) -> float:
    return factor / _STEP if factor <= 1 else min(factor - 1, math.ceil(factor / _STEP))

"""Sizes of the cells of a grid of images."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSize, QSizeF

from nmf_explorer.ui.images.image_painting import fitted_size
from nmf_explorer.ui.parts.cell_size import best_cell_size, zoomed_cell_size

sides = st.integers(2, 64)
EXTRA = QSize(12, 30)


@settings(deadline=None)
@given(n=st.integers(1, 60), room=st.tuples(st.integers(200, 2000), st.integers(150, 1200)), height=sides, width=sides)
def test_each_zoom_step_changes_the_size_until_it_does_not_fit(
    n: int, room: tuple[int, int], height: int, width: int
) -> None:
    area, image = QSize(*room), QSize(width, height)
    cell = best_cell_size(n, area, image, EXTRA)
    widths = [
        fitted_size(image, QSizeF(zoomed_cell_size(cell, area, image, EXTRA, steps) - EXTRA), 1).width()
        for steps in range(-12, 13)
    ]
    assert widths == sorted(widths)
    assert zoomed_cell_size(cell, area, image, EXTRA, 0) == cell
    largest = zoomed_cell_size(cell, area, image, EXTRA, 50)
    assert largest == cell or largest.boundedTo(area) == largest
    smallest = zoomed_cell_size(cell, area, image, EXTRA, -50)
    assert smallest == cell or max((smallest - EXTRA).toTuple()) >= 24
    inner = [w for w in widths if widths[0] < w < widths[-1]]
    assert len(set(inner)) == len(inner)


def test_an_image_at_its_own_size_can_be_zoomed_out() -> None:
    image, area = QSize(64, 64), QSize(800, 600)
    zoomed = zoomed_cell_size(image + EXTRA, area, image, EXTRA, -1)
    assert (zoomed - EXTRA).width() == 52  # 64 / 1.25, rounded up


def test_small_parts_fill_a_low_grid_without_being_enlarged() -> None:
    cell = best_cell_size(12, QSize(780, 170), QSize(32, 32), QSize(10, 26))
    assert (780 // cell.width(), 170 // cell.height()) == (6, 2)

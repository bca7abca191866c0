"""Where everything of a sum stands: sample, terms on one line or two, signs, reconstruction, residual."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MARGIN, _GAP, _LINE_GAP = 24, 20, 8  # pixels beside the sum, before the residual, between two lines of terms
_HEAD_GAP = 4  # pixels between a head and its image
_MAX_ON_ONE_LINE = 4  # terms that always stand on one line
# Least longer side of an image of a term, in pixels, by where the terms stand.
_TWO_LINES, _ONE_LINE, _TWO_LINES_WITH_REST, _ONE_LINE_WITH_REST, _LEAST = 48, 104, 62, 84, 48
_LEAST_OF_ONE_LINE = 0.9  # of its images to those of one line: two lines are chosen from there on
_MAX_SLOTS_BESIDE_REST = 6  # on one line, with the rest
_MAX_STEPS = 8  # of the search for the useful height
_SMALLEST_SIDE = 16  # pixels; smaller images than this are cut off by the room instead


class SumSizes(NamedTuple):
    """Sizes of letters and controls in pixels."""

    line: int  # height of a line of text
    title: int  # width of the widest title of a part
    weight: tuple[int, int]  # width of the widest weight, where terms stand on one line and on two
    weight_line: tuple[int, int]  # height of a weight, likewise
    sign: int  # width of a sign with the space around it
    slider: int  # height


class SumLayout(NamedTuple):
    """Rectangles in the room of the sum; what is named after an image is the image alone."""

    n_lines: int  # of terms, 1 or 2
    head_lines: int  # 1: weight and title side by side; 2: one below the other
    has_rest: bool  # whether the last place is needed for the rest of a usual sum
    head: int  # height above each image of a term, in pixels
    below: int  # height below each image, for the slider
    sample: QRect
    images: tuple[QRect, ...]  # the places of the terms; where they do not suffice, the last is that of the rest
    cells: tuple[QRect, ...]  # the same with head and slider
    signs: tuple[QRect, ...]  # the sign before each term, “≈” before the first
    equals: QRect
    reconstruction: QRect
    residual: QRect
    height: int

    @property
    def side(self) -> int:
        """The longer side of an image of a term, in pixels."""
        return max(self.images[0].width(), self.images[0].height())

    @property
    def terms(self) -> QRect:
        """The rectangle of all terms with their heads, sliders and signs between them."""
        around = QRect()
        for cell in self.cells:
            around = around.united(cell)
        return around

    def caption_above(self, image: QRect, line: int) -> QRect:
        """Return the line of text above an image, as wide as the gaps beside it allow."""
        return QRect(image.x() - _GAP // 2, image.y() - _HEAD_GAP - line, image.width() + _GAP, line)

    def caption_below(self, image: QRect, line: int) -> QRect:
        """Return the line of text below an image, likewise."""
        return QRect(image.x() - _GAP // 2, image.bottom() + 1 + _HEAD_GAP, image.width() + _GAP, line)


class _Plan(NamedTuple):
    """Numbers from which all rectangles follow."""

    sizes: SumSizes
    aspect: float  # width of an image to its height
    n_lines: int
    n_slots: int
    head_lines: int

    @property
    def n_columns(self) -> int:
        return math.ceil(self.n_slots / self.n_lines)

    @property
    def head(self) -> int:
        weight = self.sizes.weight_line[self.n_lines - 1]
        return weight + _HEAD_GAP + (self.sizes.line if self.head_lines == 2 else 0)

    @property
    def head_width(self) -> int:
        weight, title = self.sizes.weight[self.n_lines - 1], self.sizes.title
        return weight + title if self.head_lines == 1 else max(weight, title)

    @property
    def below(self) -> int:
        return max(self.sizes.slider, self.sizes.line + _HEAD_GAP)

    def width_of(self, height: int) -> int:
        return max(1, round(self.aspect * height))

    def cell_width(self, height: int) -> int:
        return max(self.width_of(height), self.head_width)

    def large(self, height: int) -> int:
        """Return the height of sample and reconstruction beside terms of this height."""
        return height if self.n_lines == 1 else 2 * height + self.below + _LINE_GAP + self.head

    def total_width(self, height: int) -> int:
        """Return the width of everything."""
        terms = self.n_columns * self.cell_width(height) + (self.n_columns + 1) * self.sizes.sign
        residual = max(self.width_of(height), self.sizes.weight[1])
        return 2 * self.width_of(self.large(height)) + terms + _GAP + residual

    def total_height(self, height: int) -> int:
        """Return the height of everything."""
        return self.head + self.large(height) + self.below

    def largest(self, room: QSize) -> int:
        """Return the largest height of a term at which everything fits, at least a few pixels."""
        low, high = max(1, round(_SMALLEST_SIDE / max(1.0, self.aspect))), max(2, room.height())
        while low < high:
            middle = (low + high + 1) // 2
            if self.total_width(middle) <= room.width() - 2 * _MARGIN and self.total_height(middle) <= room.height():
                low = middle
            else:
                high = middle - 1
        return low

    def side(self, room: QSize) -> int:
        """Return the longer side of an image of a term."""
        height = self.largest(room)
        return max(height, self.width_of(height))


def lay_out_sum(room: QSize, sizes: SumSizes, aspect: float, n_terms: int) -> SumLayout:
    """Return the layout of sums with usually up to `n_terms` terms; samples of one model share it.

    A sum with fewer terms leaves the last places empty, so that nothing moves from sample to sample.
    """
    plan = _choose(room, sizes, min(max(aspect, 0.05), 20.0), max(1, n_terms))
    return _rectangles(plan, plan.largest(room), room, has_rest=plan.n_slots < n_terms)


def useful_height(width: int, sizes: SumSizes, aspect: float, n_terms: int, max_side: int) -> int:
    """Return the height in pixels beyond which images do not grow at this width, or are `max_side` pixels high."""
    height = 20 * max_side
    for _ in range(_MAX_STEPS):  # in a lower room another layout may be better, with other heights beside the images
        layout = lay_out_sum(QSize(width, height), sizes, aspect, n_terms)
        height = layout.height - max(0, layout.sample.height() - max_side)
        if height == layout.height:
            break
    return height


def _choose(room: QSize, sizes: SumSizes, aspect: float, n_terms: int) -> _Plan:
    """Return the best plan: all terms where their images are large enough, else fewer and the rest."""

    def best(n_lines: int, n_slots: int) -> _Plan:
        plans = [_Plan(sizes, aspect, n_lines, n_slots, head_lines) for head_lines in (1, 2)]
        return max(plans, key=lambda plan: plan.largest(room))

    one, two = best(1, n_terms), best(2, n_terms)
    if n_terms <= _MAX_ON_ONE_LINE and one.side(room) >= _LEAST:
        return one
    if n_terms > _MAX_ON_ONE_LINE:
        is_as_large = two.largest(room) >= _LEAST_OF_ONE_LINE * one.largest(room)
        if two.side(room) >= _TWO_LINES and is_as_large:
            return two
        if one.side(room) >= _ONE_LINE:
            return one
    large_enough = (plan for plan, least in _with_rest(best, n_terms) if plan.side(room) >= least)
    return next(large_enough, best(1, min(n_terms, 2)))


def _with_rest(best: Callable[[int, int], _Plan], n_terms: int) -> Iterator[tuple[_Plan, int]]:
    """Return plans with fewer places than terms, most places first, with the least side of their images."""
    for n_columns in range((n_terms - 1) // 2, 1, -1):
        yield best(2, 2 * n_columns), _TWO_LINES_WITH_REST
    for least in (_ONE_LINE_WITH_REST, _LEAST):
        for n_slots in range(min(n_terms - 1, _MAX_SLOTS_BESIDE_REST), 1, -1):
            yield best(1, n_slots), least


def _rectangles(plan: _Plan, height: int, room: QSize, *, has_rest: bool) -> SumLayout:
    width, cell_width, sign = plan.width_of(height), plan.cell_width(height), plan.sizes.sign
    large = plan.large(height)
    large_width = plan.width_of(large)
    left = max(_MARGIN, (room.width() - plan.total_width(height)) // 2)
    first = left + large_width + sign
    line_height = plan.head + height + plan.below + _LINE_GAP
    images, cells, signs = [], [], []
    for slot in range(plan.n_slots):
        line, column = divmod(slot, plan.n_columns)
        x, y = first + column * (cell_width + sign), line * line_height
        cells.append(QRect(x, y, cell_width, plan.head + height + plan.below))
        images.append(QRect(x + (cell_width - width) // 2, y + plan.head, width, height))
        signs.append(QRect(x - sign, y + plan.head, sign, height))
    end = first + plan.n_columns * (cell_width + sign) - sign
    middle = plan.head + large // 2 - height // 2
    if plan.n_lines == 2:  # “≈” and “=” between the lines, at half the height of sample and reconstruction
        signs[0] = QRect(left + large_width, middle, sign, height)
    result = QRect(end + sign, plan.head, large_width, large)
    return SumLayout(
        n_lines=plan.n_lines,
        head_lines=plan.head_lines,
        has_rest=has_rest,
        head=plan.head,
        below=plan.below,
        sample=QRect(left, plan.head, large_width, large),
        images=tuple(images),
        cells=tuple(cells),
        signs=tuple(signs),
        equals=QRect(end, middle, sign, height),
        reconstruction=result,
        residual=QRect(result.right() + 1 + _GAP, result.bottom() + 1 - height, width, height),
        height=plan.total_height(height),
    )

"""Small pictures, made only for what is seen, and kept as long as there is room."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_BYTES = 16_000_000  # of pictures that are kept: about 950 of 64 x 64 pixels
_OVERHEAD = 500  # bytes of a picture beside its pixels
_FRAME_SECONDS = 0.008  # that may go into pictures before the window is to answer again


class ImageLruCache:
    """The pictures that were seen last; `make` is asked for others, by the number of what they show.

    Attributes
    ----------
    n_bytes : int
        How much they take.
    """

    def __init__(self, make: Callable[[int], QImage], most_bytes: int = MOST_BYTES) -> None:
        self._make = make
        self._most_bytes = most_bytes
        self._kept: OrderedDict[int, QImage] = OrderedDict()
        self._made_for: object = None
        self.n_bytes = 0

    def keep_for(self, made_for: object) -> bool:
        """Forget pictures that were made for something else and would be wrong now; tells whether that is so."""
        is_other = made_for != self._made_for
        if is_other:
            self.clear()
            self._made_for = made_for
        return is_other

    def of(self, number: int) -> QImage:
        """The picture of a sample or part."""
        image = self._kept.get(number)
        if image is not None:
            self._kept.move_to_end(number)
            return image
        # In this format it is drawn four times as fast.
        image = self._kept[number] = self._make(number).convertToFormat(QImage.Format.Format_RGB32)
        self.n_bytes += image.sizeInBytes() + _OVERHEAD
        while self.n_bytes > self._most_bytes and len(self._kept) > 1:
            self.n_bytes -= self._kept.popitem(last=False)[1].sizeInBytes() + _OVERHEAD
        return image

    def clear(self) -> None:
        """Forget all pictures: they would look different now."""
        self._kept.clear()
        self.n_bytes = 0


class ThumbnailCache(ImageLruCache):
    """The pictures of a list, as many as the present frame has time for.

    Large pictures take milliseconds each, and a list may show hundreds: what there is no time for comes in the next
    frame, so that scrolling goes on. What is seen already is painted again at once, or it would flicker.

    Attributes
    ----------
    stand_in : QImage
        What is seen for the moment where a picture has to wait.
    """

    def __init__(self, make: Callable[[int], QImage], most_bytes: int = MOST_BYTES) -> None:
        super().__init__(make, most_bytes)
        self._place: object = None
        self._is_elsewhere = False
        self._end = math.inf
        self._n_given = 0  # in this frame
        self._waiting: set[int] = set()
        self.placeholder = QImage()

    def begin_frame(self, place: object) -> None:
        """Say that what is seen at this place of the list is about to be asked for."""
        self._is_elsewhere, self._place = place != self._place, place
        self._end = time.perf_counter() + _FRAME_SECONDS
        self._n_given = 0

    @property
    def has_pending(self) -> bool:
        """Whether there was no time for all pictures, and another frame is needed."""
        return bool(self._waiting)

    def next_rows(self, is_seen: Callable[[int], bool]) -> list[int]:
        """The rows to be painted again in the next frame: as many as there was time for in this one."""
        self._waiting = set(filter(is_seen, self._waiting))
        rows = sorted(self._waiting)[: max(1, self._n_given)]
        self._waiting.difference_update(rows)
        return rows

    def at(self, row: int, number: int) -> QImage:
        """The picture for a row of the list; what stands for it if it has to wait."""
        takes_time = self._is_elsewhere or number not in self._kept
        if takes_time and self._n_given and time.perf_counter() > self._end:
            self._waiting.add(row)
            return self.placeholder
        self._n_given += 1
        return self.of(number)

    def clear(self) -> None:
        """Forget all pictures, and who waits for one."""
        super().clear()
        self._waiting.clear()


def placeholder(shape: Sequence[int], room: QSize) -> QImage:
    """Something plain, that takes as much room as a picture of this height and width would."""
    size = QSize(shape[1], shape[0])
    if size.width() > room.width() or size.height() > room.height():
        size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(size.expandedTo(QSize(1, 1)), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    return image

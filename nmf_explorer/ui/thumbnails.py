"""Small pictures of samples, made only for what is seen, and kept as long as there is room."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

MOST_BYTES = 16_000_000  # of pictures that are kept: about 950 of 64 x 64 pixels
_OVERHEAD = 500  # bytes of a picture beside its pixels
_FRAME_SECONDS = 0.010  # that may go into making pictures before the window is to answer again


class Thumbnails:
    """The pictures that were seen last; `make` is asked for others, as long as the present frame has time.

    Large pictures take milliseconds each, and a strip may show fifty: what there is no time for comes in the next
    frame, so that scrolling goes on.
    """

    def __init__(self, make: Callable[[int], QImage], most_bytes: int | None = None) -> None:
        self._make = make
        self._most_bytes = most_bytes or MOST_BYTES
        self._kept: OrderedDict[int, QImage] = OrderedDict()
        self._seconds_left = 0.0
        self._has_made_one = False
        self.n_bytes = 0
        self.is_behind = False

    def begin_frame(self, *, has_time: bool = False) -> None:
        """Say that what is seen is about to be asked for; with `has_time` nothing of it has to wait."""
        self._seconds_left = math.inf if has_time else _FRAME_SECONDS
        self._has_made_one = self.is_behind = False

    def of(self, sample: int) -> QImage | None:
        """The picture of a sample; None if it has to wait for the next frame."""
        image = self._kept.get(sample)
        if image is not None:
            self._kept.move_to_end(sample)
            return image
        if self._has_made_one and self._seconds_left < 0:
            self.is_behind = True
            return None
        began = time.perf_counter()
        image = self._kept[sample] = self._make(sample)
        self._seconds_left -= time.perf_counter() - began
        self._has_made_one = True
        self.n_bytes += image.sizeInBytes() + _OVERHEAD
        while self.n_bytes > self._most_bytes and len(self._kept) > 1:
            self.n_bytes -= self._kept.popitem(last=False)[1].sizeInBytes() + _OVERHEAD
        return image

    def clear(self) -> None:
        """Forget all pictures: they would look different now."""
        self._kept.clear()
        self.n_bytes = 0

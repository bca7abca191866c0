"""Caches of thumbnails, which are made only when painted and kept up to a size limit."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MAX_BYTES = 16_000_000  # of cached images: about 950 of 64 x 64 pixels
_OVERHEAD_BYTES = 500  # bytes of an image beside its pixels
_FRAME_SECONDS = 0.008  # per frame for making thumbnails, so that the window stays responsive


class ImageLruCache:
    """The images used last, by number; `make` makes missing ones. `n_bytes` is their size in memory."""

    def __init__(self, make: Callable[[int], QImage], max_bytes: int = MAX_BYTES) -> None:
        self._make = make
        self._max_bytes = max_bytes
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._key: object = None
        self.n_bytes = 0

    def set_key(self, key: object) -> bool:
        """Clear the cache if `key`, all that its images depend on, has changed; return whether it has."""
        has_changed = key != self._key
        if has_changed:
            self.clear()
            self._key = key
        return has_changed

    def get(self, number: int) -> QImage:
        """Return the image with this number."""
        image = self._images.get(number)
        if image is not None:
            self._images.move_to_end(number)
            return image
        # This format is painted four times as fast.
        image = self._images[number] = self._make(number).convertToFormat(QImage.Format.Format_RGB32)
        self.n_bytes += image.sizeInBytes() + _OVERHEAD_BYTES
        while self.n_bytes > self._max_bytes and len(self._images) > 1:
            self.n_bytes -= self._images.popitem(last=False)[1].sizeInBytes() + _OVERHEAD_BYTES
        return image

    def clear(self) -> None:
        """Remove all images."""
        self._images.clear()
        self.n_bytes = 0


class ThumbnailCache(ImageLruCache):
    """The thumbnails of a list; makes only as many as a frame has time for.

    Large images take milliseconds each, and a list may show hundreds: the rest is made in the next frames, with
    `placeholder` in their place meanwhile, so that scrolling stays smooth. At an unchanged scroll position, cached
    thumbnails are returned even after the deadline, or they would flicker.
    """

    def __init__(self, make: Callable[[int], QImage], max_bytes: int = MAX_BYTES) -> None:
        super().__init__(make, max_bytes)
        self._position: object = None
        self._has_scrolled = False
        self._deadline = math.inf
        self._n_delivered = 0  # in this frame
        self._pending_rows: set[int] = set()
        self.placeholder = QImage()

    def begin_paint(self, position: object) -> None:
        """Start a frame in which rows at this scroll position are painted."""
        self._has_scrolled, self._position = position != self._position, position
        self._deadline = time.perf_counter() + _FRAME_SECONDS
        self._n_delivered = 0

    @property
    def has_pending(self) -> bool:
        """Whether another frame is needed."""
        return bool(self._pending_rows)

    def take_pending_rows(self, is_visible: Callable[[int], bool]) -> list[int]:
        """Return the rows to paint in the next frame: visible ones, as many as there was time for in this frame."""
        self._pending_rows = set(filter(is_visible, self._pending_rows))
        rows = sorted(self._pending_rows)[: max(1, self._n_delivered)]
        self._pending_rows.difference_update(rows)
        return rows

    def get_for_row(self, row: int, number: int) -> QImage:
        """Return the thumbnail with this number for a row, or the placeholder if the row becomes pending."""
        is_slow = self._has_scrolled or number not in self._images
        if is_slow and self._n_delivered and time.perf_counter() > self._deadline:
            self._pending_rows.add(row)
            return self.placeholder
        self._n_delivered += 1
        return self.get(number)

    def clear(self) -> None:
        """Remove all thumbnails and pending rows."""
        super().clear()
        self._pending_rows.clear()


def placeholder_image(shape: Sequence[int], room: QSize) -> QImage:
    """Return a grey image of the size of an image of shape (height, width, …) in this room."""
    size = QSize(shape[1], shape[0])
    if size.width() > room.width() or size.height() > room.height():
        size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(size.expandedTo(QSize(1, 1)), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    return image

"""Lift Pillow's limit of pixels while a set is loaded, and put it back: it belongs to the whole process."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

_lock = threading.Lock()
_limits: list[int | None] = []  # as it was before, once for each set that is being loaded


@contextmanager
def lifted_pillow_limit() -> Iterator[None]:
    """Lift the limit, which `LoadOptions.max_pixels` replaces; several threads may do so at once."""
    with _lock:
        _limits.append(_limits[0] if _limits else Image.MAX_IMAGE_PIXELS)
        Image.MAX_IMAGE_PIXELS = None
    try:
        yield
    finally:
        with _lock:
            limit = _limits.pop()
            if not _limits:
                Image.MAX_IMAGE_PIXELS = limit

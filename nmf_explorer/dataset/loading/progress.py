"""Report the progress of loading with a preview, and cancel on request."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from nmf_explorer.dataset.loading.load_progress import LoadProgress
from nmf_explorer.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmf_explorer.dataset.dataset import Dataset

_PREVIEW_SECONDS = 0.25  # between two previews, which cost more than a report


class ProgressReporter:
    """Passes progress to `on_progress` and cancellation from `should_stop`; both are optional.

    The decoding threads limit reports to a few hundred a second, and the task of a window limits them further.
    """

    def __init__(
        self,
        on_progress: Callable[[LoadProgress], object] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> None:
        self.should_stop = should_stop or _never_stop
        self._on_progress = on_progress
        self._previewed_at = monotonic()
        self._last: LoadProgress | None = None

    def raise_if_cancelled(self) -> None:
        """Raise Cancelled if requested."""
        if self.should_stop():
            raise Cancelled

    def report(self, done: int, total: int, make_preview: Callable[[], Dataset | None] | None = None) -> None:
        """Report `done` of `total` images unless nothing has changed; `make_preview` is called a few times a second."""
        if self._on_progress is None:
            return
        now, preview = monotonic(), self._last.first if self._last else None
        if make_preview and now - self._previewed_at >= _PREVIEW_SECONDS:
            self._previewed_at = now
            preview = make_preview()
        progress = LoadProgress(done, total, preview)
        if progress != self._last:
            self._last = progress
            self._on_progress(progress)


def _never_stop() -> bool:
    return False

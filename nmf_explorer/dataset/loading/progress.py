"""Report the progress of loading with a preview, and cancel on request."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from nmf_explorer.dataset.loading.load_progress import LoadProgress
from nmf_explorer.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmf_explorer.dataset.dataset import Dataset

_BETWEEN_NEWS = 1 / 60  # seconds
_PREVIEW_SECONDS = 0.25


class ProgressReporter:
    """Passes progress to `on_progress` and cancellation from `should_stop`; both are optional."""

    def __init__(
        self,
        on_progress: Callable[[LoadProgress], object] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> None:
        self.should_stop = should_stop or _never
        self._on_progress = on_progress
        self._told_at = self._shown_at = monotonic()
        self._told: LoadProgress | None = None

    def raise_if_cancelled(self) -> None:
        """Raise Cancelled if requested."""
        if self.should_stop():
            raise Cancelled

    def report(self, done: int, total: int, first: Callable[[], Dataset | None] | None = None) -> None:
        """Report `done` of `total` images; `first` makes a preview, and is called a few times a second."""
        now = monotonic()
        if self._on_progress is None or (now - self._told_at < _BETWEEN_NEWS and done < total):
            return
        shown = self._told.first if self._told else None
        if first and now - self._shown_at > _PREVIEW_SECONDS:
            self._shown_at = now
            shown = first()
        news = LoadProgress(done, total, shown)
        if news != self._told:
            self._told_at, self._told = now, news
            self._on_progress(news)


def _never() -> bool:
    return False

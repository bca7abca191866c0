"""Who waits for a set: is told how far it is, sees the first pictures early, and may stop it at any moment."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from nmf_explorer.dataset.loading.load_progress import LoadProgress
from nmf_explorer.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmf_explorer.dataset.dataset import Dataset

_BETWEEN_NEWS = 1 / 60  # seconds
_BETWEEN_PICTURES = 0.25


class ProgressReporter:
    """Who waits for a set.

    Parameters
    ----------
    on_progress : callable, optional
        Given a `LoadProgress` now and then.
    should_stop : callable, optional
        Whether to stop.
    """

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
        """Ask whether to stop.

        Raises
        ------
        Cancelled
            If so.
        """
        if self.should_stop():
            raise Cancelled

    def report(self, done: int, total: int, first: Callable[[], Dataset | None] | None = None) -> None:
        """Tell how far it is, unless that was told a moment ago.

        Parameters
        ----------
        done, total : int
            Images read, of how many.
        first : callable, optional
            Makes a set of the first pictures; called a few times a second.
        """
        now = monotonic()
        if self._on_progress is None or (now - self._told_at < _BETWEEN_NEWS and done < total):
            return
        shown = self._told.first if self._told else None
        if first and now - self._shown_at > _BETWEEN_PICTURES:
            self._shown_at = now
            shown = first()
        news = LoadProgress(done, total, shown)
        if news != self._told:
            self._told_at, self._told = now, news
            self._on_progress(news)


def _never() -> bool:
    return False

"""A fit that goes on, as the session sees it: what it is to do, what was there before it, how it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.session.fitting.fit_recording import FitRecording

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.session.fitting.work import FitPlan, FitProgress
    from nmf_explorer.session.state.snapshot import Snapshot

_BYTES_OF_A_NUMBER = 4
_SEEN = 10  # pictures of a fit while it went on; with fewer, nobody has seen the parts emerge
_SOMETHING_TO_SEE = 0.02  # of the images' size, by which the error fell while it could have been watched


class FitRun:
    """One fit.

    Attributes
    ----------
    plan : FitPlan
        What it is to do.
    before : Snapshot
        Where undo leads.
    is_watched : bool
        Whether the user wants to see the parts emerge.
    recording : Recording
        Its course, complete when it has ended.
    """

    def __init__(self, plan: FitPlan, dataset: Dataset, before: Snapshot, *, is_watched: bool) -> None:
        self.plan = plan
        self.before = before
        self.is_watched = is_watched
        n_numbers = plan.n_components * (dataset.n_samples + dataset.n_features)
        self.recording = FitRecording(_BYTES_OF_A_NUMBER * n_numbers)
        self._n_seen = 0

    def count_shown(self, progress: FitProgress) -> None:
        """Take note of a model that is shown."""
        self._n_seen += not progress.tries_other_starts

    @property
    def is_to_be_played(self) -> bool:
        """Whether it was to be watched and too quick for it, and there is something to see."""
        steps = self.recording.steps
        falls = bool(steps) and steps[0].relative_error - steps[-1].relative_error > _SOMETHING_TO_SEE
        return self.is_watched and falls and self._n_seen < _SEEN

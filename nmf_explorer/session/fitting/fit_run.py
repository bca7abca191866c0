"""One fit: its plan, the state before it, and its recorded iterations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.session.state.fit_path import FitPath, PathPosition
from nmf_explorer.session.state.fit_recording import FitRecording

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.fitting.fit_work import FitPlan
    from nmf_explorer.session.state.activity import FitProgress
    from nmf_explorer.session.state.snapshot import Snapshot

_BYTES_PER_NUMBER = 4
_ENOUGH_MODELS = 10  # shown while a fit runs; with fewer, the user has not seen how the parts formed
_VISIBLE_FALL = 0.02  # of the relative error during the fit; with less, nothing visible has changed


class FitRun:
    """A running fit, or the last one; `before` is the snapshot that undo restores."""

    def __init__(self, plan: FitPlan, dataset: Dataset, before: Snapshot, *, is_watched: bool) -> None:
        """`is_watched`: the user wants to watch how the parts form."""
        self.plan = plan
        self.before = before
        self.result: Snapshot | None = None  # as soon as there is one; other starts may still be compared with it
        self.is_watched = is_watched
        n_numbers = plan.n_components * (dataset.n_samples + dataset.n_features)
        self.recording = FitRecording(_BYTES_PER_NUMBER * n_numbers)
        self.path = FitPath(self.recording, keeps_order=plan.like is None)
        self._n_shown = 0

    def position_of(self, model: NmfModel) -> PathPosition | None:
        """Extend the path to the newest model and return its position; None if nothing was recorded."""
        return self.path.extend(model) if self.recording.steps else None

    def has_result(self, model: NmfModel) -> bool:
        """Return whether a model has the parts of the result so far."""
        from nmf_explorer.factorize.model.same_numbers import have_same_numbers

        result = self.result.model if self.result else None
        return result is not None and have_same_numbers(model, result)

    def count_shown(self, progress: FitProgress) -> None:
        """Count a model that is shown."""
        self._n_shown += not progress.compares_restarts

    @property
    def needs_playback(self) -> bool:
        """Whether the user wanted to watch the fit, but it was too quick, and its error has fallen visibly."""
        steps = self.recording.steps
        falls = bool(steps) and steps[0].relative_error - steps[-1].relative_error > _VISIBLE_FALL
        return self.is_watched and falls and self._n_shown < _ENOUGH_MODELS


def matching_names(snapshot: Snapshot, model: NmfModel) -> dict[int, str]:
    """Return the user's names of parts in a snapshot, by the index of the same part (cosine) in another model."""
    from nmf_explorer.factorize.model.restarts import same_parts

    named = sorted(snapshot.names)
    if snapshot.model is None or not named:
        return {}
    found = same_parts(snapshot.model.components[named], model.components)
    return {part: snapshot.names[named[place]] for place, part in found.items()}

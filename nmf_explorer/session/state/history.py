"""Undo and redo."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from nmf_explorer.session.state.activity import Activity

if TYPE_CHECKING:
    from collections.abc import Hashable

    from nmf_explorer.errors import Message
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.state.fit_path import FitPath, PathPosition
    from nmf_explorer.session.state.snapshot import Snapshot
    from nmf_explorer.session.state.state import SessionState

MAX_STEPS = 200
_MAX_BYTES = 1_000_000_000  # of models in all steps; a step beyond this clears the history first


class _Step(NamedTuple):
    """A step from one snapshot to the next; adjacent steps with the same merge key, unless None, become one."""

    before: Snapshot
    after: Snapshot
    message: Message
    merge: Hashable


class History(QObject):
    """The steps that can be undone and redone."""

    changed = Signal()  # what undo or redo would do has changed
    stepped = Signal()  # a step was undone or redone
    samples_needed = Signal(object, object)  # an OpenDataset without samples, and what to call once it has them again

    def __init__(self, state: SessionState) -> None:
        super().__init__(state)
        self._state = state
        self._steps: list[_Step] = []
        self.n_steps = 0  # that can be undone; the steps behind can be redone
        self._n_merges = 0
        state.activity_changed.connect(self.changed)

    def change(self, after: Snapshot, message: Message, merge: Hashable = None) -> None:
        """Change the state, with a step of undo; steps with the same `merge` become one until `end_merge`.

        Before a fit has a result no step is recorded: the fit is one step, back to the state before it.
        """
        if self._state.activity is Activity.FITTING and (self._state.is_paused or self._state.is_model_changing):
            self._state.show(after)
        else:
            self.record(self._state.present, after, message, merge)

    def record(self, before: Snapshot, after: Snapshot, message: Message, merge: Hashable = None) -> None:
        """Go to a snapshot and record how to return; steps with the same `merge` become one until `end_merge`."""
        key = None if merge is None else (self._n_merges, merge)
        if key is not None and self.n_steps and self._steps[self.n_steps - 1].merge == key:
            self.amend_last(after)
            self._go_to(after)
            return
        models = {id(s.model): s.n_bytes() for step in self._steps for s in (step.before, step.after)}
        if sum(models.values()) + after.n_bytes() > _MAX_BYTES:
            self.clear()
        self._steps[self.n_steps :] = [_Step(before, after, message, key)]
        del self._steps[:-MAX_STEPS]
        self.n_steps = len(self._steps)
        self._go_to(after)
        self.changed.emit()

    def amend_last(self, after: Snapshot) -> None:
        """Replace the end of the last step, if any, by the result of the fit that followed it automatically."""
        if self.n_steps:
            self._steps[self.n_steps - 1] = self._steps[self.n_steps - 1]._replace(after=after)

    def replace_model(self, model: NmfModel, other: NmfModel, position: PathPosition | None) -> None:
        """Replace a model in all steps by one with the same parts, of which more is known."""

        def replaced(snapshot: Snapshot) -> Snapshot:
            return snapshot.with_model(other, position) if snapshot.model is model else snapshot

        self._steps = [step._replace(before=replaced(step.before), after=replaced(step.after)) for step in self._steps]

    def end_merge(self) -> None:
        """Make the next change a step of its own: the slider was released, the brush lifted."""
        self._n_merges += 1

    def clear(self) -> None:
        """Remove all steps."""
        self._steps.clear()
        self.n_steps = 0
        self.changed.emit()

    def undo(self) -> None:
        """Undo one step, if there is one."""
        if self.can_undo:
            step = self._steps[self.n_steps - 1]
            if self._has_samples(step.before, self.undo):
                self._step_to(self.n_steps - 1, step.before)

    def redo(self) -> None:
        """Redo one step, if there is one."""
        if self.can_redo:
            step = self._steps[self.n_steps]
            if self._has_samples(step.after, self.redo):
                self._step_to(self.n_steps + 1, step.after)

    @property
    def can_undo(self) -> bool:
        """Whether `undo` does something; while the worker is busy, only to what leaves its model as it is."""
        return self.n_steps > 0 and self._is_allowed(self._steps[self.n_steps - 1])

    @property
    def can_redo(self) -> bool:
        """Whether `redo` does something; while the worker is busy, only to what leaves its model as it is."""
        return self.n_steps < len(self._steps) and self._is_allowed(self._steps[self.n_steps])

    @property
    def undo_message(self) -> Message | None:
        """What `undo` takes back."""
        return self._steps[self.n_steps - 1].message if self.n_steps else None

    @property
    def redo_message(self) -> Message | None:
        """What `redo` does again."""
        return self._steps[self.n_steps].message if self.n_steps < len(self._steps) else None

    def fit_paths(self) -> list[FitPath]:
        """Return the paths of fits in all steps, oldest first."""
        snapshots = (snapshot for step in self._steps for snapshot in (step.before, step.after))
        return [snapshot.position.path for snapshot in snapshots if snapshot.position]

    def _is_allowed(self, step: _Step) -> bool:
        is_comparing = self._state.compares_restarts and not self._state.is_paused
        return not self._state.is_busy or (is_comparing and step.before.model is step.after.model)

    def _has_samples(self, snapshot: Snapshot, then: object) -> bool:
        """Return whether the samples of a snapshot are in memory; if not, request them, and `then` is called."""
        wanted = snapshot.open_dataset
        if wanted and wanted.dataset is None:
            self.samples_needed.emit(wanted, then)
            return False
        return True

    def _step_to(self, n_steps: int, snapshot: Snapshot) -> None:
        self.end_merge()
        self.n_steps = n_steps
        self._go_to(snapshot)
        self.changed.emit()
        self.stepped.emit()

    def _go_to(self, snapshot: Snapshot) -> None:
        """Leave replay and show a snapshot; the number of parts and the seed follow the model."""
        state = self._state
        if state.is_replaying or state.is_playing:
            state.exit_replay()
        is_other_model = snapshot.model is not state.model
        state.show(snapshot)
        if is_other_model and snapshot.model:
            state.set_n_components(snapshot.model.n_components)
            seed = snapshot.model.options.random_state
            state.set_fit_settings(state.fit_settings._replace(random_state=seed))

"""Selection, names and visibility of single parts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from nmf_explorer.errors import Message
from nmf_explorer.session.tasks.latest_task import LatestTask

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy as np
    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.factorize.model.part_statistics import PartStatistics
    from nmf_explorer.session.state.history import History
    from nmf_explorer.session.state.snapshot import Snapshot
    from nmf_explorer.session.state.state import SessionState
    from nmf_explorer.session.tasks.background_task import Report, ShouldStop


class _Errors(NamedTuple):
    """The relative error of all samples without each part of a model, (n_components,) float64."""

    model: NmfModel
    values: NDArray[np.float64]


class Parts(QObject):
    """The parts of the shown model."""

    selected_changed = Signal()  # the selected or compared part
    marked_changed = Signal()  # the part under the mouse or the keyboard focus
    errors_computed = Signal()  # `error_without` has values for the shown model
    changed = Signal()  # names or hidden parts

    def __init__(self, state: SessionState, history: History) -> None:
        super().__init__(state)
        self._state, self._history = state, history
        self.selected: int | None = None
        self.compared: int | None = None
        self.marked: int | None = None
        self._marking_view: object = None
        self._errors: _Errors | None = None
        self._task = LatestTask(self)
        self._task.succeeded.connect(self._on_errors_computed)
        self._facts: tuple[NmfModel, PartStatistics] | None = None
        state.model_changed.connect(self._on_model_changed)
        state.activity_changed.connect(self._request_errors)
        self.selected_changed.connect(self._request_errors)
        state.snapshot_shown.connect(self._on_snapshot_shown)

    def select(self, part: int | None) -> None:
        """Select one part, or none."""
        self._set_selected(part, None)

    def compare(self, part: int | None) -> None:
        """Compare a second part, or none, with the selected one; without a selection, select it."""
        if self.selected is None:
            self._set_selected(part, None)
        else:
            self._set_selected(self.selected, part)

    def mark(self, part: int | None, view: object = None) -> None:
        """Mark a part, or none, in all views: the mouse or the keyboard focus is on it in this view."""
        self._marking_view = view
        if part != self.marked:
            self.marked = part
            self.marked_changed.emit()

    def unmark(self, view: object) -> None:
        """Mark no part, unless another view has marked one since."""
        if self._marking_view is view:
            self.mark(None)

    def close(self) -> None:
        """Stop, and wait until no thread is left."""
        self._task.close()

    def name_of(self, part: int) -> str:
        """Return the user's name of a part, or an empty text."""
        return self._state.shown.names.get(part, "")

    @property
    def hidden(self) -> frozenset[int]:
        """The parts that are left out of the sum."""
        return self._state.shown.hidden

    def facts(self) -> PartStatistics | None:
        """Return facts about each part, computed once per model; None without a model."""
        from nmf_explorer.factorize.model.part_statistics import part_statistics

        model = self._state.model
        if model is None:
            return None
        if self._facts is None or self._facts[0] is not model:
            self._facts = (model, part_statistics(model))
        return self._facts[1]

    def error_without(self, part: int) -> float | None:
        """Return the relative error of all samples without a part; None until `errors_computed`."""
        errors = self._errors
        return float(errors.values[part]) if errors and errors.model is self._state.model else None

    def rename(self, part: int, name: str) -> None:
        """Name a part; an empty text removes the name."""
        name = " ".join(name.split())
        if name != self.name_of(part):
            text = Message("Name of part {i}", i=part + 1)
            self._history.change(self._state.shown.with_name(part, name), text)

    def hide(self, part: int, *, hidden: bool) -> None:
        """Leave a part out of the sum, or add it again."""
        self.hide_some([part], hidden=hidden)

    def hide_some(self, parts: Collection[int], *, hidden: bool) -> None:
        """Leave several parts out of the sum, or add them again, in one step."""
        before = self._state.shown
        after = before._replace(hidden=before.hidden.union(parts) if hidden else before.hidden.difference(parts))
        changed = before.hidden ^ after.hidden
        if len(changed) == 1:
            i = min(changed) + 1
            self._history.change(after, Message("Hide part {i}", i=i) if hidden else Message("Show part {i}", i=i))
        elif changed:
            n = len(changed)
            self._history.change(after, Message("Hide {n} parts", n=n) if hidden else Message("Show {n} parts", n=n))

    def show_all(self) -> None:
        """Add all parts to the sum again."""
        if self.hidden:
            self._history.change(self._state.shown._replace(hidden=frozenset()), Message("Show all parts"))

    def _set_selected(self, selected: int | None, compared: int | None) -> None:
        compared = None if compared == selected else compared
        if (selected, compared) != (self.selected, self.compared):
            self.selected, self.compared = selected, compared
            self.selected_changed.emit()

    def _on_model_changed(self) -> None:
        model = self._state.model
        n_parts = model.n_components if model else 0
        selected, compared = (p if p is not None and p < n_parts else None for p in (self.selected, self.compared))
        self._set_selected(selected, compared if selected is not None else None)
        if self.marked is not None and self.marked >= n_parts:
            self.mark(None)
        self._request_errors()

    def _request_errors(self) -> None:
        """Compute the errors without each part, once a part is selected and no fit is about to change the model."""
        state = self._state
        dataset, model = state.dataset, state.model
        if dataset is None or model is None or self.selected is None or state.is_model_changing:
            self._task.stop()
        elif not self._task.is_busy and (self._errors is None or self._errors.model is not model):
            self._task.start(partial(_compute_errors, dataset, model))

    def _on_errors_computed(self, errors: _Errors) -> None:
        self._errors = errors
        if errors.model is self._state.model:
            self.errors_computed.emit()
        else:
            self._request_errors()

    def _on_snapshot_shown(self, before: Snapshot, after: Snapshot) -> None:
        is_other_dataset = before.open_dataset is not after.open_dataset
        if before.names is not after.names or before.hidden is not after.hidden or is_other_dataset:
            self.changed.emit()


def _compute_errors(dataset: Dataset, model: NmfModel, _report: Report, should_stop: ShouldStop) -> _Errors:
    from nmf_explorer.factorize.model.errors_without import errors_without

    return _Errors(model, errors_without(dataset, model, should_stop=should_stop))

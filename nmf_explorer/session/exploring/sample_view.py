"""The samples in the strip: searched, filtered and sorted. The dataset stays as it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from nmf_explorer.session.exploring.sample_values import SampleValues, SortKey
from nmf_explorer.session.tasks.latest_task import LatestTask

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from nmf_explorer.dataset.sample_order import Labels
    from nmf_explorer.session.exploring.parts import Parts
    from nmf_explorer.session.state.state import SessionState
    from nmf_explorer.session.tasks.background_task import Report, ShouldStop

    Rows = range | NDArray[Any]


class _Overview(NamedTuple):
    """The last overview: the scroll bar needs it in every frame."""

    shares: NDArray[Any]
    rows: Rows
    n_sections: int
    largest: list[float]

    def is_of(self, shares: NDArray[Any], rows: Rows, n_sections: int) -> bool:
        return self.shares is shares and self.rows is rows and self.n_sections == n_sections


class _FoldedNames:
    """The sample names in lower case, made for the first search and cached."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.n_names = len(names)
        self._names = names
        self._folded: list[str] | None = None

    def with_text(self, text: str) -> NDArray[Any]:
        from nmf_explorer.dataset.sample_order import find_by_name

        folded = self._folded or [name.casefold() for name in self._names]
        self._folded = folded
        return find_by_name(folded, text)


class _Query(NamedTuple):
    """Search, filter and order, with all values that they need in any thread."""

    names: _FoldedNames
    text: str
    labels: Labels
    label: str | None
    values: NDArray[Any] | None
    largest_first: bool

    def rows(self) -> Rows:
        """Return the indices of the matching samples in order."""
        matching = self._matching()
        if self.values is None:
            return range(self.names.n_names) if matching is None else matching
        from nmf_explorer.dataset.sample_order import sort_samples

        return sort_samples(self.values, matching, largest_first=self.largest_first)

    def _matching(self) -> NDArray[Any] | None:
        """Return the samples with the text and the label, in the order of the dataset; None for all."""
        rows = self.names.with_text(self.text) if self.text else None
        if self.label is None:
            return rows
        has_it = self.labels.numbers == self.labels.names.index(self.label)
        matching: NDArray[Any] = has_it.nonzero()[0] if rows is None else rows[has_it[rows]]
        return matching


def _run_query(query: _Query, _report: Report, _should_stop: ShouldStop) -> Rows:
    return query.rows()


_LARGEST_FIRST = (SortKey.ERROR, SortKey.WEIGHT)
_MAX_SORTED_AT_ONCE = 10_000  # samples that are sorted within a frame; more are sorted in a thread


class SampleView(QObject):
    """The shown samples; `rows` are their indices in order.

    The order stays during a fit and is updated at its end. It also stays until a new one is computed.
    """

    changed = Signal()  # the rows, what is searched or sorted by, or whether an order is being computed

    def __init__(self, state: SessionState, parts: Parts) -> None:
        super().__init__(state)
        self._state, self._parts = state, parts
        self.values = SampleValues(state, parts)
        self.values.computed.connect(self._arrange)
        self._task = LatestTask(self)
        self._task.succeeded.connect(self._on_arranged)
        self._reset()
        state.dataset_changed.connect(self._on_dataset_changed)
        state.model_changed.connect(self._update_order)
        state.activity_changed.connect(self._update_order)
        parts.selected_changed.connect(self._update_order)

    def _reset(self) -> None:
        dataset = self._state.dataset
        self._task.stop()
        self._names = _FoldedNames(dataset.sample_names if dataset else ())
        self.rows: Rows = range(self._names.n_names)
        self.text = ""
        self.label: str | None = None
        self.key = SortKey.SET
        self._sorted_by: object = None  # what the order depends on
        self._selects_first = False
        self._overview: _Overview | None = None
        self.values.clear()

    # verbs

    def search(self, text: str) -> None:
        """Show samples with a text in their names; with an empty one, all."""
        if text != self.text:
            self.text = text
            self._arrange()

    def filter(self, label: str | None) -> None:
        """Show samples with a label; with None, all."""
        if label != self.label and (label is None or label in self.values.labels.names):
            self.label = label
            self._arrange()

    def show_all(self) -> None:
        """Show all samples, in the same order."""
        if self.is_narrowed:
            self.text, self.label = "", None
            self._arrange()

    def sort(self, key: SortKey) -> None:
        """Sort by a key, if it is available; the largest errors and weights come first."""
        if key is not self.key and self.can_sort_by(key):
            self.key = key
            self._selects_first = False
            self._request_or_arrange()

    def show_worst(self) -> None:
        """Sort by error and select the sample with the largest one."""
        if self.can_sort_by(SortKey.ERROR):
            self.key = SortKey.ERROR
            self._selects_first = True
            self._request_or_arrange()

    def step(self, step: int) -> None:
        """Select the shown sample so many places further; from one that is not shown, the first or the last."""
        place, n_shown = self.position_of(self._state.selected_sample), len(self.rows)
        target = place + step if place >= 0 else (0 if step > 0 else n_shown - 1)
        if 0 <= target < n_shown:
            self._state.select_sample(int(self.rows[target]))

    def close(self) -> None:
        """Stop, and wait until no thread is left."""
        self._task.close()
        self.values.close()

    # values

    @property
    def is_busy(self) -> bool:
        """Whether an order is being computed."""
        return self.values.is_busy or self._task.is_busy

    @property
    def is_largest_first(self) -> bool:
        """Whether the largest values come first."""
        return self.key in _LARGEST_FIRST

    @property
    def is_narrowed(self) -> bool:
        """Whether samples are searched or filtered."""
        return bool(self.text) or self.label is not None

    def can_sort_by(self, key: SortKey) -> bool:
        """Return whether a key is available."""
        state = self._state
        if key is SortKey.WEIGHT:
            return state.model is not None and self._parts.selected is not None
        if key is SortKey.ERROR:
            return state.model is not None
        return key is not SortKey.LABEL or bool(state.dataset and state.dataset.labels)

    def position_of(self, sample: int) -> int:
        """Return the place of a sample in `rows`; -1 if it is not shown."""
        if isinstance(self.rows, range):
            return sample if sample in self.rows else -1
        from nmf_explorer.dataset.sample_order import position_of

        return position_of(sample, self.rows)

    def overview(self, n_sections: int) -> list[float]:
        """Return the largest share of the selected part in each of `n_sections` sections of the rows, or nothing."""
        shares = self.values.shares()
        if shares is None:
            return []
        from nmf_explorer.dataset.sample_order import bin_maxima

        if self._overview is None or not self._overview.is_of(shares, self.rows, n_sections):
            self._overview = _Overview(shares, self.rows, n_sections, bin_maxima(shares, self.rows, n_sections))
        return self._overview.largest

    # inside

    def _on_dataset_changed(self) -> None:
        self._reset()
        self.changed.emit()

    def _update_order(self) -> None:
        """Sort again if the values have changed, unless a running fit is about to change them again."""
        if not self.can_sort_by(self.key):
            self.key = SortKey.SET
        elif self._state.is_model_changing or self.values.source(self.key) == self._sorted_by:
            return
        self._request_or_arrange()

    def _request_or_arrange(self) -> None:
        self._sorted_by = self.values.source(self.key)
        self.values.request(self.key)
        if self.values.is_busy:
            self._task.stop()
            self.changed.emit()
        else:
            self._arrange()

    def _arrange(self) -> None:
        """Show the matching samples in the chosen order; while that is being computed, in the last known one."""
        values, key = self.values, self.key
        query = _Query(self._names, self.text, values.labels, self.label, values.values_of(key), self.is_largest_first)
        if self._names.n_names > _MAX_SORTED_AT_ONCE:
            self._task.start(partial(_run_query, query))
            self.changed.emit()
        else:
            self._on_arranged(query.rows())

    def _on_arranged(self, rows: Rows) -> None:
        self.rows = rows
        self.changed.emit()
        if self._selects_first and not self.is_busy:
            self._selects_first = False
            if len(rows):
                self._state.select_sample(int(rows[0]))

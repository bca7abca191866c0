"""Which samples the strip shows, and in which order: searched, filtered and sorted, without touching the set itself."""

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
    from nmf_explorer.session.session import Session
    from nmf_explorer.session.tasks.background_task import Report, ShouldStop

    Rows = range | NDArray[Any]


class _Overview(NamedTuple):
    """What was told last: a scroll bar asks with every frame."""

    shares: NDArray[Any]
    rows: Rows
    n_places: int
    largest: list[float]

    def is_of(self, shares: NDArray[Any], rows: Rows, n_places: int) -> bool:
        return self.shares is shares and self.rows is rows and self.n_places == n_places


class _Names:
    """The names of a set without capital letters, made for the first search and kept for all others."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.n_names = len(names)
        self._names = names
        self._folded: list[str] | None = None

    def with_text(self, text: str) -> NDArray[Any]:
        from nmf_explorer.dataset.sample_order import find_by_name

        folded = self._folded or [name.casefold() for name in self._names]
        self._folded = folded
        return find_by_name(folded, text)


class _Question(NamedTuple):
    """What is asked for, with all that is needed for an answer, wherever that is found."""

    names: _Names
    text: str
    labels: Labels
    label: str | None
    values: NDArray[Any] | None
    largest_first: bool

    def answer(self) -> Rows:
        """The samples that are meant, in their order."""
        chosen = self._chosen()
        if self.values is None:
            return range(self.names.n_names) if chosen is None else chosen
        from nmf_explorer.dataset.sample_order import sort_samples

        return sort_samples(self.values, chosen, largest_first=self.largest_first)

    def _chosen(self) -> NDArray[Any] | None:
        """Samples that are searched for and have the right label, in the order of the set; None for all."""
        rows = self.names.with_text(self.text) if self.text else None
        if self.label is None:
            return rows
        has_it = self.labels.numbers == self.labels.names.index(self.label)
        matching: NDArray[Any] = has_it.nonzero()[0] if rows is None else rows[has_it[rows]]
        return matching


def _answering(question: _Question, _report: Report, _should_stop: ShouldStop) -> Rows:
    return question.answer()


_LARGEST_FIRST = (SortKey.ERROR, SortKey.WEIGHT)
_AT_ONCE = 10_000  # samples, which are put in order before a frame is over; more are put in order in a thread


class SampleView(QObject):
    """The samples that are shown, one after the other: `rows` has their indices.

    While a fit goes on the order stays as it is, and follows when it has ended: what moves thirty times a second
    cannot be looked at. It also stays until the new one is there, which for many samples is made in a thread.

    Signals: ``changed()`` when other samples are shown, or in another order, or what is asked for is another, or an
    order is being made or done.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.values = SampleValues(session, self)
        self.values.found.connect(self._arrange)
        self._task = LatestTask(self)
        self._task.succeeded.connect(self._on_arranged)
        self._start_again()
        session.dataset_changed.connect(self._on_dataset_changed)
        session.model_changed.connect(self._follow)
        session.activity_changed.connect(self._follow)
        session.parts.selected_changed.connect(self._follow)

    def _start_again(self) -> None:
        dataset = self._session.dataset
        self._task.stop()
        self._names = _Names(dataset.sample_names if dataset else ())
        self.rows: Rows = range(self._names.n_names)
        self.text = ""
        self.label: str | None = None
        self.key = SortKey.SET
        self._sorted_by: object = None  # what the present order is made from
        self._goes_to_first = False
        self._overview: _Overview | None = None
        self.values.forget()

    # verbs

    def search(self, text: str) -> None:
        """Show samples with this text in their names; with an empty one, all."""
        if text != self.text:
            self.text = text
            self._arrange()

    def filter(self, label: str | None) -> None:
        """Show samples with this label; with None, all."""
        if label != self.label and (label is None or label in self.values.labels.names):
            self.label = label
            self._arrange()

    def show_all(self) -> None:
        """Show all samples again, in the order they have."""
        if self.is_narrowed:
            self.text, self.label = "", None
            self._arrange()

    def sort(self, key: SortKey) -> None:
        """Sort by something, if that can be done now; the largest errors and weights come first."""
        if key is not self.key and self.can_sort_by(key):
            self.key = key
            self._goes_to_first = False
            self._find_or_arrange()

    def show_worst(self) -> None:
        """Sort by error, and go to the sample that is explained worst."""
        if self.can_sort_by(SortKey.ERROR):
            self.key = SortKey.ERROR
            self._goes_to_first = True
            self._find_or_arrange()

    def step(self, step: int) -> None:
        """Go on to the next samples that are shown, or back; from one that is not shown, to the first or the last."""
        place, n_shown = self.place_of(self._session.selected_sample), len(self.rows)
        target = place + step if place >= 0 else (0 if step > 0 else n_shown - 1)
        if 0 <= target < n_shown:
            self._session.select_sample(int(self.rows[target]))

    def close(self) -> None:
        """Stop, and wait until no thread is left."""
        self._task.close()
        self.values.close()

    # what panels ask for

    @property
    def is_busy(self) -> bool:
        """Whether an order is being made."""
        return self.values.is_busy or self._task.is_busy

    @property
    def begins_with_largest(self) -> bool:
        """Whether the most interesting samples come first."""
        return self.key in _LARGEST_FIRST

    @property
    def is_narrowed(self) -> bool:
        """Whether not all samples are asked for."""
        return bool(self.text) or self.label is not None

    def can_sort_by(self, key: SortKey) -> bool:
        """Whether there is something to sort by."""
        session = self._session
        if key is SortKey.WEIGHT:
            return session.model is not None and session.parts.selected is not None
        if key is SortKey.ERROR:
            return session.model is not None
        return key is not SortKey.LABEL or bool(session.dataset and session.dataset.labels)

    def place_of(self, sample: int) -> int:
        """Where a sample is shown, from 0; -1 if it is not."""
        if isinstance(self.rows, range):
            return sample if sample in self.rows else -1
        from nmf_explorer.dataset.sample_order import position_of

        return position_of(sample, self.rows)

    def overview(self, n_places: int) -> list[float]:
        """Where in the order the chosen part is used: its largest share in each of so many places, or nothing."""
        shares = self.values.shares()
        if shares is None:
            return []
        from nmf_explorer.dataset.sample_order import bin_maxima

        if self._overview is None or not self._overview.is_of(shares, self.rows, n_places):
            self._overview = _Overview(shares, self.rows, n_places, bin_maxima(shares, self.rows, n_places))
        return self._overview.largest

    # what happens

    def _on_dataset_changed(self) -> None:
        self._start_again()
        self.changed.emit()

    def _follow(self) -> None:
        """Sort again by what there is now, unless a fit goes on that will change it at once."""
        if not self.can_sort_by(self.key):
            self.key = SortKey.SET
        elif self._session.is_fitting_on or self.values.source(self.key) == self._sorted_by:
            return
        self._find_or_arrange()

    def _find_or_arrange(self) -> None:
        self._sorted_by = self.values.source(self.key)
        self.values.find(self.key)
        if self.values.is_busy:
            self._task.stop()
            self.changed.emit()
        else:
            self._arrange()

    def _arrange(self) -> None:
        """Show what is asked for, in the order that is asked for; where that is being made, in the last known."""
        values, key = self.values, self.key
        question = _Question(
            self._names, self.text, values.labels, self.label, values.of(key), self.begins_with_largest
        )
        if self._names.n_names > _AT_ONCE:
            self._task.start(partial(_answering, question))
            self.changed.emit()
        else:
            self._on_arranged(question.answer())

    def _on_arranged(self, rows: Rows) -> None:
        self.rows = rows
        self.changed.emit()
        if self._goes_to_first and not self.is_busy:
            self._goes_to_first = False
            if len(rows):
                self._session.select_sample(int(rows[0]))

"""What is known of every single sample: its place by name, label, error, how much of the chosen part it takes."""

from __future__ import annotations

from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from nmf_explorer.session.tasks.latest_task import LatestTask

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.dataset.sample_order import Labels
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.session import Session
    from nmf_explorer.session.tasks.background_task import Report, ShouldStop


class SortKey(Enum):
    """What samples can be sorted by."""

    SET = "set"
    NAME = "name"
    LABEL = "label"
    ERROR = "error"
    WEIGHT = "weight"


class Found(NamedTuple):
    """Numbers that took their time to be found.

    Attributes
    ----------
    key : SortKey
        What they are.
    source : object
        What they were made from, a set or a model; of another one they are out of date.
    values : ndarray of shape (n_samples,)
        One per sample.
    """

    key: SortKey
    source: object
    values: NDArray[Any]


class SampleValues(QObject):
    """Numbers of all samples; errors and places by name are made in a thread, and only when they are asked for.

    Errors and weights are those of the fit, whatever a user has moved since. Signals: ``found()`` when numbers that
    were looked for are there.
    """

    found = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._task = LatestTask(self)
        self._task.succeeded.connect(self._on_found)
        self.forget()

    # verbs

    def forget(self) -> None:
        """Begin anew, for another set."""
        self._task.stop()
        self._known: dict[SortKey, Found] = {}
        self._labels: Labels | None = None
        self._shares: tuple[object, NDArray[Any] | None] = (None, None)

    def find(self, key: SortKey) -> None:
        """Look for numbers, unless they are there; `found` follows."""
        dataset, model = self._session.dataset, self._session.model
        self._task.stop()
        if dataset is None or self.is_known(key):
            return
        if key is SortKey.NAME:
            self._task.start(partial(_find_places, dataset))
        elif model is not None:
            self._task.start(partial(_find_errors, dataset, model))

    def close(self) -> None:
        """Stop, and wait until no thread is left."""
        self._task.close()

    # what is asked for

    @property
    def is_busy(self) -> bool:
        """Whether numbers are being looked for."""
        return self._task.is_busy

    @property
    def labels(self) -> Labels:
        """The classes of the set, none if it has none."""
        from nmf_explorer.dataset.sample_order import Labels

        if self._labels is None:
            self._labels = Labels.encode(self._session.dataset.labels if self._session.dataset else ())
        return self._labels

    def source(self, key: SortKey) -> object:
        """What the numbers would be made from now."""
        if key is SortKey.WEIGHT:
            return (self._session.model, self._session.parts.selected)
        return {SortKey.NAME: self._session.dataset, SortKey.ERROR: self._session.model}.get(key)

    def is_known(self, key: SortKey) -> bool:
        """Whether the numbers need not be looked for."""
        if key not in (SortKey.NAME, SortKey.ERROR):
            return True
        known = self._known.get(key)
        return known is not None and known.source is self.source(key)

    def of(self, key: SortKey) -> NDArray[Any] | None:
        """The numbers, perhaps still those of the last model; None if there are none, as for the order of the set."""
        if key is SortKey.LABEL:
            return self.labels.numbers
        if key is SortKey.WEIGHT:
            return self._weights()
        known = self._known.get(key)
        return known.values if known else None

    def error_of(self, sample: int) -> float | None:
        """Relative error of a sample, if it is known for the model that is shown."""
        is_known = self._session.model is not None and self.is_known(SortKey.ERROR)
        return float(self._known[SortKey.ERROR].values[sample]) if is_known else None

    def weight_of(self, sample: int) -> float | None:
        """How much of the chosen part a sample takes; None if none is chosen."""
        weights = self._weights()
        return None if weights is None else float(weights[sample])

    def share_of(self, sample: int) -> float | None:
        """The same in relation to the sample that takes most of it, 0..1."""
        shares = self.shares()
        return None if shares is None else float(shares[sample])

    def shares(self) -> NDArray[Any] | None:
        """`share_of` all samples."""
        source = (self._session.model, self._session.parts.selected)
        if self._shares[0] != source:
            from nmf_explorer.dataset.sample_order import scale_to_largest

            weights = self._weights()
            self._shares = (source, None if weights is None else scale_to_largest(weights))
        return self._shares[1]

    def _weights(self) -> NDArray[Any] | None:
        model, part = self._session.model, self._session.parts.selected
        return model.weights[:, part] if model and part is not None else None

    def _on_found(self, found: Found) -> None:
        self._known[found.key] = found
        self.found.emit()


def _find_errors(dataset: Dataset, model: NmfModel, _report: Report, should_stop: ShouldStop) -> Found:
    from nmf_explorer.factorize.model.sample_errors import sample_errors

    return Found(SortKey.ERROR, model, sample_errors(dataset, model, should_stop=should_stop))


def _find_places(dataset: Dataset, _report: Report, _should_stop: ShouldStop) -> Found:
    from nmf_explorer.dataset.sample_order import name_ranks

    return Found(SortKey.NAME, dataset, name_ranks(dataset.sample_names))

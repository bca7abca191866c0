"""One number per sample to sort by or to show: rank by name, label, error, weight of the selected part."""

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
    from nmf_explorer.session.exploring.parts import Parts
    from nmf_explorer.session.state.state import SessionState
    from nmf_explorer.session.tasks.background_task import Report, ShouldStop


_ERROR_DECIMALS = 4  # of relative errors: what is smaller is rounding, and would decide the order


class SortKey(Enum):
    """What samples can be sorted by."""

    SET = "set"
    NAME = "name"
    LABEL = "label"
    ERROR = "error"
    WEIGHT = "weight"


class ComputedValues(NamedTuple):
    """Numbers of all samples that were computed in a thread."""

    key: SortKey
    source: object  # the dataset or model that they were computed from
    values: NDArray[Any]  # of shape (n_samples,)


class SampleValues(QObject):
    """Numbers of all samples; errors and ranks by name are computed in a thread, on request.

    Errors and weights are those of the fit, also where the user has moved weights.
    """

    computed = Signal()  # requested numbers are available

    def __init__(self, state: SessionState, parts: Parts) -> None:
        super().__init__(state)
        self._state, self._parts = state, parts
        self._task = LatestTask(self)
        self._task.succeeded.connect(self._on_computed)
        self.clear()

    # verbs

    def clear(self) -> None:
        """Drop all numbers, for another dataset."""
        self._task.stop()
        self._known: dict[SortKey, ComputedValues] = {}
        self._labels: Labels | None = None
        self._shares: tuple[object, NDArray[Any] | None] = (None, None)

    def request(self, key: SortKey) -> None:
        """Compute numbers, unless they are available; `computed` follows."""
        dataset, model = self._state.dataset, self._state.model
        self._task.stop()
        if dataset is None or self.is_known(key):
            return
        if key is SortKey.NAME:
            self._task.start(partial(_compute_ranks, dataset))
        elif model is not None:
            self._task.start(partial(_compute_errors, dataset, model))

    def close(self) -> None:
        """Stop, and wait until no thread is left."""
        self._task.close()

    # values

    @property
    def is_busy(self) -> bool:
        """Whether numbers are being computed."""
        return self._task.is_busy

    @property
    def labels(self) -> Labels:
        """The labels of the dataset, if it has any."""
        from nmf_explorer.dataset.sample_order import Labels

        if self._labels is None:
            self._labels = Labels.encode(self._state.dataset.labels if self._state.dataset else ())
        return self._labels

    def source(self, key: SortKey) -> object:
        """Return the object that the numbers are computed from now: dataset, model, or model and part."""
        if key is SortKey.WEIGHT:
            return (self._state.model, self._parts.selected)
        return {SortKey.NAME: self._state.dataset, SortKey.ERROR: self._state.model}.get(key)

    def is_known(self, key: SortKey) -> bool:
        """Return whether the numbers are available."""
        if key not in (SortKey.NAME, SortKey.ERROR):
            return True
        known = self._known.get(key)
        return known is not None and known.source is self.source(key)

    def values_of(self, key: SortKey) -> NDArray[Any] | None:
        """Return numbers to sort by, (n_samples,), perhaps of the last model; None for the order of the dataset."""
        if key is SortKey.LABEL:
            return self.labels.numbers
        if key is SortKey.WEIGHT:
            return self._weights()
        known = self._known.get(key)
        if known is None:
            return None
        return known.values.round(_ERROR_DECIMALS) if key is SortKey.ERROR else known.values

    def error_of(self, sample: int) -> float | None:
        """Return the relative error of a sample, if it is available for the shown model."""
        is_known = self._state.model is not None and self.is_known(SortKey.ERROR)
        return float(self._known[SortKey.ERROR].values[sample]) if is_known else None

    def weight_of(self, sample: int) -> float | None:
        """Return the weight of the selected part in a sample; None without a selection."""
        weights = self._weights()
        return None if weights is None else float(weights[sample])

    def share_of(self, sample: int) -> float | None:
        """Return `weight_of` relative to the largest one of all samples, 0..1."""
        shares = self.shares()
        return None if shares is None else float(shares[sample])

    def shares(self) -> NDArray[Any] | None:
        """Return `share_of` all samples, of shape (n_samples,)."""
        source = (self._state.model, self._parts.selected)
        if self._shares[0] != source:
            from nmf_explorer.dataset.sample_order import scale_to_largest

            weights = self._weights()
            self._shares = (source, None if weights is None else scale_to_largest(weights))
        return self._shares[1]

    def _weights(self) -> NDArray[Any] | None:
        model, part = self._state.model, self._parts.selected
        return model.weights[:, part] if model and part is not None else None

    def _on_computed(self, computed: ComputedValues) -> None:
        self._known[computed.key] = computed
        self.computed.emit()


def _compute_errors(dataset: Dataset, model: NmfModel, _report: Report, should_stop: ShouldStop) -> ComputedValues:
    from nmf_explorer.factorize.model.sample_errors import sample_errors

    return ComputedValues(SortKey.ERROR, model, sample_errors(dataset, model, should_stop=should_stop))


def _compute_ranks(dataset: Dataset, _report: Report, _should_stop: ShouldStop) -> ComputedValues:
    from nmf_explorer.dataset.sample_order import name_ranks

    return ComputedValues(SortKey.NAME, dataset, name_ranks(dataset.sample_names))

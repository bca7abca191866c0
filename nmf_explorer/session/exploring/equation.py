"""The equation of one sample or of the user's drawing, with weights that can be moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.explain import Explanation, WeightedSum
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.state.history import History
    from nmf_explorer.session.state.snapshot import Snapshot
    from nmf_explorer.session.state.state import SessionState

    Weights = NDArray[np.float32]  # of shape (n_components,)
    Image = NDArray[np.float32]


class _CacheKey(NamedTuple):
    """What a cached value was computed from."""

    model: NmfModel
    drawing: Image | None
    hidden: frozenset[int]
    subject: int
    moved: Mapping[int, Weights] | None = None

    def is_same(self, other: _CacheKey) -> bool:
        """Return whether all values are the same; ``==`` does not work for arrays."""
        is_same = self.model is other.model and self.drawing is other.drawing and self.moved is other.moved
        return is_same and self.hidden == other.hidden and self.subject == other.subject


class Equation(QObject):
    """``image = weight x part + weight x part + ... + residual``.

    Weights that the user moves stay with their sample until the model changes.
    """

    changed = Signal()  # image, parts, weights, or number of terms that are added up

    def __init__(self, state: SessionState, history: History) -> None:
        super().__init__(state)
        self._state, self._history = state, history
        self.n_added: int | None = None  # how many terms are added up; None for all
        self._previewed: Weights | None = None
        self._cached_best: tuple[_CacheKey, Weights] | None = None
        self._cached_order: tuple[_CacheKey, tuple[list[int], list[int]]] | None = None
        self._sum: WeightedSum | None = None
        state.snapshot_changed.connect(self._on_snapshot_changed)
        state.snapshot_shown.connect(self._on_snapshot_shown)
        state.dataset_changed.connect(self._on_subject_changed)
        state.selected_sample_changed.connect(self._on_subject_changed)
        state.drawing_selected_changed.connect(self._on_subject_changed)

    # what is shown

    @property
    def is_of_drawing(self) -> bool:
        """Whether the image is the user's drawing."""
        return self._state.is_drawing_selected

    @property
    def subject(self) -> int:
        """Index of the sample, or `DRAWING`."""
        return self._state.subject

    @property
    def image(self) -> Image | None:
        """The sample or drawing, of shape `sample_shape`; None without a dataset."""
        dataset = self._state.dataset
        if dataset is None:
            return None
        return self._state.shown.drawing if self.is_of_drawing else dataset.sample_image(self._state.selected_sample)

    @property
    def fitted_weights(self) -> Weights | None:
        """The weights of the fit; for a drawing, or with hidden parts, the best weights."""
        model = self._state.model
        if model is not None and not self.is_of_drawing and not self._state.shown.hidden:
            fitted: Weights = model.weights[self._state.selected_sample]
            return fitted
        return self.best_weights()

    @property
    def weights(self) -> Weights | None:
        """The fitted or moved weights."""
        return self._state.shown.weights.get(self.subject, self.fitted_weights)

    @property
    def shown_weights(self) -> Weights | None:
        """The weights that are shown: the previewed ones during an animation."""
        return self.weights if self._previewed is None else self._previewed

    @property
    def is_previewed(self) -> bool:
        """Whether previewed weights are shown."""
        return self._previewed is not None

    @property
    def has_moved_weights(self) -> bool:
        """Whether the user has moved a weight."""
        return self.subject in self._state.shown.weights

    @property
    def can_move_weights(self) -> bool:
        """Whether there are weights, and no running fit is about to replace them."""
        return self._state.model is not None and not self._state.is_model_changing

    @property
    def can_add_up(self) -> bool:
        """Whether there are terms to add up."""
        return self.can_move_weights and bool(self.added_terms())

    @property
    def can_reset_weights(self) -> bool:
        """Whether there are moved weights to reset."""
        return self.can_move_weights and self.has_moved_weights

    def terms(self) -> list[int]:
        """Return the parts of the sum without hidden ones, by falling contribution at the fitted weights."""
        return self._order()[0]

    def added_terms(self) -> list[int]:
        """Return those of `terms` that contribute, at the fitted or at the moved weights."""
        return self._order()[1]

    def explanation(self) -> Explanation | None:
        """Return the image and its sum, as far as it is added up; None without a model."""
        from nmf_explorer.factorize.model.explain import WeightedSum, explain_sum

        dataset, model, image, added = self._state.dataset, self._state.model, self.image, self._added_weights()
        if dataset is None or model is None or image is None or added is None:
            return None
        if self._sum is None or self._sum.model is not model:
            self._sum = WeightedSum.of(model, added)
        self._sum = self._sum.with_weights(added)
        return explain_sum(image, self._sum, dataset.brightest)

    # verbs

    def set_weight(self, part: int, weight: float) -> None:
        """Move one weight; moves of the same weight are one step of undo until `History.end_merge`."""
        weights = self.weights
        if weights is None or not self.can_move_weights or weight == weights[part]:
            return
        moved = weights.copy()
        moved[part] = max(0.0, weight)
        self._move(moved, Message("Weight of part {i}", i=part + 1), merge=("weight", self.subject, part))

    def set_weights(self, weights: Weights, message: Message) -> None:
        """Move all weights in one step."""
        if self.can_move_weights:
            self._history.end_merge()
            self._move(weights, message, merge=None)

    def reset_weight(self, part: int) -> None:
        """Reset one weight to its fitted value."""
        fitted = self.fitted_weights
        if fitted is not None:
            self._history.end_merge()
            self.set_weight(part, float(fitted[part]))

    def reset_weights(self) -> None:
        """Reset all weights to the fitted ones."""
        if self.has_moved_weights:
            self._history.change(self._state.shown.with_weights(self.subject, None), Message("Fitted weights"))

    def best_weights(self) -> Weights | None:
        """Return the weights with the smallest error of the sum without hidden parts; None without a model."""
        model, image, shown = self._state.model, self.image, self._state.shown
        if model is None or image is None:
            return None
        key = _CacheKey(model, shown.drawing, shown.hidden, self.subject)
        if self._cached_best is None or not self._cached_best[0].is_same(key):
            self._cached_best = (key, model.best_weights(image, shown.hidden))
        return self._cached_best[1]

    def show_partial_sum(self, n_terms: int | None) -> None:
        """Add up the first terms only; None for all."""
        if n_terms != self.n_added:
            self.n_added = n_terms
            self.changed.emit()

    def preview(self, weights: Weights | None) -> None:
        """Show other weights without changing them; None ends the preview."""
        self._previewed = weights
        self.changed.emit()

    # inside

    def _move(self, weights: Weights, message: Message, merge: object) -> None:
        weights.setflags(write=False)
        self._state.keep_sample()
        self._history.change(self._state.shown.with_weights(self.subject, weights), message, merge=merge)

    def _added_weights(self) -> Weights | None:
        """Return the weights of the terms that are added up, and 0 for all others."""
        weights = self.shown_weights
        hidden = self._state.shown.hidden
        if weights is None or (self.n_added is None and not hidden):
            return weights
        added = self.terms() if self.n_added is None else self.added_terms()[: self.n_added]
        masked = weights.copy()
        masked[[part for part in range(len(weights)) if part not in added]] = 0
        return masked

    def _order(self) -> tuple[list[int], list[int]]:
        """Return `terms` and `added_terms`, cached: several panels need them at each move of a slider."""
        from nmf_explorer.factorize.model.part_statistics import MIN_SHARE

        model, weights, fitted = self._state.model, self.weights, self.fitted_weights
        if model is None or weights is None or fitted is None:
            return [], []
        shown = self._state.shown
        key = _CacheKey(model, shown.drawing, shown.hidden, self.subject, shown.weights)
        cached = self._cached_order
        if cached is None or not cached[0].is_same(key):
            at_first = model.contributions_of(fitted)
            terms = [term.part for term in at_first if term.part not in shown.hidden]
            now = model.contributions_of(weights) if self.has_moved_weights else []
            contributing = {t.part for t in (*at_first, *now) if t.share >= MIN_SHARE}
            cached = self._cached_order = (key, (terms, [part for part in terms if part in contributing]))
        return cached[1]

    def _on_snapshot_changed(self, before: Snapshot, after: Snapshot) -> None:
        """Drop values of the former snapshot before any panel reads the new one."""
        if _has_other_parts(before, after) or before.hidden != after.hidden or before.weights is not after.weights:
            self.n_added = self._previewed = None

    def _on_snapshot_shown(self, before: Snapshot, after: Snapshot) -> None:
        if before.differs_from(after):
            self.changed.emit()

    def _on_subject_changed(self) -> None:
        self.n_added = self._previewed = None
        self._history.end_merge()
        self.changed.emit()


def _has_other_parts(before: Snapshot, after: Snapshot) -> bool:
    from nmf_explorer.factorize.model.same_numbers import have_same_numbers

    if before.model is after.model:
        return False
    return before.model is None or after.model is None or not have_same_numbers(before.model, after.model)

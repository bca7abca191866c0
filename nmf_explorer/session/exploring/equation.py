"""The sum that is looked at: of one sample, or of the user's own picture, with weights that can be moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from nmf_explorer.errors import Message
from nmf_explorer.session.state.snapshot import DRAWING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nmf_explorer.factorize.model.explain import Explanation, WeightedSum
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.session import Session
    from nmf_explorer.session.state.snapshot import Snapshot

    Weights = NDArray[np.float32]
    Picture = NDArray[np.float32]


class _Asked(NamedTuple):
    """For what the best weights were found last."""

    model: NmfModel
    drawing: Picture | None
    hidden: frozenset[int]
    subject: int

    def is_same(self, other: _Asked) -> bool:
        """Whether they would be the same again; an array would not say so by ``==``."""
        is_same = self.model is other.model and self.drawing is other.drawing
        return is_same and self.hidden == other.hidden and self.subject == other.subject


class Equation(QObject):
    """``picture = weight x part + weight x part + ...``: what is taken apart, and with which weights.

    Weights that a user moves stay with their sample until another model comes, and each move can be undone.

    Signals: ``changed()`` when picture, parts, weights or the number of terms that are added up are others.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._is_about_drawing = False
        self.n_added: int | None = None
        self._previewed: Weights | None = None
        self._found: tuple[_Asked, Weights] | None = None
        self._kept_order: tuple[_Asked, object, tuple[list[int], list[int]]] | None = None
        self._sum: WeightedSum | None = None
        session.dataset_changed.connect(self._on_another_picture)
        session.selected_sample_changed.connect(self._on_another_picture)

    # what is looked at

    @property
    def is_about_drawing(self) -> bool:
        """Whether the user's own picture is taken apart."""
        return self._is_about_drawing

    @property
    def subject(self) -> int:
        """The sample that is taken apart, or `DRAWING`."""
        return DRAWING if self._is_about_drawing else self._session.selected_sample

    @property
    def image(self) -> Picture | None:
        """What is taken apart; None if no set is open."""
        dataset = self._session.dataset
        if dataset is None:
            return None
        drawing = self._session.snapshot.drawing
        return drawing if self._is_about_drawing else dataset.sample_image(self._session.selected_sample)

    @property
    def fitted_weights(self) -> Weights | None:
        """The weights of the fit; for a drawing, or without hidden parts, those that give the picture back best."""
        model, hidden = self._session.model, self._session.snapshot.hidden
        if model is None:
            return None
        if not self._is_about_drawing and not hidden:
            fitted: Weights = model.weights[self._session.selected_sample]
            return fitted
        picture = self.image
        return None if picture is None else self._best(model, picture, hidden)

    @property
    def weights(self) -> Weights | None:
        """The weights as they are now."""
        return self._session.snapshot.weights.get(self.subject, self.fitted_weights)

    @property
    def shown_weights(self) -> Weights | None:
        """The weights as they are seen: on their way to where they are best, they are others for a moment."""
        return self.weights if self._previewed is None else self._previewed

    @property
    def is_previewed(self) -> bool:
        """Whether weights are on their way."""
        return self._previewed is not None

    @property
    def is_moved(self) -> bool:
        """Whether weights are others than the fitted ones."""
        return self.subject in self._session.snapshot.weights

    @property
    def can_be_moved(self) -> bool:
        """Whether there are weights, and no fit is about to replace them."""
        return self._session.model is not None and not self._session.is_fitting_on

    @property
    def can_be_added_up(self) -> bool:
        """Whether there are terms to add up."""
        return self.can_be_moved and bool(self.added_terms())

    @property
    def can_be_reset(self) -> bool:
        """Whether there are weights to bring back."""
        return self.can_be_moved and self.is_moved

    def terms(self) -> list[int]:
        """The parts of the sum, the largest contribution at the fitted weights first; hidden ones are left out."""
        return self._order()[0]

    def added_terms(self) -> list[int]:
        """The terms that add something, or did so before they were moved, in the order of `terms`."""
        return self._order()[1]

    def explanation(self) -> Explanation | None:
        """The picture beside its sum, as far as it is added up; None without a model."""
        from nmf_explorer.factorize.model.explain import WeightedSum, explain_sum

        dataset, model, picture, shown = self._session.dataset, self._session.model, self.image, self._shown()
        if dataset is None or model is None or picture is None or shown is None:
            return None
        if self._sum is None or self._sum.model is not model:
            self._sum = WeightedSum.of(model, shown)
        self._sum = self._sum.with_weights(shown)
        return explain_sum(picture, self._sum, dataset.brightest)

    # verbs

    def set_weight(self, part: int, weight: float) -> None:
        """Move one weight; moves of the same one are one step of undo until `History.end_merge`."""
        weights = self.weights
        if weights is None or not self.can_be_moved or weight == weights[part]:
            return
        moved = weights.copy()
        moved[part] = max(0.0, weight)
        self._move(moved, Message("Weight of part {i}", i=part + 1), merge=("weight", self.subject, part))

    def set_weights(self, weights: Weights, message: Message) -> None:
        """Move all weights in one step."""
        if self.can_be_moved:
            self._session.history.end_merge()
            self._move(weights, message, merge=None)

    def reset_weight(self, part: int) -> None:
        """Bring one weight back to its fitted value."""
        fitted = self.fitted_weights
        if fitted is not None:
            self._session.history.end_merge()
            self.set_weight(part, float(fitted[part]))

    def reset_weights(self) -> None:
        """Bring all weights back to the fitted ones."""
        if self.is_moved:
            explored = self._session.snapshot.with_weights(self.subject, None)
            self._session.change(explored, Message("Fitted weights"))

    def best_weights(self) -> Weights | None:
        """The weights that give the picture back best; `set_weights` moves there."""
        model, picture = self._session.model, self.image
        if model is None or picture is None:
            return None
        return self._best(model, picture, self._session.snapshot.hidden)

    def show_first(self, n_terms: int | None) -> None:
        """Add up the first terms only, or all of them."""
        if n_terms != self.n_added:
            self.n_added = n_terms
            self.changed.emit()

    def preview(self, weights: Weights | None) -> None:
        """Show other weights for a moment, or the true ones again."""
        self._previewed = weights
        self.changed.emit()

    def set_about_drawing(self, *, drawing: bool) -> None:
        """Take the user's own picture apart, a black one if there is none yet, or the selected sample again."""
        from nmf_explorer.dataset.brush import blank_image

        if self._session.dataset is None or drawing == self._is_about_drawing:
            return
        self._is_about_drawing = drawing
        if drawing and self._session.snapshot.drawing is None:
            black = blank_image(self._session.dataset.sample_shape)
            self._session.show(self._session.snapshot._replace(drawing=black))
        self._on_another_picture_of_mine()

    def draw(self, picture: Picture, message: Message, merge: object = None) -> None:
        """Take another picture apart; its best weights follow."""
        if self._session.dataset is None:
            return
        picture.setflags(write=False)
        explored = self._session.snapshot.with_weights(DRAWING, None)._replace(drawing=picture)
        self._is_about_drawing = True
        self._session.change(explored, message, merge=None if merge is None else ("draw", merge))

    # told by the session

    def forget(self, before: Snapshot, after: Snapshot) -> None:
        """Forget what held for the value before only; nobody hears of the new one until that is gone."""
        if after.drawing is None:
            self._is_about_drawing = False
        if before.model is not after.model or before.hidden != after.hidden or before.weights is not after.weights:
            self.n_added = self._previewed = None

    # inside

    def _move(self, weights: Weights, message: Message, merge: object) -> None:
        weights.setflags(write=False)
        self._session.change(self._session.snapshot.with_weights(self.subject, weights), message, merge=merge)

    def _shown(self) -> Weights | None:
        """Weights of the terms that are added up, 0 for all others."""
        weights = self.shown_weights
        hidden = self._session.snapshot.hidden
        if weights is None or (self.n_added is None and not hidden):
            return weights
        shown = self.terms() if self.n_added is None else self.added_terms()[: self.n_added]
        masked = weights.copy()
        masked[[part for part in range(len(weights)) if part not in shown]] = 0
        return masked

    def _order(self) -> tuple[list[int], list[int]]:
        """Terms, and those that add something; several panels ask for each move of a slider."""
        from nmf_explorer.factorize.model.part_facts import NOTICED

        model, weights, fitted = self._session.model, self.weights, self.fitted_weights
        if model is None or weights is None or fitted is None:
            return [], []
        explored = self._session.snapshot
        asked = (_Asked(model, explored.drawing, explored.hidden, self.subject), explored.weights)
        kept = self._kept_order
        if kept is None or kept[1] is not asked[1] or not kept[0].is_same(asked[0]):
            at_first = model.contributions_of(fitted)
            terms = [term.part for term in at_first if term.part not in explored.hidden]
            now = model.contributions_of(weights) if self.is_moved else []
            adding = {t.part for t in (*at_first, *now) if t.share >= NOTICED}
            kept = self._kept_order = (*asked, (terms, [part for part in terms if part in adding]))
        return kept[2]

    def _best(self, model: NmfModel, picture: Picture, hidden: frozenset[int]) -> Weights:
        asked = _Asked(model, self._session.snapshot.drawing, hidden, self.subject)
        if self._found is None or not self._found[0].is_same(asked):
            self._found = (asked, model.best_weights(picture, hidden))
        return self._found[1]

    def _on_another_picture(self) -> None:
        self._is_about_drawing = False
        self._on_another_picture_of_mine()

    def _on_another_picture_of_mine(self) -> None:
        self.n_added = self._previewed = None
        self._session.history.end_merge()
        self.changed.emit()

"""What is said about single parts: which one is looked at, its name, whether the sum goes on without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from collections.abc import Collection

    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.factorize.model.part_facts import PartFacts
    from nmf_explorer.session.session import Session


class Parts(QObject):
    """The parts of the model that is shown.

    Signals: ``chosen_changed()`` when another part, or none, is looked at or compared with; ``changed()`` when names
    or hidden parts are others.
    """

    selected_changed = Signal()
    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.selected: int | None = None
        self.compared: int | None = None
        self._facts: tuple[NmfModel, PartFacts] | None = None
        session.model_changed.connect(self._on_model_changed)

    def select(self, part: int | None) -> None:
        """Look at one part alone, or at none."""
        self._look_at(part, None)

    def compare(self, part: int | None) -> None:
        """Set a second part beside the chosen one, or none; without a chosen one it is chosen itself."""
        if self.selected is None:
            self._look_at(part, None)
        else:
            self._look_at(self.selected, part)

    def name_of(self, part: int) -> str:
        """The name that the user gave to a part, or an empty text."""
        return self._session.snapshot.names.get(part, "")

    @property
    def hidden(self) -> frozenset[int]:
        """The parts that the sum goes on without."""
        return self._session.snapshot.hidden

    def facts(self) -> PartFacts | None:
        """What can be said about each part; found when somebody asks, once for each model."""
        from nmf_explorer.factorize.model.part_facts import part_facts

        model = self._session.model
        if model is None:
            return None
        if self._facts is None or self._facts[0] is not model:
            self._facts = (model, part_facts(model))
        return self._facts[1]

    def rename(self, part: int, name: str) -> None:
        """Give a part a name; an empty one takes it away."""
        name = " ".join(name.split())
        if name != self.name_of(part):
            text = Message("Name of part {i}", i=part + 1)
            self._session.change(self._session.snapshot.with_name(part, name), text)

    def hide(self, part: int, *, hidden: bool) -> None:
        """Let the sum go on without a part, or with it again."""
        self.hide_some([part], hidden=hidden)

    def hide_some(self, parts: Collection[int], *, hidden: bool) -> None:
        """Let the sum go on without several parts, or with them again, in one step."""
        before = self._session.snapshot
        after = before._replace(hidden=before.hidden.union(parts) if hidden else before.hidden.difference(parts))
        changed = before.hidden ^ after.hidden
        if len(changed) == 1:
            i = min(changed) + 1
            self._session.change(after, Message("Hide part {i}", i=i) if hidden else Message("Show part {i}", i=i))
        elif changed:
            n = len(changed)
            self._session.change(after, Message("Hide {n} parts", n=n) if hidden else Message("Show {n} parts", n=n))

    def show_all(self) -> None:
        """Let the sum go on with all parts again."""
        if self.hidden:
            self._session.change(self._session.snapshot._replace(hidden=frozenset()), Message("Show all parts"))

    def _look_at(self, chosen: int | None, compared: int | None) -> None:
        compared = None if compared == chosen else compared
        if (chosen, compared) != (self.selected, self.compared):
            self.selected, self.compared = chosen, compared
            self.selected_changed.emit()

    def _on_model_changed(self) -> None:
        model = self._session.model
        n_parts = model.n_components if model else 0
        chosen, compared = (p if p is not None and p < n_parts else None for p in (self.selected, self.compared))
        self._look_at(chosen, compared if chosen is not None else None)

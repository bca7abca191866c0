"""The parts that are selected in a list, kept in step with the selected and the compared part of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QListView

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.parts.part_model import PartModel


class PartSelection(QObject):
    """The selection of a list of parts, by part instead of by row.

    Signals: ``changed()`` after any change of the selected rows or of the current one.
    """

    changed = Signal()

    def __init__(self, session: Session, view: QListView, items: PartModel) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._items = items
        view.selectionModel().selectionChanged.connect(self.changed)
        view.selectionModel().currentChanged.connect(self.changed)  # some actions need no more than the focus
        session.parts.selected_changed.connect(self.follow_session)

    def current_part(self) -> int | None:
        """Return the part with the keyboard focus."""
        index = self._view.currentIndex()
        return self._items.part(index) if index.isValid() else None

    def parts(self) -> list[int]:
        """Return the selected parts in the order of their rows."""
        rows = sorted(index.row() for index in self._view.selectionModel().selectedIndexes())
        return [self._items.part_order[row] for row in rows]

    def descriptions(self) -> list[str]:
        """Return what a screen reader says about each selected part."""
        return self._items.descriptions(self.parts())

    def select(self, parts: list[int], current: int | None) -> None:
        """Select these parts and give one of them the keyboard focus."""
        model, flags = self._view.selectionModel(), QItemSelectionModel.SelectionFlag
        model.clear()
        for part in parts:
            model.select(self._items.index_of(part), flags.Select)
        if current is not None:
            model.setCurrentIndex(self._items.index_of(current), flags.NoUpdate)
        self.changed.emit()

    def show_in_session(self) -> None:
        """Show details of the selected part; of two, compare the newer one with the older one."""
        parts, selected = self._session.parts, self.parts()
        if len(selected) == 1:
            parts.select(selected[0])
        elif len(selected) == 2:
            first, second = selected
            newer = self.current_part()
            if parts.selected in selected:
                newer = first if parts.selected == second else second
            parts.select(first if newer == second else second)
            parts.compare(newer)

    def follow_session(self) -> None:
        """Select the selected and the compared part of the session."""
        parts = self._session.parts
        wanted = [part for part in (parts.selected, parts.compared) if part is not None]
        if wanted and set(wanted) != set(self.parts()):
            self.select(wanted, wanted[-1])

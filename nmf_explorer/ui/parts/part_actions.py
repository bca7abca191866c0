"""Actions on parts, shared by the context menu, the menu bar and the keyboard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication, QKeySequence

from nmf_explorer.ui.parts.part_files import open_save_dialog, parts_mime_data
from nmf_explorer.ui.theme.texts import title_of_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QListView

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.parts.part_selection import PartSelection


class PartActions(QObject):
    """Actions on the selected parts; their shortcuts work only while the list has the keyboard focus."""

    def __init__(
        self, session: Session, view: QListView, selection: PartSelection, zoom_by: Callable[[int], None]
    ) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._selection = selection
        self._single_part_actions: list[QAction] = []
        self._selection_actions: list[QAction] = []
        self._add_part_actions()
        self._add_separator()
        self._selection_actions.append(self._add_action(self.tr("&Copy"), self._copy, QKeySequence.StandardKey.Copy))
        self._single_part_actions.append(self._add_action(self.tr("&Save as Picture…"), self._save))
        self._add_separator()
        self._order_actions = self._add_order_actions()
        self._add_separator()
        self._add_action(self.tr("La&rger"), partial(zoom_by, 1), "+")
        self._add_action(self.tr("S&maller"), partial(zoom_by, -1), "-")
        self._add_action(self.tr("&Fit into the Window"), session.part_layout.zoom_to_fit, "0")
        parts = session.parts
        selection.changed.connect(self.refresh)
        for signal in (session.model_changed, parts.changed, parts.selected_changed, session.part_layout.order_changed):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Update texts and enabled states."""
        parts, selected, current = self._session.parts, self._selection.parts(), self._selection.current_part()
        for action in self._single_part_actions:
            action.setEnabled(current is not None)
        for action in self._selection_actions:
            action.setEnabled(bool(selected))
        self._hide.setText(
            self.tr("S&how in the Sum") if self._are_all_hidden(selected) else self.tr("&Hide from the Sum")
        )
        self._show_all.setEnabled(bool(parts.hidden))
        chosen = parts.selected
        self._compare.setEnabled(current is not None and chosen is not None and current != chosen)
        title = "" if chosen is None else title_of_part(chosen, parts.name_of(chosen)).replace("&", "&&")
        self._compare.setText(self.tr("Com&pare with {part}").format(part=title) if title else self.tr("Com&pare"))
        for order, action in self._order_actions.items():
            action.setChecked(order == self._session.part_layout.order)

    def _add_part_actions(self) -> None:
        self._single_part_actions.append(
            self._add_action(self.tr("&Look at This Part"), self._selection.show_in_session, "Return", "Enter")
        )
        self._compare = self._add_action("", self._compare_with_selected, "C")
        self._single_part_actions.append(self._add_action(self.tr("&Name…"), self._rename, "F2"))
        self._hide = self._add_action("", self._toggle_hidden, "H")
        self._selection_actions.append(self._hide)
        self._show_all = self._add_action(self.tr("Show &All Parts"), self._session.parts.show_all)

    def _add_order_actions(self) -> dict[str, QAction]:
        names = {
            "found": self.tr("Order: As Foun&d"),
            "share": self.tr("Order: &By Share"),
            "place": self.tr("Order: &Top to Bottom"),
            "likeness": self.tr("Order: Al&ike Side by Side"),
        }
        group = QActionGroup(self)
        actions = {}
        for order, name in names.items():
            actions[order] = action = self._add_action(name, partial(self._session.part_layout.sort, order))
            action.setCheckable(True)
            group.addAction(action)
        return actions

    def _add_action(self, text: str, slot: Callable[[], object], *keys: QKeySequence.StandardKey | str) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: slot())
        self._view.addAction(action)
        return action

    def _add_separator(self) -> None:
        line = QAction(self)
        line.setSeparator(True)
        self._view.addAction(line)

    # slots

    def _are_all_hidden(self, parts: list[int]) -> bool:
        return bool(parts) and self._session.parts.hidden.issuperset(parts)

    def _compare_with_selected(self) -> None:
        self._session.parts.compare(self._selection.current_part())

    def _rename(self) -> None:
        self._view.edit(self._view.currentIndex())

    def _toggle_hidden(self) -> None:
        selected = self._selection.parts()
        self._session.parts.hide_some(selected, hidden=not self._are_all_hidden(selected))

    def _copy(self) -> None:
        selected = self._selection.parts()
        QGuiApplication.clipboard().setMimeData(
            parts_mime_data(self._session, selected, self._selection.descriptions())
        )

    def _save(self) -> None:
        part = self._selection.current_part()
        if part is not None:
            open_save_dialog(self._session, part, self._view)

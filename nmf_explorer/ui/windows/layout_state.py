"""How a user has arranged a window's contents: what has the keyboard, and where the dividers are."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QSplitter, QWidget

_RESTORED = "was_restored"  # a property of splitters


def dividers(contents: QWidget) -> list[QByteArray]:
    """Where the dividers are, in the order in which they were made."""
    return [_state(splitter) for splitter in contents.findChildren(QSplitter)]


def restore_dividers(contents: QWidget, states: list[QByteArray]) -> None:
    """Put them there again."""
    for splitter, state in zip(contents.findChildren(QSplitter), states, strict=False):
        splitter.setProperty(_RESTORED, splitter.restoreState(state))


def _state(splitter: QSplitter) -> QByteArray:
    """Where a divider is; nothing for one that was not seen yet, for its shares of no room would make no sense."""
    return splitter.saveState() if any(splitter.sizes()) or splitter.property(_RESTORED) else QByteArray()


class LayoutState(NamedTuple):
    """What stays when the contents are thrown away and built again."""

    focused: tuple[type[QWidget], int] | None  # the how many-th of its kind
    states: list[QByteArray]

    @classmethod
    def of(cls, contents: QWidget) -> LayoutState:
        """How things stand now."""
        states = dividers(contents)
        widget: QWidget | None = contents.window().focusWidget()
        if widget is None or not contents.isAncestorOf(widget):
            return cls(None, states)
        return cls((type(widget), contents.findChildren(type(widget)).index(widget)), states)

    def restore(self, contents: QWidget) -> None:
        """Arrange new contents as the old ones were."""
        restore_dividers(contents, self.states)
        if self.focused:
            kind, number = self.focused
            alike = contents.findChildren(kind)
            if number < len(alike):
                alike[number].setFocus()

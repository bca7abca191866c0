"""The layout of a window's contents that survives a rebuild: focus and dividers."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QSplitter, QWidget

_RESTORED = "was_restored"  # a property of splitters


def dividers(contents: QWidget) -> list[QByteArray]:
    """Return the positions of all dividers, in the order of their creation."""
    return [_state(splitter) for splitter in contents.findChildren(QSplitter)]


def restore_dividers(contents: QWidget, states: list[QByteArray]) -> None:
    """Move the dividers to saved positions."""
    for splitter, state in zip(contents.findChildren(QSplitter), states, strict=False):
        splitter.setProperty(_RESTORED, splitter.restoreState(state))


def _state(splitter: QSplitter) -> QByteArray:
    """Return the position of a divider; empty if it was never shown, as its sizes are then meaningless."""
    return splitter.saveState() if any(splitter.sizes()) or splitter.property(_RESTORED) else QByteArray()


class LayoutState(NamedTuple):
    """The focused widget and the dividers."""

    focused: tuple[type[QWidget], int] | None  # class, and index among widgets of this class
    states: list[QByteArray]

    @classmethod
    def of(cls, contents: QWidget) -> LayoutState:
        """Save the present layout."""
        states = dividers(contents)
        widget: QWidget | None = contents.window().focusWidget()
        if widget is None or not contents.isAncestorOf(widget):
            return cls(None, states)
        return cls((type(widget), contents.findChildren(type(widget)).index(widget)), states)

    def restore(self, contents: QWidget) -> None:
        """Apply the layout to new contents."""
        restore_dividers(contents, self.states)
        if self.focused:
            kind, number = self.focused
            candidates = contents.findChildren(kind)
            if number < len(candidates):
                candidates[number].setFocus()

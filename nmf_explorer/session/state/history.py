"""Undo and redo, by Qt's own stack. Every step goes from one `Snapshot` to another, so there is one kind of step only.

The stack belongs to QtGui, though it shows nothing; it is all that the session takes from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from nmf_explorer.errors import Message
    from nmf_explorer.session.state.snapshot import Snapshot

_MOST_STEPS = 200
_MOST_BYTES = 1_000_000_000  # of models that are kept for undo; what lies further back is forgotten


class _Step(QUndoCommand):
    """From one value to the next."""

    def __init__(
        self,
        apply: Callable[[Snapshot], None],
        change: tuple[Snapshot, Snapshot],
        message: Message,
        merge: Hashable,
    ) -> None:
        super().__init__(str(message))
        self._apply = apply
        self.before, self.after = change
        self.message = message
        self.merge = merge

    def undo(self) -> None:
        """Go back."""
        self._apply(self.before)

    def redo(self) -> None:
        """Go forth, also for the first time."""
        self._apply(self.after)


class History(QObject):
    """What can be undone and redone.

    Signals: ``changed()`` when that is something else than before.
    """

    changed = Signal()

    def __init__(
        self,
        apply: Callable[[Snapshot], None],
        is_at_hand: Callable[[Snapshot, Callable[[], None]], bool],
        parent: QObject | None = None,
    ) -> None:
        """`is_at_hand` says whether a value can be gone to; if not, it fetches what is missing, and then calls."""
        super().__init__(parent)
        self._apply = apply
        self._is_at_hand = is_at_hand
        self._n_settled = 0
        self._steps: list[_Step] = []  # Qt knows their C++ half only
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(_MOST_STEPS)
        self._stack.indexChanged.connect(self._on_index_changed)
        self.is_locked = False

    def record(self, before: Snapshot, after: Snapshot, message: Message, merge: Hashable = None) -> None:
        """Go from one value to the next, and remember how to go back.

        Steps that follow one another with the same `merge` become one, until `settle`.
        """
        kept = {id(value.model): value.n_bytes() for step in self._steps for value in (step.before, step.after)}
        if sum(kept.values()) + after.n_bytes() > _MOST_BYTES:
            self.clear()
        key = None if merge is None else (self._n_settled, merge)
        if key is not None and self._go_on_with_last(after, key):
            return
        step = _Step(self._apply, (before, after), message, key)
        self._steps.append(step)
        self._stack.push(step)

    def _go_on_with_last(self, after: Snapshot, key: Hashable) -> bool:
        """Let the last step lead further, if it is about the same; Qt's own way leaves each merged step in memory."""
        last = self._step(self._stack.index() - 1)
        if last is None or last.merge != key:
            return False
        last.after = after
        self._apply(after)
        self.changed.emit()
        return True

    def amend_last(self, after: Snapshot) -> None:
        """Let the last step, if there is one, lead further: to what has followed from it by itself."""
        if last := self._step(self._stack.index() - 1):
            last.after = after

    def end_merge(self) -> None:
        """Let the next step be one of its own: the slider was let go, the brush lifted."""
        self._n_settled += 1

    def clear(self) -> None:
        """Forget everything."""
        self._stack.clear()

    def set_locked(self, *, locked: bool) -> None:
        """Let nothing be undone while a fit goes on, or again."""
        self.is_locked = locked
        self.changed.emit()

    def undo(self) -> None:
        """Go one step back, if there is one."""
        step = self._step(self._stack.index() - 1)
        if self.can_undo and step and self._is_at_hand(step.before, self.undo):
            self.end_merge()
            self._stack.undo()

    def redo(self) -> None:
        """Go one step forth, if there is one."""
        step = self._step(self._stack.index())
        if self.can_redo and step and self._is_at_hand(step.after, self.redo):
            self.end_merge()
            self._stack.redo()

    @property
    def can_undo(self) -> bool:
        """Whether there is a step back."""
        return not self.is_locked and self._stack.canUndo()

    @property
    def can_redo(self) -> bool:
        """Whether there is a step forth."""
        return not self.is_locked and self._stack.canRedo()

    @property
    def undo_message(self) -> Message | None:
        """What `undo` would take back."""
        return self._message(self._stack.index() - 1)

    @property
    def redo_message(self) -> Message | None:
        """What `redo` would do again."""
        return self._message(self._stack.index())

    @property
    def n_steps(self) -> int:
        """How many steps can be gone back."""
        return self._stack.index()

    def _message(self, place: int) -> Message | None:
        step = self._step(place)
        return step.message if step else None

    def _step(self, place: int) -> _Step | None:
        command = self._stack.command(place)
        return command if isinstance(command, _Step) else None

    def _on_index_changed(self) -> None:
        commands = {self._stack.command(i) for i in range(self._stack.count())}
        self._steps = [step for step in self._steps if step in commands]
        self.changed.emit()

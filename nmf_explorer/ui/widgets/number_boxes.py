"""Number fields that take any digits, correct them in words, and leave the keys of the window to it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QToolTip

from nmf_explorer.ui.theme.texts import describe_widget, plain_tool_tip
from nmf_explorer.ui.widgets.screen_reader import announce

_KEYS_OF_THE_WINDOW = (
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.MoveToNextWord,  # the next sample
    QKeySequence.StandardKey.MoveToPreviousWord,
)
_MAX_LETTERS = 12  # of a number beyond the limits
_SHOWN_MS = 8000  # how long a correction is explained


class WholeNumberBox(QSpinBox):
    """A field for a whole number, with limits that its tool tip names."""

    about = highest_reason = ""

    def describe(self, about: str, *, highest_reason: str = "") -> None:
        """Set what the number is, and what to say when a larger one than the highest is typed."""
        self.about, self.highest_reason = about, highest_reason
        _describe_limits(self)

    def setRange(self, lowest: int, highest: int) -> None:
        """Set the limits."""
        super().setRange(lowest, highest)
        _describe_limits(self)

    def validate(self, text: str, cursor: int) -> tuple[QValidator.State, str, int]:
        """Let digits beyond the limits be typed."""
        return _let_type(self, super().validate(text, cursor))

    def fixup(self, text: str) -> str:
        """Return the limit instead of a number beyond it."""
        return _corrected(self, text)

    def event(self, event: QEvent) -> bool:
        """Leave keys of the window to it."""
        return _leave_to_window(self, event) or super().event(event)


class DecimalBox(QDoubleSpinBox):
    """A field for a number with decimals, with limits that its tool tip names."""

    about = highest_reason = ""

    def describe(self, about: str) -> None:
        """Set what the number is."""
        self.about = about
        _describe_limits(self)

    def setRange(self, lowest: float, highest: float) -> None:
        """Set the limits."""
        super().setRange(lowest, highest)
        _describe_limits(self)

    def validate(self, text: str, cursor: int) -> tuple[QValidator.State, str, int]:
        """Let digits beyond the limits be typed."""
        return _let_type(self, super().validate(text, cursor))

    def fixup(self, text: str) -> str:
        """Return the limit instead of a number beyond it."""
        return _corrected(self, text)

    def event(self, event: QEvent) -> bool:
        """Leave keys of the window to it."""
        return _leave_to_window(self, event) or super().event(event)


_NumberBox = WholeNumberBox | DecimalBox


def _leave_to_window(box: _NumberBox, event: QEvent) -> bool:
    """Return whether a key is left to the shortcuts of the window: the field would take it for its text."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        box.interpretText()  # a shortcut that follows uses the number that was typed
    if box.lineEdit().isModified() or not any(event.matches(key) for key in _KEYS_OF_THE_WINDOW):
        return False
    event.ignore()
    return True


def _typed_number(box: _NumberBox, text: str) -> float | None:
    digits = text.removeprefix(box.prefix()).removesuffix(box.suffix()).strip()
    value, is_number = box.locale().toDouble(digits)
    return value if is_number and len(digits) <= _MAX_LETTERS else None


def _let_type(box: _NumberBox, verdict: tuple[QValidator.State, str, int]) -> tuple[QValidator.State, str, int]:
    """Return a verdict on a text that refuses no number for its size."""
    state, text, cursor = verdict
    typed = _typed_number(box, text) if state is QValidator.State.Invalid else None
    is_beyond = typed is not None and not box.minimum() <= typed <= box.maximum()
    return (QValidator.State.Intermediate if is_beyond else state), text, cursor


def _corrected(box: _NumberBox, text: str) -> str:
    """Return the limit that is nearest to a number beyond the limits, and say so; else the text as it is."""
    typed = _typed_number(box, text)
    if typed is None or box.minimum() <= typed <= box.maximum():
        return text
    is_highest = typed > box.maximum()
    template = QCoreApplication.translate("NumberBox", "At least {limit}")
    if is_highest:
        template = box.highest_reason or QCoreApplication.translate("NumberBox", "At most {limit}")
    limit = _limit(box, is_highest=is_highest)
    reason = template.format(limit=limit)
    if box.isVisible():
        QToolTip.showText(box.mapToGlobal(box.rect().bottomLeft()), plain_tool_tip(reason), box, box.rect(), _SHOWN_MS)
        announce(box, reason)
    return f"{box.prefix()}{limit}{box.suffix()}"


def _describe_limits(box: _NumberBox) -> None:
    """Name the limits in the tool tip, and to screen readers."""
    template = QCoreApplication.translate("NumberBox", "{about} (from {lowest} to {highest})")
    if not box.about:
        template = QCoreApplication.translate("NumberBox", "From {lowest} to {highest}")
    limits = {"lowest": _limit(box, is_highest=False), "highest": _limit(box, is_highest=True)}
    describe_widget(box, template.format(about=box.about, **limits))


def _limit(box: _NumberBox, *, is_highest: bool) -> str:
    if isinstance(box, WholeNumberBox):  # the two branches differ in type only
        return box.textFromValue(box.maximum() if is_highest else box.minimum())
    return box.textFromValue(box.maximum() if is_highest else box.minimum())

"""Posts notices one after the other; the notice about the open dataset can be restored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from nmf_explorer.session.state.notice import Level, Notice, notice_about

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.errors import Message
    from nmf_explorer.session.state.state import SessionState


class NoticeBoard(QObject):
    """Posts the notices of a session."""

    def __init__(self, state: SessionState) -> None:
        super().__init__(state)
        self._state = state
        self._about_dataset: Notice | None = None
        self._last: Notice | None = None  # also after the user has dismissed it
        state.dataset_changed.connect(self._on_dataset_changed)

    def show(self, notice: Notice | None) -> None:
        """Show a notice instead of the last one."""
        self._last = notice
        self._state.set_notice(notice)

    def show_message(self, text: Message, level: Level = Level.INFO) -> None:
        """Show one sentence."""
        self.show(Notice(level, (text,)))

    def show_about_dataset(self, dataset: Dataset) -> None:
        """Show how a dataset was read, if there is something to report."""
        self._about_dataset = notice_about(dataset)
        if self._about_dataset:
            self.show(self._about_dataset)

    def show_about_fit(self, text: Message, level: Level) -> None:
        """Show how a fit ended, together with the list of skipped files."""
        about = self._about_dataset
        if about and about.skipped:
            self.show(Notice(level, (text, about.messages[0]), about.skipped, is_about_reading=True))
        else:
            self.show_message(text, level)

    def restore_dataset_notice(self) -> None:
        """Replace a notice about something else by the one about the dataset."""
        if self._last is not self._about_dataset:
            self.show(self._about_dataset)

    def _on_dataset_changed(self) -> None:
        self._about_dataset = None
        self.show(None)

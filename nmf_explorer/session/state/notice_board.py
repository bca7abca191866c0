"""What is told to the user, one notice after the other; how the open set was read stays at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.session.state.notice import Level, Notice, notice_about

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.errors import Message
    from nmf_explorer.session.session import Session


class NoticeBoard:
    """Posts the notices of a session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._about_set: Notice | None = None
        self._last: Notice | None = None

    def show(self, notice: Notice | None) -> None:
        """Tell this, instead of what was told before."""
        self._last = self._session.notice = notice
        self._session.notice_posted.emit(notice)

    def show_message(self, text: Message, level: Level = Level.INFO) -> None:
        """Tell one sentence."""
        self.show(Notice(level, (text,)))

    def show_about_dataset(self, dataset: Dataset) -> None:
        """Tell how a set was read, if there is something to say."""
        self._about_set = notice_about(dataset)
        if self._about_set:
            self.show(self._about_set)

    def show_about_fit(self, text: Message, level: Level) -> None:
        """Tell how a fit went; the list of skipped files stays at hand."""
        about = self._about_set
        if about and about.skipped:
            self.show(Notice(level, (text, about.messages[0]), about.skipped, is_about_reading=True))
        else:
            self.show_message(text, level)

    def restore_dataset_notice(self) -> None:
        """Take away what was told about something else than the set."""
        if self._last is not self._about_set:
            self.show(self._about_set)

    def clear(self) -> None:
        """Tell nothing any more; another set is open, or none."""
        self._about_set = None
        self.show(None)

"""What is told to the user, one notice after the other; how the open set was read stays at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.session.state.notice import Level, Notice, notice_about

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.errors import Message
    from nmf_explorer.session.session import Session


class Telling:
    """Posts the notices of a session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._about_set: Notice | None = None
        self._last: Notice | None = None

    def post(self, notice: Notice | None) -> None:
        """Tell this, instead of what was told before."""
        self._last = self._session.notice = notice
        self._session.notice_posted.emit(notice)

    def say(self, text: Message, level: Level = Level.INFO) -> None:
        """Tell one sentence."""
        self.post(Notice(level, (text,)))

    def say_about_set(self, dataset: Dataset) -> None:
        """Tell how a set was read, if there is something to say."""
        self._about_set = notice_about(dataset)
        if self._about_set:
            self.post(self._about_set)

    def say_about_fit(self, text: Message, level: Level) -> None:
        """Tell how a fit went; the list of skipped files stays at hand."""
        about = self._about_set
        if about and about.skipped:
            self.post(Notice(level, (text, about.messages[0]), about.skipped, is_about_reading=True))
        else:
            self.say(text, level)

    def go_back_to_set(self) -> None:
        """Take away what was told about something else than the set."""
        if self._last is not self._about_set:
            self.post(self._about_set)

    def forget(self) -> None:
        """Tell nothing any more; another set is open, or none."""
        self._about_set = None
        self.post(None)

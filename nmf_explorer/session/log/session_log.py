"""Log the datasets, fits and messages of one window; only paths and numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from nmf_explorer.errors import Message
from nmf_explorer.session.log.log_file import one_line
from nmf_explorer.session.state.activity import Activity
from nmf_explorer.session.state.notice import Level

if TYPE_CHECKING:
    from nmf_explorer.session.log.log_file import LogFile
    from nmf_explorer.session.session import Session
    from nmf_explorer.session.state.notice import Notice
    from nmf_explorer.session.state.open_request import OpenRequest


_CONTENTS = ("cell", "column")  # values of messages that quote the user's file


class SessionLog(QObject):
    """Listens to a session and adds lines to the log, each with the number of the window."""

    def __init__(self, session: Session, log: LogFile, number: int) -> None:
        super().__init__(session)
        self._session = session
        self._log = log
        self._number = number
        self._activity = Activity.IDLE
        session.activity_changed.connect(self._on_activity_changed)
        session.dataset_changed.connect(self._on_dataset_changed)
        session.notice_posted.connect(self._on_notice_posted)
        self._add("info", "opened")

    def _add(self, level: str, text: str) -> None:
        self._log.add(level, f"window {self._number}: {text}")

    def _on_activity_changed(self) -> None:
        before, self._activity = self._activity, self._session.activity
        if self._activity is Activity.LOADING and before is not Activity.LOADING:
            self._add("info", f"loading {paths_of(self._session.set_opener.last_request)}")
        if before is Activity.FITTING and self._activity is Activity.IDLE:
            QTimer.singleShot(0, self, self._add_fit)  # the model is taken over after the task has ended

    def _add_fit(self) -> None:
        model = self._session.present.model
        if model:
            options, end = model.options, "converged" if model.converged else "not converged"
            start = options.start if isinstance(options.start, str) else "known parts"
            self._add(
                "info",
                f"fit of {model.n_components} parts ended after {model.n_iterations} iterations, {end}, "
                f"relative error {model.relative_error:.4f} (method {options.solver}, start {start}, "
                f"loss {options.loss}, seed {options.random_state})",
            )

    def _on_dataset_changed(self) -> None:
        dataset = self._session.dataset
        if dataset is None:
            self._add("info", "no set is open")
            return
        height, width = dataset.sample_shape[:2]
        paths = paths_of(self._session.set_opener.current_request)
        self._add(
            "info",
            f"open: {paths}, {dataset.n_samples} samples of {width} x {height}, {len(dataset.skipped)} files skipped",
        )
        if problem := dataset.report.cache_problem:
            self._add("warning", f"decoded photographs could not be kept, {one_line(problem)}")

    def _on_notice_posted(self, notice: Notice | None) -> None:
        if notice and notice.level is not Level.INFO:
            self._add(notice.level.value, " ".join(map(without_contents, notice.messages)))


def paths_of(request: OpenRequest) -> str:
    """Return the paths of all sources in one line; what was pasted has no path."""
    names = [
        one_line(source.absolute()) if isinstance(source, Path) else "a pasted image" for source in request.sources
    ]
    return ", ".join(names)


def without_contents(text: str) -> str:
    """Return a message in one English line, with an ellipsis where it quotes what is written in a file."""
    if not isinstance(text, Message):
        return one_line(text)
    return one_line(text.template.format(**{name: _filling(name, value) for name, value in text.values.items()}))


def _filling(name: str, value: object) -> object:
    if isinstance(value, Message):
        return without_contents(value)
    return "…" if name in _CONTENTS and isinstance(value, str) else value

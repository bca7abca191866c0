"""Composes the state of a window and the controllers that change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.session.exploring.drawing import Drawing
from nmf_explorer.session.exploring.equation import Equation
from nmf_explorer.session.exploring.equation_animation import EquationAnimation
from nmf_explorer.session.exploring.part_layout import PartLayout
from nmf_explorer.session.exploring.parts import Parts
from nmf_explorer.session.exploring.pointer import Pointer
from nmf_explorer.session.exploring.sample_view import SampleView
from nmf_explorer.session.fitting.fit_controller import FitController
from nmf_explorer.session.fitting.next_fit import NextFit
from nmf_explorer.session.fitting.replay import Replay
from nmf_explorer.session.loading.file_count import FileCount
from nmf_explorer.session.loading.import_preview import ImportPreview
from nmf_explorer.session.loading.recent_sets import RecentSets
from nmf_explorer.session.loading.set_opener import SetOpener
from nmf_explorer.session.state.activity import Activity as Activity
from nmf_explorer.session.state.history import History
from nmf_explorer.session.state.notice import Level
from nmf_explorer.session.state.notice_board import NoticeBoard
from nmf_explorer.session.state.state import SessionState
from nmf_explorer.session.tasks.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtCore import QObject

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.errors import Message
    from nmf_explorer.session.state.preferences import Preferences


class Session(SessionState):
    """The state of one window, its controllers, and the verbs that panels call."""

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(preferences, parent)
        self.worker = Worker(self)
        self.history = History(self)
        self.parts = Parts(self, self.history)
        self.equation = Equation(self, self.history)
        self.equation_animation = EquationAnimation(self.equation)
        self.pointer = Pointer(self, self.equation)
        self.part_layout = PartLayout(self)
        self.sample_view = SampleView(self, self.parts)
        self.notices = NoticeBoard(self)
        self.replay = Replay(self)
        self.fit_controller = FitController(self, self.worker, self.notices, self.history, self.replay)
        self.next_fit = NextFit(self, self.worker, self.notices, self.fit_controller)
        self.drawing = Drawing(self, self.history, self.notices)
        # after the equation and the parts: its notice about a new dataset comes last
        self.set_opener = SetOpener(self, self.worker, self.notices, self.history, self.next_fit)
        self.import_preview = ImportPreview(self, self.notices, self.set_opener)
        self.file_count = FileCount(self)
        self.recent_sets = RecentSets(preferences, self)

    def open(self, sources: Sequence[Path | FoundFile], options: LoadOptions | None = None) -> None:
        """Stop any work and load files and folders; the old dataset stays until the new one is loaded.

        Without options, those of the last time are used, or the defaults.
        """
        self.set_opener.open(sources, options)

    def close_set(self) -> None:
        """Close the dataset."""
        self.set_opener.close()

    def show_notice(self, text: Message, level: Level = Level.INFO) -> None:
        """Show a notice that is about neither a fit nor a dataset."""
        self.notices.show_message(text, level)

    def dismiss_notice(self) -> None:
        """Remove the notice that the user has read."""
        self.set_notice(None)

    def start_fit(self, *, is_watched: bool = False) -> None:
        """Fit the chosen number of parts; do nothing without a dataset, while loading, or if that fit runs already.

        `is_watched`: play the fit at its end, if it was too quick to be seen.
        """
        self.next_fit.start(is_watched=is_watched)

    def step_fit(self) -> None:
        """Run one iteration of the fit, then pause; start a fit if none runs, or one of another number of parts.

        After the last iteration that changes the parts, run all other starts: their iterations show nothing.
        """
        is_other = self.next_fit.differs_from_running
        if self.compares_restarts and not is_other:
            self.resume()
        elif self.activity is Activity.FITTING and not is_other:
            self.replay.return_to_live()
            self.worker.step()
        else:
            self.next_fit.start(is_first_step=True)

    def pause(self) -> None:
        """Pause loading or fitting."""
        self.worker.pause()

    def resume(self) -> None:
        """Resume loading or fitting."""
        if self.is_busy:
            self.replay.return_to_live()
            self.worker.resume()

    def cancel(self) -> None:
        """Cancel playing, loading or fitting; a fit keeps its newest model."""
        if self.is_playing:
            self.replay.show_last()
        else:
            self.worker.cancel()

    def close(self) -> None:
        """Stop everything and wait until no thread is left."""
        self.next_fit.stop()
        self.exit_replay()
        for owner in (
            self.parts,
            self.worker,
            self.import_preview,
            self.sample_view,
            self.recent_sets,
            self.file_count,
            self.part_layout,
        ):
            owner.close()
        self.drawing.close()

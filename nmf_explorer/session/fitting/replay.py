"""The course of a fit: its models one after the other, to go back through them and to see it again.

Looking back is a look and no change: undo knows nothing of it. What is changed while one looks back, such as a weight,
is changed at that place, and undo leads to where one had come from. A fit that waits can be looked back at too; what is
changed there lasts until it goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from nmf_explorer.session.fitting.fit_paths import FitPathStore, PathPosition

if TYPE_CHECKING:
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.fitting.fit_run import FitRun
    from nmf_explorer.session.session import Session
    from nmf_explorer.session.state.snapshot import Snapshot

PICTURE_MS = 60  # a fit is played at more than 15 pictures a second
_MOST_PICTURES = 50  # so that it takes three seconds at most


class Replay(QObject):
    """The places through which the fit came that led to the model that is shown, from 0; the last is where it ended.

    Signals: ``changed()`` when there are other places, another one is looked at, or playing begins or ends.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._walks = FitPathStore()
        self._to_play: list[int] = []
        self.present: Snapshot | None = None  # what is there, while one looks back
        self._timer = QTimer(self, interval=PICTURE_MS)
        self._timer.timeout.connect(self._play_one)
        session.model_changed.connect(self.changed)
        session.activity_changed.connect(self.changed)

    # what there is to see

    @property
    def position(self) -> int | None:
        """Where the model that is shown stands in the course; None if its course is not known."""
        found = self._found
        return found.path.nearest(found.iteration) if found else None

    @property
    def n_positions(self) -> int:
        """How many models one can go through; none while a fit goes on, unless it waits."""
        is_open = not self._session.is_busy or self._session.is_fit_paused
        return len(found.path.steps) if is_open and (found := self._found) else 0

    @property
    def is_looking_back(self) -> bool:
        """Whether an earlier model of the fit is shown."""
        found = self._found
        return found is not None and self._session.model is not found.path.end

    @property
    def is_playing(self) -> bool:
        """Whether the fit is being played."""
        return self._timer.isActive()

    @property
    def iteration(self) -> int:
        """Which iteration led to the model that is shown."""
        model = self._session.model
        return 0 if model is None else min(model.n_iterations, len(self.losses()))

    def losses(self) -> list[float]:
        """The curve of the whole course: what was minimised, after each iteration that made a difference."""
        from nmf_explorer.factorize.model.loss_course import decreasing_losses

        whole = self._whole
        return decreasing_losses(whole) if whole else []

    @property
    def is_about_errors(self) -> bool:
        """Whether the curve is that of the relative error, and not of another loss."""
        whole = self._whole
        return whole is None or whole.options.loss == "frobenius"

    @property
    def n_more(self) -> int:
        """How many more iterations there were in which nothing better was found."""
        whole = self._whole
        return whole.n_iterations - len(self.losses()) if whole else 0

    # verbs

    def show(self, place: int) -> None:
        """Look at one place; the last one is what is there anyway."""
        self.stop()
        self._look_at(place)

    def show_iteration(self, iteration: int) -> None:
        """Look at the place that is nearest to an iteration."""
        if found := self._found:
            self.show(found.path.nearest(iteration))

    def show_last(self) -> None:
        """Go back to what the fit has found, so far or in the end."""
        self.show(self.n_positions - 1)

    def play(self) -> None:
        """Play the fit from its first iteration to its last."""
        n_places = self.n_positions
        if n_places > 1:
            n_pictures = min(n_places, _MOST_PICTURES)
            self._to_play = [round(i * (n_places - 1) / (n_pictures - 1)) for i in range(n_pictures)]
            self._timer.start()
            self._session.activity_changed.emit()
            self._play_one()

    def stop(self) -> None:
        """Stop playing, and stay at the place that is shown."""
        self._to_play = []
        if self._timer.isActive():
            self._timer.stop()
            self._session.activity_changed.emit()

    # told by the session

    def follow(self, run: FitRun, model: NmfModel) -> None:
        """Show where a fit is that goes on; while one looks back at it, it is there when one comes back."""
        self._walks.extend_to(run, model)
        if self.present is None:
            self._session.show(self._session.snapshot.with_model(model))
        else:
            self.present = self.present.with_model(model)
            self.changed.emit()

    def end(self, run: FitRun, model: NmfModel) -> None:
        """Take where a fit has ended."""
        self.return_to_live()
        self._walks.extend_to(run, model)
        self._session.show(self._session.snapshot.with_model(model))

    def return_to_live(self) -> None:
        """Go back to where a fit is that goes on; what was drawn meanwhile has to do with no place."""
        there = self.present
        self.exit_replay()
        if there:
            self._session.show(there._replace(drawing=self._session.snapshot.drawing))

    def clear(self) -> None:
        """Have no places any more."""
        self.exit_replay()
        self._walks.clear()

    def exit_replay(self) -> None:
        """Look back no more: what is shown now is what is there."""
        self.stop()
        self.present = None

    # inside

    @property
    def _found(self) -> PathPosition | None:
        return self._walks.position_of(self._session.model)

    @property
    def _whole(self) -> NmfModel | None:
        """The model at the end of the course, also while one looks back."""
        found = self._found
        return found.path.end if found else self._session.model

    def _look_at(self, place: int) -> None:
        found = self._found
        if found is None or not 0 <= place < self.n_positions:
            return
        there, model = self.present or self._session.snapshot, self._walks.model_at(found.path, place)
        is_there = there.model is model
        self.present = None if is_there else there
        self._session.show(there if is_there else there._replace(model=model, weights={}))
        self.changed.emit()

    def _play_one(self) -> None:
        if not self.n_positions:  # something else is shown meanwhile
            self.stop()
            return
        place = self._to_play.pop(0)
        if not self._to_play:
            self.stop()
        self._look_at(place)

"""Shows the iterations of a fit: one at a time, or all of them as an animation.

Replay is no change and no step of undo. A change during replay, such as a moved weight, applies to the iteration that
is shown, and undo returns to the state before the replay. During the replay of a paused fit such changes last until
the fit is resumed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from nmf_explorer.session.state.fit_path import PathPosition

if TYPE_CHECKING:
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.state.state import SessionState

FRAME_MS = 60  # between two frames of the animation
_MAX_FRAMES = 50  # of the animation, which then takes 3 seconds


class Replay(QObject):
    """The recorded iterations of the fit of the shown model, by their positions from 0 to the end of the fit."""

    changed = Signal()  # the positions, the shown one, or whether they are played

    def __init__(self, state: SessionState) -> None:
        super().__init__(state)
        self._state = state
        self._to_play: list[int] = []
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._play_next)
        state.model_changed.connect(self.changed)
        state.activity_changed.connect(self._on_activity_changed)

    # what can be shown

    @property
    def position(self) -> int | None:
        """Position of the shown model; None if the iterations of its fit are not known."""
        found = self._path_position
        return found.path.nearest(found.iteration) if found else None

    @property
    def n_positions(self) -> int:
        """Number of positions; 0 while a fit runs and is not paused."""
        is_open = not self._state.is_busy or self._state.is_fit_paused
        return len(found.path.steps) if is_open and (found := self._path_position) else 0

    @property
    def is_before_end(self) -> bool:
        """Whether an earlier iteration than the last one is shown."""
        return self._state.shown.is_before_end

    @property
    def is_playing(self) -> bool:
        """Whether the iterations are being played."""
        return self._state.is_playing

    @property
    def iteration(self) -> int:
        """Number of the shown iteration, from 1; 0 without a model."""
        model = self._state.model
        return 0 if model is None else min(model.n_iterations, len(self.losses()))

    def losses(self) -> list[float]:
        """Return the loss after each iteration that lowered it, to the end of the fit."""
        from nmf_explorer.factorize.model.loss_course import decreasing_losses

        end = self._end
        return decreasing_losses(end) if end else []

    @property
    def losses_are_errors(self) -> bool:
        """Whether `losses` are relative errors, and not another loss."""
        end = self._end
        return end is None or end.options.loss == "frobenius"

    @property
    def n_without_gain(self) -> int:
        """Number of further iterations that found nothing better."""
        end = self._end
        return end.n_iterations - len(self.losses()) if end else 0

    # verbs

    def show(self, position: int) -> None:
        """Show the model at a position; the last one is the present state."""
        self.stop()
        self._show(position)

    def show_iteration(self, iteration: int) -> None:
        """Show the position that is nearest to an iteration."""
        if found := self._path_position:
            self.show(found.path.nearest(iteration))

    def show_last(self) -> None:
        """Show the last position."""
        self.show(self.n_positions - 1)

    def play(self) -> None:
        """Play the fit from its first to its last iteration."""
        n_positions = self.n_positions
        if n_positions > 1:
            n_frames = min(n_positions, _MAX_FRAMES)
            self._to_play = [round(i * (n_positions - 1) / (n_frames - 1)) for i in range(n_frames)]
            self._timer.start()
            self._state.set_playing(playing=True)
            self._play_next()

    def stop(self) -> None:
        """Stop playing and stay at the shown position."""
        self._state.set_playing(playing=False)

    def record_live(self, model: NmfModel, position: PathPosition | None) -> None:
        """Record a new iteration of the running fit; show it unless the user is replaying an earlier one."""
        state = self._state
        newest = state.present.with_model(model, position)
        if state.is_replaying:
            state.present = newest
            self.changed.emit()
        else:
            state.show(newest)

    def return_to_live(self) -> None:
        """Return to the newest iteration of the running fit; keep the drawing, which belongs to no iteration."""
        present = self._state.present if self._state.is_replaying else None
        self._state.exit_replay()
        if present:
            self._state.show(present._replace(drawing=self._state.shown.drawing))

    # inside

    @property
    def _path_position(self) -> PathPosition | None:
        found = self._state.shown.position
        return found if found and found.path.steps else None

    @property
    def _end(self) -> NmfModel | None:
        """The model at the end of the fit."""
        found = self._path_position
        return found.path.end if found else self._state.model

    def _show(self, position: int) -> None:
        found, present = self._path_position, self._state.present
        if found is None or not 0 <= position < self.n_positions:
            return
        wanted = PathPosition(found.path, found.path.steps[position].iteration)
        if present.position == wanted:
            self._state.present = self._state.shown  # ends the replay
            self._state.show(present)
        else:
            model = found.path.model_at(position)
            self._state.show_earlier(present._replace(model=model, weights={}, position=wanted))
        self.changed.emit()

    def _play_next(self) -> None:
        if not self.n_positions:  # something else is shown by now
            self.stop()
            return
        position = self._to_play.pop(0)
        if not self._to_play:
            self.stop()
        self._show(position)

    def _on_activity_changed(self) -> None:
        if not self._state.is_playing:
            self._to_play = []
            self._timer.stop()
        self.changed.emit()

"""The iterations of a fit: error curve, slider, and replay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QPushButton, QSlider, QVBoxLayout, QWidget

from nmf_explorer.session.session import Activity
from nmf_explorer.ui.theme.reduced_motion import is_motion_allowed
from nmf_explorer.ui.theme.texts import number
from nmf_explorer.ui.widgets.error_plot import ErrorPlot
from nmf_explorer.ui.widgets.flow_layout import FlowLayout
from nmf_explorer.ui.widgets.word_wrap_label import WordWrapLabel

if TYPE_CHECKING:
    from nmf_explorer.session.session import Session

_FEW_ITERATIONS = 3  # of the automatic start, which is often nearly right: too few to see parts form
_MIN_SLIDER_HEIGHT = 26  # pixels of the slider, for touch


class Timeline(QWidget):
    """Error curve, slider, “Replay” and “Back to the End”."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._plot = ErrorPlot()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._position_label = WordWrapLabel()
        self._replay_button = QPushButton(self.tr("Replay"))
        self._back_button = QPushButton(self.tr("Back to the End"))
        self._set_names()
        self._lay_out()
        self._slider.valueChanged.connect(self._on_slider_moved)
        self._plot.iteration_requested.connect(session.replay.show_iteration)
        self._replay_button.clicked.connect(self._toggle_replay)
        self._back_button.clicked.connect(session.replay.show_last)
        session.replay.changed.connect(self._on_changed)
        for signal in (session.parts.selected_changed, session.activity_changed):
            signal.connect(self._update_visibility)
        self._update_visibility()
        self._on_changed()

    def _set_names(self) -> None:
        self._slider.setAccessibleName(self.tr("Iteration that is looked at"))
        self._slider.setToolTip(self.tr("Go back through the fit: parts and sum as they were then"))
        self._slider.setMinimumHeight(_MIN_SLIDER_HEIGHT)
        self._slider.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # same direction as the curve
        self._position_label.setAccessibleName(self.tr("Place in the fit"))
        self._replay_button.setToolTip(self.tr("See the parts emerge once more (Ctrl+Shift+R)"))
        self._replay_button.setMinimumWidth(self._replay_button.sizeHint().width())
        self._back_button.setToolTip(self.tr("See what the fit has found (Ctrl+Shift+E)"))

    def _lay_out(self) -> None:
        buttons = FlowLayout()
        for widget in (self._replay_button, self._back_button):
            buttons.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._plot, 1)
        column.addWidget(self._slider)
        column.addLayout(buttons)
        column.addWidget(self._position_label)

    def _on_slider_moved(self, position: int) -> None:
        if position != self._session.replay.position:
            self._session.replay.show(position)

    def _update_visibility(self) -> None:
        """Leave the space to the details of a selected part, except during a fit."""
        self.setVisible(self._session.parts.selected is None or self._session.activity is Activity.FITTING)

    def _toggle_replay(self) -> None:
        replay = self._session.replay
        if replay.is_playing:
            replay.stop()
        elif is_motion_allowed():
            replay.play()
        else:
            replay.show(0)  # with reduced motion, show the first iteration; the slider leads on

    def _on_changed(self) -> None:
        replay = self._session.replay
        n_positions, position = replay.n_positions, replay.position
        with QSignalBlocker(self._slider):
            self._slider.setRange(0, max(0, n_positions - 1))
            self._slider.setValue(position if n_positions and position is not None else 0)
        self._slider.setEnabled(n_positions > 1)
        self._replay_button.setEnabled(n_positions > 1)
        self._replay_button.setText(self.tr("Stop") if replay.is_playing else self.tr("Replay"))
        self._back_button.setEnabled(replay.is_before_end)
        losses = replay.losses()
        self._plot.show_curve(losses, replay.iteration, is_error=replay.losses_are_errors)
        self._update_position_text(len(losses))

    def _update_position_text(self, n_iterations: int) -> None:
        replay = self._session.replay
        n_more = replay.n_without_gain
        font = self._position_label.font()
        font.setBold(replay.is_before_end)
        self._position_label.setFont(font)
        if replay.is_before_end and self._session.is_fit_paused:
            text = self.tr("looking back: iteration {i} of {n}; “Resume” and “Step” go on from iteration {n}")
        elif replay.is_before_end:
            text = self.tr("looking back: iteration {i} of {n}")
        elif self._is_little_to_see(n_iterations):
            text = self.tr("{iterations}; “Watch” shows the parts forming from random numbers")
        elif n_more:
            text = self.tr("{iterations}; {more} more, also from other starts, found nothing better")
        else:
            text = "{iterations}"
        iterations = self.tr("1 iteration") if n_iterations == 1 else self.tr("%Ln iterations", "", n_iterations)
        numbers = {"i": number(replay.iteration, 0), "n": number(n_iterations, 0), "more": number(n_more, 0)}
        description = text.format(iterations=iterations, **numbers) if n_iterations else ""
        is_shown_above = self._session.is_model_changing and not replay.is_before_end
        # A text that changes with each model would repeat the layout of half the window.
        self._position_label.setText("" if is_shown_above else description)
        self._position_label.setAccessibleDescription(description)
        self._slider.setAccessibleDescription(description)

    def _is_little_to_see(self, n_iterations: int) -> bool:
        """Return whether a fit has ended so soon that its parts were not seen to form."""
        session = self._session
        return bool(session.model) and not session.is_busy and n_iterations <= _FEW_ITERATIONS

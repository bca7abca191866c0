"""The course of the fit beside the parts: its error curve, a slider back through its iterations, and a replay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QPushButton, QSlider, QVBoxLayout, QWidget

from nmf_explorer.session.session import Activity
from nmf_explorer.ui.theme.reduced_motion import moves
from nmf_explorer.ui.widgets.error_plot import ErrorPlot
from nmf_explorer.ui.widgets.flow_layout import FlowLayout
from nmf_explorer.ui.widgets.word_wrap_label import WordWrapLabel

if TYPE_CHECKING:
    from nmf_explorer.session.session import Session

_LEAST_HEIGHT = 26  # pixels of the slider, for a finger


class Timeline(QWidget):
    """Error curve, slider, “Replay” and “Back to the end”."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._plot = ErrorPlot()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._where = WordWrapLabel()
        self._replay = QPushButton(self.tr("Replay"))
        self._back = QPushButton(self.tr("Back to the End"))
        self._describe()
        self._lay_out()
        self._slider.valueChanged.connect(self._on_slider_moved)
        self._plot.iteration_asked.connect(session.replay.show_iteration)
        self._replay.clicked.connect(self._replay_or_stop)
        self._back.clicked.connect(session.replay.show_last)
        session.replay.changed.connect(self._on_changed)
        for signal in (session.parts.selected_changed, session.activity_changed):
            signal.connect(self._make_room)
        self._make_room()
        self._on_changed()

    def _describe(self) -> None:
        self._slider.setAccessibleName(self.tr("Iteration that is looked at"))
        self._slider.setToolTip(self.tr("Go back through the fit: parts and sum as they were then"))
        self._slider.setMinimumHeight(_LEAST_HEIGHT)
        self._slider.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as the curve beside it
        self._where.setAccessibleName(self.tr("Place in the fit"))
        self._replay.setToolTip(self.tr("See the parts emerge once more (Ctrl+Shift+R)"))
        self._replay.setMinimumWidth(self._replay.sizeHint().width())
        self._back.setToolTip(self.tr("See what the fit has found (Ctrl+Shift+E)"))

    def _lay_out(self) -> None:
        buttons = FlowLayout()
        for widget in (self._replay, self._back):
            buttons.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._plot, 1)
        column.addWidget(self._slider)
        column.addLayout(buttons)
        column.addWidget(self._where)

    def _on_slider_moved(self, place: int) -> None:
        if place != self._session.replay.position:
            self._session.replay.show(place)

    def _make_room(self) -> None:
        """Leave the place beside the parts to the chosen one, but for a fit that is to be watched."""
        self.setVisible(self._session.parts.selected is None or self._session.activity is Activity.FITTING)

    def _replay_or_stop(self) -> None:
        course = self._session.replay
        if course.is_playing:
            course.stop()
        elif moves():
            course.play()
        else:
            course.show(0)  # without motion: the first picture, from which the slider leads on

    def _on_changed(self) -> None:
        course = self._session.replay
        n_places, place = course.n_positions, course.position
        with QSignalBlocker(self._slider):
            self._slider.setRange(0, max(0, n_places - 1))
            self._slider.setValue(place if n_places and place is not None else 0)
        self._slider.setEnabled(n_places > 1)
        self._replay.setEnabled(n_places > 1)
        self._replay.setText(self.tr("Stop") if course.is_playing else self.tr("Replay"))
        self._back.setEnabled(course.is_looking_back)
        losses = course.losses()
        self._plot.show_curve(losses, course.iteration, is_error=course.is_about_errors)
        self._say_where(len(losses))

    def _say_where(self, n_iterations: int) -> None:
        course = self._session.replay
        font = self._where.font()
        font.setBold(course.is_looking_back)
        self._where.setFont(font)
        if course.is_looking_back and self._session.is_fit_paused:
            text = self.tr("looking back: iteration {i} of {n}; “Resume” and “Step” go on from iteration {n}")
        elif course.is_looking_back:
            text = self.tr("looking back: iteration {i} of {n}")
        elif course.n_more:
            text = self.tr("{n} iterations; {more} more, also from other starts, found nothing better")
        else:
            text = self.tr("{n} iterations")
        told = text.format(i=course.iteration, n=n_iterations, more=course.n_more) if n_iterations else ""
        is_told_above = self._session.is_fitting_on and not course.is_looking_back
        self._where.setText("" if is_told_above else told)  # each other text would lay half of the window out anew
        self._where.setAccessibleDescription(told)
        self._slider.setAccessibleDescription(told)

"""The menu “Model”: fit, and how."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from nmf_explorer.session.session import Activity
from nmf_explorer.ui.menus.menu import Menu
from nmf_explorer.ui.theme.reduced_motion import is_motion_allowed

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.session.session import Session


class ModelMenu(Menu):
    """Fit, pause, step, cancel, replay, options, and the number of parts."""

    def __init__(self, window: QMainWindow, session: Session) -> None:
        super().__init__(QCoreApplication.translate("ModelMenu", "&Model"), window, session)
        self._fit = self.add(self.tr("&Fit"), self._fit_watched, "Ctrl+Return")
        self._watch = self.add(self.tr("&Watch It Learn"), self._watch_fit, "Ctrl+Shift+L")
        self._pause = self.add(self.tr("&Pause"), self._pause_or_resume, "Ctrl+Shift+P")
        self._step = self.add(self.tr("&Step"), session.step_fit, "Ctrl+Shift+Return")
        self._cancel = self.add(self.tr("&Cancel"), session.cancel, "Esc")
        self.addSeparator()
        self._from_here = self.add(self.tr("Fit Again from &Here"), session.next_fit.start_from_shown, "Ctrl+Shift+H")
        self._from_seed = self.add(self.tr("Fit Again from &Another Seed"), self._from_another_seed, "Ctrl+Shift+D")
        self._replay = self.add(self.tr("Rep&lay"), self._replay_fit, "Ctrl+Shift+R")
        self._back = self.add(self.tr("&Back to the End"), session.replay.show_last, "Ctrl+Shift+E")
        self.addSeparator()
        options = self.add(self.tr("&Options"), self._show_or_hide_options, "Ctrl+Shift+F", needs_set=True)
        options.setCheckable(True)
        options.setChecked(session.preferences.options_shown())
        session.preferences.options_shown_changed.connect(options.setChecked)
        self.addSeparator()
        self.add(self.tr("&More Parts"), partial(self._step_parts, 1), "Ctrl+Up", needs_set=True)
        self.add(self.tr("F&ewer Parts"), partial(self._step_parts, -1), "Ctrl+Down", needs_set=True)
        session.activity_changed.connect(self._on_activity_changed)
        for signal in (session.dataset_changed, session.n_components_changed, session.fit_settings_changed):
            signal.connect(self._on_activity_changed)
        session.replay.changed.connect(self._on_course_changed)
        self._on_activity_changed()
        self._on_course_changed()

    def _on_activity_changed(self) -> None:
        activity = self._session.activity
        idle = activity is Activity.IDLE
        is_open = self._session.dataset is not None
        self._fit.setEnabled(self._session.next_fit.can_start)
        self._watch.setEnabled(idle and is_open)
        self._pause.setEnabled(activity is Activity.FITTING)
        self._pause.setText(self.tr("&Resume") if self._session.is_paused else self.tr("&Pause"))
        self._step.setEnabled(is_open and activity is not Activity.LOADING)
        self._from_seed.setEnabled(idle and is_open)

    def _on_course_changed(self) -> None:
        course, is_busy = self._session.replay, self._session.is_busy
        self._cancel.setEnabled(is_busy or course.is_playing)
        can_be_asked_for = not is_busy or self._session.is_fit_paused
        self._from_here.setEnabled(can_be_asked_for and self._session.model is not None)
        self._replay.setEnabled(course.n_positions > 1)
        self._back.setEnabled(course.is_before_end)

    def _fit_watched(self) -> None:
        self._session.start_fit(is_watched=is_motion_allowed())

    def _watch_fit(self) -> None:
        self._session.next_fit.watch(is_slow=is_motion_allowed())

    def _from_another_seed(self) -> None:
        self._session.next_fit.start_with_next_seed(is_watched=is_motion_allowed())

    def _replay_fit(self) -> None:
        self._session.replay.play() if is_motion_allowed() else self._session.replay.show(0)

    def _pause_or_resume(self) -> None:
        self._session.resume() if self._session.is_paused else self._session.pause()

    def _show_or_hide_options(self) -> None:
        preferences = self._session.preferences
        preferences.set_options_shown(not preferences.options_shown())

    def _step_parts(self, step: int) -> None:
        self._session.set_n_components(self._session.n_components + step)

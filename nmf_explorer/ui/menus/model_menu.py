"""The menu “Model”: fit, and how."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from nmf_explorer.session.session import Activity
from nmf_explorer.ui.menus.menu import Menu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.session.session import Session


class ModelMenu(Menu):
    """The fit and the number of parts."""

    def __init__(self, window: QMainWindow, session: Session) -> None:
        super().__init__(QCoreApplication.translate("ModelMenu", "&Model"), window, session)
        self._fit = self.add(self.tr("&Fit"), session.start_fit, "Ctrl+Return")
        self._pause = self.add(self.tr("&Pause"), self._pause_or_resume, "Ctrl+Shift+P")
        self._step = self.add(self.tr("&Step"), session.step_fit, "Ctrl+Shift+Return")
        self._cancel = self.add(self.tr("&Cancel"), session.cancel, "Esc")
        self.addSeparator()
        options = self.add(self.tr("&Options"), self._show_or_hide_options, "Ctrl+Shift+F", needs_set=True)
        options.setCheckable(True)
        options.setChecked(session.preferences.options_shown())
        session.preferences.options_shown_changed.connect(options.setChecked)
        self.addSeparator()
        self.add(self.tr("&More Parts"), partial(self._step_parts, 1), "Ctrl+Up", needs_set=True)
        self.add(self.tr("F&ewer Parts"), partial(self._step_parts, -1), "Ctrl+Down", needs_set=True)
        session.activity_changed.connect(self._on_activity_changed)
        session.dataset_changed.connect(self._on_activity_changed)
        self._on_activity_changed()

    def _on_activity_changed(self) -> None:
        activity = self._session.activity
        idle = activity is Activity.IDLE
        is_open = self._session.dataset is not None
        self._fit.setEnabled(idle and is_open)
        self._pause.setEnabled(activity is Activity.FITTING)
        self._pause.setText(self.tr("&Resume") if self._session.is_paused else self.tr("&Pause"))
        self._step.setEnabled(is_open and activity is not Activity.LOADING)
        self._cancel.setEnabled(not idle)

    def _pause_or_resume(self) -> None:
        self._session.resume() if self._session.is_paused else self._session.pause()

    def _show_or_hide_options(self) -> None:
        preferences = self._session.preferences
        preferences.set_options_shown(not preferences.options_shown())

    def _step_parts(self, step: int) -> None:
        self._session.set_n_components(self._session.n_components + step)

"""The menu bar: everything that can be done, with its key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu

from nmf_explorer import __version__
from nmf_explorer.dataset.sample_sets import SAMPLE_SETS
from nmf_explorer.session.local_urls import is_there
from nmf_explorer.session.session import Activity
from nmf_explorer.ui.about_box import AboutBox
from nmf_explorer.ui.appearance import apply_appearance
from nmf_explorer.ui.texts import names_of, plain_tool_tip, printable, translated

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmf_explorer.session.session import Session

Keys = QKeySequence.StandardKey


class Asked(NamedTuple):
    """What the window itself does: its file dialogs, and taking what is in the clipboard."""

    open_folder: Callable[[], None]
    open_files: Callable[[], None]
    paste: Callable[[], None]


class Menus(QObject):
    """Builds the menus of a window and keeps their state true."""

    def __init__(self, window: QMainWindow, session: Session, asked: Asked) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._recent = QMenu(self.tr("Open &Recent"), window)
        self._needs_set: list[QAction] = []
        self._build_file(asked)
        self._build_edit(asked)
        self._build_view()
        self._build_model()
        self._build_help()
        session.dataset_changed.connect(self._on_state_changed)
        session.activity_changed.connect(self._on_state_changed)
        session.preferences.recent_changed.connect(self._on_recent_changed)
        self._on_state_changed()
        self._on_recent_changed()

    def _add(self, menu: QMenu, text: str, slot: Callable[[], object], *keys: QKeySequence | Keys | str) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _checked=False: slot())
        menu.addAction(action)
        return action

    def _build_file(self, asked: Asked) -> None:
        menu = self._window.menuBar().addMenu(self.tr("&File"))
        self._add(menu, self.tr("&Open Folder…"), asked.open_folder, Keys.Open)
        self._add(menu, self.tr("Open &Files…"), asked.open_files, "Ctrl+Shift+O")
        menu.addMenu(self._recent)
        samples = menu.addMenu(self.tr("&Sample Sets"))
        for known in SAMPLE_SETS:
            self._add(samples, translated(known.title), partial(self._session.open, [known.path]))
        menu.addSeparator()
        self._add(menu, self.tr("Clear &Picture Cache"), self._session.clear_cache)
        menu.addSeparator()
        self._needs_set.append(self._add(menu, self.tr("&Close Set"), self._session.close_set, Keys.Close))
        # Quit has no standard key on Windows and on some Linux desktops.
        leave = self._add(menu, self.tr("&Quit"), self._window.close, "Ctrl+Q")
        leave.setMenuRole(QAction.MenuRole.QuitRole)

    def _build_edit(self, asked: Asked) -> None:
        menu = self._window.menuBar().addMenu(self.tr("&Edit"))
        self._add(menu, self.tr("&Paste"), asked.paste, Keys.Paste)

    def _build_view(self) -> None:
        menu = self._window.menuBar().addMenu(self.tr("&View"))
        group = QActionGroup(self._window)
        texts = {"system": self.tr("As the &System"), "light": self.tr("&Light"), "dark": self.tr("&Dark")}
        appearance = menu.addMenu(self.tr("&Appearance"))
        for name, text in texts.items():
            action = self._add(appearance, text, partial(self._set_appearance, name))
            action.setCheckable(True)
            action.setChecked(name == self._session.preferences.appearance())
            group.addAction(action)
        self._add(menu, self.tr("&Full Screen"), self._toggle_full_screen, "F11")
        menu.addSeparator()
        how = self._add(menu, self.tr("&How These Were Read"), self._show_or_hide_reading, "Ctrl+I")
        how.setCheckable(True)
        self._session.reading.changed.connect(lambda: how.setChecked(self._session.reading.is_shown))
        self._needs_set.append(how)
        menu.addSeparator()
        self._needs_set += [
            self._add(menu, self.tr("&Next Sample"), partial(self._step_sample, 1), "Ctrl+Right"),
            self._add(menu, self.tr("&Previous Sample"), partial(self._step_sample, -1), "Ctrl+Left"),
        ]

    def _build_model(self) -> None:
        menu = self._window.menuBar().addMenu(self.tr("&Model"))
        self._fit = self._add(menu, self.tr("&Fit"), self._session.start_fit, "Ctrl+Return")
        self._pause = self._add(menu, self.tr("&Pause"), self._pause_or_resume, "Ctrl+Shift+P")
        self._step = self._add(menu, self.tr("&Step"), self._session.step_fit, "Ctrl+Shift+Return")
        self._cancel = self._add(menu, self.tr("&Cancel"), self._session.cancel, "Esc")
        menu.addSeparator()
        preferences = self._session.preferences
        options = self._add(menu, self.tr("&Options"), self._show_or_hide_options, "Ctrl+Shift+F")
        options.setCheckable(True)
        options.setChecked(preferences.options_shown())
        preferences.options_shown_changed.connect(options.setChecked)
        self._needs_set.append(options)
        menu.addSeparator()
        self._needs_set += [
            self._add(menu, self.tr("&More Parts"), partial(self._step_parts, 1), "Ctrl+Up"),
            self._add(menu, self.tr("F&ewer Parts"), partial(self._step_parts, -1), "Ctrl+Down"),
        ]

    def _build_help(self) -> None:
        menu = self._window.menuBar().addMenu(self.tr("&Help"))
        about = self._add(menu, self.tr("&About NMF Explorer"), self._show_about)
        about.setMenuRole(QAction.MenuRole.AboutRole)
        about_qt = self._add(menu, self.tr("About &Qt"), QApplication.aboutQt)
        about_qt.setMenuRole(QAction.MenuRole.AboutQtRole)

    def _on_state_changed(self) -> None:
        activity = self._session.activity
        idle = activity is Activity.IDLE
        is_open = self._session.dataset is not None
        for action in self._needs_set:
            action.setEnabled(is_open)
        self._fit.setEnabled(idle and is_open)
        self._pause.setEnabled(activity is Activity.FITTING)
        self._pause.setText(self.tr("&Resume") if self._session.is_paused else self.tr("&Pause"))
        self._step.setEnabled(is_open and activity is not Activity.LOADING)
        self._cancel.setEnabled(not idle)

    def _on_recent_changed(self) -> None:
        self._recent.clear()
        paths = self._session.preferences.recent()
        for path, name in zip(paths, names_of(paths), strict=True):
            action = self._add(self._recent, name.replace("&", "&&"), partial(self._session.open, [path]))
            action.setToolTip(plain_tool_tip(printable(path)))
            action.setEnabled(is_there(path))
        self._recent.addSeparator()
        self._add(self._recent, self.tr("&Clear List"), self._session.preferences.clear_recent)

    def _set_appearance(self, name: str) -> None:
        self._session.preferences.set_appearance(name)
        apply_appearance(name)

    def _toggle_full_screen(self) -> None:
        self._window.showNormal() if self._window.isFullScreen() else self._window.showFullScreen()

    def _step_sample(self, step: int) -> None:
        self._session.select_sample(self._session.selected_sample + step)

    def _step_parts(self, step: int) -> None:
        self._session.set_n_components(self._session.n_components + step)

    def _pause_or_resume(self) -> None:
        self._session.resume() if self._session.is_paused else self._session.pause()

    def _show_or_hide_options(self) -> None:
        preferences = self._session.preferences
        preferences.set_options_shown(not preferences.options_shown())

    def _show_or_hide_reading(self) -> None:
        reading = self._session.reading
        reading.keep() if reading.is_shown else reading.show()

    def _show_about(self) -> None:
        AboutBox(__version__, self._window).open()

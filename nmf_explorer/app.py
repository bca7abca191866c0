"""Start the desktop program: the only place that builds the application, its sessions and its windows."""

from __future__ import annotations

import locale
import signal
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from nmf_explorer import __version__
from nmf_explorer.resource_files import resource
from nmf_explorer.session.log.log_file import log_folder, program_log
from nmf_explorer.session.log.process_log import add_versions, qt_messages_recorded
from nmf_explorer.session.log.session_log import SessionLog
from nmf_explorer.session.session import Session
from nmf_explorer.session.state.preferences import Preferences
from nmf_explorer.ui.theme.appearance import apply_appearance, apply_text_size, connect_system_changes, is_on_dark
from nmf_explorer.ui.theme.language import apply_language
from nmf_explorer.ui.windows.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtWidgets import QWidget

    from nmf_explorer.dataset.load_options import LoadOptions

_WINDOW_OFFSET = QPoint(32, 32)
# Python's switch interval. Each of the many Python calls that paint a frame may have to wait for a worker thread; with
# the default of 5 ms, sorting 200,000 names in a worker blocked the window for 0.2 seconds.
_SWITCH_SECONDS = 0.0005
_LOG_DELAY_MS = 1000  # the first window is painted by then
_ICON_SIZES = (16, 32, 48, 128, 256)


class Application(QApplication):
    """The application; on macOS it receives the files that the system opens with it."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        # Qt has set the decimal mark of the system's language for the whole process, also for libraries in C that read
        # numbers in files; what is on screen follows QLocale.
        locale.setlocale(locale.LC_NUMERIC, "C")
        sys.setswitchinterval(_SWITCH_SECONDS)
        self.setApplicationName("NMF Explorer")
        self.setApplicationVersion(__version__)
        self.setDesktopFileName("nmf-explorer")
        icon = QIcon()
        for size in _ICON_SIZES:
            icon.addFile(str(resource(f"icons/nmf-explorer-{size}.png")))
        self.setWindowIcon(icon)
        self.preferences = Preferences()
        self.windows: list[MainWindow] = []
        self._n_opened = 0
        apply_text_size(self.preferences.display.text_size)
        self._on_appearance_changed(self.preferences.appearance())
        apply_language(self.preferences.language())
        connect_system_changes(self._follow_system)
        self.preferences.appearance_changed.connect(self._on_appearance_changed)
        self.preferences.display_changed.connect(self._on_display_changed)
        self.preferences.language_changed.connect(self._on_language_changed)

    def _on_appearance_changed(self, appearance: str) -> None:
        apply_appearance(appearance)
        self.preferences.set_on_dark(is_on_dark())

    def _follow_system(self) -> None:
        """Follow the system's appearance if the user chose that; the program's own changes arrive here, too."""
        if self.preferences.appearance() == "system":
            self._on_appearance_changed("system")

    def _on_display_changed(self) -> None:
        apply_text_size(self.preferences.display.text_size)

    def _on_language_changed(self, language: str) -> None:
        apply_language(language)

    def open_window(self) -> MainWindow:
        """Open a window with its own session; all windows share the preferences."""
        session = Session(self.preferences)
        self._n_opened += 1
        SessionLog(session, program_log, self._n_opened)
        window = MainWindow(session)
        session.setParent(window)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.new_window_requested.connect(self.open_window)
        window.destroyed.connect(self._on_window_gone)
        if self.windows:
            _place_beside(window, self.windows[-1])
        self.windows.append(window)
        window.show()
        return window

    def _on_window_gone(self) -> None:
        self.windows = [window for window in self.windows if isValid(window)]

    def event(self, event: QEvent) -> bool:
        """Open a file on the system's request (macOS) in the active window, or in a new one."""
        if isinstance(event, QFileOpenEvent):
            active = self.activeWindow()
            window = active if isinstance(active, MainWindow) else self.open_window()
            window.open_url(event.url())
            return True
        return super().event(event)


def run(sources: Sequence[Path], options: LoadOptions | None = None) -> int:
    """Open a window, load `sources` if there are any, and return the exit code when all windows are closed."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in a terminal ends Qt's event loop, too
    sys.excepthook = _show_crash
    application = Application(["nmf-explorer"])  # the name by which the desktop knows the window
    program_log.begin(log_folder(), records_aborts=True)
    program_log.add("info", f"NMF Explorer {__version__} started")
    with qt_messages_recorded(program_log):
        window = application.open_window()
        QTimer.singleShot(_LOG_DELAY_MS, application, _after_first_window)
        if sources:
            QTimer.singleShot(0, window, lambda: window.open(sources, options))
        code = application.exec()
    _open_log()
    program_log.add("info", f"ended with exit code {code}")
    program_log.close()
    return code


def _show_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Import the crash dialog only when there is something to show."""
    from nmf_explorer.ui.messages.crash_dialog import show_crash

    show_crash(kind, error, trace)


def _place_beside(window: QWidget, other: QWidget) -> None:
    """Put a window a little below another, on the same screen as a whole, smaller if needed, so that both are seen."""
    frame = other.frameGeometry().size() - other.size()
    room = other.screen().availableGeometry()
    place = QRect(other.pos() + _WINDOW_OFFSET, window.size() + frame)
    least = (window.minimumSizeHint() + frame).boundedTo(room.size())
    place.setSize(place.intersected(room).size().expandedTo(least))
    place.moveRight(min(place.right(), room.right()))
    place.moveBottom(min(place.bottom(), room.bottom()))
    place.moveTopLeft(QPoint(max(place.left(), room.left()), max(place.top(), room.top())))
    window.resize(place.size() - frame)
    window.move(place.topLeft())


def _after_first_window() -> None:
    """Do what the start does not wait for."""
    from nmf_explorer.temporary_places import remove_abandoned_folders

    _open_log()
    remove_abandoned_folders()


def _open_log() -> None:
    """Open the log file and write the versions of all libraries into it, unless it is open."""
    if program_log.path is None:
        add_versions(program_log)
        program_log.open()

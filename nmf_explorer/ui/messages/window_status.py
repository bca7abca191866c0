"""Report the session's activity in the window title, to screen readers, and by an alert in the task bar.

Qt 6 cannot show progress in task bars, so the title of a minimized window names the activity.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from nmf_explorer.session.session import Activity, Session
from nmf_explorer.ui.theme.texts import percent, printable
from nmf_explorer.ui.widgets.screen_reader import announce

LONG_FIT_MS = 10_000  # a longer fit alerts the user when it ends in an inactive window


class WindowStatus(QObject):
    """Follow the session of one window."""

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._was_fitting = False
        self._since = QElapsedTimer()
        window.installEventFilter(self)
        session.dataset_changed.connect(self.show_title)
        session.activity_changed.connect(self._on_activity_changed)
        self.show_title()

    def show_title(self) -> None:
        """Put the name of the open set into the title, and the activity while the window is minimized."""
        dataset = self._session.dataset
        title = f"{printable(dataset.name)} — NMF Explorer" if dataset else "NMF Explorer"
        words = {Activity.LOADING: self.tr("Loading… {title}"), Activity.FITTING: self.tr("Fitting… {title}")}
        shows_activity = self._window.isMinimized() and self._session.activity in words
        self._window.setWindowTitle(words[self._session.activity].format(title=title) if shows_activity else title)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Update the title when the window is minimized or restored."""
        if event.type() is QEvent.Type.WindowStateChange:
            self.show_title()
        return super().eventFilter(watched, event)

    def _on_activity_changed(self) -> None:
        self.show_title()
        is_fitting = self._session.activity is Activity.FITTING
        if is_fitting and not self._was_fitting:
            self._since.start()
        if self._was_fitting and not is_fitting:
            QTimer.singleShot(0, self, self._on_fit_ended)  # the session takes the result first
        self._was_fitting = is_fitting

    def _on_fit_ended(self) -> None:
        model = self._session.model
        if model and model.converged:  # other outcomes appear in the message bar, which screen readers read
            text = self.tr("Fit finished, error {error}")
            announce(self._window, text.format(error=percent(model.relative_error)))
        if self._since.elapsed() >= LONG_FIT_MS and not self._window.isActiveWindow():
            QApplication.alert(self._window)

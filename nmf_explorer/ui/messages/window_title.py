"""What a window tells those who look elsewhere: in its title, by an alert in the task bar, and to a screen reader.

Qt 6 has no progress in task bars; a title that says what goes on is seen in every one of them.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from nmf_explorer.session.session import Activity, Session
from nmf_explorer.ui.theme.texts import percent, printable
from nmf_explorer.ui.widgets.screen_reader import announce

LONG_FIT = 10_000  # ms, after which somebody who has turned to other things is called back


class WindowTitle(QObject):
    """Follows the session of one window."""

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
        """Name the open set; while the window is an icon in the task bar also what it is doing."""
        dataset = self._session.dataset
        title = f"{printable(dataset.name)} — NMF Explorer" if dataset else "NMF Explorer"
        words = {Activity.LOADING: self.tr("Loading… {title}"), Activity.FITTING: self.tr("Fitting… {title}")}
        is_told = self._window.isMinimized() and self._session.activity in words
        self._window.setWindowTitle(words[self._session.activity].format(title=title) if is_told else title)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See when the window becomes an icon, or a window again."""
        if event.type() is QEvent.Type.WindowStateChange:
            self.show_title()
        return super().eventFilter(watched, event)

    def _on_activity_changed(self) -> None:
        self.show_title()
        is_fitting = self._session.activity is Activity.FITTING
        if is_fitting and not self._was_fitting:
            self._since.start()
        if self._was_fitting and not is_fitting:
            QTimer.singleShot(0, self, self._on_fit_ended)  # after the session has taken what was found
        self._was_fitting = is_fitting

    def _on_fit_ended(self) -> None:
        model = self._session.model
        if model and model.converged:  # whatever else became of it stands in the message bar, which is read out
            text = self.tr("Fit finished, error {error}")
            announce(self._window, text.format(error=percent(model.relative_error)))
        if self._since.elapsed() >= LONG_FIT and not self._window.isActiveWindow():
            QApplication.alert(self._window)

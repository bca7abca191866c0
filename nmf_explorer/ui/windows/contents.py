"""What a window shows below its menu bar: the welcome page at once, the panels after the first frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from nmf_explorer.session.session import Activity, Session
from nmf_explorer.ui.welcome.welcome_page import WelcomePage
from nmf_explorer.ui.windows.layout_state import dividers, restore_dividers

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from nmf_explorer.ui.windows.panels import Panels
    from nmf_explorer.ui.windows.workspace import Workspace


class Contents(QWidget):
    """Fit panel and message bar above the welcome page or the workspace.

    The panels are built right after the first frame, or earlier if something needs them: to import and build them
    takes longer than everything that the welcome page needs.

    Signals: ``open_folder_requested()`` and ``open_files_requested()`` request file dialogs; ``panels_built()`` comes
    once.
    """

    open_folder_requested = Signal()
    open_files_requested = Signal()
    panels_built = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._panels: Panels | None = None
        self._divider_states: list[QByteArray] = []  # until there are dividers
        welcome = WelcomePage(session)
        welcome.open_folder_requested.connect(self.open_folder_requested)
        welcome.open_files_requested.connect(self.open_files_requested)
        self._welcome_area = QScrollArea()  # with many recent sets the page is higher than a small screen
        self._welcome_area.setWidget(welcome)
        self._welcome_area.setWidgetResizable(True)
        self._welcome_area.setFrameShape(QFrame.Shape.NoFrame)
        self._welcome_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._welcome_area)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._pages, 1)
        self._connect()

    @property
    def workspace(self) -> Workspace:
        """The page on which a set is explored."""
        return self._all_panels().workspace

    @property
    def is_welcoming(self) -> bool:
        """Whether the welcome page is shown."""
        return self._pages.currentWidget() is self._welcome_area

    def dividers(self) -> list[QByteArray]:
        """Return the positions of all dividers, to be stored."""
        return dividers(self) if self._panels else self._divider_states

    def restore_dividers(self, states: list[QByteArray]) -> None:
        """Move all dividers to stored positions."""
        self._divider_states = states
        restore_dividers(self, states)

    def show_session(self) -> None:
        """Show what the session holds; build the panels for it now if the welcome page alone is not enough."""
        if self._session.dataset or self._session.is_busy or self._session.notice:
            self._on_dataset_changed()

    def build_panels(self) -> None:
        """Build the panels, unless that has been done."""
        self._all_panels()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Have the panels built as soon as the first frame is on the screen."""
        super().paintEvent(event)
        if self._panels is None:
            QTimer.singleShot(0, self, self.build_panels)

    def _all_panels(self) -> Panels:
        if self._panels is None:
            self._disconnect()
            self._panels = self._add_panels()
            self._connect()  # after the panels, which are thus up to date when their page is shown
            self._show_what_is_open()
            self.panels_built.emit()
        return self._panels

    def _connect(self) -> None:
        self._session.dataset_changed.connect(self._on_dataset_changed)
        self._session.activity_changed.connect(self._show_what_is_open)
        self._session.progress_changed.connect(self._show_what_is_open)
        self._session.notice_posted.connect(self.build_panels)

    def _disconnect(self) -> None:
        self._session.dataset_changed.disconnect(self._on_dataset_changed)
        self._session.activity_changed.disconnect(self._show_what_is_open)
        self._session.progress_changed.disconnect(self._show_what_is_open)
        self._session.notice_posted.disconnect(self.build_panels)

    def _add_panels(self) -> Panels:
        from nmf_explorer.ui.windows.panels import Panels

        panels = Panels.build(self._session, self)
        panels.fit_panel.open_button.clicked.connect(self.open_folder_requested)
        panels.fit_panel.focus_freed.connect(panels.workspace.samples.setFocus)
        self._column.insertWidget(0, panels.fit_panel)
        self._column.insertWidget(1, panels.message_bar)
        panels.message_bar.lower()  # screen readers read widgets in this order
        panels.fit_panel.lower()
        self._pages.addWidget(panels.page)
        restore_dividers(self, self._divider_states)
        return panels

    def _on_dataset_changed(self) -> None:
        self._show_what_is_open()
        if self._session.dataset:
            samples = self.workspace.samples
            QTimer.singleShot(0, samples, samples.setFocus)  # once the page is shown: hidden widgets take no focus

    def _show_what_is_open(self) -> None:
        """Show the first images of a set as soon as there are some; the equation and parts are still the old set's."""
        session, panels = self._session, self._all_panels()
        is_arriving = session.partial_dataset is not None
        panels.fit_panel.setVisible(session.dataset is not None or session.activity is not Activity.IDLE)
        self._pages.setCurrentWidget(panels.page if session.dataset or is_arriving else self._welcome_area)
        panels.workspace.splitter.setEnabled(not is_arriving)

"""The window: controls above, the welcome page or the workspace beneath, and files dropped anywhere. Holds no data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QMainWindow,
    QMenuBar,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nmf_explorer.errors import Message
from nmf_explorer.session.session import Activity, Session
from nmf_explorer.ui.fit.fit_panel import FitPanel
from nmf_explorer.ui.loading.drop_overlay import DropOverlay
from nmf_explorer.ui.loading.load_panel import LoadPanel
from nmf_explorer.ui.loading.mime_sources import can_accept, is_single_image, sources_in
from nmf_explorer.ui.loading.welcome_page import WelcomePage
from nmf_explorer.ui.menus.edit_menu import EditMenu
from nmf_explorer.ui.menus.equation_menu import EquationMenu
from nmf_explorer.ui.menus.menu_bar import fill_menu_bar
from nmf_explorer.ui.menus.model_menu import ModelMenu
from nmf_explorer.ui.menus.window_actions import WindowActions
from nmf_explorer.ui.messages.message_bar import MessageBar
from nmf_explorer.ui.messages.window_title import WindowTitle
from nmf_explorer.ui.widgets.side_panel_layout import SidePanelLayout
from nmf_explorer.ui.windows.keyboard_overview import KeyboardOverview
from nmf_explorer.ui.windows.layout_state import LayoutState, dividers, restore_dividers
from nmf_explorer.ui.windows.presentation import Presentation
from nmf_explorer.ui.windows.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QResizeEvent,
        QScreen,
    )

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.ui.printing.printing import Printing


class MainWindow(QMainWindow):
    """One window on one session.

    Signals: ``new_window_asked()`` when another window is wanted, on a session of its own.
    """

    new_window_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._news = WindowTitle(self, session)
        self._build()
        session.dataset_changed.connect(self._on_dataset_changed)
        session.activity_changed.connect(self._on_activity_changed)
        session.progress_changed.connect(self._choose_page)
        self._text_size = session.preferences.display.text_size
        session.preferences.display_changed.connect(self._on_display_changed)
        self.setAcceptDrops(True)
        self.resize(QSize(1280, 760).boundedTo(self.screen().availableSize()))
        self._restore_layout()
        self._on_dataset_changed()

    def _build(self) -> None:
        """Make all contents, as the session says."""
        session = self._session
        self._fit_panel = FitPanel(session)
        self._welcome = WelcomePage(session)
        self._welcome_place = QScrollArea()  # with many recent sets the page is higher than a small screen
        self._workspace = Workspace(session)
        self._pages = QStackedWidget()
        self._centre = QWidget()
        self._lay_out()
        self._overlay = DropOverlay(self._centre, session.file_count)
        fill_menu_bar(self, session, self._asked())
        self._fit_panel.open_button.clicked.connect(self._ask_for_folder)
        self._fit_panel.focus_freed.connect(self._workspace.samples.setFocus)
        self._welcome.open_folder_asked.connect(self._ask_for_folder)
        self._welcome.open_files_asked.connect(self._ask_for_files)

    def _asked(self) -> WindowActions:
        return WindowActions(
            new_window=self.new_window_asked.emit,
            open_folder=self._ask_for_folder,
            open_files=self._ask_for_files,
            paste=self._paste,
            paste_as_set=self._paste_as_set,
            find_sample=self._workspace.sample_bar.begin_search,
            print_page=lambda: self._printing().ask(),
            preview_page=lambda: self._printing().preview(),
            present=self._present,
            show_keys=self._show_keys,
            part_actions=self._workspace.parts.actions,
        )

    def _build_again(self) -> None:
        """Throw the contents away, and build them in the language that is spoken now, and for text of its size."""
        standing = LayoutState.of(self._centre)
        self.takeCentralWidget()
        self.setLocale(QLocale())
        for action in self.actions():  # or their keys would be those of two until Qt comes to delete them
            self.removeAction(action)
        self.setMenuBar(QMenuBar())  # the old one goes, with its menus
        self._centre.deleteLater()
        self._build()
        self._news.show_title()
        self._on_activity_changed()
        standing.restore(self._centre)

    def _lay_out(self) -> None:
        self._welcome_place.setWidget(self._welcome)
        self._welcome_place.setWidgetResizable(True)
        self._welcome_place.setFrameShape(QFrame.Shape.NoFrame)
        self._welcome_place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages.addWidget(self._welcome_place)
        self._pages.addWidget(self._workspace)
        column = QVBoxLayout(self._centre)
        column.addWidget(self._fit_panel)
        column.addWidget(MessageBar(self._session))
        panel = LoadPanel(self._session, self._centre)
        column.addWidget(SidePanelLayout(self._pages, panel, self._workspace.least_width), 1)
        self.setCentralWidget(self._centre)

    # what the session says

    def _on_dataset_changed(self) -> None:
        self._on_activity_changed()
        if self._session.dataset:
            # After the stack has shown the page: only what is visible can take the focus.
            QTimer.singleShot(0, self._workspace.samples, self._workspace.samples.setFocus)

    def _on_activity_changed(self) -> None:
        is_open = self._session.dataset is not None
        self._fit_panel.setVisible(is_open or self._session.activity is not Activity.IDLE)
        self._choose_page()

    def _choose_page(self) -> None:
        """Show the first images of a set as soon as there are some; what is beneath is about the old one."""
        is_arriving = self._session.arriving is not None
        self._pages.setCurrentWidget(self._workspace if self._session.dataset or is_arriving else self._welcome_place)
        self._workspace.splitter.setEnabled(not is_arriving)

    def _printing(self) -> Printing:
        """What prints; Qt's half of it is loaded when it is first needed."""
        from nmf_explorer.ui.printing.printing import Printing

        return self.findChild(Printing) or Printing(self, self._session)

    def _present(self, screen: QScreen | None = None) -> None:
        """Fill a screen, or the one on which the window is, with what has the keyboard."""
        bar = self.menuBar()
        shared = [
            act for kind in (ModelMenu, EquationMenu) for menu in bar.findChildren(kind) for act in menu.actions()
        ]
        shared += [action for menu in bar.findChildren(EditMenu) for action in menu.history_actions]
        for shown in self.findChildren(Presentation):
            shown.close()
        view = self._workspace.focused_view()
        Presentation(self, self._session, view, shared, screen=screen or self.screen()).showFullScreen()

    def _show_keys(self) -> None:
        for shown in self.findChildren(KeyboardOverview):
            shown.close()
        KeyboardOverview(self).show()

    # opening

    def _ask_for_folder(self) -> None:
        self._ask(QFileDialog.FileMode.Directory, self.tr("Open a folder of images"))

    def _ask_for_files(self) -> None:
        self._ask(QFileDialog.FileMode.ExistingFiles, self.tr("Open images, archives and tables"))

    def _ask(self, mode: QFileDialog.FileMode, title: str) -> None:
        dialog = QFileDialog(self, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)
        dialog.filesSelected.connect(self._on_files_selected)
        dialog.open()

    def open(self, sources: Sequence[Path | FoundFile], options: LoadOptions | None = None) -> None:
        """Open files and folders as one set."""
        self._session.open(sources, options)

    def _on_files_selected(self, names: list[str]) -> None:
        self._session.open([Path(name) for name in names])

    # pasting and dropping

    def _paste(self) -> None:
        """See one picture as a sum of the parts, if there are parts; open all else."""
        sources = sources_in(QGuiApplication.clipboard().mimeData())
        if self._can_explain(sources):
            self._session.drawing.import_image(sources[0])
        else:
            self._open_pasted(sources)

    def _paste_as_set(self) -> None:
        self._open_pasted(sources_in(QGuiApplication.clipboard().mimeData()))

    def _open_pasted(self, sources: Sequence[Path | FoundFile]) -> None:
        if sources:
            self._session.open(sources)
        else:
            self._session.show_notice(Message("The clipboard holds neither a picture nor files."))

    def _can_explain(self, sources: Sequence[Path | FoundFile]) -> bool:
        return self._session.model is not None and is_single_image(sources)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files, with a word about what will happen."""
        if can_accept(event.mimeData()) and event.source() is None:  # a part that leaves the window need not come back
            sources = sources_in(event.mimeData())
            self._overlay.announce(sources, can_explain=self._can_explain(sources))
            self._point(event)
            event.setDropAction(Qt.DropAction.CopyAction)  # file managers offer to move; the files stay where they are
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """See which half of the window is meant."""
        self._point(event)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forget about it."""
        self._overlay.dismiss()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped, as one set; or see one picture as a sum of the parts."""
        self._point(event)
        explains = self._overlay.explains and self._overlay.isVisible()
        self._overlay.dismiss()
        if sources := sources_in(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if explains and self._can_explain(sources):
                self._session.drawing.import_image(sources[0])
            else:
                self._session.open(sources)

    def _point(self, event: QDropEvent) -> None:
        """Tell the veil where the mouse is."""
        self._overlay.point(self._overlay.mapFrom(self, event.position()).x())

    # the window itself

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language, after the menu in which it was chosen has closed."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            QTimer.singleShot(0, self, self._build_again)

    def _on_display_changed(self) -> None:
        """Build anew for text of another size: the old contents have taken their measure."""
        size = self._session.preferences.display.text_size
        if size != self._text_size:
            self._text_size = size
            QTimer.singleShot(0, self, self._build_again)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the veil over all of the window."""
        super().resizeEvent(event)
        self._overlay.setGeometry(self._centre.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window's place, stop the worker and wait for it."""
        self._session.preferences.set_window_layout(self.saveGeometry(), dividers(self._centre))
        self._session.close()
        super().closeEvent(event)

    def _restore_layout(self) -> None:
        geometry, states = self._session.preferences.window_layout()
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        restore_dividers(self._centre, states)

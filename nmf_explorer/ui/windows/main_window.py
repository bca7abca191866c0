"""The main window: menus, contents, file dialogs, clipboard and drops."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenuBar, QWidget

from nmf_explorer.errors import Message
from nmf_explorer.session.state.local_urls import path_from_url, url_problem
from nmf_explorer.session.state.notice import Level
from nmf_explorer.ui.loading.mime_sources import can_accept, is_single_image, problem_in, sources_in
from nmf_explorer.ui.menus.edit_menu import EditMenu
from nmf_explorer.ui.menus.equation_menu import EquationMenu
from nmf_explorer.ui.menus.help_menu import HelpMenu
from nmf_explorer.ui.menus.menu_bar import fill_menu_bar
from nmf_explorer.ui.menus.model_menu import ModelMenu
from nmf_explorer.ui.menus.part_menu import PartMenu
from nmf_explorer.ui.menus.window_actions import WindowActions
from nmf_explorer.ui.messages.window_status import WindowStatus
from nmf_explorer.ui.windows.contents import Contents
from nmf_explorer.ui.windows.layout_state import LayoutState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QUrl
    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QScreen,
    )

    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.loading.drop_overlay import DropOverlay
    from nmf_explorer.ui.printing.printing import Printing


class MainWindow(QMainWindow):
    """A window on one session; it holds no data.

    Signals: ``new_window_requested()`` requests a window with a session of its own.
    """

    new_window_requested = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shows_focus = False
        self._status = WindowStatus(self, session)
        self._build()
        self._text_size = session.preferences.display.text_size
        session.preferences.display_changed.connect(self._on_display_changed)
        self.setAcceptDrops(True)
        self.resize(QSize(1280, 760).boundedTo(self.screen().availableSize()))
        self._restore_layout()
        self._contents.show_session()

    def _build(self) -> None:
        """Build the contents and the menus in the current language and text size."""
        self._contents = Contents(self._session)
        self._contents.open_folder_requested.connect(self._ask_for_folder)
        self._contents.open_files_requested.connect(self._ask_for_files)
        self._contents.panels_built.connect(self._on_panels_built)
        self.setCentralWidget(self._contents)
        fill_menu_bar(self, self._session, self._window_actions())

    def _window_actions(self) -> WindowActions:
        return WindowActions(
            new_window=self.new_window_requested.emit,
            open_folder=self._ask_for_folder,
            open_files=self._ask_for_files,
            paste=self._paste,
            paste_as_set=self._paste_as_set,
            find_sample=self._find_sample,
            print_page=lambda: self._printing().ask(),
            preview_page=lambda: self._printing().preview(),
            present=self._present,
            show_keys=self._show_keys,
        )

    def _find_sample(self) -> None:
        self._contents.workspace.sample_bar.begin_search()

    def _on_panels_built(self) -> None:
        for menu in self.menuBar().findChildren(PartMenu):
            menu.addActions(self._contents.workspace.parts.actions())

    def _build_again(self) -> None:
        """Replace the contents and the menus, for another language or text size."""
        old, layout_state = self._contents, LayoutState.of(self._contents)
        self.takeCentralWidget()
        self.setLocale(QLocale())
        for action in self.actions():  # until Qt deletes the old ones, their keys would belong to two actions
            self.removeAction(action)
        self.setMenuBar(QMenuBar())  # deletes the old one and its menus
        old.deleteLater()
        self._build()
        self._contents.build_panels()
        self._status.show_title()
        layout_state.restore(self._contents)

    # what is imported and built when it is first needed

    @property
    def _overlay(self) -> DropOverlay:
        """The drop overlay of the present contents."""
        from nmf_explorer.ui.loading.drop_overlay import DropOverlay

        return self._contents.findChild(DropOverlay) or DropOverlay(self._contents, self._session.file_count)

    def _printing(self) -> Printing:
        from nmf_explorer.ui.printing.printing import Printing

        return self.findChild(Printing) or Printing(self, self._session)

    def _present(self, screen: QScreen | None = None) -> None:
        """Present the focused view on a screen, by default the window's own."""
        from nmf_explorer.ui.windows.presentation import Presentation

        bar = self.menuBar()
        shared = [
            act for kind in (ModelMenu, EquationMenu) for menu in bar.findChildren(kind) for act in menu.actions()
        ]
        shared += [action for menu in bar.findChildren(HelpMenu) for action in menu.actions()[:1]]  # all keys
        shared += [action for menu in bar.findChildren(EditMenu) for action in menu.history_actions]
        for shown in self.findChildren(Presentation):
            shown.close()
        view = self._contents.workspace.focused_view()
        Presentation(self, self._session, view, shared, screen=screen or self.screen()).showFullScreen()

    def _show_keys(self) -> None:
        from nmf_explorer.ui.windows.keyboard_overview import KeyboardOverview
        from nmf_explorer.ui.windows.presentation import Presentation

        for shown in self.findChildren(KeyboardOverview):
            shown.close()
        self._contents.build_panels()  # whose keys are listed, too
        presented = [shown for shown in self.findChildren(Presentation) if shown.isActiveWindow()]
        overview = KeyboardOverview(self, presented[0] if presented else self)
        overview.show()
        overview.activateWindow()

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
        """Open files and folders as one image set."""
        self._session.open(sources, options)

    def open_url(self, url: QUrl) -> None:
        """Open the file or folder that a URL names, or say why it names none on this computer."""
        if problem := url_problem(url):
            self._session.show_notice(problem, Level.ERROR)
        else:
            self._session.open([path_from_url(url)])

    def _on_files_selected(self, names: list[str]) -> None:
        self._session.open([Path(name) for name in names])

    # pasting and dropping

    def _paste(self) -> None:
        """Show a single image as a sum of the parts if there is a model; open everything else."""
        sources = self._sources_in_clipboard()
        if self._can_explain(sources):
            self._session.drawing.import_image(sources[0])
        else:
            self._open_pasted(sources)

    def _paste_as_set(self) -> None:
        self._open_pasted(self._sources_in_clipboard())

    def _open_pasted(self, sources: Sequence[Path | FoundFile]) -> None:
        if sources:
            self._session.open(sources)
        elif problem := problem_in(QGuiApplication.clipboard().mimeData()):
            self._session.show_notice(problem, Level.ERROR)
        else:
            self._session.show_notice(Message("The clipboard holds neither a picture nor files."))

    def _sources_in_clipboard(self) -> list[Path | FoundFile]:
        """Return what the clipboard offers: all of it, or nothing if one of its files cannot be opened."""
        data = QGuiApplication.clipboard().mimeData()
        return [] if problem_in(data) else sources_in(data)

    def _can_explain(self, sources: Sequence[Path | FoundFile]) -> bool:
        return self._session.model is not None and is_single_image(sources)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files, and say what a drop would do."""
        if can_accept(event.mimeData()) and event.source() is None:  # a part dragged out of the window is no new image
            sources = sources_in(event.mimeData())
            if sources:
                self._overlay.show_offer(sources, can_explain=self._can_explain(sources))
            self._highlight_drop(event)
            event.setDropAction(Qt.DropAction.CopyAction)  # file managers propose a move
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Highlight the half of the window below the mouse."""
        self._highlight_drop(event)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Hide the drop overlay."""
        self._overlay.dismiss()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the dropped files as one set, or show a single image as a sum of the parts."""
        self._highlight_drop(event)
        explains = self._overlay.explains and self._overlay.isVisible()
        self._overlay.dismiss()
        if problem := problem_in(event.mimeData()):
            self._session.show_notice(problem, Level.ERROR)
        elif sources := sources_in(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if explains and self._can_explain(sources):
                self._session.drawing.import_image(sources[0])
            else:
                self._session.open(sources)

    def _highlight_drop(self, event: QDropEvent) -> None:
        """Move the highlighted half of the drop overlay to the mouse position."""
        self._overlay.highlight(self._overlay.mapFrom(self, event.position()).x())

    # the window itself

    def changeEvent(self, event: QEvent) -> None:
        """Rebuild in the new language, after the menu in which it was chosen has closed."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            QTimer.singleShot(0, self, self._build_again)
        elif event.type() is QEvent.Type.ActivationChange and not self._shows_focus:
            self._shows_focus = True
            QTimer.singleShot(0, self, self._show_focus)

    def _show_focus(self) -> None:
        """Show the keyboard focus before the first Tab, too; Qt clears this when a window is activated."""
        self.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if isinstance(focused := self.focusWidget(), QWidget):
            focused.update()

    def _on_display_changed(self) -> None:
        """Rebuild when the text size changes: some sizes are computed once, from the font."""
        size = self._session.preferences.display.text_size
        if size != self._text_size:
            self._text_size = size
            QTimer.singleShot(0, self, self._build_again)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Store the window's layout, stop the workers and wait for them."""
        self._session.preferences.set_window_layout(self.saveGeometry(), self._contents.dividers())
        self._session.close()
        super().closeEvent(event)

    def _restore_layout(self) -> None:
        geometry, states = self._session.preferences.window_layout()
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        self._contents.restore_dividers(states)

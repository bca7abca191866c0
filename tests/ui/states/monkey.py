"""Random user actions by mouse, keyboard, menus and drops, in all open windows."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QContextMenuEvent, QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QListView,
    QMenu,
    QSlider,
    QSplitterHandle,
    QWidget,
)

from nmf_explorer.dataset.sample_sets import SAMPLE_SETS
from nmf_explorer.ui.equation.canvas import Canvas
from nmf_explorer.ui.images.image_view import ImageView
from nmf_explorer.ui.parts.part_grid import PartGrid
from nmf_explorer.ui.windows.presentation import Presentation
from tests.session.fixtures import image_folder
from tests.ui.states.invariants import check, check_way_back
from tests.ui.windows.test_main_window import drop, enter, urls

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nmf_explorer.app import Application
    from nmf_explorer.ui.windows.main_window import MainWindow

    W = TypeVar("W", bound=QWidget)

KEYS = [
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End),
    *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Space),
    *(Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Plus, Qt.Key.Key_Minus),
    *(Qt.Key.Key_0, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_7, Qt.Key.Key_C, Qt.Key.Key_H, Qt.Key.Key_P),
]
MODIFIERS = [Qt.KeyboardModifier.NoModifier] * 4 + [Qt.KeyboardModifier.ShiftModifier]
WORDS = ["", "1", "12", "image", "7", "ü ß", "<b>nose</b> & {0} %n", "x" * 80, "zzz"]
LEFT_ALONE = ("Ctrl+Q", "Ctrl+Shift+W", "Ctrl+P")  # these end the run, or open the printer dialog
MOST_WINDOWS = 2
MOST_MS = 40  # of waiting for running work


class Monkey:
    """Perform random actions in the windows of an application; after each, all windows are checked.

    The same seed gives the same actions, apart from what depends on the speed of a fit.
    """

    def __init__(self, application: Application, seed: int, folders: list[Path]) -> None:
        self._application, self._folders = application, folders
        self._random = random.Random(seed)  # noqa: S311 - to be repeatable, not to be secret
        self._window = application.windows[0]
        self.doing = ""
        self.kinds: dict[str, tuple[Callable[[], None], int]] = {
            "click": (self._click, 8),
            "key": (self._press_key, 8),
            "menu": (self._trigger, 8),
            "drop": (self._drop, 1),
            "paste": (self._paste, 1),
            "resize": (self._resize, 1),
            "wheel": (self._turn_wheel, 3),
            "hover": (self._hover, 3),
            "stroke": (self._stroke, 4),
            "slider": (self._move_slider, 5),
            "divider": (self._move_divider, 1),
            "number": (self._type_number, 3),
            "search": (self._type_text, 2),
            "box": (self._choose_in_box, 2),
            "item": (self._click_item, 5),
            "context menu": (self._use_context_menu, 2),
            "name": (self._name_part, 2),
            "undo": (self._undo, 3),
            "redo": (self._redo, 2),
            "way back": (self._go_all_the_way_back, 1),
            "presentation": (self._present, 2),
            "sample": (self._select_sample, 2),
            "fit": (self._fit, 3),
            "look back": (self._look_back, 2),
            "read otherwise": (self._read_otherwise, 1),
            "wait": (self._wait, 4),
        }

    def act(self) -> str:
        """Perform one action, process events, close the dialogs that it opened, check all windows; return its name."""
        self._window = self._random.choice(self._application.windows)
        weights = [weight for _, weight in self.kinds.values()]
        self.doing = name = self._random.choices(list(self.kinds), weights)[0]
        self.kinds[name][0]()
        for _ in range(self._random.randint(0, 3)):
            QApplication.processEvents()
        self._tidy_up()
        for window in self._application.windows:
            check(window)
        return name

    def _tidy_up(self) -> None:
        for popup in iter(QApplication.activePopupWidget, None):
            popup.close()
        for window in self._application.windows:
            for dialog in window.findChildren(QDialog):
                dialog.close()
            if not window.isVisible():
                window.show()
        while len(self._application.windows) > MOST_WINDOWS:
            self._application.windows[-1].close()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.processEvents()

    # widgets

    @property
    def _presentation(self) -> Presentation | None:
        return next((found for found in self._window.findChildren(Presentation) if found.isVisible()), None)

    @property
    def _seen(self) -> QWidget:
        return self._presentation or self._window

    def _some(self, kind: type[W]) -> W | None:
        found = [widget for widget in self._seen.findChildren(kind) if widget.isVisible() and widget.isEnabled()]
        return self._random.choice(found) if found else None

    def _point(self, widget: QWidget) -> QPoint:
        return QPoint(self._random.randrange(max(1, widget.width())), self._random.randrange(max(1, widget.height())))

    # mouse

    def _click(self) -> None:
        widget = self._some(QWidget)
        is_menu = widget is None or "QMenu" in type(widget).__name__ or widget.objectName().startswith("qt_menubar")
        if widget and not is_menu and widget.window() is self._seen:
            click = self._random.choice([QTest.mouseClick, QTest.mouseClick, QTest.mouseDClick])
            click(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self._point(widget))

    def _click_item(self) -> None:
        view = self._some(QListView)
        if view and view.model() is not None and view.model().rowCount():
            row = self._random.randrange(view.model().rowCount())
            place = view.visualRect(view.model().index(row, 0)).center()
            modifier = self._random.choice([*MODIFIERS, Qt.KeyboardModifier.ControlModifier])
            if view.viewport().rect().contains(place):
                QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, place)

    def _hover(self) -> None:
        view = self._some(ImageView) if self._random.random() < 0.7 else self._some(QListView)
        if view:
            target = view.viewport() if isinstance(view, QListView) else view
            point = QPointF(self._point(target))
            none = Qt.MouseButton.NoButton
            spot = target.mapToGlobal(point)
            event = QMouseEvent(QMouseEvent.Type.MouseMove, point, spot, none, none, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(target, event)

    def _turn_wheel(self) -> None:
        widget = self._some(QWidget) or self._window
        point = QPointF(self._point(widget))
        turn = QPoint(0, self._random.choice([-240, -120, 120, 240]))
        modifier = self._random.choice([Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
        buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
        spot = widget.mapToGlobal(point)
        event = QWheelEvent(point, spot, QPoint(), turn, buttons, modifier, phase, False)  # noqa: FBT003 - Qt's own
        QApplication.sendEvent(widget, event)

    def _stroke(self) -> None:
        canvas = self._some(Canvas)
        if canvas is None:
            return
        if not self._window._session.drawing.is_open and self._random.random() < 0.5:
            self._window._session.drawing.open(is_open=True)
        self._drag(canvas, [self._point(canvas) for _ in range(4)])

    def _move_divider(self) -> None:
        if handle := self._some(QSplitterHandle):
            self._drag(handle, [self._point(handle), QPoint(*(self._random.randint(-200, 200) for _ in range(2)))])

    @staticmethod
    def _drag(widget: QWidget, points: list[QPoint]) -> None:
        left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(widget, left, plain, points[0])
        for point in points[1:]:
            where = QPointF(point)
            move = QMouseEvent(
                QMouseEvent.Type.MouseMove, where, widget.mapToGlobal(where), Qt.MouseButton.NoButton, left, plain
            )
            QApplication.sendEvent(widget, move)
        QTest.mouseRelease(widget, left, plain, points[-1])

    # keys and fields

    def _press_key(self) -> None:
        target = QApplication.focusWidget() or self._seen
        if isinstance(target.window(), (type(self._window), Presentation)):
            QTest.keyClick(target, self._random.choice(KEYS), self._random.choice(MODIFIERS))

    def _move_slider(self) -> None:
        if slider := self._some(QSlider):
            slider.setSliderDown(True)
            for _ in range(self._random.randint(1, 5)):
                slider.setValue(self._random.randint(slider.minimum(), slider.maximum()))
            slider.setSliderDown(False)

    def _type_number(self) -> None:
        field = self._some(QAbstractSpinBox)
        if field:
            field.setFocus()
            field.selectAll()
            QTest.keyClicks(field, self._random.choice(["0", "1", "3", "12", "0.5", "0,25", "-1", "999999", "x", ""]))
            QTest.keyClick(field, self._random.choice([Qt.Key.Key_Return, Qt.Key.Key_Tab]))

    def _type_text(self) -> None:
        fields = [field for field in self._seen.findChildren(QLineEdit) if field.isVisible() and not field.isReadOnly()]
        if fields:
            field = self._random.choice(fields)
            field.setFocus()
            field.selectAll()
            field.insert(self._random.choice(WORDS))

    def _choose_in_box(self) -> None:
        box = self._some(QComboBox)
        if box and box.count():
            row = self._random.randrange(box.count())
            if box.model().flags(box.model().index(row, 0)) & Qt.ItemFlag.ItemIsEnabled:
                box.setCurrentIndex(row)
                box.activated.emit(row)

    # menus

    def _trigger(self) -> None:
        # The program's own: Qt's file dialog, while it closes, would offer to create, rename and delete files.
        grids = self._window.findChildren(PartGrid)
        own = self._window.menuBar().findChildren(QAction) + [action for grid in grids for action in grid.actions()]
        actions = [a for a in own if a.isEnabled() and a.text() and a.menu() is None]
        self._random.choice([action for action in actions if not _is_left_alone(action)]).trigger()

    def _use_context_menu(self) -> None:
        if grid := self._some(PartGrid):
            spot = self._point(grid)
            event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, grid.mapToGlobal(spot))
            QApplication.sendEvent(grid.viewport(), event)
            menus = [menu for menu in grid.findChildren(QMenu) if menu.isVisible()]
            assert len(menus) == 1
            usable = [action for action in menus[0].actions() if action.isEnabled() and not action.isSeparator()]
            menus[0].close()
            if usable:
                self._random.choice(usable).trigger()

    def _name_part(self) -> None:
        grid, session = self._some(PartGrid), self._window._session
        if grid and session.model:
            grid.setCurrentIndex(grid.model().index(self._random.randrange(grid.model().rowCount()), 0))
            QTest.keyClick(grid, Qt.Key.Key_F2)
            editors = [editor for editor in grid.viewport().findChildren(QLineEdit) if editor.isVisible()]
            for editor in editors:
                editor.selectAll()
                editor.insert(self._random.choice(WORDS))
                QTest.keyClick(editor, self._random.choice([Qt.Key.Key_Return, Qt.Key.Key_Escape]))

    def _present(self) -> None:
        presentation = self._presentation
        if presentation is None and self._window._session.dataset:
            self._window._present()
        elif presentation and self._random.random() < 0.5:
            QTest.keyClick(presentation, self._random.choice([Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3]))
        elif presentation:
            presentation.close()

    # drops and the clipboard

    def _drop(self) -> None:
        data = urls(*self._random.sample(self._folders, self._random.randint(1, 2)))
        enter(self._window, data)
        drop(self._window, data)

    def _paste(self) -> None:
        data = QMimeData()
        what = self._random.randrange(3)
        if what == 0:
            image = QImage(12, 9, QImage.Format.Format_Grayscale8)
            image.fill(self._random.randrange(256))
            data.setImageData(image)
        elif what == 1:
            data.setText("some words")
        else:
            data.setUrls([QUrl.fromLocalFile(str(self._random.choice(self._folders)))])
        QApplication.clipboard().setMimeData(data)
        self._window._paste()

    def _resize(self) -> None:
        self._window.resize(self._random.randint(200, 1600), self._random.randint(200, 1000))

    # the session

    def _select_sample(self) -> None:
        session = self._window._session
        if session.dataset:
            session.select_sample(self._random.randrange(session.dataset.n_samples))

    def _fit(self) -> None:
        session = self._window._session
        acts: list[Callable[[], object]] = [
            session.start_fit,
            session.step_fit,
            session.pause,
            session.resume,
            session.cancel,
        ]
        acts += [
            session.next_fit.start_from_shown,
            session.next_fit.start_with_next_seed,
            lambda: session.start_fit(is_watched=True),
        ]
        session.set_n_components(self._random.randint(1, 12))
        self._random.choice(acts)()

    def _look_back(self) -> None:
        course = self._window._session.replay
        acts: list[Callable[[], object]] = [
            course.play,
            course.stop,
            course.show_last,
            lambda: course.show(self._random.randrange(40)),
        ]
        self._random.choice(acts)()

    def _read_otherwise(self) -> None:
        changes: list[dict[str, object]] = [{"invert": True}, {"invert": False}, {"colour": True}, {"size": (7, 7)}]
        self._window._session.import_preview.reload_with(self._random.choice(changes))

    def _undo(self) -> None:
        self._window._session.history.undo()

    def _redo(self) -> None:
        self._window._session.history.redo()

    def _go_all_the_way_back(self) -> None:
        check_way_back(self._window)

    @staticmethod
    def _wait() -> None:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, MOST_MS)


def _is_left_alone(action: QAction) -> bool:
    keys = [key.toString() for key in action.shortcuts()]
    waits_for_somebody = action.menuRole() == QAction.MenuRole.AboutQtRole
    return waits_for_somebody or any(key in LEFT_ALONE for key in keys)


def settle(window: MainWindow) -> None:
    """Cancel the work of a window, wait until it is idle, and check it once more."""
    session = window._session
    session.cancel()
    while session.is_busy or session.replay.is_playing:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    check(window)
    check_way_back(window)


def folders_for(place: Path) -> list[Path]:
    """Create folders to drop: small, large, in colour, broken, empty, missing, and sets of the program."""
    folders = [
        image_folder(place / "good", 8),
        image_folder(place / "large", 5, size=(90, 70)),
        image_folder(place / "colour", 6, colour="RGB"),
        image_folder(place / "broken", 3),
        place / "empty",
        place / "missing",
        *(known.path for known in SAMPLE_SETS[:3]),
    ]
    (place / "empty").mkdir()
    (place / "broken" / "image_1.png").write_bytes(b"\x89PNG\r\n\x1a\n, and no more")
    return folders

"""Text sizes from the menu and its shortcuts: remembered, and without clipped text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QScrollArea,
    QSpinBox,
    QWidget,
)

from nmf_explorer.session.state.display import TEXT_SIZES
from nmf_explorer.session.state.preferences import Preferences
from nmf_explorer.ui.loading.load_panel import LoadPanel
from nmf_explorer.ui.theme.appearance import apply_text_size
from nmf_explorer.ui.widgets.elided_label import ElidedLabel
from tests.session.fixtures import PATIENCE
from tests.ui.finding import find
from tests.ui.visible_state import wait_until_stable
from tests.ui.windows.test_main_window import action

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

KINDS = (QAbstractButton, QComboBox, QLabel, QLineEdit, QSpinBox)


@pytest.fixture(autouse=True)
def text_follows_the_preferences(session: Session) -> Iterator[None]:
    def follow() -> None:
        apply_text_size(session.preferences.display.text_size)

    session.preferences.display_changed.connect(follow)
    yield
    session.preferences.display_changed.disconnect(follow)
    apply_text_size(100)


class WindowWatch(QObject):
    """Records which widgets are shown as windows."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Record Show events of windows."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def built_by(qtbot: QtBot, window: MainWindow, act: Callable[[], object]) -> None:
    """Call a function and wait until the contents are rebuilt and the old ones deleted."""
    old = window.centralWidget()
    act()
    qtbot.waitUntil(lambda: window.centralWidget() is not old, timeout=PATIENCE)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def test_keys_make_text_larger_smaller_and_usual(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    def press(key: Qt.Key) -> None:
        built_by(qtbot, stripes, lambda: qtbot.keyClick(stripes, key, Qt.KeyboardModifier.ControlModifier))

    usual = find(stripes, QListView, "Parts").fontInfo().pixelSize()
    assert not action(stripes, "Smaller Text").isEnabled()
    press(Qt.Key.Key_Plus)
    assert session.preferences.display.text_size == 125
    assert find(stripes, QListView, "Parts").fontInfo().pixelSize() == pytest.approx(usual * 1.25, abs=1)
    assert action(stripes, "125 %").isChecked()
    press(Qt.Key.Key_Equal)
    built_by(qtbot, stripes, lambda: action(stripes, "Larger Text").trigger())
    assert session.preferences.display.text_size == TEXT_SIZES[-1]
    assert not action(stripes, "Larger Text").isEnabled()
    assert Preferences().display.text_size == TEXT_SIZES[-1]
    press(Qt.Key.Key_Minus)
    assert session.preferences.display.text_size == 150
    press(Qt.Key.Key_0)
    assert find(stripes, QListView, "Parts").fontInfo().pixelSize() == usual


def show_as_much_as_possible(session: Session) -> None:
    """Show all optional panels."""
    session.preferences.set_options_shown(True)
    session.parts.hide(0, hidden=True)
    session.parts.select(1)
    session.parts.compare(2)
    session.import_preview.show()
    session.drawing.open(is_open=True)


def test_shortcuts_work_before_the_old_menus_are_deleted(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    stripes._build_again()
    qtbot.keyClick(stripes, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert session.preferences.display.text_size == TEXT_SIZES[1]


@pytest.mark.parametrize("prepare", [lambda _session: None, show_as_much_as_possible])
def test_rebuilt_contents_are_never_shown_as_windows(
    qapp: QApplication, qtbot: QtBot, stripes: MainWindow, session: Session, prepare: Callable[[Session], None]
) -> None:
    """A widget that is shown before it has a parent flashes on screen and takes the keyboard focus."""
    prepare(session)
    watch = WindowWatch()
    qapp.installEventFilter(watch)
    built_by(qtbot, stripes, lambda: action(stripes, "Larger Text").trigger())
    qapp.removeEventFilter(watch)
    assert watch.seen == []
    assert stripes.isActiveWindow()


def test_other_choices_rebuild_nothing(stripes: MainWindow) -> None:
    before = stripes.centralWidget()
    action(stripes, "Viridis").trigger()
    QApplication.processEvents()
    assert stripes.centralWidget() is before


def cut_off(window: QWidget) -> list[str]:
    """Return visible texts that have less than their minimum size or extend beyond the window."""
    found = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, KINDS) or not widget.isVisible() or isinstance(widget, ElidedLabel):
            continue
        if isinstance(widget, QLabel) and (widget.wordWrap() or not widget.text()):
            continue
        if widget.objectName().startswith("qt_") or isinstance(widget.parent(), (QSpinBox, QComboBox)):
            continue
        needed = widget.minimumSizeHint() if not isinstance(widget, QComboBox) else QSize()  # these shorten their text
        right = widget.mapTo(window, QPoint(widget.width(), 0)).x()
        if widget.width() < needed.width() or widget.height() < needed.height() or right > window.width():
            found.append(f"{type(widget).__name__} {widget.accessibleName()} {widget.property('text')}")
    return found


def scrolled(window: QWidget) -> list[QScrollArea]:
    """Return the visible scroll areas."""
    places = [area for area in window.findChildren(QScrollArea) if area.isVisible()]
    assert places
    return places


@pytest.mark.parametrize("size", TEXT_SIZES)
def test_nothing_is_cut_off_in_a_small_window(qtbot: QtBot, stripes: MainWindow, session: Session, size: int) -> None:
    stripes.resize(1024, 768)
    if size != session.preferences.display.text_size:
        built_by(qtbot, stripes, lambda: action(stripes, f"{size} %").trigger())
    for shows_options in (False, True):
        session.preferences.set_options_shown(shows_options)
        wait_until_stable(qtbot, stripes)
        assert (stripes.width(), stripes.height()) == (1024, 768)
        assert cut_off(stripes) == []
        assert not any(place.horizontalScrollBar().isVisible() for place in scrolled(stripes))
        # Contents that do not fit are scrolled; at the usual text size everything fits.
        assert size > 100 or not any(place.verticalScrollBar().isVisible() for place in scrolled(stripes))
    session.close_set()
    wait_until_stable(qtbot, stripes)
    assert not any(place.horizontalScrollBar().isVisible() for place in scrolled(stripes))


def test_the_import_panel_replaces_the_samples_in_a_narrow_window(
    qtbot: QtBot, stripes: MainWindow, session: Session
) -> None:
    built_by(qtbot, stripes, lambda: action(stripes, "200 %").trigger())
    samples = find(stripes, QListView, "Samples")
    (panel,) = stripes.findChildren(LoadPanel)
    for width, is_seen in ((1024, False), (1600, True)):
        stripes.resize(width, 768)
        session.import_preview.show()
        wait_until_stable(qtbot, stripes)
        assert panel.isVisible()
        assert samples.isVisible() == is_seen
        assert panel.mapTo(stripes, QPoint(panel.width(), 0)).x() <= width
        session.import_preview.keep_options()
        wait_until_stable(qtbot, stripes)
        assert samples.isVisible()
        assert not panel.isVisible()

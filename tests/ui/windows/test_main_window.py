"""The window as its user sees it: names, numbers, pages, keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)

from nmf_explorer.resource_files import sample_images
from nmf_explorer.ui.images.image_view import ImageView
from tests.session.fixtures import PATIENCE, fit_and_wait, image_folder, open_and_wait, wait_until_idle
from tests.ui.finding import find, fit_button, labels, name_of, terms, texts

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow


def test_clicking_a_card_opens_and_fits(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    qtbot.mouseClick(find(window, QToolButton, "LED patterns"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.model is not None and session.model.converged, timeout=PATIENCE)
    assert window.windowTitle() == "led_digits — NMF Explorer"
    assert find(window, QSpinBox, "Number of parts").value() == 7
    assert len(texts(find(window, QListView, "Parts"))) == 7


def test_the_focus_is_visible_at_once_and_return_opens_the_set(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    window.activateWindow()
    card = find(window, QToolButton, "Stripes")
    qtbot.waitUntil(card.hasFocus, timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange), timeout=PATIENCE)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.model is not None and session.model.converged, timeout=PATIENCE)
    assert window.windowTitle() == "stripes — NMF Explorer"


def test_the_equation_reads_as_in_the_lecture(stripes: MainWindow) -> None:
    assert terms(stripes) == [("0.98", "part 1"), ("0.95", "part 3"), ("0.91", "part 2")]
    assert find(stripes, QLineEdit, "Relative error").text() == "0.00 %"
    assert "residual: 0 %" in labels(stripes) or "residual: 0.0 %" in labels(stripes)
    assert "60 images of 8 x 8 pixels" in labels(stripes)
    for name in ("Sample", "Reconstruction", "Residual"):
        view = find(stripes, ImageView, name)
        assert (view.image().width(), view.image().height()) == (8, 8)
        assert view.accessibleDescription()


def test_arrow_keys_walk_through_the_samples(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    samples = find(stripes, QListView, "Samples")
    qtbot.waitUntil(samples.hasFocus, timeout=PATIENCE)
    for _ in range(3):
        qtbot.keyClick(samples, Qt.Key.Key_Right)
    assert session.selected_sample == 3
    assert "sample 4 of 60" in find(stripes, ImageView, "Sample").accessibleDescription()
    qtbot.keyClick(samples, Qt.Key.Key_Left)
    assert session.selected_sample == 2


def test_a_click_chooses_a_sample(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    samples = find(stripes, QListView, "Samples")
    place = samples.visualRect(samples.model().index(2, 0)).center()
    qtbot.mouseClick(samples.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.selected_sample == 2


@pytest.mark.parametrize(
    ("n_components", "size"), [(3, (1280, 760)), (12, (1024, 640)), (17, (1500, 900)), (1, (700, 640))]
)
def test_the_grid_shows_all_parts_in_its_space(
    qtbot: QtBot, stripes: MainWindow, session: Session, n_components: int, size: tuple[int, int]
) -> None:
    stripes.resize(*size)
    session.set_n_components(n_components)
    fit_and_wait(qtbot, session)
    QApplication.processEvents()
    grid = find(stripes, QListView, "Parts")
    room = grid.viewport().rect()
    places = [grid.visualRect(grid.model().index(row, 0)) for row in range(n_components)]
    assert len(places) == n_components
    assert all(room.contains(place) for place in places)
    assert max(place.bottom() for place in places) > room.height() * 0.6


def test_a_set_of_ones_own_waits_for_fit(qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine", 12))
    assert window.windowTitle() == "mine — NMF Explorer"
    spin, fit = find(window, QSpinBox, "Number of parts"), fit_button(window)
    assert (spin.value(), spin.minimum(), spin.maximum()) == (1, 1, 12)
    assert texts(find(window, QListView, "Parts")) == []
    spin.setValue(4)
    qtbot.mouseClick(fit, Qt.MouseButton.LeftButton)
    wait_until_idle(qtbot, session)
    assert len(texts(find(window, QListView, "Parts"))) == 4


@pytest.mark.usefixtures("busy_fit")
def test_controls_follow_what_goes_on(qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    fit, cancel = fit_button(window), find(window, QPushButton, "Cancel")
    assert (fit.isEnabled(), cancel.isEnabled()) == (True, False)
    with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
        session.start_fit()
    assert (fit.isEnabled(), cancel.isEnabled()) == (False, True)
    assert "iteration " in labels(window)
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    wait_until_idle(qtbot, session)
    assert (fit.isEnabled(), cancel.isEnabled()) == (True, False)
    assert "Stopped at iteration 3" in find(window, QWidget, "Messages").accessibleDescription()


@pytest.mark.usefixtures("busy_load")
def test_loading_shows_how_far_it_is(qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path) -> None:
    with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
        session.open([tmp_path])
    progress = find(window, QWidget, "Progress")
    assert (progress.property("value"), progress.property("maximum")) == (1, 3)
    qtbot.mouseClick(find(window, QPushButton, "Cancel"), Qt.MouseButton.LeftButton)
    wait_until_idle(qtbot, session)
    assert window.windowTitle() == "NMF Explorer"


OFFERED = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction | Qt.DropAction.LinkAction  # as file managers do


def urls(*paths: Path) -> QMimeData:
    """What a file manager offers."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def enter(window: MainWindow, data: QMimeData) -> QDragEnterEvent:
    """Drag something into the window."""
    event = QDragEnterEvent(QPoint(50, 50), OFFERED, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    event.setDropAction(Qt.DropAction.MoveAction)  # what a file manager proposes within one disk
    event.ignore()
    QApplication.sendEvent(window, event)
    return event


def drop(window: MainWindow, data: QMimeData) -> QDropEvent:
    """Let it go there."""
    event = QDropEvent(QPointF(50, 50), OFFERED, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    event.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(window, event)
    return event


def test_a_folder_is_welcome_anywhere(qtbot: QtBot, stripes: MainWindow, session: Session, tmp_path: Path) -> None:
    data = urls(image_folder(tmp_path / "Bilder für alle"))
    event = enter(stripes, data)
    overlay = stripes._overlay
    assert event.isAccepted()
    assert event.dropAction() == Qt.DropAction.CopyAction
    assert overlay.isVisible()
    assert overlay.text() == "Drop to open “Bilder für alle”"
    assert overlay.size() == stripes._contents.size()
    stripes.resize(900, 700)
    assert overlay.size() == stripes._contents.size()
    stripes.grab()
    dropped = drop(stripes, data)
    assert dropped.dropAction() == Qt.DropAction.CopyAction
    assert overlay.isHidden()
    wait_until_idle(qtbot, session)
    assert stripes.windowTitle() == "Bilder für alle — NMF Explorer"


def test_several_items_become_one_set_and_leaving_changes_nothing(window: MainWindow, tmp_path: Path) -> None:
    overlay = window._overlay
    enter(window, urls(tmp_path / "a", tmp_path / "b"))
    assert overlay.text() == "Drop to open 2 items as one set"
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert overlay.isHidden()


def test_text_is_not_welcome(window: MainWindow, session: Session) -> None:
    data = QMimeData()
    data.setText("only words")
    assert not enter(window, data).isAccepted()
    drop(window, data)
    assert session.dataset is None


def check_keys(window: MainWindow) -> list[str]:
    """Check that no key and no letter of a menu is there twice; give the keys."""
    actions = [a for a in window.findChildren(QAction) if a.text() and not isinstance(a.menu(), QMenu)]
    keys = [key.toString() for action in actions for key in action.shortcuts() if not key.isEmpty()]
    assert len(keys) == len(set(keys))
    bar = [action.text() for action in window.menuBar().actions()]
    menus = [[a.text() for a in menu.actions() if a.text()] for menu in window.menuBar().findChildren(QMenu)]
    for texts_of_menu in [bar, *menus]:
        marks = [text[text.index("&") + 1].lower() for text in texts_of_menu if "&" in text.replace("&&", "")]
        assert len(marks) == len(set(marks)), texts_of_menu
    return keys


def test_menus_offer_everything_with_unique_keys(stripes: MainWindow) -> None:
    assert {"Ctrl+O", "Ctrl+Return", "Esc", "F11", "Ctrl+Q", "Ctrl+Z"} <= set(check_keys(stripes))


def action(window: MainWindow, text: str) -> QAction:
    """Find a menu's action by its words."""
    return next(a for a in window.findChildren(QAction) if a.text().replace("&", "") == text)


def test_menus_step_through_samples_and_parts(stripes: MainWindow, session: Session) -> None:
    action(stripes, "Next Sample").trigger()
    action(stripes, "Next Sample").trigger()
    action(stripes, "Previous Sample").trigger()
    assert session.selected_sample == 1
    action(stripes, "More Parts").trigger()
    action(stripes, "Fewer Parts").trigger()
    action(stripes, "Fewer Parts").trigger()
    assert session.n_components == 2
    assert find(stripes, QSpinBox, "Number of parts").value() == 2
    action(stripes, "Close Set").trigger()
    assert stripes.windowTitle() == "NMF Explorer"
    assert not action(stripes, "Next Sample").isEnabled()


def test_recent_sets_are_offered(qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path) -> None:
    folder = image_folder(tmp_path / "R&D")
    open_and_wait(qtbot, session, folder)
    session.preferences.add_recent(tmp_path / "gone")
    session.close_set()
    qtbot.waitUntil(lambda: not find(window, QToolButton, "gone").isEnabled(), timeout=PATIENCE)
    action(window, "RD").trigger()
    wait_until_idle(qtbot, session)
    assert window.windowTitle() == "R&D — NMF Explorer"
    action(window, "Clear List").trigger()
    assert session.preferences.recent() == []


@pytest.mark.parametrize(
    "kind", [("Open Folder…", QFileDialog.FileMode.Directory), ("Open Files…", QFileDialog.FileMode.ExistingFiles)]
)
def test_what_is_chosen_in_a_dialog_is_opened(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path, kind: tuple[str, QFileDialog.FileMode]
) -> None:
    words, mode = kind
    action(window, words).trigger()
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.fileMode() is mode
    dialog.filesSelected.emit([str(image_folder(tmp_path / "mine"))])
    dialog.close()
    wait_until_idle(qtbot, session)
    assert window.windowTitle() == "mine — NMF Explorer"


def test_everything_operable_has_a_name(stripes: MainWindow) -> None:
    kinds = (QAbstractButton, QSpinBox, QComboBox, QListView)
    own = [w for w in stripes.findChildren(QWidget) if isinstance(w, kinds) and w.isVisible()]
    assert len(own) >= 7
    assert [w for w in own if not name_of(w) and not w.objectName().startswith("qt_")] == []


def test_nothing_in_the_controls_is_clipped_in_a_small_window(stripes: MainWindow) -> None:
    stripes.resize(1024, 640)
    QApplication.processEvents()
    assert stripes.width() == 1024
    for widget in stripes._contents.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, (QPushButton, QSpinBox)):
            assert widget.width() >= widget.minimumSizeHint().width()
            right = widget.mapTo(stripes, widget.rect().topRight()).x()
            assert right < stripes.width()


def test_closing_remembers_the_layout_and_ends_the_work(
    qtbot: QtBot, stripes: MainWindow, session: Session, tmp_path: Path
) -> None:
    stripes.resize(1280, 610)
    session.open([image_folder(tmp_path / "mine")])
    stripes.close()
    assert not any(thread.isRunning() for thread in session.worker.running.tasks)
    assert not session.preferences.window_layout()[0].isEmpty()
    again = type(stripes)(session)
    qtbot.addWidget(again)
    assert again.height() == 610


def test_the_language_of_a_layout_does_not_turn_the_equation(stripes: MainWindow) -> None:
    stripes.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.sendEvent(stripes, QEvent(QEvent.Type.LayoutDirectionChange))
    sample, rest = find(stripes, ImageView, "Sample"), find(stripes, ImageView, "Reconstruction")
    assert sample.mapTo(stripes, QPoint(0, 0)).x() < rest.mapTo(stripes, QPoint(0, 0)).x()


def walk_by_tab(qtbot: QtBot, window: MainWindow) -> list[str]:
    """Press Tab until the first widget has the focus again; return the names of all that had it."""
    window.activateWindow()
    first = find(window, QListView, "Samples")
    first.setFocus()
    qtbot.waitUntil(first.hasFocus, timeout=PATIENCE)
    names: list[str] = []
    focused = QApplication.focusWidget()
    while focused and (not names or focused is not first):
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        names.append(name_of(focused) if focused else "")
    return names


def test_tab_follows_the_sum_and_then_reaches_the_parts(qtbot: QtBot, stripes: MainWindow) -> None:
    names = walk_by_tab(qtbot, stripes)
    weights = [f"Weight of part {part}" + field for part in (1, 3, 2) for field in ("", " as a number")]
    results = ["Reconstruction", "Residual", "Add Up", "Best Weights"]
    assert names[: len(weights) + 7] == ["Sample", "Draw", *weights, *results, "Parts"]
    assert names[-1] == "Samples"


def test_tab_reaches_weights_that_came_later_in_their_order(
    qtbot: QtBot, stripes: MainWindow, session: Session
) -> None:
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    qtbot.waitUntil(lambda: len(terms(stripes)) > 3, timeout=PATIENCE)
    sliders = [
        name
        for name in walk_by_tab(qtbot, stripes)
        if name.startswith("Weight of part") and not name.endswith("as a number")
    ]
    assert sliders == [f"Weight of {part}" for _weight, part in terms(stripes)]

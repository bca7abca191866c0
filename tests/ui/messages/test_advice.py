"""What the message bar offers to do, and the list of skipped files to copy and to save."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QGridLayout, QListView, QPushButton, QWidget

from nmf_explorer.dataset.dataset import Skipped
from nmf_explorer.dataset.load_options import LoadKeywords, LoadOptions
from nmf_explorer.dataset.load_report import Advice
from nmf_explorer.errors import Message
from nmf_explorer.session.state.notice import Level, Notice
from tests.session.fixtures import image_folder, open_and_wait, wait_until_idle
from tests.ui.finding import find, labels
from tests.ui.windows.test_main_window import action

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
SKIPPED = tuple(Skipped(Path(f"/set/{i}.png"), Message("the file is {how}", how="empty")) for i in range(3))
LINES = [f"/set/{i}.png\tthe file is empty\n" for i in range(3)]


@pytest.fixture
def skipped(qtbot: QtBot, window: MainWindow, session: Session) -> QListView:
    """Give the list of three skipped files."""
    session.notice_posted.emit(Notice(Level.WARNING, (Message("3 skipped."),), SKIPPED))
    qtbot.mouseClick(find(window, QPushButton, "Details"), LEFT)
    return find(window, QListView, "Skipped files")


def test_messages_advice_and_skipped_files_each_have_rows_of_their_own(
    window: MainWindow, session: Session, skipped: QListView
) -> None:
    advice = tuple(Advice(Message(text), Message(text), {"invert": True}) for text in ("First", "Second"))
    session.notice_posted.emit(Notice(Level.WARNING, (Message("3 skipped."),), SKIPPED, advice))
    shown = skipped.parentWidget()
    assert shown is not None
    buttons = [find(window, QPushButton, name) for name in ("First", "Second")]
    assert [_row_of(widget) for widget in (*buttons, shown)] == [1, 2, 3]


def test_what_is_about_a_fit_and_about_loading_stands_on_lines_of_its_own(window: MainWindow, session: Session) -> None:
    session.notice_posted.emit(Notice(Level.INFO, (Message("The fit ended."), Message("3 images loaded."))))
    bar = find(window, QWidget, "Messages")
    assert "The fit ended.\n3 images loaded." in labels(bar)
    assert bar.accessibleDescription() == "The fit ended. 3 images loaded."


def _row_of(widget: QWidget) -> int:
    """Return the row of a widget in the grid of its parent."""
    parent = widget.parentWidget()
    grid = parent.layout() if parent else None
    assert isinstance(grid, QGridLayout)
    position = grid.getItemPosition(grid.indexOf(widget))
    assert isinstance(position, tuple)
    return int(position[0])


def test_drawings_on_paper_are_inverted_by_one_click(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    for i in range(6):
        pixels = np.full((12, 12), 255, np.uint8)
        pixels[2 + i, 2:10] = 0
        Image.fromarray(pixels).save(tmp_path / f"{i}.png")
    open_and_wait(qtbot, session, tmp_path)
    assert "dark on a bright background" in labels(window)
    qtbot.mouseClick(find(window, QPushButton, "Invert"), LEFT)
    wait_until_idle(qtbot, session)
    assert session.dataset is not None
    assert session.dataset.sample_image(0).mean() < 0.5
    assert "dark on a bright background" not in labels(window)
    action(window, "Undo: How the images are read").trigger()
    assert session.dataset.sample_image(0).mean() > 0.5
    assert "dark on a bright background" in labels(window)
    action(window, "Redo: How the images are read").trigger()
    assert session.dataset.sample_image(0).mean() < 0.5


def test_much_advice_waits_behind_details(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    advice = tuple(Advice(Message("Advice {i}.", i=i), Message("Do {i} & more", i=i), {}) for i in range(4))
    session.notice_posted.emit(Notice(Level.INFO, (Message("Loaded."),), (), advice))
    bar = find(window, QWidget, "Messages")
    assert bar.accessibleDescription() == "Loaded. Advice 0. Advice 1. Advice 2. Advice 3."
    assert "Advice 1." in labels(window)
    assert "Advice 2." not in labels(window)
    qtbot.mouseClick(find(window, QPushButton, "Details"), LEFT)
    assert "Advice 3." in labels(window)
    assert find(window, QPushButton, "Do 3 && more").accessibleDescription() == "Advice 3."
    session.notice_posted.emit(Notice(Level.INFO, (Message("Else."),), (), (Advice(Message("Alone.")),)))
    assert "Advice 0." not in labels(window)
    assert [b for b in bar.findChildren(QPushButton) if b.isVisible()] == []


def test_every_button_follows_its_own_advice(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    changes: tuple[LoadKeywords, ...] = ({"invert": True}, {"resize": "stretch"}, {"background": "black"})
    advice = tuple(Advice(Message("Advice {i}.", i=i), Message("Do {i}", i=i), c) for i, c in enumerate(changes))
    for number in (1, 2, 0):
        session.set_opener.reload(LoadOptions(frames="first"))
        wait_until_idle(qtbot, session)
        session.notice_posted.emit(Notice(Level.INFO, (Message("Loaded."),), (), advice))
        find(window, QPushButton, "Details").setChecked(True)
        qtbot.mouseClick(find(window, QPushButton, f"Do {number}"), LEFT)
        wait_until_idle(qtbot, session)
        assert session.dataset is not None
        assert session.dataset.report.options == LoadOptions(frames="first").replace(changes[number])


def test_how_a_set_was_read_can_be_changed_from_the_bar(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    (image_folder(tmp_path / "mine") / "notes.txt").write_text("no image")
    open_and_wait(qtbot, session, tmp_path / "mine")
    assert not session.import_preview.is_shown
    qtbot.mouseClick(find(window, QPushButton, "Change…"), LEFT)
    assert find(window, QWidget, "How these were read").isVisible()


def test_chosen_lines_or_the_whole_list_are_copied(qtbot: QtBot, window: MainWindow, skipped: QListView) -> None:
    skipped.setFocus()
    skipped.setCurrentIndex(skipped.model().index(2, 0))
    qtbot.keyClick(skipped, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(skipped, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "".join(LINES[1:])
    qtbot.mouseClick(find(window, QPushButton, "Copy list"), LEFT)
    assert QGuiApplication.clipboard().text() == "".join(LINES)


def test_the_list_is_saved_or_it_is_told_why_not(
    qtbot: QtBot, window: MainWindow, skipped: QListView, tmp_path: Path
) -> None:
    for place, told in ((tmp_path, "saved as “list.txt”"), (tmp_path / "missing", "could not be written")):
        qtbot.mouseClick(find(window, QPushButton, "Save list…"), LEFT)
        dialog = next(d for d in window.findChildren(QFileDialog) if d.isVisible())
        dialog.fileSelected.emit(str(place / "list.txt"))
        dialog.close()
        assert told in labels(window)
    assert (tmp_path / "list.txt").read_text(encoding="utf-8") == "".join(LINES)
    assert skipped.isVisible()


def test_lines_of_the_list_have_their_text_as_a_tip(skipped: QListView) -> None:
    first = skipped.model().index(0, 0)
    assert first.data(Qt.ItemDataRole.ToolTipRole) == first.data()
    assert first.data(Qt.ItemDataRole.DecorationRole) is None


def test_the_buttons_of_the_list_stay_together_at_its_upper_right(window: MainWindow, skipped: QListView) -> None:
    copy, save = (find(window, QPushButton, name) for name in ("Copy list", "Save list…"))
    assert copy.y() == skipped.y()
    assert copy.x() == save.x() > skipped.geometry().right()
    assert save.y() - copy.geometry().bottom() < copy.height() < skipped.height() / 3

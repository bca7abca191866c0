"""Names with < > and & are plain text everywhere: on screen, in tool tips, and for screen readers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QListView, QWidget

from nmf_explorer.resource_files import sample_images
from tests.session.fixtures import PATIENCE, fit_and_wait, open_and_wait

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

NAME = "<b>bold&amp; & <x>"
TEXTS = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)


def texts_of(window: QWidget) -> list[str]:
    """Return all texts that a screen reader gets from the widgets of a window, and from the first items of lists."""
    found: list[str] = []
    for widget in (window, *window.findChildren(QWidget)):
        top = QAccessible.queryAccessibleInterface(widget)
        if top is not None:
            items = [top.child(i) for i in range(min(3, top.childCount()))] if isinstance(widget, QListView) else []
            found += [place.text(kind) for place in (top, *items) for kind in TEXTS]
    return found


def assert_is_plain(window: QWidget) -> None:
    texts = texts_of(window)
    assert any(NAME in text for text in texts)
    assert [text for text in texts if re.search("bold(?!&amp; & <x>)|&lt;|<p>|amp;amp;", text)] == []
    for widget in window.findChildren(QWidget):
        if "bold" in widget.toolTip():
            assert "&lt;b&gt;bold&amp;amp;" in widget.toolTip()
        if isinstance(widget, QLabel) and "bold" in widget.text():
            assert widget.textFormat() == Qt.TextFormat.PlainText


def test_names_of_recent_sets(qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path) -> None:
    session.preferences.add_recent(tmp_path / NAME)
    qtbot.waitUntil(lambda: session.recent_sets.is_missing(tmp_path / NAME), timeout=PATIENCE)
    assert_is_plain(window)


def test_names_of_samples_parts_and_skipped_files(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    folder = tmp_path / NAME
    folder.mkdir()
    for i, path in enumerate(sorted((sample_images() / "stripes").glob("*.png"))[:6]):
        (folder / f"{NAME}{i}.png").write_bytes(path.read_bytes())
    (folder / f"{NAME}.jpg").write_bytes(b"no image")
    open_and_wait(qtbot, session, folder)
    session.set_n_components(2)
    fit_and_wait(qtbot, session)
    session.parts.rename(0, NAME)
    session.parts.select(0)
    session.select_sample(1)
    qtbot.waitUntil(lambda: f"Weight of {NAME}" in texts_of(window), timeout=PATIENCE)
    assert_is_plain(window)

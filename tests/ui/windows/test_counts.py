"""Numbers in words: one is singular, and thousands are grouped in the same way everywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QPushButton, QWidget

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.ui.theme.language import apply_language
from tests.session.fixtures import PATIENCE, fit_and_wait, show_set
from tests.ui.finding import find, labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

PLURAL_OF_ONE = re.compile(
    r"\b1 (images|samples|parts|iterations|terms|starts|Bilder|Beispiele|Teile|Iterationen|Summanden|Starts)\b"
)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Speak English and write numbers plainly in the next test."""
    before = QLocale()
    yield
    apply_language("en")
    QLocale.setDefault(before)


def all_texts(window: QWidget) -> list[str]:
    """Return what is written, spoken and shown as a tip in a window."""
    found: list[str] = []
    for widget in [widget for widget in window.findChildren(QWidget) if widget.isVisible()]:
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel | QLineEdit | QPushButton):
            found.append(widget.text())
        if isinstance(widget, QListView):
            items = [widget.model().index(row, 0) for row in range(widget.model().rowCount())]
            found += [str(item.data(role)) for item in items for role in (0, 3, 11)]  # text, tip, accessible text
    return [text for text in found if text]


def test_one_is_singular_in_both_languages(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    image = np.array([[[0.0, 1.0], [0.5, 0.0]]])
    for language in ("en", "de"):
        apply_language(language)
        show_set(session, Dataset.from_array(image), 1)
        session.set_n_components(1)
        fit_and_wait(qtbot, session)
        session.parts.select(0)
        qtbot.waitUntil(lambda: session.parts.error_without(0) is not None, timeout=PATIENCE)
        texts = all_texts(window)
        assert any("1 image of" in text or "1 Bild mit" in text for text in texts)
        assert [text for text in texts if PLURAL_OF_ONE.search(text)] == []


def test_undo_names_one_part(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    assert stripes.isVisible()
    session.set_n_components(1)
    fit_and_wait(qtbot, session)
    assert session.history.undo_message == "Fit of 1 part"


def test_the_first_term_of_a_sum_is_singular(stripes: MainWindow, session: Session) -> None:
    session.equation.show_partial_sum(1)
    assert "the first of 3 terms" in [widget.accessibleDescription() for widget in stripes.findChildren(QWidget)]
    session.equation.show_partial_sum(2)
    assert "the first 2 of 3 terms" in [widget.accessibleDescription() for widget in stripes.findChildren(QWidget)]


@pytest.mark.parametrize("system", ["C", "en_US"])
def test_thousands_are_grouped_alike(
    qtbot: QtBot, window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: QLocale(system)))
    apply_language("system")
    images = np.random.default_rng(0).random((1500, 2, 2)) + 0.1
    show_set(session, Dataset.from_array(images), 1)
    session.set_n_components(1)
    fit_and_wait(qtbot, session)
    session.parts.select(0)
    qtbot.waitUntil(lambda: "not explained" in labels(window), timeout=PATIENCE)
    assert "1,500 images of 2 x 2 pixels" in labels(window)
    assert "1,500 samples" in labels(window)
    assert "used by 1,500 of 1,500 samples" in labels(window)
    strip = find(window, QListView, "Samples")
    assert str(strip.model().index(0, 0).data(11)).startswith("sample 1 of 1,500, ")
    assert [text for text in all_texts(window) if re.search(r"(?<!sample )\b1500\b", text)] == []

"""The row above the samples: search, labels, order, and worst explained, by mouse and keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListView, QPushButton

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.session.exploring.sample_values import SortKey
from nmf_explorer.ui.samples.sample_bar import SampleBar
from nmf_explorer.ui.theme.texts import number, percent
from nmf_explorer.ui.windows.workspace import Workspace
from tests.session.exploring.test_sample_view import ANIMALS, LABELS, NAMES, fit_animals
from tests.session.fixtures import PATIENCE, show_set
from tests.ui.finding import child, find, labels, texts
from tests.ui.states.labelled_samples import choose, field_of, spoken, strip_of
from tests.ui.windows.test_main_window import action

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton

# search and labels


def test_search_by_name_and_back(qtbot: QtBot, animals: MainWindow, session: Session) -> None:
    field, strip = field_of(animals), strip_of(animals)
    assert "6 samples" in labels(animals)
    action(animals, "Find Sample").trigger()
    qtbot.waitUntil(field.hasFocus, timeout=PATIENCE)
    qtbot.keyClicks(field, "dog")
    assert texts(strip) == ["dog 10", "Dog 9", "dog 1"]
    assert "3 of 6 samples" in labels(animals)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert texts(strip) == list(NAMES)
    qtbot.keyClicks(field, "DOG 9")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(strip.hasFocus, timeout=PATIENCE)
    assert session.selected_sample == 2  # the first sample found is selected


def test_an_empty_search_result_shows_how_to_get_back(qtbot: QtBot, animals: MainWindow) -> None:
    strip = strip_of(animals)
    qtbot.keyClicks(field_of(animals), "horse")
    assert texts(strip) == []
    said = strip.viewport().grab().toImage()
    strip.set_empty_text("")
    assert strip.viewport().grab().toImage() != said
    qtbot.keyClick(field_of(animals), Qt.Key.Key_Escape)
    assert texts(strip) == list(NAMES)


@pytest.mark.usefixtures("busy_fit")
def test_esc_in_the_search_field_does_not_stop_a_fit(qtbot: QtBot, animals: MainWindow, session: Session) -> None:
    with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
        session.start_fit()
    cancelled: list[bool] = []
    action(animals, "Cancel").triggered.connect(lambda: cancelled.append(True))
    field = field_of(animals)
    field.setFocus()
    qtbot.keyClicks(field, "dog")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert cancelled == []
    qtbot.keyClick(strip_of(animals), Qt.Key.Key_Escape)  # elsewhere Esc cancels
    assert len(cancelled) == 1


def test_letters_typed_in_the_strip_begin_a_search(qtbot: QtBot, animals: MainWindow) -> None:
    strip = strip_of(animals)
    qtbot.keyClick(strip, "o")
    field = field_of(animals)
    assert field.text() == "o"
    qtbot.waitUntil(field.hasFocus, timeout=PATIENCE)
    qtbot.keyClick(field, "w")
    assert texts(strip) == ["owl"]


def test_labels_filter_with_their_numbers(animals: MainWindow, session: Session) -> None:
    box = find(animals, QComboBox, "Label of the samples")
    assert [box.itemText(i) for i in range(box.count())] == ["All labels", "cat (2)", "dog (3)", "owl (1)"]
    choose(box, "cat (2)")
    assert texts(strip_of(animals)) == ["cat 2", "cat 1"]
    choose(box, "All labels")
    assert len(texts(strip_of(animals))) == 6
    show_set(session, Dataset.from_array(np.ones((3, 4))))
    assert not box.isVisible()


def test_captions_are_labels_when_sorted_by_label(animals: MainWindow) -> None:
    choose(find(animals, QComboBox, "Order of the samples"), "By label")
    assert texts(strip_of(animals)) == sorted(LABELS)
    assert spoken(strip_of(animals))[0] == "sample 2 of 6, cat 2, label cat"


# order


def test_the_selected_sample_stays_current_when_the_order_changes(
    qtbot: QtBot, animals: MainWindow, session: Session
) -> None:
    strip, box = strip_of(animals), find(animals, QComboBox, "Order of the samples")
    session.select_sample(2)
    choose(box, "By name")
    qtbot.waitUntil(lambda: texts(strip)[0] == "cat 1", timeout=PATIENCE)
    assert session.selected_sample == 2
    assert strip.currentIndex().data() == "Dog 9"
    session.sample_view.search("cat")
    assert not strip.currentIndex().isValid()
    assert session.selected_sample == 2
    session.sample_view.show_all()
    assert strip.currentIndex().data() == "Dog 9"
    session.select_sample(0)
    assert strip.currentIndex().data() == "dog 10"


@pytest.mark.parametrize("way", ["button", "key"])
def test_the_worst_explained_come_first_by_one_click_or_key(
    qtbot: QtBot, animals: MainWindow, session: Session, way: str
) -> None:
    button = find(animals, QPushButton, "Worst explained")
    if way == "button":
        qtbot.mouseClick(button, LEFT)
    else:
        qtbot.keyClick(strip_of(animals), Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    strip, order = strip_of(animals), session.sample_view
    qtbot.waitUntil(lambda: strip.currentIndex().row() == 0 and not order.is_busy, timeout=PATIENCE)
    errors = [order.values.error_of(i) or 0.0 for i in range(6)]
    assert texts(strip) == [percent(error) for error in sorted(errors, reverse=True)]
    assert session.selected_sample == errors.index(max(errors))
    assert spoken(strip)[0].endswith(f"error {percent(max(errors))}")
    assert find(animals, QComboBox, "Order of the samples").currentText() == "By error, largest first"


def test_worst_explained_needs_a_model(window: MainWindow, session: Session) -> None:
    show_set(session, ANIMALS)
    assert not find(window, QPushButton, "Worst explained").isEnabled()
    assert not action(window, "Worst Explained").isEnabled()
    fit_animals(session)
    assert find(window, QPushButton, "Worst explained").isEnabled()
    assert action(window, "Worst Explained").isEnabled()


def test_the_order_by_weight_names_the_selected_part(animals: MainWindow, session: Session) -> None:
    box, strip = find(animals, QComboBox, "Order of the samples"), strip_of(animals)
    row = box.findText("By weight of the chosen part")
    assert not box.model().index(row, 0).flags() & Qt.ItemFlag.ItemIsEnabled
    assert "Choose a part" in box.itemData(row, Qt.ItemDataRole.ToolTipRole)
    session.parts.select(0)
    session.parts.rename(0, "ears")
    choose(box, "By weight of part 1, ears")
    assert box.toolTip() == "By weight of part 1, ears"
    assert session.model
    weights = sorted(session.model.weights[:, 0].tolist(), reverse=True)
    assert texts(strip) == [number(weight, 2) for weight in weights]
    assert spoken(strip)[0].endswith(f"weight of part 1: {number(weights[0], 2)}")
    session.parts.select(None)
    assert box.currentText() == "In the order of the set"
    assert texts(strip) == list(NAMES)


def test_next_and_previous_in_the_menu_follow_the_order(animals: MainWindow, session: Session) -> None:
    session.sample_view.search("dog")
    action(animals, "Next Sample").trigger()
    assert session.selected_sample == 2
    action(animals, "Previous Sample").trigger()
    assert session.selected_sample == 0


def test_a_new_bar_shows_the_state_of_the_session(qtbot: QtBot, animals: MainWindow, session: Session) -> None:
    del animals
    session.sample_view.filter("dog")
    session.sample_view.search("1")
    session.sample_view.sort(SortKey.LABEL)
    again = Workspace(session)
    qtbot.addWidget(again)
    again.show()
    assert find(again, QLineEdit, "Search samples by name").text() == "1"
    assert find(again, QComboBox, "Label of the samples").currentText() == "dog (3)"
    assert find(again, QComboBox, "Order of the samples").currentText() == "By label"
    assert texts(find(again, QListView, "Samples")) == ["dog", "dog"]


def test_samples_of_a_loading_dataset_cannot_be_searched(
    animals: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_samples = Dataset.from_array(np.ones((2, 4)))
    session.sample_view.search("dog")
    monkeypatch.setattr(type(session), "partial_dataset", property(lambda _session: first_samples))
    session.activity_changed.emit()
    assert texts(strip_of(animals)) == ["sample 1", "sample 2"]
    assert not child(animals, SampleBar).isEnabled()
    monkeypatch.undo()
    session.activity_changed.emit()
    assert texts(strip_of(animals)) == ["dog 10", "Dog 9", "dog 1"]
    assert child(animals, SampleBar).isEnabled()


@pytest.mark.parametrize(("width", "letters"), [(1024, 1.0), (1024, 2.0)])
def test_the_row_fits_a_small_screen_also_in_large_letters(
    qtbot: QtBot, session: Session, width: int, letters: float
) -> None:
    show_set(session, ANIMALS)
    font = QApplication.font()
    font.setPointSizeF(font.pointSizeF() * letters)
    bar = SampleBar(session)
    bar.setFont(font)
    qtbot.addWidget(bar)
    layout = bar.layout()
    assert layout is not None
    bar.resize(width, layout.heightForWidth(width))
    bar.show()
    inside = bar.rect()
    controls = [w for w in bar.findChildren(QPushButton) + bar.findChildren(QComboBox) if w.isVisible()]
    assert len(controls) == 3
    for control in controls:
        assert inside.contains(control.geometry())
        assert control.width() >= control.minimumSizeHint().width()

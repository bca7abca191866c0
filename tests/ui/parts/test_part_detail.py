"""Details of the selected part, and the comparison of two parts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QToolButton

from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.session import Activity
from nmf_explorer.ui.images.image_view import ImageView
from nmf_explorer.ui.parts.part_detail import PartDetail
from nmf_explorer.ui.parts.top_samples import TopSamples
from tests.dataset.array_kinds import dense
from tests.session.fixtures import PATIENCE, fit_and_wait, image_folder, open_and_wait, wait_until_idle
from tests.ui.finding import find, labels, texts
from tests.ui.visible_state import wait_until_stable

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def digits(qtbot: QtBot, window: MainWindow, session: Session) -> MainWindow:
    """Return the window with the set of seven segments open and fitted."""
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    return window


def test_the_panel_is_visible_only_while_a_part_is_selected(qtbot: QtBot, digits: MainWindow, session: Session) -> None:
    detail = digits.findChildren(PartDetail)[0]
    assert not detail.isVisible()
    session.parts.select(2)
    assert detail.isVisible()
    assert "part 3 of 7" in labels(detail)
    picture = find(detail, ImageView, "Chosen part")
    assert (picture.image().width(), picture.image().height()) == (8, 13)
    qtbot.mouseClick(find(detail, QToolButton, "Close what is told about the part"), LEFT)
    assert not detail.isVisible()
    session.parts.select(2)
    samples = find(detail, TopSamples, "Samples that use it most")
    samples.setFocus()
    qtbot.keyClick(samples, Qt.Key.Key_Escape)
    assert session.parts.selected is None


def test_facts_and_names_are_shown(digits: MainWindow, session: Session) -> None:
    detail = digits.findChildren(PartDetail)[0]
    session.parts.select(2)
    assert "14 % of the sum, sparseness 0.89, used by 64 of 128 samples" in labels(detail)
    session.parts.rename(2, "foot <i>")
    session.parts.hide(2, hidden=True)
    assert "foot <i>, 3 of 7" in labels(detail)
    assert "the sum goes on without it" in labels(detail)


@pytest.mark.parametrize("how", ["click", "key"])
def test_a_click_on_a_top_sample_selects_it(qtbot: QtBot, digits: MainWindow, session: Session, how: str) -> None:
    session.parts.select(4)
    samples = find(digits, TopSamples, "Samples that use it most")
    weights = [float(text) for text in texts(samples)]
    assert len(weights) == 12
    assert weights == sorted(weights, reverse=True)
    assert session.model is not None
    best = int((session.model.weights[:, 4] > 0.999).argmax())  # of equal weights the first
    told = str(samples.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert told.startswith(f"sample {best + 1} of 128, ")
    assert told.endswith(f"weight {texts(samples)[0]}")
    session.select_sample(127)
    if how == "click":
        qtbot.mouseClick(samples.viewport(), LEFT, pos=samples.visualRect(samples.model().index(0, 0)).center())
    else:
        samples.setFocus()
        samples.setCurrentIndex(samples.model().index(0, 0))
        qtbot.keyClick(samples, Qt.Key.Key_Return)
    assert session.selected_sample == best


def test_what_stays_unexplained_is_said_with_and_without_a_part(
    qtbot: QtBot, stripes: MainWindow, session: Session
) -> None:
    session.set_n_components(1)
    fit_and_wait(qtbot, session)
    session.parts.select(0)
    detail = stripes.findChildren(PartDetail)[0]
    qtbot.waitUntil(lambda: "not explained" in labels(detail), timeout=PATIENCE)
    assert "100 % of the sum, " in labels(detail)
    assert "59 % of all images is not explained, without this part 100 %" in labels(detail)
    session.parts.select(None)
    session.set_n_components(3)
    fit_and_wait(qtbot, session)
    session.parts.select(1)
    model, dataset = session.model, session.dataset
    assert model is not None
    assert dataset is not None
    without = session.parts.error_without
    qtbot.waitUntil(lambda: without(1) is not None, timeout=PATIENCE)
    samples = dense(dataset.matrix)
    left = samples - np.delete(model.weights, 1, axis=1) @ np.delete(model.components, 1, axis=0)
    expected = np.linalg.norm(left) / np.linalg.norm(samples)
    assert without(1) == pytest.approx(expected, rel=1e-4)
    assert f"0.0 % of all images is not explained, without this part {100 * expected:.0f} %" in labels(detail)


def test_two_parts_stand_side_by_side_with_their_difference(digits: MainWindow, session: Session) -> None:
    detail = digits.findChildren(PartDetail)[0]
    session.parts.select(1)
    assert not [view for view in detail.findChildren(ImageView) if view.isVisible()][1:]
    session.parts.compare(4)
    assert "part 2 beside part 5" in labels(detail)
    assert "cosine 0.00 (0: no pixel in common, 1: the same), used together by 32 of 128 samples" in labels(detail)
    assert "part 2 alone by 32, part 5 alone by 32" in labels(detail)
    image = find(detail, ImageView, "Difference of the parts").image()
    assert session.model is not None
    signs = session.model.component_image(1) - session.model.component_image(4)
    for y, x in ((signs.argmax() // 8, signs.argmax() % 8), (signs.argmin() // 8, signs.argmin() % 8)):
        colour = QColor(image.pixel(int(x), int(y)))
        assert (colour.blue() > 2 * colour.red()) if signs[y, x] > 0 else (colour.red() > 2 * colour.blue())
    assert not [view for view in detail.findChildren(TopSamples) if view.isVisible()]


def test_samples_that_use_one_part_alone_are_counted_for_each_of_two(digits: MainWindow, session: Session) -> None:
    assert session.model is not None
    weights = np.zeros_like(session.model.weights)
    weights[:5, 1] = 1
    weights[3:12, 4] = 1
    session.show(session.shown.with_model(replace(session.model, weights=weights)))
    session.parts.select(1)
    session.parts.compare(4)
    detail = digits.findChildren(PartDetail)[0]
    assert "used together by 2 of 128 samples, part 2 alone by 3, part 5 alone by 7" in labels(detail)


@pytest.mark.usefixtures("busy_fit")
@pytest.mark.parametrize("compared", [None, 1])
def test_during_a_fit_only_images_are_updated(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path, compared: int | None
) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    session.set_n_components(2)
    with qtbot.waitSignal(session.model_changed, timeout=PATIENCE):
        session.start_fit()
    session.parts.select(0)
    session.parts.compare(compared)
    detail = window.findChildren(PartDetail)[0]
    assert "The fit goes on." in labels(detail)
    assert not find(detail, ImageView, "Chosen part").image().isNull()
    session.cancel()
    wait_until_idle(qtbot, session)
    assert "samples" in labels(detail)
    assert session.activity is Activity.IDLE


@pytest.mark.usefixtures("busy_fit")
def test_top_samples_of_an_earlier_dataset_are_removed(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    """A repaint that requested the hundredth of three samples crashed the program."""
    open_and_wait(qtbot, session, image_folder(tmp_path / "many", 20))
    session.set_n_components(2)
    detail = window.findChildren(PartDetail)[0]
    with qtbot.waitSignal(session.model_changed, timeout=PATIENCE):
        session.start_fit()
    session.cancel()
    wait_until_idle(qtbot, session)
    session.parts.select(0)
    assert len(texts(find(detail, TopSamples, "Samples that use it most"))) > 3
    open_and_wait(qtbot, session, image_folder(tmp_path / "few", 3))
    with qtbot.waitSignal(session.model_changed, timeout=PATIENCE):
        session.start_fit()
    session.parts.select(0)
    assert detail.isVisible()
    assert texts(detail.findChildren(TopSamples)[0]) == []
    assert not detail.findChildren(TopSamples)[0].isVisible()
    session.cancel()
    wait_until_idle(qtbot, session)
    assert 0 < len(texts(find(detail, TopSamples, "Samples that use it most"))) <= 3


def test_a_part_that_no_sample_uses(qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    session.set_n_components(2)
    fit_and_wait(qtbot, session)
    assert session.model is not None
    unused = session.model.weights.copy()
    unused[:, 1] = 0
    session.show(session.shown.with_model(replace(session.model, weights=unused)))
    session.parts.select(1)
    detail = window.findChildren(PartDetail)[0]
    assert "0 % of the sum" in labels(detail)
    assert "used by 0 of 6 samples" in labels(detail)
    assert texts(find(detail, TopSamples, "Samples that use it most")) == []


def test_top_samples_grow_with_the_window(qtbot: QtBot, digits: MainWindow, session: Session) -> None:
    session.parts.select(2)
    samples = find(digits, TopSamples, "Samples that use it most")
    sizes = []
    for size in ((1024, 768), (2400, 1800)):
        digits.resize(*size)
        wait_until_stable(qtbot, digits)
        sizes.append(samples.gridSize())
    assert sizes[1].width() > sizes[0].width()
    assert samples.verticalScrollBar().maximum() == 0

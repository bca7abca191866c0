"""The welcome page: an example of a sum, cards of the sample sets and of the user's own images, recent sets."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

import nmf_explorer as nx
from nmf_explorer.dataset.sample_sets import SAMPLE_SETS
from nmf_explorer.resource_files import resource, sample_images
from nmf_explorer.ui.theme.palettes import DARK, LIGHT, palette_for
from nmf_explorer.ui.theme.texts import number
from nmf_explorer.ui.welcome import set_card
from nmf_explorer.ui.welcome.example_sum import ExampleSum
from nmf_explorer.ui.welcome.own_images_card import OwnImagesCard
from nmf_explorer.ui.welcome.preview_tiles import read_tiles, scaled_tile
from nmf_explorer.ui.welcome.recent_list import RecentList
from nmf_explorer.ui.welcome.set_card import SetCard
from nmf_explorer.ui.welcome.welcome_page import WelcomePage
from tests.session.fixtures import PATIENCE
from tests.ui.finding import find, labels

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def cards(window: MainWindow) -> list[SetCard]:
    """Return the cards of the sample sets, from the top."""
    return sorted(window.findChildren(SetCard), key=lambda card: (card.y(), card.x()))


def colour_at(widget: QWidget, x: int, y: int) -> QColor:
    """Return the colour of a pixel of a widget as it is painted."""
    return widget.grab().toImage().pixelColor(x, y)


def test_seven_sets_are_offered_with_their_sizes(window: MainWindow) -> None:
    assert window.windowTitle() == "NMF Explorer"
    assert [card.accessibleName() for card in cards(window)[:3]] == ["Stripes", "LED patterns", "LED digits 0 to 9"]
    assert len(cards(window)) == len(SAMPLE_SETS)
    assert find(window, QToolButton, "Handwritten digits").accessibleDescription() == "1,797 images, 10 parts"
    assert {card.size() for card in cards(window)} == {cards(window)[0].size()}


def test_the_buttons_of_the_own_images_request_the_dialogs(qtbot: QtBot) -> None:
    card = OwnImagesCard()
    qtbot.addWidget(card)
    card.show()
    with qtbot.waitSignal(card.open_folder_requested):
        qtbot.mouseClick(find(card, QPushButton, "Open…"), LEFT)
    with qtbot.waitSignal(card.open_files_requested):
        qtbot.mouseClick(find(card, QPushButton, "Files…"), LEFT)
    assert "npz" in card.toolTip()


def test_images_on_cards_go_from_the_paper_to_the_ink_of_the_appearance(window: MainWindow) -> None:
    card = find(window, SetCard, "Stripes")
    for colours in (LIGHT, DARK):
        card.setPalette(palette_for(colours))
        assert colour_at(card, 18, 18) == QColor(colours.paper)  # the first stripe is further down
        picture = card.grab().toImage()
        distances = [
            abs(picture.pixelColor(30, y).lightness() - QColor(colours.ink).lightness()) for y in range(17, 56)
        ]
        assert min(distances) < 25  # a stripe is nearly 1


@pytest.mark.parametrize("known", SAMPLE_SETS, ids=lambda known: known.key)
def test_the_images_of_a_card_are_those_of_its_set(known: object) -> None:
    assert isinstance(known, type(SAMPLE_SETS[0]))
    dataset = nx.load(known.path)
    height, width = known.sample_shape
    shown = read_tiles(known.preview, width, "#000000", "#ffffff")
    assert len(shown) >= 8
    images = {np.rint(dataset.sample_image(i) * 255).astype(int).tobytes() for i in range(dataset.n_samples)}
    for tile in shown:
        assert (tile.height(), tile.width()) == (height, width)
        grey = [[tile.pixelColor(x, y).red() for x in range(width)] for y in range(height)]
        assert np.array(grey).tobytes() in images


def test_the_example_is_the_sum_of_a_fit() -> None:
    dataset = nx.load(sample_images() / "drawn_faces")
    model = nx.fit(dataset, 12)
    told = [float(text) for text in QImage(str(resource("previews/sum.png"))).text("weights").split()]
    shares = model.weights[0] * model.components.sum(axis=1)
    largest = np.argsort(-shares)[: len(told)]
    np.testing.assert_allclose(told, model.weights[0][largest], atol=0.01)
    sample, *terms = read_tiles(resource("previews/sum.png"), 32, "#000000", "#ffffff")
    face = np.array([[sample.pixelColor(x, y).red() for x in range(32)] for y in range(32)]) / 255
    np.testing.assert_allclose(face, dataset.sample_image(0), atol=0.01)
    for part, term in zip(largest, terms, strict=True):
        seen = np.array([[term.pixelColor(x, y).red() for x in range(32)] for y in range(32)]) / 255
        expected = model.weights[0][part] * model.component_image(int(part))
        np.testing.assert_allclose(seen, expected.clip(0, 1), atol=0.03)


def test_the_example_is_told_to_a_screen_reader(window: MainWindow) -> None:
    example = window.findChild(ExampleSum)
    assert isinstance(example, ExampleSum)
    assert f"≈ {number(0.57, 2)} × + {number(0.70, 2)} ×" in example.accessibleName()


def test_a_narrow_example_has_fewer_terms(qtbot: QtBot) -> None:
    example = ExampleSum()
    qtbot.addWidget(example)
    height = example.sizeHint().height()
    n_frames = []
    for width in (900, 400):
        example.resize(width, height)
        picture = example.grab().toImage()
        row = [picture.pixelColor(x, height - 3).lightness() for x in range(width)]
        n_frames.append(sum(before > 220 >= now for before, now in pairwise(row)))
    # Both sides of the frames of the sample and of six or two terms; the first side has no pixel before it.
    assert n_frames == [2 * 7 - 1, 2 * 3 - 1]


def test_tiles_are_enlarged_evenly() -> None:
    image = QImage(2, 1, QImage.Format.Format_RGB32)
    image.setPixelColor(0, 0, QColor("black"))
    image.setPixelColor(1, 0, QColor("white"))
    doubled = scaled_tile(image, QSize(4, 2))
    assert [doubled.pixelColor(x, 1).red() for x in range(4)] == [0, 0, 255, 255]
    middle = scaled_tile(image, QSize(3, 2)).pixelColor(1, 0).red()
    assert 100 < middle < 156


def test_recent_sets_are_listed_with_their_folders(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Sets you open appear here." in labels(window)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    (tmp_path / "photos" / "birds").mkdir(parents=True)
    session.preferences.add_recent(tmp_path / "photos" / "birds")
    recent = window.findChild(RecentList)
    assert isinstance(recent, RecentList)
    qtbot.waitUntil(lambda: str(Path("~", "photos")) in labels(window), timeout=PATIENCE)
    assert "Sets you open appear here." not in labels(window)

    def buttons() -> list[QToolButton]:
        return recent.findChildren(QToolButton)

    button = find(recent, QToolButton, "birds")
    assert button.accessibleDescription() == str(tmp_path / "photos" / "birds")
    long = tmp_path / ("x" * 90 + "&.npy")
    session.preferences.add_recent(long)
    qtbot.waitUntil(lambda: any(b.accessibleName() == long.name and b.isVisible() for b in buttons()), timeout=PATIENCE)
    assert find(recent, QToolButton, long.name).text() != long.name
    qtbot.waitUntil(lambda: not find(recent, QToolButton, long.name).isEnabled(), timeout=PATIENCE)


def test_own_images_come_first_where_text_is_large(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for least, is_first in ((220, False), (440, True)):
        monkeypatch.setattr(set_card, "_LEAST_WIDTH", least)  # so wide are cards with large letters
        page = WelcomePage(session)
        qtbot.addWidget(page)
        page.resize(1000, 1400)
        page.show()
        own = page.findChild(OwnImagesCard)
        assert isinstance(own, OwnImagesCard)
        before = [card for card in page.findChildren(SetCard) if (card.y(), card.x()) < (own.y(), own.x())]
        assert (before == []) is is_first

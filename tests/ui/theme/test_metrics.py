"""Sizes: letters from the application's font, digits of one width, controls that grow with the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel

from nmf_explorer.ui.theme import metrics
from nmf_explorer.ui.theme.appearance import apply_text_size
from nmf_explorer.ui.theme.metrics import control_height, font_for, icon_side, scaled, set_letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def text_size_is_put_back(qapp: QApplication) -> Iterator[None]:
    del qapp
    yield
    apply_text_size(100)


@pytest.mark.parametrize("percent", [100, 200])
def test_letters_are_multiples_of_the_usual_ones(percent: int) -> None:
    apply_text_size(percent)
    usual = QApplication.font().pointSizeF()
    for letters in (metrics.DISPLAY, metrics.TITLE, metrics.LARGE_WEIGHT, metrics.BODY):
        assert font_for(letters).pointSizeF() == pytest.approx(usual * letters.factor)
        assert (font_for(letters).weight() == QFont.Weight.DemiBold) == letters.is_bold
    assert font_for(metrics.SMALL).pointSizeF() < usual


def test_no_letters_are_too_small_to_be_read(qapp: QApplication) -> None:
    tiny = QFont(qapp.font())
    tiny.setPointSizeF(5)
    assert QFontInfo(font_for(metrics.SMALL, tiny)).pixelSize() == 11


def test_digits_have_one_width(qapp: QApplication) -> None:
    apply_text_size(100)
    assert qapp.font().featureTags() == [QFont.Tag("tnum")]
    for letters in (metrics.BODY, metrics.SECTION_TITLE):
        font_metrics = QFontMetrics(font_for(letters))
        assert len({font_metrics.horizontalAdvance(digit * 8) for digit in "0123456789"}) == 1


def test_controls_grow_with_the_letters() -> None:
    small, large = (QFontMetrics(font_for(letters)) for letters in (metrics.BODY, metrics.DISPLAY))
    assert control_height(small) >= metrics.MIN_TARGET
    assert control_height(large) > large.height() > control_height(small)
    assert icon_side(small) % 2 == icon_side(large) % 2 == 0
    assert icon_side(large) >= 1.8 * icon_side(small)
    assert scaled(30, large) > scaled(30, small) >= 30


def test_a_label_gets_its_letters(qtbot: QtBot) -> None:
    label = QLabel("Parts")
    qtbot.addWidget(label)
    set_letters(label, metrics.TITLE)
    assert label.font().weight() == QFont.Weight.DemiBold
    assert label.font().pointSizeF() == pytest.approx(1.25 * QApplication.font().pointSizeF())

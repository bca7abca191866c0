"""One term of the sum: its number field and its slider."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDoubleSpinBox

from nmf_explorer.ui.equation.term_view import Term, TermView, decimals_for
from nmf_explorer.ui.widgets.weight_slider import WeightSlider
from tests.ui.finding import child

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session


@pytest.mark.parametrize("limit", [0.0, 0.004, 0.6, 0.98, 1.4, 4.99, 17.0, 900.0, 1e-9])
def test_twice_the_largest_weight_can_be_typed(qtbot: QtBot, session: Session, limit: float) -> None:
    view = TermView(session)
    qtbot.addWidget(view)
    view.show_term(Term(0, "part 1", limit / 2, limit / 2, limit, 1.0, can_be_moved=True, is_in_sum=True), QImage())
    field = child(view, QDoubleSpinBox)
    smallest = 10.0 ** -field.decimals()
    assert max(limit, 2 * limit - smallest) - smallest <= field.maximum() <= max(20 * limit, smallest)


@pytest.mark.parametrize(
    ("limit", "decimals"),
    [(0.0, 2), (0.98, 2), (1.4, 2), (0.5, 2), (0.3, 3), (0.004, 5), (17.0, 1), (900.0, 0), (1e-9, 6)],
)
def test_decimals_tell_weights_apart(limit: float, decimals: int) -> None:
    assert decimals_for(limit) == decimals


@pytest.mark.parametrize(("limit", "step"), [(98, 10), (1000, 100)])
def test_page_keys_move_a_weight_by_a_tenth_of_the_scale(qtbot: QtBot, limit: int, step: int) -> None:
    handle = WeightSlider()
    qtbot.addWidget(handle)
    handle.show_value(0, 0, limit)
    qtbot.keyClick(handle, Qt.Key.Key_PageUp)
    assert handle.value() == step

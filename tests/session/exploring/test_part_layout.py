"""Order and size of the parts in the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nmf_explorer.errors import OptionError
from nmf_explorer.factorize.model.part_order import part_order
from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.exploring.part_layout import part_order_work
from tests.session.fixtures import PATIENCE, fit_and_wait, open_and_wait

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session


@pytest.fixture
def segments(qtbot: QtBot, session: Session) -> Session:
    """Return a session with the sample set "led_digits", fitted."""
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    return session


def expected(session: Session, order: str) -> list[int]:
    """Return the order that `part_order` computes."""
    assert session.model is not None
    places: list[int] = part_order(session.model, order).tolist()
    return places


def sort_and_wait(qtbot: QtBot, session: Session, order: str) -> None:
    """Sort the parts and wait for the order."""
    session.part_layout.sort(order)
    assert session.part_layout.order == order
    qtbot.waitUntil(lambda: list(session.part_layout.parts_in_order) == expected(session, order), timeout=PATIENCE)


def test_parts_are_sorted_and_put_back(qtbot: QtBot, segments: Session) -> None:
    layout = segments.part_layout
    assert list(layout.parts_in_order) == list(range(7))
    for order in ("share", "place", "likeness"):
        sort_and_wait(qtbot, segments, order)
        assert [layout.parts_in_order[layout.position_of(part)] for part in range(7)] == list(range(7))
    layout.sort("found")
    assert list(layout.parts_in_order) == list(range(7))


def test_parts_are_sorted_again_after_each_fit(qtbot: QtBot, segments: Session) -> None:
    sort_and_wait(qtbot, segments, "place")
    segments.set_n_components(5)
    fit_and_wait(qtbot, segments)
    qtbot.waitUntil(lambda: list(segments.part_layout.parts_in_order) == expected(segments, "place"), timeout=PATIENCE)
    assert len(segments.part_layout.parts_in_order) == 5
    segments.history.undo()
    assert len(segments.part_layout.parts_in_order) == 7
    qtbot.waitUntil(lambda: list(segments.part_layout.parts_in_order) == expected(segments, "place"), timeout=PATIENCE)


def test_a_late_order_of_a_former_model_is_ignored(segments: Session) -> None:
    segments.part_layout.sort("likeness")
    segments.close_set()
    assert list(segments.part_layout.parts_in_order) == []
    segments.part_layout._on_ordered([2, 0, 1])
    assert list(segments.part_layout.parts_in_order) == []


def test_part_order_work_returns_the_order(segments: Session) -> None:
    assert segments.model is not None
    work = part_order_work(segments.model, "share")
    assert work(lambda _report: None, lambda: False) == expected(segments, "share")
    with pytest.raises(OptionError):
        part_order_work(segments.model, "beauty")(lambda _report: None, lambda: False)


def test_zoom_is_limited(qtbot: QtBot, session: Session) -> None:
    layout = session.part_layout
    with qtbot.waitSignal(layout.zoom_changed):
        layout.zoom_by(2)
    layout.zoom_by(1000)
    assert layout.zoom == 20
    layout.zoom_by(-1000)
    assert layout.zoom == -20
    layout.zoom_to_fit()
    assert layout.zoom == 0

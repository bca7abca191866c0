"""Order and size of the parts: asked for, kept while fits come and go, found in a thread; and facts about them."""

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
    """Give a session with the digits open and fitted."""
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    return session


def expected(session: Session, order: str) -> list[int]:
    """Give the places that the core finds."""
    assert session.model is not None
    places: list[int] = part_order(session.model, order).tolist()
    return places


def sort_and_wait(qtbot: QtBot, session: Session, order: str) -> None:
    """Ask for an order, and wait until the parts stand in it."""
    session.part_layout.sort(order)
    assert session.part_layout.order == order
    qtbot.waitUntil(lambda: list(session.part_layout.parts_in_order) == expected(session, order), timeout=PATIENCE)


def test_parts_are_put_in_order_and_back(qtbot: QtBot, segments: Session) -> None:
    layout = segments.part_layout
    assert list(layout.parts_in_order) == list(range(7))
    for order in ("share", "place", "likeness"):
        sort_and_wait(qtbot, segments, order)
        assert [layout.parts_in_order[layout.position_of(part)] for part in range(7)] == list(range(7))
    layout.sort("found")
    assert list(layout.parts_in_order) == list(range(7))


def test_the_order_is_found_again_after_each_fit(qtbot: QtBot, segments: Session) -> None:
    sort_and_wait(qtbot, segments, "place")
    segments.set_n_components(5)
    fit_and_wait(qtbot, segments)
    qtbot.waitUntil(lambda: list(segments.part_layout.parts_in_order) == expected(segments, "place"), timeout=PATIENCE)
    assert len(segments.part_layout.parts_in_order) == 5
    segments.history.undo()
    assert len(segments.part_layout.parts_in_order) == 7
    qtbot.waitUntil(lambda: list(segments.part_layout.parts_in_order) == expected(segments, "place"), timeout=PATIENCE)


def test_an_order_that_comes_too_late_is_not_taken(segments: Session) -> None:
    segments.part_layout.sort("likeness")
    segments.close_set()
    assert list(segments.part_layout.parts_in_order) == []
    segments.part_layout._on_ordered([2, 0, 1])
    assert list(segments.part_layout.parts_in_order) == []


def test_the_work_itself(segments: Session) -> None:
    assert segments.model is not None
    work = part_order_work(segments.model, "share")
    assert work(lambda _report: None, lambda: False) == expected(segments, "share")
    with pytest.raises(OptionError):
        part_order_work(segments.model, "beauty")(lambda _report: None, lambda: False)


def test_zoom_stays_within_reason(qtbot: QtBot, session: Session) -> None:
    layout = session.part_layout
    with qtbot.waitSignal(layout.zoom_changed):
        layout.zoom_by(2)
    layout.zoom_by(1000)
    assert layout.zoom == 20
    layout.zoom_by(-1000)
    assert layout.zoom == -20
    layout.zoom_to_fit()
    assert layout.zoom == 0


def test_several_parts_are_hidden_in_one_step(segments: Session) -> None:
    segments.parts.hide_some([1, 4], hidden=True)
    assert segments.parts.hidden == {1, 4}
    assert segments.history.undo_message == "Hide 2 parts"
    segments.parts.hide_some([1, 4, 5], hidden=True)
    assert segments.history.undo_message == "Hide part 6"
    n_steps = segments.history.n_steps
    segments.parts.hide_some([1], hidden=True)
    assert segments.history.n_steps == n_steps
    segments.parts.hide_some([1, 4], hidden=False)
    assert segments.parts.hidden == {5}
    assert segments.history.undo_message == "Show 2 parts"


def test_facts_are_found_once_for_each_model(qtbot: QtBot, session: Session) -> None:
    assert session.parts.facts() is None
    open_and_wait(qtbot, session, sample_images() / "stripes")
    facts = session.parts.facts()
    assert facts is not None
    assert len(facts.shares) == 3
    assert session.parts.facts() is facts
    fit_and_wait(qtbot, session)
    assert session.parts.facts() is not facts

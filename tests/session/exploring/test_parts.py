"""Names, selection and visibility of parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nmf_explorer.resource_files import sample_images
from tests.current import current
from tests.session.fixtures import PATIENCE, fit_and_wait, open_and_wait

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session


@pytest.fixture
def segments(qtbot: QtBot, session: Session) -> Session:
    """Return a session with the sample set "led_digits", fitted."""
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    return session


def test_rename_cleans_the_name_and_is_one_undo_step(qtbot: QtBot, stripes: Session) -> None:
    with qtbot.waitSignal(stripes.parts.changed):
        stripes.parts.rename(1, "  upper \n stripe ")
    assert stripes.parts.name_of(1) == "upper stripe"
    assert stripes.history.undo_message == "Name of part 2"
    stripes.parts.rename(1, "upper stripe")
    stripes.parts.rename(1, "")
    assert stripes.parts.name_of(1) == ""
    stripes.history.undo()
    assert stripes.parts.name_of(1) == "upper stripe"


def test_one_part_is_selected_and_a_second_one_compared(stripes: Session) -> None:
    stripes.parts.compare(2)
    assert (stripes.parts.selected, stripes.parts.compared) == (2, None)
    stripes.parts.compare(1)
    assert (stripes.parts.selected, stripes.parts.compared) == (2, 1)
    stripes.parts.select(1)
    assert (stripes.parts.selected, stripes.parts.compared) == (1, None)
    stripes.parts.select(None)
    assert (stripes.parts.selected, stripes.parts.compared) == (None, None)


def test_selected_and_compared_part_survive_a_model_that_has_them(qtbot: QtBot, session: Session) -> None:
    open_and_wait(qtbot, session, sample_images() / "stripes")
    session.parts.select(0)
    session.parts.compare(1)
    session.set_n_components(2)
    fit_and_wait(qtbot, session)
    assert (session.parts.selected, session.parts.compared) == (0, 1)
    session.parts.select(1)
    session.parts.compare(0)
    session.set_n_components(1)
    fit_and_wait(qtbot, session)
    assert (session.parts.selected, session.parts.compared) == (None, None)  # none is compared with no part


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


def test_facts_are_computed_once_for_each_model(qtbot: QtBot, session: Session) -> None:
    assert session.parts.facts() is None
    open_and_wait(qtbot, session, sample_images() / "stripes")
    facts = session.parts.facts()
    assert facts is not None
    assert len(facts.shares) == 3
    assert session.parts.facts() is facts
    fit_and_wait(qtbot, session)
    assert session.parts.facts() is not facts


def test_a_mark_is_removed_only_by_the_view_that_has_set_it(qtbot: QtBot, stripes: Session) -> None:
    parts = stripes.parts
    with qtbot.waitSignal(parts.marked_changed):
        parts.mark(1, "grid")
    parts.mark(2, "terms")
    parts.unmark("grid")
    assert current(parts.marked) == 2
    with qtbot.assertNotEmitted(parts.marked_changed):
        parts.mark(2, "grid")
    parts.unmark("terms")
    assert current(parts.marked) == 2
    parts.unmark("grid")
    assert current(parts.marked) is None


def test_a_mark_of_a_part_that_is_gone_is_removed(qtbot: QtBot, stripes: Session) -> None:
    for n_components, expected in ((2, 1), (1, None)):
        stripes.parts.mark(1)
        stripes.set_n_components(n_components)
        fit_and_wait(qtbot, stripes)
        assert stripes.parts.marked == expected


def test_the_error_without_a_part_is_of_the_shown_model(qtbot: QtBot, stripes: Session) -> None:
    parts = stripes.parts
    assert parts.error_without(0) is None
    with qtbot.waitSignal(parts.errors_computed, timeout=PATIENCE):
        parts.select(0)
    before = parts.error_without(0)
    assert before is not None
    assert before > 0.4
    with qtbot.assertNotEmitted(parts.errors_computed):
        parts.select(1)
    assert parts.error_without(1) is not None
    stripes.set_n_components(1)
    parts.select(0)
    fit_and_wait(qtbot, stripes)  # a better start may have replaced the parts meanwhile
    qtbot.waitUntil(lambda: parts.error_without(0) is not None, timeout=PATIENCE)
    assert parts.error_without(0) == pytest.approx(1, abs=1e-4)

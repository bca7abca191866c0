"""What the user can do while other starts are compared with a fit that has a result."""

from __future__ import annotations

import queue
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import nmf_explorer
from nmf_explorer.errors import Cancelled
from nmf_explorer.factorize.fit import fit_steps
from nmf_explorer.session.session import Activity
from tests.current import current
from tests.session.fixtures import PATIENCE, wait_until_idle, weights_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.fit_step import FitStep
    from nmf_explorer.session.session import Session

BETTER, END = "better", "end"
MOVED = 0.25


class OtherStarts:
    """Fits from a random start, and then tries other starts as the test commands."""

    def __init__(self) -> None:
        self.commands: queue.Queue[str] = queue.Queue()

    def steps(
        self, dataset: Dataset, n_components: int, *, should_stop: Callable[[], bool], **options: Any
    ) -> Iterator[FitStep]:
        """Yield the steps of a fit; `BETTER` makes one with other parts, `END` ends the fit."""
        step = None
        for step in fit_steps(dataset, n_components, **(options | {"start": "random"})):
            yield step
        assert step is not None
        command = ""
        while command != END:
            if should_stop():
                raise Cancelled
            if command == BETTER:
                *_, other = fit_steps(dataset, n_components, **(options | {"start": "nndsvd", "max_iter": 1}))
                history = [*step._history, other.relative_error]
                step = replace(other, iteration=len(history), converged=True, _history=history)
            yield step
            command = self._next_command()

    def _next_command(self) -> str:
        try:
            return self.commands.get(timeout=0.001)
        except queue.Empty:
            return ""


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> OtherStarts:
    """Return what commands the other starts of all fits from now on."""
    others = OtherStarts()
    monkeypatch.setattr(nmf_explorer, "fit_steps", others.steps)
    return others


@pytest.fixture
def comparing(qtbot: QtBot, stripes: Session, others: OtherStarts) -> Session:
    """Return a session whose fit of three stripes has a result, with which other starts are compared."""
    assert others.commands.empty()
    stripes.start_fit()
    qtbot.waitUntil(lambda: stripes.compares_restarts, timeout=PATIENCE)
    return stripes


def end(qtbot: QtBot, session: Session, others: OtherStarts) -> None:
    """End the comparison of starts."""
    others.commands.put(END)
    wait_until_idle(qtbot, session)


def find_better(qtbot: QtBot, session: Session, others: OtherStarts) -> None:
    """Let another start find better parts."""
    with qtbot.waitSignal(session.model_changed, timeout=PATIENCE):
        others.commands.put(BETTER)


def move_first_weight(session: Session) -> str:
    """Move the weight of the largest term and return what undo calls that."""
    part = session.equation.terms()[0]
    session.equation.set_weight(part, MOVED)
    return f"Weight of part {part + 1}"


def undo_messages(session: Session) -> list[str]:
    """Undo all steps and return what they were, newest first."""
    messages: list[str] = []
    while session.history.can_undo:
        messages.append(str(session.history.undo_message))
        session.history.undo()
    return messages


def test_a_weight_that_is_moved_meanwhile_stays(qtbot: QtBot, comparing: Session, others: OtherStarts) -> None:
    assert comparing.activity is Activity.FITTING
    assert not current(comparing.is_model_changing)
    model = comparing.model
    moved = move_first_weight(comparing)
    end(qtbot, comparing, others)
    assert comparing.model is not model
    assert weights_of(comparing)[0] == pytest.approx(MOVED)
    assert not comparing.replay.is_before_end
    assert undo_messages(comparing) == [moved, "Fit of 3 parts"]


def test_panels_are_told_when_the_model_rests(qtbot: QtBot, stripes: Session, others: OtherStarts) -> None:
    states: list[bool] = []
    stripes.activity_changed.connect(lambda: states.append(stripes.is_model_changing))
    stripes.start_fit()
    qtbot.waitUntil(lambda: stripes.compares_restarts, timeout=PATIENCE)
    assert states == [True, False]
    end(qtbot, stripes, others)


def test_changes_can_be_undone_meanwhile_but_not_the_fit(qtbot: QtBot, comparing: Session, others: OtherStarts) -> None:
    fitted = float(weights_of(comparing)[0])
    moved = move_first_weight(comparing)
    assert current(comparing.history.can_undo)
    comparing.history.undo()
    assert weights_of(comparing)[0] == pytest.approx(fitted)
    assert not current(comparing.history.can_undo)
    assert comparing.history.can_redo
    comparing.history.redo()
    assert weights_of(comparing)[0] == pytest.approx(MOVED)
    end(qtbot, comparing, others)
    assert undo_messages(comparing) == [moved, "Fit of 3 parts"]


def test_terms_that_are_added_up_stay_when_the_comparison_ends(
    qtbot: QtBot, comparing: Session, others: OtherStarts
) -> None:
    comparing.equation.show_partial_sum(1)
    end(qtbot, comparing, others)
    assert comparing.equation.n_added == 1


def test_better_parts_replace_the_shown_ones_in_the_same_step(
    qtbot: QtBot, comparing: Session, others: OtherStarts
) -> None:
    find_better(qtbot, comparing, others)
    end(qtbot, comparing, others)
    assert undo_messages(comparing) == ["Fit of 3 parts"]


def test_better_parts_leave_moved_weights_to_undo(qtbot: QtBot, comparing: Session, others: OtherStarts) -> None:
    moved = move_first_weight(comparing)
    find_better(qtbot, comparing, others)
    assert not current(comparing.equation.has_moved_weights)
    end(qtbot, comparing, others)
    comparing.history.undo()
    assert comparing.equation.has_moved_weights
    assert weights_of(comparing)[0] == pytest.approx(MOVED)
    assert undo_messages(comparing) == [moved, "Fit of 3 parts"]


def test_better_parts_take_over_the_names_of_the_same_parts(
    qtbot: QtBot, comparing: Session, others: OtherStarts
) -> None:
    for part, name in enumerate(("first", "second", "third")):
        comparing.parts.rename(part, name)
    find_better(qtbot, comparing, others)
    names = {comparing.parts.name_of(part) for part in range(3)} - {""}
    assert names <= {"first", "second", "third"}
    assert names
    end(qtbot, comparing, others)


def test_cancelling_the_comparison_keeps_moved_weights(qtbot: QtBot, comparing: Session) -> None:
    move_first_weight(comparing)
    comparing.cancel()
    wait_until_idle(qtbot, comparing)
    assert weights_of(comparing)[0] == pytest.approx(MOVED)


def test_loading_meanwhile_leaves_fit_and_changes_to_undo(
    qtbot: QtBot, comparing: Session, busy_load: object, tmp_path: Path
) -> None:
    assert busy_load
    moved = move_first_weight(comparing)
    comparing.open([tmp_path])
    with qtbot.waitSignal(comparing.notice_posted):
        comparing.cancel()
    assert weights_of(comparing)[0] == pytest.approx(MOVED)
    assert undo_messages(comparing) == [moved, "Fit of 3 parts"]


def test_a_step_after_the_result_runs_all_other_starts(qtbot: QtBot, stripes: Session, others: OtherStarts) -> None:
    others.commands.put(END)
    while not stripes.compares_restarts:
        with qtbot.waitSignal(stripes.progress_changed, timeout=PATIENCE):
            stripes.step_fit()
    assert stripes.is_paused
    stripes.step_fit()
    wait_until_idle(qtbot, stripes)
    assert stripes.history.undo_message == "Fit of 3 parts"


def test_a_change_during_a_pause_belongs_to_the_fit(qtbot: QtBot, comparing: Session, others: OtherStarts) -> None:
    comparing.pause()
    move_first_weight(comparing)
    assert not comparing.history.can_undo
    comparing.resume()
    end(qtbot, comparing, others)
    assert weights_of(comparing)[0] == pytest.approx(MOVED)
    comparing.history.undo()
    assert not comparing.history.can_undo

"""The plan of the next fit: number of parts, start, seed; and fits that start automatically."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import nmf_explorer
from nmf_explorer.factorize.fit import fit_steps
from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.fitting import next_fit
from nmf_explorer.session.state.activity import FitProgress
from nmf_explorer.session.state.fit_settings import FitSettings
from tests.current import current
from tests.session.fixtures import PATIENCE, Notices, fit_and_wait, image_folder, open_and_wait, wait_until_idle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.fit_step import FitStep
    from nmf_explorer.session.fitting.fit_work import FitPlan
    from nmf_explorer.session.session import Session


QUICK_SECONDS = next_fit._QUICK_SECONDS  # before a fixture replaces it


@pytest.fixture
def digits(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """Return a session with LED digits, whose fits count as quick on any machine."""
    monkeypatch.setattr(next_fit, "_QUICK_SECONDS", 60)
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    return session


def n_parts(session: Session) -> int:
    """How many parts the model that is shown has."""
    return session.model.n_components if session.model else 0


def wait_for_parts(qtbot: QtBot, session: Session, n: int) -> None:
    """Wait until the model has `n` parts and the worker is idle."""
    qtbot.waitUntil(lambda: n_parts(session) == n and not session.is_busy, timeout=PATIENCE)


def plans(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[FitPlan]:
    """Record the plans of fits instead of fitting."""
    planned: list[FitPlan] = []
    monkeypatch.setattr(session.fit_controller, "begin", lambda plan, **_more: planned.append(plan))
    return planned


def test_a_quick_fit_follows_each_change_of_the_number_of_parts(qtbot: QtBot, digits: Session) -> None:
    seven = digits.model
    digits.set_n_components(4)
    assert current(digits.next_fit.differs_from_model)
    wait_for_parts(qtbot, digits, 4)
    digits.set_n_components(10)
    wait_for_parts(qtbot, digits, 10)
    assert not digits.next_fit.differs_from_model
    assert digits.history.n_steps == 2
    digits.history.undo()
    digits.history.undo()
    assert digits.model is seven
    assert digits.n_components == 7
    qtbot.wait(next_fit.DELAY_MS + 100)
    assert not digits.is_busy
    assert digits.model is seven


def test_quick_changes_of_the_number_of_parts_cause_one_fit(qtbot: QtBot, digits: Session) -> None:
    for n in (6, 5, 4):
        digits.set_n_components(n)
    wait_for_parts(qtbot, digits, 4)
    assert digits.history.n_steps == 1


def test_no_fit_starts_if_the_number_of_parts_is_changed_back(qtbot: QtBot, digits: Session) -> None:
    model = digits.model
    digits.set_n_components(6)
    digits.set_n_components(7)
    qtbot.waitUntil(lambda: not digits.next_fit._timer.isActive(), timeout=PATIENCE)
    assert not digits.is_busy
    assert digits.model is model


def test_a_slow_fit_does_not_start_automatically(
    qtbot: QtBot, digits: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(next_fit, "_QUICK_SECONDS", 0)
    digits.set_n_components(4)
    qtbot.waitUntil(lambda: not digits.next_fit._timer.isActive(), timeout=PATIENCE)
    assert not digits.is_busy
    assert n_parts(digits) == 7
    assert digits.next_fit.differs_from_model


@pytest.mark.parametrize(
    ("seconds", "n_components", "is_quick"),
    [(0.72, 7, True), (0.72, 9, True), (0.72, 10, False), (0.99, 4, True), (1.01, 4, False)],
)
def test_is_quick_depends_on_the_time_of_the_last_fit_and_the_number_of_parts(
    qtbot: QtBot,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    seconds: float,
    n_components: int,
    *,
    is_quick: bool,
) -> None:
    monkeypatch.setattr(next_fit, "_QUICK_SECONDS", QUICK_SECONDS)
    open_and_wait(qtbot, session, sample_images() / "led_digits")
    assert session.fit_controller.last
    session.fit_controller.last.recording.seconds = seconds  # for 7 parts
    session.set_n_components(n_components)
    assert session.next_fit.is_quick is is_quick


def test_no_fit_starts_automatically_before_the_first_one(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    session.set_n_components(3)
    qtbot.waitUntil(lambda: not session.next_fit._timer.isActive(), timeout=PATIENCE)
    assert not session.is_busy
    assert not session.next_fit.is_quick
    assert session.next_fit.differs_from_model


def test_a_new_number_of_parts_cancels_the_comparison_of_restarts(qtbot: QtBot, digits: Session) -> None:
    digits.start_fit()
    run = digits.fit_controller.last
    assert run
    qtbot.waitUntil(lambda: run.recording.seconds is not None, timeout=PATIENCE)  # restarts are compared from now on
    digits.set_n_components(4)
    wait_for_parts(qtbot, digits, 4)
    assert digits.history.n_steps == 2
    assert digits.notice is None


def test_a_new_number_of_parts_does_not_cancel_a_paused_fit(qtbot: QtBot, digits: Session) -> None:
    while not (isinstance(digits.progress, FitProgress) and digits.progress.compares_restarts):
        with qtbot.waitSignal(digits.progress_changed, timeout=PATIENCE):
            digits.step_fit()
    digits.set_n_components(4)
    qtbot.waitUntil(lambda: not digits.next_fit._timer.isActive(), timeout=PATIENCE)
    assert digits.is_paused
    digits.resume()
    wait_for_parts(qtbot, digits, 4)


def test_present_parts_matter_only_to_a_fit_of_more_parts(digits: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    planned, model = plans(digits, monkeypatch), digits.model
    for n in (7, 8, 6):
        digits.set_n_components(n)
        digits.start_fit()
    digits.set_n_components(8)
    for choice in (FitSettings(start="random"), FitSettings(solver="scikit-learn")):
        digits.set_fit_settings(choice)
        digits.start_fit()
    assert [plan.fewer for plan in planned] == [None, model, None, None, None]
    assert all(plan.like is model and plan.start is None for plan in planned)


def test_a_fit_has_the_same_result_whatever_was_fitted_before(qtbot: QtBot, digits: Session) -> None:
    errors = []
    for path in ([4], [2, 4], [6, 4]):
        for n in path:
            digits.set_n_components(n)
            fit_and_wait(qtbot, digits)
        assert digits.model
        errors.append(digits.model.relative_error)
    assert len(set(errors)) == 1


def test_fit_from_shown_starts_from_the_replayed_iteration(qtbot: QtBot, digits: Session) -> None:
    digits.set_fit_settings(FitSettings(start="random"))
    fit_and_wait(qtbot, digits)
    before = digits.shown
    digits.replay.show(1)
    earlier = digits.model
    assert earlier is not None
    digits.next_fit.start_from_shown()
    wait_until_idle(qtbot, digits)
    model = digits.model
    assert model is not None
    assert model.start == "given"
    assert model.loss_history[0] <= earlier.relative_error
    assert not digits.replay.is_before_end
    digits.history.undo()
    assert digits.shown is before


def test_fit_with_the_next_seed(qtbot: QtBot, digits: Session) -> None:
    notices, before = Notices(digits), digits.model
    assert before is not None
    digits.next_fit.start_with_next_seed()
    digits.next_fit.start_with_next_seed()  # busy
    wait_until_idle(qtbot, digits)
    model = digits.model
    assert model is not None
    assert (model.options.start, model.options.random_state) == ("random", 1)
    assert digits.fit_settings == FitSettings(random_state=1)
    assert notices.text() == "This fit begins at random, with seed 1; the next one begins as the options say."
    assert np.allclose(model.components, before.components, atol=0.05)  # similar parts keep their places
    digits.set_fit_settings(FitSettings(start="random", random_state=1))
    digits.next_fit.start_with_next_seed()
    wait_until_idle(qtbot, digits)
    assert notices.text() == "This fit begins with seed 2."


def test_undo_of_a_fit_restores_the_seed_and_removes_the_notice(qtbot: QtBot, digits: Session) -> None:
    digits.next_fit.start_with_next_seed()
    wait_until_idle(qtbot, digits)
    assert digits.notice is not None
    digits.history.undo()
    assert current(digits.fit_settings) == FitSettings(random_state=0)
    assert current(digits.notice) is None
    digits.history.redo()
    assert digits.fit_settings == FitSettings(random_state=1)


def test_names_stay_with_the_same_parts_of_another_fit(qtbot: QtBot, digits: Session) -> None:
    before = digits.model
    assert before is not None
    for part in range(7):
        digits.parts.rename(part, str(part))
    digits.set_n_components(6)
    wait_for_parts(qtbot, digits, 6)
    after = digits.model
    assert after is not None
    named = {part: int(digits.parts.name_of(part)) for part in range(6) if digits.parts.name_of(part)}
    assert len(named) >= 4
    for part, former in named.items():
        mine, its = after.components[part], before.components[former]
        assert mine @ its >= 0.95 * np.linalg.norm(mine) * np.linalg.norm(its)


def test_a_name_ends_with_its_part(qtbot: QtBot, digits: Session) -> None:
    digits.parts.rename(2, "middle")
    digits.set_n_components(1)
    wait_for_parts(qtbot, digits, 1)
    assert digits.parts.name_of(0) == ""


def test_a_fit_of_other_parts_replaces_the_running_one(qtbot: QtBot, digits: Session, busy_fit: object) -> None:
    assert busy_fit
    assert current(digits.next_fit.can_start)
    digits.start_fit()
    assert not current(digits.next_fit.can_start)  # it runs already
    first = digits.fit_controller.last
    digits.start_fit()
    assert digits.fit_controller.last is first
    digits.set_n_components(4)
    assert current(digits.next_fit.can_start)
    digits.start_fit()
    qtbot.waitUntil(lambda: digits.fit_controller.last is not first, timeout=PATIENCE)
    assert digits.fit_controller.last
    assert digits.fit_controller.last.plan.n_components == 4
    assert digits.notice is None


def test_a_step_begins_a_fit_of_other_parts_in_place_of_the_running_one(
    qtbot: QtBot, digits: Session, busy_fit: object
) -> None:
    assert busy_fit
    digits.start_fit()
    first = digits.fit_controller.last
    assert not current(digits.next_fit.differs_from_running)
    digits.set_n_components(9)
    assert current(digits.next_fit.differs_from_running)
    digits.step_fit()
    qtbot.waitUntil(lambda: digits.fit_controller.last is not first, timeout=PATIENCE)
    assert digits.fit_controller.last
    assert digits.fit_controller.last.plan.n_components == 9


def test_other_settings_can_replace_the_running_fit(qtbot: QtBot, digits: Session, busy_fit: object) -> None:
    assert busy_fit
    digits.start_fit()
    digits.set_fit_settings(FitSettings(random_state=5))
    assert digits.next_fit.can_start
    digits.next_fit.stop()
    digits.cancel()
    wait_until_idle(qtbot, digits)


def test_a_number_that_is_typed_while_a_fit_of_its_first_digit_runs_is_fitted(
    qtbot: QtBot, digits: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = threading.Event()

    def steps(
        dataset: Dataset, n_components: int, *, should_stop: Callable[[], bool], **options: Any
    ) -> Iterator[FitStep]:
        while n_components == 2 and not may_end.wait(0.001):
            should_stop()
        yield from fit_steps(dataset, n_components, should_stop=should_stop, **options)

    monkeypatch.setattr(nmf_explorer, "fit_steps", steps)
    digits.set_n_components(2)
    qtbot.waitUntil(lambda: digits.is_busy, timeout=PATIENCE)
    digits.set_n_components(5)
    qtbot.waitUntil(lambda: not digits.next_fit._timer.isActive(), timeout=PATIENCE)  # how long it takes is unknown
    may_end.set()
    wait_for_parts(qtbot, digits, 5)


def test_a_fit_can_be_watched_from_random_numbers(qtbot: QtBot, digits: Session) -> None:
    notices = Notices(digits)
    digits.next_fit.watch(is_slow=False)
    digits.next_fit.watch()  # busy
    wait_until_idle(qtbot, digits)
    assert digits.model is not None
    assert digits.model.start == "random"
    assert len(digits.replay.losses()) > 3
    assert digits.fit_settings == FitSettings()
    assert notices.text() == "This fit begins at random, with seed 0; the next one begins as the options say."


def test_a_watched_fit_waits_between_its_iterations(digits: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    planned = plans(digits, monkeypatch)
    digits.next_fit.watch()
    assert planned[0].is_slow
    assert planned[0].settings.start == "random"


def test_no_fit_starts_without_a_dataset(session: Session) -> None:
    session.next_fit.start_from_shown()
    session.next_fit.start_with_next_seed()
    session.next_fit.watch()
    assert not session.is_busy
    assert not session.next_fit.can_start
    assert not session.next_fit.differs_from_model

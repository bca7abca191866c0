"""Opening, fitting, cancelling and closing with a real thread."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

import nmf_explorer
from nmf_explorer.errors import Cancelled, DataError
from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.session import Activity, Session
from nmf_explorer.session.state.notice import Level
from tests.session.fixtures import (
    PATIENCE,
    Notices,
    fit_and_wait,
    image_folder,
    open_and_wait,
    wait_until_idle,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def test_an_opened_folder_is_not_fitted_automatically(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    with qtbot.waitSignals([session.dataset_changed, session.n_components_changed], timeout=PATIENCE):
        session.open([image_folder(tmp_path / "mine", 30)])
    assert session.dataset is not None
    assert session.dataset.name == "mine"
    assert session.n_components == 1  # nothing stands out of noise
    assert session.model is None
    assert session.activity is Activity.IDLE
    assert session.equation.explanation() is None
    assert session.preferences.recent() == [tmp_path / "mine"]


def test_a_sample_set_is_fitted_automatically(qtbot: QtBot, session: Session) -> None:
    open_and_wait(qtbot, session, sample_images() / "stripes")
    assert session.model is not None
    assert session.model.n_components == 3
    assert session.model.converged
    explanation = session.equation.explanation()
    assert explanation is not None
    assert [term.weight for term in explanation.contributions] == pytest.approx([0.98, 0.95, 0.91], abs=0.01)


def test_a_failed_open_keeps_dataset_and_model(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "good"))
    fit_and_wait(qtbot, session)
    dataset, model, notices = session.dataset, session.model, Notices(session)
    (tmp_path / "empty").mkdir()
    open_and_wait(qtbot, session, tmp_path / "empty")
    assert notices.last().level is Level.ERROR
    assert "“empty”" in notices.text()
    assert session.dataset is dataset
    assert session.model is model
    assert session.preferences.recent() == [tmp_path / "good"]


def test_skipped_files_are_reported(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    (image_folder(tmp_path / "mixed") / "notes.txt").write_text("no image")
    notices = Notices(session)
    open_and_wait(qtbot, session, tmp_path / "mixed")
    assert notices.last().level is Level.WARNING
    assert "6 images of 4 x 5 loaded; 1 skipped" in notices.text()
    assert notices.last().skipped[0].path.name == "notes.txt"


def test_resized_images_are_reported(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    image_folder(tmp_path / "sizes" / "a", 4)
    image_folder(tmp_path / "sizes" / "b", 1, size=(9, 9))
    notices = Notices(session)
    open_and_wait(qtbot, session, tmp_path / "sizes")
    assert notices.last().level is Level.INFO
    assert "5 images of 4 x 5 loaded." in notices.text()
    assert any("1 of 5 images had another size" in advice.message for advice in notices.last().advice)


@pytest.mark.usefixtures("busy_load")
def test_loading_is_cancelled(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    notices = Notices(session)
    with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE) as progress:
        session.open([tmp_path])
    assert progress.args is not None
    assert (progress.args[0].done, progress.args[0].total) == (1, 3)
    assert session.activity is Activity.LOADING
    session.cancel()
    wait_until_idle(qtbot, session)
    assert session.dataset is None
    assert "nothing was changed" in notices.text()


def test_a_fit_cancelled_before_its_first_step_keeps_the_old_model(
    qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    fit_and_wait(qtbot, session)
    model, notices = session.model, Notices(session)

    def stopped(*_given: object, **_more: object) -> Any:
        raise Cancelled

    monkeypatch.setattr(nmf_explorer, "fit_steps", stopped)
    session.start_fit()
    wait_until_idle(qtbot, session)
    assert session.model is model
    assert "before its first iteration" in notices.text()


def test_a_failed_fit_reports_the_reason_and_keeps_the_model(
    qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    fit_and_wait(qtbot, session)
    model, notices = session.model, Notices(session)

    def failing(*_given: object, **_more: object) -> Any:
        raise DataError("“{name}” is odd.", name="this")

    monkeypatch.setattr(nmf_explorer, "fit_steps", failing)
    session.start_fit()
    wait_until_idle(qtbot, session)
    assert (notices.last().level, notices.text()) == (Level.ERROR, "“this” is odd.")
    assert session.model is model


def test_an_unexpected_error_goes_to_the_excepthook(
    qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: caught.append(error))

    def failing(*_given: object, **_more: object) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(nmf_explorer, "load", failing)
    session.open([tmp_path])
    wait_until_idle(qtbot, session)
    assert [type(error) for error in caught] == [ZeroDivisionError]


def test_a_fit_that_did_not_converge_is_reported(
    qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_steps = nmf_explorer.fit_steps
    monkeypatch.setattr(nmf_explorer, "fit_steps", lambda *given, **more: true_steps(*given, max_iter=2, **more))
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine", 30))
    notices = Notices(session)
    fit_and_wait(qtbot, session)
    assert notices.last().level is Level.WARNING
    assert "ended after 2 iterations" in notices.text()


@pytest.mark.usefixtures("busy_fit")
def test_closing_in_the_middle_of_a_fit_leaves_no_thread(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
        session.start_fit()
    threads = list(session.worker.running.tasks)
    session.close()
    assert threads
    assert all(thread.isFinished() for thread in threads)


@pytest.mark.usefixtures("busy_fit")
def test_opening_another_folder_ends_a_fit(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "one"))
    with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
        session.start_fit()
    open_and_wait(qtbot, session, image_folder(tmp_path / "two"))
    assert session.dataset is not None
    assert session.dataset.name == "two"
    assert session.model is None


def test_the_newer_of_two_requests_is_opened(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    session.open([image_folder(tmp_path / "one")])
    open_and_wait(qtbot, session, image_folder(tmp_path / "two"))
    qtbot.waitUntil(lambda: not session.worker.running.tasks, timeout=PATIENCE)
    assert session.dataset is not None
    assert session.dataset.name == "two"
    assert session.preferences.recent() == [tmp_path / "two"]


@pytest.mark.usefixtures("busy_fit")
def test_start_fit_does_nothing_without_a_dataset_or_while_busy(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    session.start_fit()
    assert session.activity is Activity.IDLE
    session.cancel()
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
        session.start_fit()
    session.start_fit()
    assert len(session.worker.running.tasks) == 1


def test_number_of_parts_and_sample_index_are_limited(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    session.set_n_components(5)
    assert session.n_components == 1
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine", 6))
    for wanted, allowed in ((99, 6), (-3, 1), (4, 4)):
        session.set_n_components(wanted)
        assert session.n_components == allowed
    session.select_sample(5)
    for outside in (-1, 6):
        session.select_sample(outside)
        assert session.selected_sample == 5


def test_closing_the_dataset_resets_the_state(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    fit_and_wait(qtbot, session)
    with qtbot.waitSignals([session.dataset_changed, session.model_changed], timeout=PATIENCE):
        session.close_set()
    assert session.dataset is None
    assert session.model is None
    assert session.n_components == 1


def test_several_sources_are_not_added_to_the_recent_ones(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    folder = image_folder(tmp_path / "mine")
    open_and_wait(qtbot, session, folder / "image_1.png", folder / "image_2.png")
    assert session.dataset is not None
    assert session.dataset.n_samples == 2
    assert session.preferences.recent() == []

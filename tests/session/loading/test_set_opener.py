"""Reloading with other options is one step of undo; a new dataset starts a new history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import nmf_explorer
from nmf_explorer.errors import Cancelled, DataError
from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.loading import set_opener
from nmf_explorer.session.state.fit_settings import FitSettings
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
    from typing import Any

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.session.state.snapshot import Snapshot


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return image_folder(tmp_path / "mine", 12)


@pytest.fixture
def explored(qtbot: QtBot, session: Session, folder: Path) -> Session:
    """Return a session with a fitted dataset, a named part and a moved weight."""
    open_and_wait(qtbot, session, folder)
    session.set_n_components(3)
    session.set_fit_settings(FitSettings(start="random"))
    fit_and_wait(qtbot, session)
    session.select_sample(4)
    session.parts.rename(1, "mine")
    session.equation.set_weight(0, 0.25)
    return session


def invert(qtbot: QtBot, session: Session) -> None:
    """Read the open set inverted."""
    with qtbot.waitSignal(session.dataset_changed, timeout=PATIENCE):
        session.import_preview.reload_with({"invert": True})
    wait_until_idle(qtbot, session)


def undo(qtbot: QtBot, session: Session) -> None:
    """Undo one step and wait: the samples may have to be read again."""
    session.history.undo()
    wait_until_idle(qtbot, session)


def redo(qtbot: QtBot, session: Session) -> None:
    """Redo one step and wait."""
    session.history.redo()
    wait_until_idle(qtbot, session)


def first_image(session: Session) -> Any:
    assert session.dataset
    return session.dataset.sample_image(0)


def is_restored(session: Session, snapshot: Snapshot) -> bool:
    """Return whether a snapshot is shown with its number of parts and selected sample."""
    return session.shown is snapshot and (session.n_components, session.selected_sample) == (3, 4)


def test_undo_of_a_reload_restores_model_names_and_weights(qtbot: QtBot, explored: Session) -> None:
    before, dataset, n_positions, image = (
        explored.shown,
        explored.dataset,
        explored.replay.n_positions,
        first_image(explored),
    )
    notices = Notices(explored)
    invert(qtbot, explored)
    assert explored.model is None
    assert explored.selected_sample == 4  # the same sample stays selected
    assert explored.n_components == 1  # nothing stands out of noise
    assert np.allclose(first_image(explored), 1 - image)
    assert str(explored.history.undo_message) == "How the images are read"
    explored.history.undo()
    assert is_restored(explored, before)
    assert explored.dataset is dataset  # at once: it was kept, because it is small
    assert explored.parts.name_of(1) == "mine"
    assert explored.equation.has_moved_weights
    assert explored.replay.n_positions == n_positions > 1
    assert notices.posted[-1] == explored.notice
    explored.history.redo()
    assert np.allclose(first_image(explored), 1 - image)
    assert explored.model is None


def test_remembered_options_follow_undo_and_redo(qtbot: QtBot, explored: Session, folder: Path) -> None:
    def remembered() -> bool | None:
        options = explored.preferences.load_options(folder)
        return options.invert if options else None

    assert remembered() is None
    invert(qtbot, explored)
    assert remembered() is True
    undo(qtbot, explored)
    assert remembered() is None
    assert explored.preferences.recent() == [folder]
    redo(qtbot, explored)
    assert remembered() is True


def test_fits_before_and_after_a_reload_are_separate_undo_steps(qtbot: QtBot, explored: Session) -> None:
    before, n_steps = explored.shown, explored.history.n_steps
    invert(qtbot, explored)
    fit_and_wait(qtbot, explored)
    model = explored.model
    assert explored.history.n_steps == n_steps + 2
    undo(qtbot, explored)
    assert explored.model is None
    undo(qtbot, explored)
    assert is_restored(explored, before)
    while explored.history.can_undo:
        undo(qtbot, explored)
    while explored.history.can_redo:
        redo(qtbot, explored)
    assert explored.model is model


def test_reload_of_a_sample_set_and_its_fit_are_one_undo_step(qtbot: QtBot, session: Session) -> None:
    open_and_wait(qtbot, session, sample_images() / "stripes")
    before = session.shown
    assert not session.history.can_undo
    invert(qtbot, session)
    model = session.model
    assert model is not None
    assert model is not before.model
    undo(qtbot, session)
    assert session.shown is before
    assert not session.history.can_undo
    redo(qtbot, session)
    assert session.model is model
    assert not session.history.can_redo


@pytest.mark.parametrize("most", [0, set_opener.MAX_BYTES], ids=["large", "small"])
def test_at_most_one_small_former_dataset_is_kept_in_memory(
    qtbot: QtBot, explored: Session, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(set_opener, "MAX_BYTES", most)
    before, image = explored.shown, first_image(explored)
    assert before.open_dataset
    invert(qtbot, explored)
    inverted = explored.shown.open_dataset
    assert inverted
    assert (before.open_dataset.dataset is None) == (most == 0)
    with qtbot.waitSignal(explored.dataset_changed, timeout=PATIENCE):
        explored.import_preview.reload_with({"invert": False, "size": (3, 3)})
    assert before.open_dataset.dataset is None
    assert (inverted.dataset is None) == (most == 0)
    undo(qtbot, explored)
    assert explored.dataset is inverted.dataset is not None
    undo(qtbot, explored)
    assert is_restored(explored, before)
    assert np.array_equal(first_image(explored), image)
    assert explored.replay.n_positions > 1
    redo(qtbot, explored)
    redo(qtbot, explored)
    assert explored.dataset
    assert explored.dataset.sample_shape == (3, 3)


def test_undo_changes_nothing_if_the_samples_cannot_be_read_again(
    qtbot: QtBot, explored: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_opener, "MAX_BYTES", 0)
    before, image = explored.shown, first_image(explored)
    invert(qtbot, explored)
    inverted, notices = explored.shown, Notices(explored)

    def stopped(*_given: object, **_more: object) -> Any:
        raise Cancelled

    def failing(*_given: object, **_more: object) -> Any:
        raise DataError("“{name}” is gone.", name="this")

    true_load = nmf_explorer.load
    for load, words in ((stopped, "nothing was changed"), (failing, "is gone")):
        monkeypatch.setattr(nmf_explorer, "load", load)
        undo(qtbot, explored)
        assert words in notices.text()
        assert explored.shown is inverted
    monkeypatch.setattr(nmf_explorer, "load", true_load)
    (folder / "image_3.png").rename(folder / "other.png")
    undo(qtbot, explored)
    assert (notices.last().level, explored.shown) == (Level.WARNING, inverted)
    assert "not those that they were" in notices.text()
    assert explored.history.can_undo
    (folder / "other.png").rename(folder / "image_3.png")
    undo(qtbot, explored)
    assert is_restored(explored, before)
    assert np.array_equal(first_image(explored), image)


def test_a_new_dataset_or_none_clears_the_history(qtbot: QtBot, explored: Session, folder: Path) -> None:
    invert(qtbot, explored)
    fit_and_wait(qtbot, explored)
    open_and_wait(qtbot, explored, folder)  # also if it is the same folder
    assert (explored.history.can_undo, explored.selected_sample, explored.model) == (False, 0, None)
    explored.import_preview.reload_with({"invert": False})
    wait_until_idle(qtbot, explored)
    assert explored.history.can_undo
    explored.close_set()
    assert (explored.history.can_undo, explored.dataset, explored.n_components) == (False, None, 1)
    assert explored.set_opener.current_request.sources == ()
    explored.set_opener.confirm_options()
    assert explored.preferences.load_options(folder) is not None


def test_undo_of_a_reload_during_replay_restores_the_end_of_the_fit(qtbot: QtBot, explored: Session) -> None:
    before = explored.shown
    explored.replay.show(0)
    invert(qtbot, explored)
    assert not explored.replay.is_before_end
    undo(qtbot, explored)
    assert is_restored(explored, before)

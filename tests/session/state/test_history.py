"""Undo and redo of weights, names, drawings and fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from nmf_explorer.session.state import history
from tests.current import current
from tests.session.fixtures import fit_and_wait, image_folder, open_and_wait, weights_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session


def test_each_drag_of_a_weight_is_one_undo_step(stripes: Session) -> None:
    part = stripes.equation.terms()[0]
    for _ in range(2):
        for weight in np.linspace(0.9, 0.1, 50):
            stripes.equation.set_weight(part, float(weight))
        stripes.history.end_merge()
    assert stripes.history.n_steps == 2
    assert stripes.history.undo_message == f"Weight of part {part + 1}"
    stripes.history.undo()
    assert weights_of(stripes)[0] == pytest.approx(0.1)
    stripes.history.undo()
    assert weights_of(stripes)[0] == pytest.approx(0.98, abs=0.01)
    assert not stripes.equation.has_moved_weights
    assert not stripes.history.can_undo
    stripes.history.undo()  # nothing left: nothing happens
    stripes.history.redo()
    assert weights_of(stripes)[0] == pytest.approx(0.1)


def test_undo_of_a_fit_restores_model_names_and_moved_weights(qtbot: QtBot, stripes: Session) -> None:
    model = stripes.model
    stripes.parts.select(2)
    stripes.parts.rename(2, "last")
    stripes.equation.set_weight(0, 0.3)
    stripes.set_n_components(2)
    fit_and_wait(qtbot, stripes)
    assert stripes.model is not None
    assert stripes.model.n_components == 2
    assert stripes.parts.selected is None
    assert stripes.parts.name_of(2) == ""
    assert not current(stripes.equation.has_moved_weights)
    assert stripes.history.undo_message == "Fit of 2 parts"
    stripes.history.undo()
    assert stripes.model is model
    assert stripes.n_components == 3
    assert stripes.parts.name_of(2) == "last"
    assert current(stripes.equation.has_moved_weights)
    stripes.history.redo()
    assert stripes.n_components == 2


def test_undo_is_disabled_during_a_fit(qtbot: QtBot, stripes: Session, busy_fit: object) -> None:
    assert busy_fit
    stripes.parts.rename(0, "first")
    stripes.start_fit()
    qtbot.waitUntil(lambda: stripes.progress is not None)
    assert not stripes.history.can_undo
    stripes.equation.set_weight(0, 0.5)
    assert not current(stripes.equation.has_moved_weights)
    stripes.pause()
    stripes.equation.set_weight(0, 0.5)
    assert stripes.equation.has_moved_weights
    stripes.resume()
    with qtbot.waitSignal(stripes.notice_posted):
        stripes.cancel()
    assert stripes.history.undo_message == "Fit of 3 parts"
    stripes.history.undo()
    assert stripes.parts.name_of(0) == "first"


def test_the_history_is_cleared_beyond_its_memory_limit(
    qtbot: QtBot, stripes: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    fit_and_wait(qtbot, stripes)
    assert stripes.history.n_steps == 1
    monkeypatch.setattr(history, "_MAX_BYTES", 3000)
    fit_and_wait(qtbot, stripes)
    assert stripes.history.n_steps == 1
    stripes.parts.rename(0, "a")
    assert stripes.history.undo_message == "Name of part 1"


def test_redo_restores_the_first_fit_after_a_drawing(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    session.drawing.open(is_open=True)
    session.drawing.extend_stroke((1, 1), (2, 2))
    drawn = session.drawing.image
    fit_and_wait(qtbot, session)
    model = session.model
    session.history.undo()
    assert session.model is None
    assert session.drawing.image is drawn
    session.history.undo()
    session.history.redo()
    session.history.redo()
    assert session.model is model


def test_changes_during_loading_can_be_undone(
    qtbot: QtBot, stripes: Session, busy_load: object, tmp_path: Path
) -> None:
    assert busy_load
    stripes.open([tmp_path])
    stripes.parts.rename(0, "first")
    assert not stripes.history.can_undo
    with qtbot.waitSignal(stripes.notice_posted):
        stripes.cancel()
    assert stripes.history.undo_message == "Name of part 1"
    stripes.history.undo()
    assert stripes.parts.name_of(0) == ""

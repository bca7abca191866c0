"""What a drag of a weight's slider does in the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt

from nmf_explorer.session.exploring.equation import Equation
from nmf_explorer.session.fitting.replay import Replay
from nmf_explorer.session.state.state import SessionState
from nmf_explorer.ui.widgets.weight_slider import WeightSlider
from tests.ui.finding import find

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow


def test_each_move_of_a_slider_sets_one_weight_and_the_drag_is_one_undo_step(
    qtbot: QtBot, stripes: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_weight = Equation.set_weight
    set_parts: list[int] = []
    snapshots: list[object] = []
    replay_calls: list[object] = []

    def note_weight(equation: Equation, part: int, weight: float) -> None:
        set_parts.append(part)
        set_weight(equation, part, weight)

    def note_replay(*given: object, **_more: object) -> None:
        replay_calls.append(given)

    monkeypatch.setattr(Equation, "set_weight", note_weight)
    for name in ("show", "show_iteration", "play", "stop", "record_live", "return_to_live"):
        monkeypatch.setattr(Replay, name, note_replay)
    for name in ("show_earlier", "exit_replay"):
        monkeypatch.setattr(SessionState, name, note_replay)
    dragged, n_steps = find(stripes, WeightSlider, "Weight of part 1"), session.history.n_steps
    middle = dragged.rect().center()
    qtbot.mousePress(dragged, Qt.MouseButton.LeftButton, pos=middle)
    set_parts.clear()
    session.snapshot_changed.connect(lambda _before, after: snapshots.append(after))
    for n_moves in range(1, 6):
        qtbot.mouseMove(dragged, middle - QPoint(4 * n_moves, 0))
        assert set_parts == [0] * n_moves
        assert len(snapshots) == n_moves
    qtbot.mouseRelease(dragged, Qt.MouseButton.LeftButton, pos=middle - QPoint(20, 0))
    assert len(set_parts) == len(snapshots) == 5
    assert replay_calls == []
    assert session.history.n_steps == n_steps + 1
    session.history.undo()
    assert not session.equation.has_moved_weights

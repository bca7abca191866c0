"""Each controller works with the state and the siblings that its constructor names, without a Session."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

import nmf_explorer as nx
from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.errors import Message
from nmf_explorer.session.exploring.drawing import Drawing
from nmf_explorer.session.exploring.equation import Equation
from nmf_explorer.session.exploring.equation_animation import EquationAnimation
from nmf_explorer.session.exploring.part_layout import PartLayout
from nmf_explorer.session.exploring.parts import Parts
from nmf_explorer.session.exploring.pointer import Pointer
from nmf_explorer.session.exploring.sample_values import SampleValues, SortKey
from nmf_explorer.session.exploring.sample_view import SampleView
from nmf_explorer.session.fitting.fit_controller import FitController
from nmf_explorer.session.fitting.fit_run import FitRun
from nmf_explorer.session.fitting.fit_work import FitPlan
from nmf_explorer.session.fitting.next_fit import NextFit
from nmf_explorer.session.fitting.replay import Replay
from nmf_explorer.session.loading.file_count import FileCount
from nmf_explorer.session.loading.import_preview import ImportPreview
from nmf_explorer.session.loading.set_opener import SetOpener
from nmf_explorer.session.state.activity import Activity
from nmf_explorer.session.state.fit_settings import FitSettings
from nmf_explorer.session.state.history import History
from nmf_explorer.session.state.notice_board import NoticeBoard
from nmf_explorer.session.state.open_dataset import OpenDataset
from nmf_explorer.session.state.open_request import OpenRequest
from nmf_explorer.session.state.snapshot import Snapshot
from nmf_explorer.session.state.state import SessionState
from nmf_explorer.session.tasks.background_task import BackgroundTask
from nmf_explorer.session.tasks.worker import Worker
from tests.current import current
from tests.session.fixtures import PATIENCE, image_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.state.preferences import Preferences

N_PARTS = 3
DATASET = Dataset.from_array(np.random.default_rng(0).random((8, 4, 5), dtype=np.float32))
MODEL = nx.fit(DATASET, N_PARTS)


@pytest.fixture
def state(preferences: Preferences, owner: QObject) -> SessionState:
    """Return a state with a dataset and its model."""
    state = SessionState(preferences, owner)
    state.show(Snapshot(MODEL, open_dataset=OpenDataset(DATASET, OpenRequest(), N_PARTS)))
    return state


@pytest.fixture
def history(state: SessionState) -> History:
    return History(state)


@pytest.fixture
def notices(state: SessionState) -> NoticeBoard:
    return NoticeBoard(state)


@pytest.fixture
def worker(state: SessionState) -> Iterator[Worker]:
    worker = Worker(state)
    yield worker
    worker.close()


class Fitting(NamedTuple):
    """The controllers of fits."""

    replay: Replay
    fits: FitController
    next_fit: NextFit


@pytest.fixture
def fitting(state: SessionState, worker: Worker, notices: NoticeBoard, history: History) -> Fitting:
    replay = Replay(state)
    fits = FitController(state, worker, notices, history, replay)
    return Fitting(replay, fits, NextFit(state, worker, notices, fits))


def wait_until_idle(qtbot: QtBot, state: SessionState) -> None:
    """Wait until the worker has ended."""
    qtbot.waitUntil(lambda: not state.is_busy, timeout=PATIENCE)


def test_history(state: SessionState, history: History) -> None:
    before = state.shown
    history.change(before.with_name(0, "top"), Message("Name of part 1"))
    assert state.shown.names == {0: "top"}
    history.undo()
    assert state.shown is before


def test_notice_board(state: SessionState, notices: NoticeBoard) -> None:
    notices.show_message(Message("Stopped."))
    assert state.notice is not None
    assert state.notice.messages == ("Stopped.",)


def test_worker(qtbot: QtBot, state: SessionState, worker: Worker) -> None:
    task = BackgroundTask(lambda _report, _should_stop: "done")
    task.succeeded.connect(lambda _result: worker.stop())
    worker.start(Activity.LOADING, task)
    assert state.activity is Activity.LOADING
    wait_until_idle(qtbot, state)


def test_parts(state: SessionState, history: History) -> None:
    Parts(state, history).hide(1, hidden=True)
    assert state.shown.hidden == {1}


def test_equation(state: SessionState, history: History) -> None:
    Equation(state, history).set_weight(2, 0.5)
    assert state.shown.weights[0][2] == 0.5


def test_equation_animation(state: SessionState, history: History) -> None:
    equation = Equation(state, history)
    EquationAnimation(equation).add_up(animated=False)
    assert equation.n_added == 0


def test_pointer(state: SessionState, history: History) -> None:
    pointer = Pointer(state, Equation(state, history))
    pointer.hold()
    assert pointer.image_value() == DATASET.sample_image(0)[2, 2]


def test_part_layout(qtbot: QtBot, state: SessionState) -> None:
    layout = PartLayout(state)
    state.model_changed.emit()
    layout.sort("share")
    qtbot.waitUntil(lambda: not layout._task.is_busy, timeout=PATIENCE)
    assert sorted(layout.parts_in_order) == list(range(N_PARTS))
    layout.close()


def test_sample_values(qtbot: QtBot, state: SessionState, history: History) -> None:
    values = SampleValues(state, Parts(state, history))
    with qtbot.waitSignal(values.computed, timeout=PATIENCE):
        values.request(SortKey.ERROR)
    assert values.error_of(0) is not None
    values.close()


def test_sample_view(state: SessionState, history: History) -> None:
    view = SampleView(state, Parts(state, history))
    state.dataset_changed.emit()
    view.search(DATASET.sample_names[3])
    assert list(view.rows) == [3]
    view.close()


def test_drawing(state: SessionState, history: History, notices: NoticeBoard) -> None:
    drawing = Drawing(state, history, notices)
    drawing.start_from_sample()
    assert drawing.image is not None
    assert np.array_equal(drawing.image, DATASET.sample_image(0))
    assert drawing.is_open
    drawing.close()


def test_fit_controller(qtbot: QtBot, state: SessionState, fitting: Fitting) -> None:
    fitting.fits.begin(FitPlan(2, FitSettings()))
    wait_until_idle(qtbot, state)
    assert state.model is not None
    assert state.model.n_components == 2


def test_next_fit(qtbot: QtBot, state: SessionState, fitting: Fitting) -> None:
    state.set_n_components(4)
    fitting.next_fit.start_with_next_seed()
    wait_until_idle(qtbot, state)
    assert state.model is not None
    assert (state.model.n_components, state.fit_settings.random_state) == (4, 1)


def test_replay(state: SessionState) -> None:
    replay = Replay(state)
    run = FitRun(FitPlan(N_PARTS, FitSettings()), DATASET, state.shown, is_watched=False)
    for step in nx.fit_steps(DATASET, N_PARTS):
        run.recording.add(step)
        newest = step.model()
        replay.record_live(newest, run.position_of(newest))
    present = state.present
    replay.show(0)
    assert (replay.position, state.is_replaying, current(state.present)) == (0, True, present)
    replay.show_last()
    assert state.shown is present


@pytest.fixture
def opener(state: SessionState, worker: Worker, notices: NoticeBoard, history: History, fitting: Fitting) -> SetOpener:
    return SetOpener(state, worker, notices, history, fitting.next_fit)


def test_set_opener(qtbot: QtBot, state: SessionState, opener: SetOpener, tmp_path: Path) -> None:
    opener.open([image_folder(tmp_path / "mine")], None)
    wait_until_idle(qtbot, state)
    assert state.dataset is not None
    assert state.dataset.name == "mine"


def test_import_preview(state: SessionState, notices: NoticeBoard, opener: SetOpener) -> None:
    preview = ImportPreview(state, notices, opener)
    preview.clear_cache()
    assert state.notice is not None
    assert "cache is empty" in state.notice.messages[0]
    preview.close()


def test_file_count(qtbot: QtBot, tmp_path: Path) -> None:
    count = FileCount()
    with qtbot.waitSignal(count.counted, timeout=PATIENCE) as counted:
        count.count([image_folder(tmp_path / "mine", 4)])
    assert counted.args is not None
    assert counted.args[0].n_images == 4
    count.close()

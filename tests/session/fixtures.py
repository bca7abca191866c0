"""A session with its own settings, fits and loads that run until they are stopped, and small datasets."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings
from shiboken6 import delete, isValid

import nmf_explorer
from nmf_explorer.dataset.loading.load_progress import LoadProgress
from nmf_explorer.errors import Cancelled
from nmf_explorer.factorize.fit import fit_steps
from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.fitting import next_fit
from nmf_explorer.session.loading import load_work
from nmf_explorer.session.session import Activity, Session
from nmf_explorer.session.state.open_dataset import OpenDataset
from nmf_explorer.session.state.open_request import OpenRequest
from nmf_explorer.session.state.preferences import Preferences
from nmf_explorer.session.state.snapshot import Snapshot
from nmf_explorer.session.tasks.background_task import BackgroundTask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.fit_step import FitStep
    from nmf_explorer.session.state.notice import Notice

PATIENCE = 180_000  # ms; long: only a failure takes so long, and the machine may be busy
CLOSING_PATIENCE = 60_000  # ms
BUSY_ITERATIONS = 3


@pytest.fixture(autouse=True)
def settings_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give each test its own settings, apart from the user's."""
    folder = tmp_path_factory.mktemp("settings")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    return folder


@pytest.fixture(autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test its own image cache, apart from the user's."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setattr(Preferences, "cache_folder", staticmethod(lambda: folder))
    return folder


@pytest.fixture(autouse=True)
def no_thread_is_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Check at the end of each test that its threads have ended; waiting for them is limited."""
    started: WeakSet[BackgroundTask] = WeakSet()
    start, wait = BackgroundTask.start, BackgroundTask.wait

    def remember(task: BackgroundTask) -> None:
        started.add(task)
        start(task)

    monkeypatch.setattr(BackgroundTask, "start", remember)
    monkeypatch.setattr(BackgroundTask, "wait", lambda task, most=CLOSING_PATIENCE: wait(task, most))
    yield
    left = [task for task in started if isValid(task) and task.isRunning()]
    for task in left:  # a thread that outlives its task object would end the test run
        task.cancel()
        assert wait(task, PATIENCE)
    assert not left


@pytest.fixture
def owner(qapp: QObject) -> Iterator[QObject]:
    """Return an owner for Qt objects; it deletes them in this thread at the end of the test.

    Without an owner they are cyclic garbage, which Python may collect in a worker thread; there their timers crash.
    """
    assert isinstance(qapp, QCoreApplication)
    owner = QObject()
    yield owner
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # windows first
    delete(owner)


@pytest.fixture
def preferences(qapp: QObject, settings_folder: Path) -> Preferences:
    """Return fresh settings."""
    assert isinstance(qapp, QCoreApplication)
    assert settings_folder.is_dir()
    return Preferences()


@pytest.fixture
def session(preferences: Preferences, owner: QObject, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """Return a session without a dataset; it is closed at the end.

    Neither a new number of parts nor a folder starts a fit automatically, so that nothing else changes the state.
    """
    monkeypatch.setattr(next_fit, "_QUICK_SECONDS", 0)
    monkeypatch.setattr(load_work, "MAX_QUICK_WORK", 0)
    session = Session(preferences, owner)
    yield session
    session.close()


@pytest.fixture
def stripes(qtbot: QtBot, session: Session) -> Session:
    """Return a session with the sample set "stripes", fitted."""
    open_and_wait(qtbot, session, sample_images() / "stripes")
    return session


@pytest.fixture
def busy_fit(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Iterator[FitStep]]:
    """Replace fits by ones that report three iterations and then run until they are stopped."""

    def steps(
        dataset: Dataset, n_components: int, *, should_stop: Callable[[], bool], **options: Any
    ) -> Iterator[FitStep]:
        for step in fit_steps(dataset, n_components, **(options | {"start": "random", "max_iter": BUSY_ITERATIONS})):
            should_stop()
            yield step
        wait_for_stop(should_stop)

    monkeypatch.setattr(nmf_explorer, "fit_steps", steps)
    return steps


@pytest.fixture
def busy_load(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Dataset]:
    """Replace loading by one that reads one of three images and then runs until it is stopped."""

    def load(
        _sources: Sequence[Path],
        *,
        on_progress: Callable[[LoadProgress], object],
        should_stop: Callable[[], bool],
        **_options: object,
    ) -> Dataset:
        on_progress(LoadProgress(1, 3))
        wait_for_stop(should_stop)
        raise AssertionError

    monkeypatch.setattr(nmf_explorer, "load", load)
    return load


def wait_for_stop(should_stop: Callable[[], bool]) -> None:
    """Wait until `should_stop` returns True, then raise `Cancelled`."""
    never = threading.Event()
    while not should_stop():
        never.wait(0.001)
    raise Cancelled


class Notices:
    """Records the notices of a session."""

    def __init__(self, session: Session) -> None:
        self.posted: list[Notice | None] = []
        session.notice_posted.connect(self.posted.append)

    def last(self) -> Notice:
        """Return the newest notice; it must not be None."""
        newest = self.posted[-1]
        assert newest is not None
        return newest

    def text(self) -> str:
        """Return the text of the newest notice."""
        return " ".join(self.last().messages)


def wait_until_idle(qtbot: QtBot, session: Session) -> None:
    """Wait until the worker is idle."""
    qtbot.waitUntil(lambda: session.activity is Activity.IDLE, timeout=PATIENCE)


def show_set(session: Session, dataset: Dataset | None, n_components: int = 2) -> None:
    """Show a dataset in a session as if it had been opened, or none."""
    session.show(Snapshot(open_dataset=OpenDataset(dataset, OpenRequest(), n_components) if dataset else None))


def open_and_wait(qtbot: QtBot, session: Session, *paths: Path) -> None:
    """Open sources and wait; a sample set is also fitted."""
    session.open(paths)
    wait_until_idle(qtbot, session)


def fit_and_wait(qtbot: QtBot, session: Session) -> None:
    """Fit the chosen number of parts and wait."""
    with qtbot.waitSignal(session.model_changed, timeout=PATIENCE):
        session.start_fit()
    wait_until_idle(qtbot, session)


def image_folder(folder: Path, n_images: int = 6, size: tuple[int, int] = (5, 4), colour: str = "L") -> Path:
    """Make a folder of small random PNG files, image_1.png and so on."""
    rng = np.random.default_rng(0)
    channels: tuple[int, ...] = (3,) if colour == "RGB" else ()
    folder.mkdir(parents=True)
    for i in range(n_images):
        pixels: Any = rng.integers(1, 256, (*size, *channels), dtype=np.uint8)
        Image.fromarray(pixels).save(folder / f"image_{i + 1}.png")
    return folder


def error_of(session: Session) -> float:
    """Return the relative error of the equation."""
    explanation = session.equation.explanation()
    assert explanation is not None
    return explanation.relative_error


def weights_of(session: Session) -> list[float]:
    """Return the weights, largest term first."""
    weights = session.equation.weights
    assert weights is not None
    return [float(weights[part]) for part in session.equation.terms()]

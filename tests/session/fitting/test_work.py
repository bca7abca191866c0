"""What the worker thread does, called in this thread: coverage does not see into a QThread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.dataset.loading.load_progress import LoadProgress
from nmf_explorer.factorize.fit_step import FitStep
from nmf_explorer.session.fitting.fit_work import FitPlan, fit_work
from nmf_explorer.session.loading.load_work import Loaded, load_work
from nmf_explorer.session.state.fit_recording import FitRecording
from nmf_explorer.session.state.fit_settings import FitSettings, refusal
from nmf_explorer.session.state.open_request import OpenRequest
from tests.session.fixtures import image_folder

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.state.activity import FitProgress


def test_loading_reports_how_far_it_is(tmp_path: Path) -> None:
    told: list[object] = []
    loaded = load_work(OpenRequest((image_folder(tmp_path / "mine", 3),)))(
        lambda make_news: told.append(make_news()), lambda: False
    )
    assert isinstance(loaded, Loaded)
    assert (loaded.dataset.n_samples, loaded.n_components, loaded.is_sample_set) == (3, 1, False)
    assert told == [LoadProgress(3, 3)]


DATASET = Dataset.from_array(np.array([[1.0, 0, 1], [0, 1, 1], [1, 1, 0]]))


def plan(choice: FitSettings | None = None, **others: NmfModel) -> FitPlan:
    """Make a plan for two parts."""
    return FitPlan(2, choice or FitSettings(), **others)


def test_fitting_reports_every_iteration() -> None:
    told: list[FitProgress] = []
    model = fit_work(DATASET, plan(), FitRecording(1))(lambda make_news: told.append(make_news()), lambda: False)  # type: ignore[arg-type] # news are objects to the task
    assert model.n_iterations == len(told)  # type: ignore[attr-defined] # a result is an object to the task
    assert [news.model.n_iterations for news in told] == list(range(1, len(told) + 1))
    assert (told[0].compares_restarts, told[-1].compares_restarts) == (told[0].model.converged, True)


def test_fitting_makes_no_model_that_nobody_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []

    def model(step: FitStep) -> None:
        made.append(step)

    monkeypatch.setattr(FitStep, "model", model)
    fit_work(DATASET, plan(), FitRecording(1))(lambda _make_news: None, lambda: False)
    assert len(made) == 1


def test_fitting_passes_the_choice_on() -> None:
    choice = FitSettings("multiplicative", "random", "kullback-leibler", 5)
    options = fit_work(DATASET, plan(choice), FitRecording(1))(lambda _make_news: None, lambda: False).options  # type: ignore[attr-defined]
    assert (options.solver, options.start, options.loss, options.random_state) == choice


def test_the_engine_refuses_what_does_not_go_together() -> None:
    assert refusal(FitSettings()) is None
    assert refusal(FitSettings(loss="kullback-leibler")) is None
    assert "'hals'" in str(refusal(FitSettings(solver="hals", loss="kullback-leibler")))
    assert "'pixels'" in str(refusal(FitSettings(solver="scikit-learn", start="pixels")))


def test_fitting_begins_with_known_parts_and_keeps_their_order() -> None:
    def run(plan: FitPlan) -> NmfModel:
        return fit_work(DATASET, plan, FitRecording(1))(lambda _make_news: None, lambda: False)  # type: ignore[return-value] # a result is an object to the task

    model = run(plan())
    turned = model.reordered(np.array([1, 0]))
    assert run(plan(start=turned)).start == "given"
    followed = run(plan(first=model, like=turned))
    assert np.allclose(followed.components, turned.components, atol=0.01)

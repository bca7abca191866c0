"""The work that fits a model, called in this thread: coverage does not see into a QThread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import nmf_explorer
from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.factorize.fit_step import FitStep
from nmf_explorer.factorize.model.nmf_model import NmfModel
from nmf_explorer.session.fitting.fit_work import FitPlan, fit_work
from nmf_explorer.session.fitting.pace import Pace
from nmf_explorer.session.state.fit_recording import FitRecording
from nmf_explorer.session.state.fit_settings import FitSettings

if TYPE_CHECKING:
    from nmf_explorer.session.state.activity import FitProgress


DATASET = Dataset.from_array(np.array([[1.0, 0, 1], [0, 1, 1], [1, 1, 0]]))


def plan(choice: FitSettings | None = None, **others: Any) -> FitPlan:
    """Make a plan for two parts."""
    return FitPlan(2, choice or FitSettings(), **others)


def test_fitting_reports_every_iteration() -> None:
    reports: list[FitProgress] = []
    model = fit_work(DATASET, plan(), FitRecording(1))(lambda make_report: reports.append(make_report()), lambda: False)  # type: ignore[arg-type] # reports are objects to the task
    assert model.n_iterations == len(reports)  # type: ignore[attr-defined] # a result is an object to the task
    assert [report.model.n_iterations for report in reports] == list(range(1, len(reports) + 1))
    assert (reports[0].compares_restarts, reports[-1].compares_restarts) == (reports[0].model.converged, True)


def test_models_are_made_only_for_reports_that_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []

    def model(step: FitStep) -> None:
        made.append(step)

    monkeypatch.setattr(FitStep, "model", model)
    fit_work(DATASET, plan(), FitRecording(1))(lambda _make_report: None, lambda: False)
    assert len(made) == 1


def test_the_settings_are_passed_to_the_fit() -> None:
    choice = FitSettings("multiplicative", "random", "kullback-leibler", 5)
    options = fit_work(DATASET, plan(choice), FitRecording(1))(lambda _make_report: None, lambda: False).options  # type: ignore[attr-defined]
    assert (options.solver, options.start, options.loss, options.random_state) == choice


def test_a_fit_starts_from_known_parts_and_keeps_their_order() -> None:
    def run(plan: FitPlan) -> NmfModel:
        return fit_work(DATASET, plan, FitRecording(1))(lambda _make_report: None, lambda: False)  # type: ignore[return-value] # a result is an object to the task

    model = run(plan())
    turned = model.reordered(np.array([1, 0]))
    assert run(plan(start=turned)).start == "given"
    followed = run(plan(like=turned))
    assert np.allclose(followed.components, turned.components, atol=0.01)


@pytest.mark.parametrize(("error", "start"), [(0.0, "given"), (1.0, "auto")])
def test_a_model_with_fewer_parts_is_continued_if_its_error_is_lower(error: float, start: str) -> None:
    def run(plan: FitPlan) -> NmfModel:
        return fit_work(DATASET, plan, FitRecording(1))(lambda _make_report: None, lambda: False)  # type: ignore[return-value] # as above

    fewer = replace(nmf_explorer.fit(DATASET, 1), relative_error=error)
    assert run(plan(fewer=fewer)).options.start_name == start


def test_a_slow_fit_does_not_count_its_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[int] = []

    def wait(_pace: Pace, iteration: int, _should_stop: object) -> float:
        waited.append(iteration)
        return 1000.0

    monkeypatch.setattr(Pace, "wait", wait)
    recording = FitRecording(0)
    model = fit_work(DATASET, plan(FitSettings(start="random"), is_slow=True), recording)(lambda _: None, lambda: False)
    assert isinstance(model, NmfModel)
    assert waited == list(range(1, model.n_iterations + 1))
    assert recording.seconds is not None
    assert recording.seconds < 0

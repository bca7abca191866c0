"""Work that fits a model in the worker thread. numpy is imported here, after the window is open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import nmf_explorer
from nmf_explorer.session.fitting.pace import Pace
from nmf_explorer.session.state.activity import FitProgress

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.fit_step import FitStep
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.state.fit_recording import FitRecording
    from nmf_explorer.session.state.fit_settings import FitSettings
    from nmf_explorer.session.tasks.background_task import Report, ShouldStop, Work


class FitPlan(NamedTuple):
    """Number of parts, settings and initial factors of a fit."""

    n_components: int
    settings: FitSettings
    start: NmfModel | None = None  # its parts are the only start
    fewer: NmfModel | None = None  # with fewer parts: they are the start of a second fit if the first is not as low
    like: NmfModel | None = None  # the parts of the result are put in the order of similar parts of this model
    sample: int | None = None  # the shown sample, if another one may be shown at the end
    is_slow: bool = False  # whether iterations follow one another slowly enough to watch


def fit_work(dataset: Dataset, plan: FitPlan, recording: FitRecording) -> Work:
    """Return work that fits and records a model; reports `FitProgress`, results in an `NmfModel`."""

    def work(report: Report, should_stop: ShouldStop) -> NmfModel:
        from nmf_explorer.factorize.model.telling_sample import telling_sample

        options: dict[str, Any] = plan.settings._asdict()
        if plan.start is not None:
            options["start"] = plan.start
        steps = nmf_explorer.fit_steps(dataset, plan.n_components, should_stop=should_stop, **options)
        recording.start_clock()
        pace = Pace()
        for step in steps:
            recording.add(step)
            report(partial(_progress, step, plan))
            if plan.is_slow:
                recording.shift_clock(pace.wait(step.iteration, should_stop))
        model = step.model()
        if plan.fewer is not None and _is_lower(plan.fewer, model):
            options["start"] = plan.fewer
            model = nmf_explorer.fit(dataset, plan.n_components, should_stop=should_stop, **options)
        model = _in_order(model, plan)
        if plan.sample is not None:
            recording.telling_sample = telling_sample(dataset, model, plan.sample, should_stop)
        return model

    return work


def _is_lower(fewer: NmfModel, model: NmfModel) -> bool:
    """Return whether a model with fewer parts has a lower error, which one part more must not raise."""
    return fewer.options.loss == model.options.loss and fewer.relative_error < model.relative_error


def _progress(step: FitStep, plan: FitPlan) -> FitProgress:
    model = step.model()
    model = _in_order(model, plan) if step.converged else model
    model.part_shares()  # computed and cached here, in the worker: the window needs it to show the model
    return FitProgress(model, step.converged)


def _in_order(model: NmfModel, plan: FitPlan) -> NmfModel:
    """Return the model with its parts in the order of `plan.like`; only at the end of a fit, as parts would jump."""
    return model.matched_to(plan.like) if plan.like else model

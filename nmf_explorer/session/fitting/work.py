"""What the worker thread does: load a set, fit a model. numpy comes in here, after the window stands."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import nmf_explorer
from nmf_explorer.dataset.loading.load_progress import LoadProgress as LoadProgress

if TYPE_CHECKING:
    from pathlib import Path

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.fit_step import FitStep
    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.fitting.fit_recording import FitRecording
    from nmf_explorer.session.state.fit_settings import FitSettings
    from nmf_explorer.session.state.open_request import OpenRequest
    from nmf_explorer.session.tasks.background_task import Report, ShouldStop, Work


class Loaded(NamedTuple):
    """A set that was opened.

    Attributes
    ----------
    dataset : Dataset
        The samples.
    n_components : int
        A sensible first number of parts.
    is_sample_set : bool
        Whether it is one of the program's own.
    """

    dataset: Dataset
    n_components: int
    is_sample_set: bool


class FitPlan(NamedTuple):
    """What a fit is to do.

    Attributes
    ----------
    n_components : int
        Number of parts.
    choice : FitChoice
        Method, start, loss and seed.
    start : NmfModel or None
        The model with whose parts it begins, and with no others.
    first : NmfModel or None
        The model whose parts are followed first, so that there is something to be seen at once.
    like : NmfModel or None
        The model in whose order the parts are to stand, as far as they are alike.
    """

    n_components: int
    settings: FitSettings
    start: NmfModel | None = None
    first: NmfModel | None = None
    like: NmfModel | None = None


class FitProgress(NamedTuple):
    """How far a fit is.

    Attributes
    ----------
    model : NmfModel
        The best one so far.
    tries_other_starts : bool
        Whether that model is done, and others that began elsewhere are compared with it.
    """

    model: NmfModel
    tries_other_starts: bool


def load_work(opening: OpenRequest, cache_folder: Path | None = None) -> Work:
    """Work that opens files and folders; reports the core's `LoadProgress`, results in `Loaded`."""

    def work(report: Report, should_stop: ShouldStop) -> Loaded:
        options: dict[str, Any] = asdict(opening.options)
        dataset = nmf_explorer.load(
            opening.sources,
            on_progress=lambda progress: report(lambda: progress),
            should_stop=should_stop,
            cache_folder=cache_folder,
            **options,
        )
        from nmf_explorer.dataset.sample_sets import find_sample_set
        from nmf_explorer.factorize.suggest import suggest_n_components

        known = find_sample_set(dataset.name, dataset.n_samples, dataset.sample_shape)
        return Loaded(dataset, suggest_n_components(dataset), known is not None)

    return work


def fit_work(dataset: Dataset, plan: FitPlan, recording: FitRecording) -> Work:
    """Work that fits a model and records its course; reports `FitProgress`, results in an `NmfModel`."""

    def work(report: Report, should_stop: ShouldStop) -> NmfModel:
        options: dict[str, Any] = plan.settings._asdict()
        if plan.start is not None:
            options["start"] = plan.start
        if plan.first is not None:
            options["first"] = plan.first
        steps = nmf_explorer.fit_steps(dataset, plan.n_components, should_stop=should_stop, **options)
        recording.begin()
        for step in steps:
            recording.add(step)
            report(partial(_progress, step, plan))
        return _in_order(step.model(), plan)

    return work


def _progress(step: FitStep, plan: FitPlan) -> FitProgress:
    model = step.model()
    model = _in_order(model, plan) if step.converged else model
    model.part_shares()  # once, and here: the window asks for it when it shows the model
    return FitProgress(model, step.converged)


def _in_order(model: NmfModel, plan: FitPlan) -> NmfModel:
    """The model with its parts where those of the model before it stood; only when it is done, or they would jump."""
    return model.matched_to(plan.like) if plan.like else model

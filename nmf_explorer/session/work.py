"""What the worker thread does: load a set, fit a model. numpy comes in here, after the window stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import nmf_explorer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.nmf_model import NmfModel
    from nmf_explorer.session.background_task import Work


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


class LoadProgress(NamedTuple):
    """How far loading is: images read, of how many."""

    done: int
    total: int


class FitProgress(NamedTuple):
    """How far a fit is.

    Attributes
    ----------
    iteration : int
        From 1.
    relative_error : float
        Of the model at this point.
    model : callable
        Gives that model.
    """

    iteration: int
    relative_error: float
    model: Callable[[], NmfModel]


def loading(paths: Sequence[Path]) -> Work:
    """Work that opens files and folders; reports `LoadProgress`, results in `Loaded`."""

    def work(report: Callable[[object], None], should_stop: Callable[[], bool]) -> Loaded:
        dataset = nmf_explorer.load(
            list(paths), on_progress=lambda done, total: report(LoadProgress(done, total)), should_stop=should_stop
        )
        from nmf_explorer.dataset.sample_sets import recognise
        from nmf_explorer.factorize.suggest import suggest_n_components

        known = recognise(dataset.name, dataset.n_samples, dataset.sample_shape)
        return Loaded(dataset, suggest_n_components(dataset), known is not None)

    return work


def fitting(dataset: Dataset, n_components: int, random_state: int) -> Work:
    """Work that fits a model; reports `FitProgress`, results in an `NmfModel`."""

    def work(report: Callable[[object], None], should_stop: Callable[[], bool]) -> NmfModel:
        steps = nmf_explorer.fit_steps(dataset, n_components, random_state=random_state, should_stop=should_stop)
        for step in steps:
            report(FitProgress(step.iteration, step.relative_error, step.model))
        return step.model()

    return work

"""Work that loads a dataset in the worker thread. numpy is imported here, after the window is open."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

import nmf_explorer

if TYPE_CHECKING:
    from pathlib import Path

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.session.state.open_request import OpenRequest
    from nmf_explorer.session.tasks.background_task import Report, ShouldStop, Work


MAX_QUICK_WORK = 20_000_000  # numbers times parts: about a second until the first start has converged


class Loaded(NamedTuple):
    """A dataset that was read."""

    dataset: Dataset
    n_components: int  # suggested number of parts
    is_quick_to_fit: bool  # a set that comes with the program, or one that is small enough
    first_sample: int  # the first one that shows something


def load_work(request: OpenRequest, cache_folder: Path | None = None) -> Work:
    """Return work that reads files and folders; reports `LoadProgress`, results in `Loaded`."""

    def work(report: Report, should_stop: ShouldStop) -> Loaded:
        options: dict[str, Any] = asdict(request.options)
        dataset = nmf_explorer.load(
            request.sources,
            on_progress=lambda progress: report(lambda: progress),
            should_stop=should_stop,
            cache_folder=cache_folder,
            **options,
        )
        from nmf_explorer.dataset.sample_sets import find_sample_set
        from nmf_explorer.factorize.model.telling_sample import first_telling_sample
        from nmf_explorer.factorize.suggest import suggest_n_components

        n_components = suggest_n_components(dataset)
        is_known = find_sample_set(dataset.name, dataset.n_samples, dataset.sample_shape) is not None
        is_small = dataset.n_stored_numbers * n_components <= MAX_QUICK_WORK
        return Loaded(dataset, n_components, is_known or is_small, first_telling_sample(dataset))

    return work

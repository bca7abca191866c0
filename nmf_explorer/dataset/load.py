"""Load files, folders and archives into a Dataset."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, Unpack

from nmf_explorer.dataset.files.found_file import FoundFile
from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.dataset.load_report import LoadReport
from nmf_explorer.dataset.loading.decoder_pool import run_abandonable
from nmf_explorer.dataset.loading.expand_sources import expand_sources
from nmf_explorer.dataset.loading.load_set import Source, load_set
from nmf_explorer.dataset.loading.progress import ProgressReporter
from nmf_explorer.dataset.readers.images.pillow_limit import lifted_pillow_limit
from nmf_explorer.dataset.sample_sets import find_sample_set
from nmf_explorer.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.dataset.load_options import LoadKeywords
    from nmf_explorer.dataset.loading.load_progress import LoadProgress

    SourceLike: TypeAlias = str | os.PathLike[str] | FoundFile


def load(
    source: SourceLike | Sequence[SourceLike],
    *,
    on_progress: Callable[[LoadProgress], object] | None = None,
    should_stop: Callable[[], bool] | None = None,
    cache_folder: Path | None = None,
    **options: Unpack[LoadKeywords],
) -> Dataset:
    """Load a set of images.

    Parameters
    ----------
    source : path, FoundFile or sequence of them
        Folders (searched with their subfolders), image files, archives, and files of many samples such as arrays and
        tables. File types are recognised by content. A single image file is split into its frames, or into tiles.
    on_progress : callable, optional
        Called with a `LoadProgress` while files are read, and at the end.
    should_stop : callable, optional
        Called at least 20 times a second; when it returns True, loading ends with `Cancelled`.
    cache_folder : Path, optional
        Folder in which decoded photographs are kept, so that a set opens faster the next time; None keeps none.
    **options : LoadKeywords
        How images become samples: fields of `LoadOptions`, such as ``size`` or ``colour``.

    Returns
    -------
    Dataset
        At least two samples of one shape, the reason for every skipped file, and a report.

    Raises
    ------
    SourceError
        If a path does not exist, or fewer than two images can be used.
    OptionError
        If an option is unknown or has a value that is not allowed.
    DataError
        If there are values that NMF cannot use.
    Cancelled
        If `should_stop` returned True.
    """
    chosen = LoadOptions.from_mapping(options)
    given: Sequence[SourceLike] = [source] if isinstance(source, (str, os.PathLike, FoundFile)) else source
    sources = [place if isinstance(place, FoundFile) else Path(place) for place in given]
    if not sources:
        raise SourceError("Nothing to open: the list of files and folders is empty.")
    progress = ProgressReporter(on_progress, should_stop)
    found = expand_sources(sources, progress.should_stop)
    is_one_file = run_abandonable(lambda: _is_one_file(sources), progress.should_stop)
    names = tuple(str(place.path if isinstance(place, FoundFile) else place) for place in sources)
    with lifted_pillow_limit():
        dataset = load_set(Source(_set_name(sources), *found, names, is_one_file, cache_folder), chosen, progress)
    is_sample_set = find_sample_set(dataset.name, dataset.n_samples, dataset.sample_shape) is not None
    # Advice on the sample sets would be no help: they are as they should be.
    return replace(dataset, notes=(), report=LoadReport(chosen, dataset.report.sizes)) if is_sample_set else dataset


def _is_one_file(sources: list[Path | FoundFile]) -> bool:
    return len(sources) == 1 and (isinstance(sources[0], FoundFile) or not os.path.isdir(sources[0]))  # noqa: PTH112 - never raises


def _set_name(sources: list[Path | FoundFile]) -> str:
    """Name a set after its only folder or file, or after the folder that contains the first of several."""
    path = next((source.path if isinstance(source, FoundFile) else source) for source in sources).absolute()
    if len(sources) == 1:
        return path.name or path.resolve().name or str(path)
    return path.parent.name or str(path.parent)

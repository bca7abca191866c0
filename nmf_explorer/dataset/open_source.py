"""The one door into the program: whatever a user points at comes in here and leaves as a Dataset."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nmf_explorer.dataset.dataset import sample_shape_of
from nmf_explorer.dataset.find_files import find_files
from nmf_explorer.dataset.image_folder import read_folder
from nmf_explorer.dataset.sample_sets import recognise
from nmf_explorer.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nmf_explorer.dataset.dataset import Dataset


def load(
    source: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    size: int | tuple[int, int] | None = None,
    colour: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Dataset:
    """Load a set of images.

    Parameters
    ----------
    source : path or sequence of paths
        Folders (with their subfolders), image files (PNG, JPEG, BMP, GIF, TIFF, WebP, PGM, told by their content)
        and .npy arrays of them.
    size : int or (int, int), optional
        ``(height, width)`` in pixels of every sample, one number for squares. By default the most frequent size.
    colour : bool, default False
        Keep three channels; otherwise samples are grey.
    on_progress : callable, optional
        Called with (images read, images in all) after each file.
    should_stop : callable, optional
        Asked before each file; when it returns True, loading ends with `Cancelled`.

    Returns
    -------
    Dataset
        At least two samples of one shape, and a reason for every file that was skipped.

    Raises
    ------
    SourceError
        If a path does not exist, or fewer than two images can be used.
    DataError
        If an image has values that NMF cannot use.
    Cancelled
        If `should_stop` said so.
    """
    paths = [Path(source)] if isinstance(source, (str, os.PathLike)) else [Path(p) for p in source]
    if not paths:
        raise SourceError("Nothing to open: the list of files and folders is empty.")
    stop = should_stop or _never
    dataset = read_folder(
        _set_name(paths),
        find_files(paths, stop),
        sample_shape=sample_shape_of(size, colour=colour),
        colour=colour,
        on_progress=on_progress or _ignore,
        should_stop=stop,
    )
    is_ours = recognise(dataset.name, dataset.n_samples, dataset.sample_shape) is not None
    return replace(dataset, notes=()) if is_ours else dataset  # those are meant to be as they are


def _set_name(paths: list[Path]) -> str:
    """Name a set after its folder or file; several after the folder that they lie in."""
    path = paths[0].absolute()
    if len(paths) == 1:
        return path.name or path.resolve().name or str(path)
    return path.parent.name or str(path.parent)


def _never() -> bool:
    return False


def _ignore(_done: int, _total: int) -> None:
    return None

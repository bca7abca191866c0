"""What the worker thread does, called in this thread: coverage does not see into a QThread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.session.work import FitProgress, Loaded, LoadProgress, fitting, loading
from tests.session.fixtures import image_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_loading_reports_every_image(tmp_path: Path) -> None:
    told: list[object] = []
    loaded = loading([image_folder(tmp_path / "mine", 3)])(told.append, lambda: False)
    assert isinstance(loaded, Loaded)
    assert (loaded.dataset.n_samples, loaded.n_components, loaded.is_sample_set) == (3, 1, False)
    assert told == [LoadProgress(1, 3), LoadProgress(2, 3), LoadProgress(3, 3)]


def test_fitting_reports_every_iteration() -> None:
    told: list[object] = []
    dataset = Dataset.from_array([[1.0, 0, 1], [0, 1, 1], [1, 1, 0]])
    model = fitting(dataset, 2, 0)(told.append, lambda: False)
    assert model.n_iterations == len(told)  # type: ignore[attr-defined] # a result is an object to the task
    first = told[0]
    assert isinstance(first, FitProgress)
    assert first.model().relative_error == first.relative_error

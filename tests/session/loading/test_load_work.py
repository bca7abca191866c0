"""The work that loads a dataset, called in this thread: coverage does not see into a QThread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.dataset.loading.load_progress import LoadProgress
from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.loading import load_work as module
from nmf_explorer.session.loading.load_work import MAX_QUICK_WORK, Loaded, load_work
from nmf_explorer.session.state.open_request import OpenRequest
from tests.session.fixtures import image_folder

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from nmf_explorer.session.tasks.background_task import MakeReport


def test_loading_reports_its_progress(tmp_path: Path) -> None:
    reports: list[LoadProgress] = []

    def report(make_report: MakeReport) -> None:
        progress = make_report()
        assert isinstance(progress, LoadProgress)
        reports.append(progress)

    loaded = load_work(OpenRequest((image_folder(tmp_path / "mine", 3),)))(report, lambda: False)
    assert isinstance(loaded, Loaded)
    assert (loaded.dataset.n_samples, loaded.n_components) == (3, 1)
    assert (reports[-1].done, reports[-1].total) == (3, 3)


def loaded_from(path: Path) -> Loaded:
    """Load a folder in this thread."""
    loaded = load_work(OpenRequest((path,)))(lambda _report: None, lambda: False)
    assert isinstance(loaded, Loaded)
    return loaded


def test_a_small_set_is_quick_to_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = image_folder(tmp_path / "mine", 3)
    loaded = loaded_from(folder)
    work = loaded.dataset.n_stored_numbers * loaded.n_components
    assert work < MAX_QUICK_WORK
    for most, is_quick in ((work, True), (work - 1, False)):
        monkeypatch.setattr(module, "MAX_QUICK_WORK", most)
        assert loaded_from(folder).is_quick_to_fit is is_quick
    assert loaded_from(sample_images() / "stripes").is_quick_to_fit

"""The work that loads a dataset, called in this thread: coverage does not see into a QThread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.dataset.loading.load_progress import LoadProgress
from nmf_explorer.session.loading.load_work import Loaded, load_work
from nmf_explorer.session.state.open_request import OpenRequest
from tests.session.fixtures import image_folder

if TYPE_CHECKING:
    from pathlib import Path

    from nmf_explorer.session.tasks.background_task import MakeReport


def test_loading_reports_its_progress(tmp_path: Path) -> None:
    reports: list[LoadProgress] = []

    def report(make_report: MakeReport) -> None:
        progress = make_report()
        assert isinstance(progress, LoadProgress)
        reports.append(progress)

    loaded = load_work(OpenRequest((image_folder(tmp_path / "mine", 3),)))(report, lambda: False)
    assert isinstance(loaded, Loaded)
    assert (loaded.dataset.n_samples, loaded.n_components, loaded.is_sample_set) == (3, 1, False)
    assert (reports[-1].done, reports[-1].total) == (3, 3)

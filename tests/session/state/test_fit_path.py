"""The recorded iterations of several fits share one memory limit: older ones are thinned and then dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.factorize.fit import fit_steps
from nmf_explorer.session.fitting.fit_run import FitRun
from nmf_explorer.session.fitting.fit_work import FitPlan
from nmf_explorer.session.state import fit_path
from nmf_explorer.session.state.fit_path import FitPath, limit_memory
from nmf_explorer.session.state.fit_settings import FitSettings
from nmf_explorer.session.state.snapshot import Snapshot

if TYPE_CHECKING:
    import pytest

    from nmf_explorer.factorize.model.nmf_model import NmfModel

DATASET = Dataset.from_array(np.random.default_rng(0).random((12, 4, 5), dtype=np.float32))


class Fit(NamedTuple):
    """A fit that has ended."""

    run: FitRun
    model: NmfModel
    path: FitPath


def fit(n_steps: int, like: NmfModel | None = None) -> Fit:
    """Record a fit of `n_steps` iterations."""
    run = FitRun(FitPlan(3, FitSettings(), like=like), DATASET, Snapshot(), is_watched=False)
    model = None
    for step in fit_steps(DATASET, 3, start="random", tol=0, max_iter=n_steps):
        run.recording.add(step)
        model = step.model()
    assert model
    model = model.matched_to(like) if like else model
    position = run.position_of(model)
    assert position
    assert position.iteration == n_steps
    return Fit(run, model, position.path)


def test_older_paths_are_thinned_and_then_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_path, "MAX_TOTAL_STEPS", 30)
    monkeypatch.setattr(fit_path, "OLD_PATH_STEPS", 8)
    paths: list[FitPath] = []
    seen = []
    for n_steps in (12, 12, 12, 20, 28):
        paths.append(fit(n_steps).path)
        limit_memory(paths, paths[-1])
        seen.append([len(path.steps) for path in paths])
    assert seen == [[12], [12, 12], [8, 8, 12], [0, 0, 8, 20], [0, 0, 0, 0, 28]]


def test_paths_of_large_models_are_limited_by_their_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    older, newer = fit(6), fit(6)
    monkeypatch.setattr(fit_path, "MAX_TOTAL_BYTES", 7 * older.run.recording.n_bytes)
    limit_memory([older.path, newer.path], newer.path)
    assert [len(older.path.steps), len(newer.path.steps)] == [0, 6]


def test_a_path_that_several_snapshots_hold_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    older, newer = fit(6), fit(6)
    monkeypatch.setattr(fit_path, "MAX_TOTAL_BYTES", 12 * older.run.recording.n_bytes)
    limit_memory([older.path, older.path, newer.path], newer.path)
    assert [len(older.path.steps), len(newer.path.steps)] == [6, 6]


def test_a_thinned_path_keeps_its_first_and_last_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_path, "MAX_TOTAL_STEPS", 30)
    monkeypatch.setattr(fit_path, "OLD_PATH_STEPS", 5)
    old, new = fit(20), fit(20)
    limit_memory([old.path], new.path)
    assert len(old.path.steps) == 5
    assert [old.path.steps[i].iteration for i in (0, -1)] == [1, 20]
    assert old.path.model_at(4) is old.model
    assert old.path.model_at(2).n_iterations == old.path.steps[2].iteration
    assert abs(old.path.steps[old.path.nearest(10)].iteration - 10) < 10


def test_a_path_follows_its_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_path, "MAX_TOTAL_STEPS", 3)  # which does not apply to the newest path
    whole = fit(6)
    run = FitRun(whole.run.plan, DATASET, Snapshot(), is_watched=False)
    assert run.position_of(whole.model) is None  # nothing is recorded yet
    for n_steps, step in enumerate(whole.run.recording.steps, 1):
        run.recording.add(step)
        model = step.model()
        position = run.position_of(model)
        assert position == (run.path, n_steps)
        limit_memory([], run.path)
        assert run.path.end is model
        assert len(run.path.steps) == n_steps


def test_steps_after_the_newest_shown_model_are_not_part_of_the_path() -> None:
    whole = fit(6)
    early = whole.run.recording.steps[2].model()
    position = whole.run.position_of(early)
    assert position
    assert position.iteration == 3
    assert len(position.path.steps) == 3


def test_parts_have_the_same_order_in_all_iterations() -> None:
    turned = fit(8).model.reordered(np.array([2, 0, 1]))
    second = fit(8, like=turned)
    before_last = second.path.model_at(6)
    similarity = (before_last.components * second.model.components).sum(axis=1) / (
        np.linalg.norm(before_last.components, axis=1) * np.linalg.norm(second.model.components, axis=1)
    )
    assert similarity.min() > 0.9

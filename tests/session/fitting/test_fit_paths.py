"""The ways of several fits share one memory: the newest has precedence, old ones are thinned and then let go."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.factorize.fit import fit_steps
from nmf_explorer.session.fitting import fit_paths
from nmf_explorer.session.fitting.fit_paths import FitPathStore
from nmf_explorer.session.fitting.fit_run import FitRun
from nmf_explorer.session.fitting.work import FitPlan
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


def fit(n_steps: int, like: NmfModel | None = None) -> Fit:
    """Record a fit of so many steps."""
    run = FitRun(FitPlan(3, FitSettings(), like=like), DATASET, Snapshot(), is_watched=False)
    steps = fit_steps(DATASET, 3, start="random", tol=0, max_iter=n_steps)
    for step in steps:
        run.recording.add(step)
    model = step.model()
    return Fit(run, model.matched_to(like) if like else model)


def n_kept(walks: FitPathStore, fits: list[Fit]) -> list[int]:
    """How many steps of each are kept."""
    places = [walks.position_of(each.model) for each in fits]
    return [len(place.path.steps) if place else 0 for place in places]


def test_old_ways_are_thinned_and_then_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_paths, "ALL_STEPS", 30)
    monkeypatch.setattr(fit_paths, "FEW", 8)
    walks, fits = FitPathStore(), [fit(n) for n in (12, 12, 12, 20, 28)]
    seen = []
    for each in fits:
        walks.extend_to(each.run, each.model)
        seen.append(n_kept(walks, fits))
    assert seen == [
        [12, 0, 0, 0, 0],
        [12, 12, 0, 0, 0],
        [8, 8, 12, 0, 0],
        [0, 0, 8, 20, 0],
        [0, 0, 0, 0, 28],
    ]
    walks.clear()
    assert n_kept(walks, fits) == [0] * 5


def test_ways_of_large_models_are_bounded_by_their_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    fits = [fit(6), fit(6)]
    monkeypatch.setattr(fit_paths, "ALL_BYTES", 7 * fits[0].run.recording.n_bytes)
    walks = FitPathStore()
    for each in fits:
        walks.extend_to(each.run, each.model)
    assert n_kept(walks, fits) == [0, 6]


def test_a_thinned_way_begins_and_ends_where_it_did(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_paths, "ALL_STEPS", 30)
    monkeypatch.setattr(fit_paths, "FEW", 5)
    walks, old, new = FitPathStore(), fit(20), fit(20)
    walks.extend_to(old.run, old.model)
    early = walks.position_of(old.model)
    assert early
    held = walks.model_at(early.path, 9)
    walks.extend_to(new.run, new.model)
    place = walks.position_of(held)
    assert place
    assert [place.path.steps[i].iteration for i in (0, -1)] == [1, 20]
    assert walks.model_at(place.path, 4) is old.model
    nearest = place.path.steps[place.path.nearest(place.iteration)]
    assert abs(nearest.iteration - 10) < 10


def test_a_way_follows_its_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_paths, "ALL_STEPS", 3)  # which is no reason to thin the newest
    whole = fit(6)
    walks = FitPathStore()
    run = FitRun(whole.run.plan, DATASET, Snapshot(), is_watched=False)
    walks.extend_to(run, whole.model)
    assert walks.position_of(whole.model) is None  # nothing was recorded
    models = []
    for step in whole.run.recording.steps:
        run.recording.add(step)
        models.append(step.model())
        walks.extend_to(run, models[-1])
        place = walks.position_of(models[0])
        assert place
        assert place.path.end is models[-1]
        assert len(place.path.steps) == len(models)
    assert walks.model_at(place.path, 2) is models[2]


def test_parts_stand_all_along_where_they_do_at_the_end() -> None:
    first = fit(8)
    turned = first.model.reordered(np.array([2, 0, 1]))
    walks, second = FitPathStore(), fit(8, like=turned)
    walks.extend_to(second.run, second.model)
    place = walks.position_of(second.model)
    assert place
    before_last = walks.model_at(place.path, 6)
    assert before_last is walks.model_at(place.path, 6)
    alike = (before_last.components * second.model.components).sum(axis=1) / (
        np.linalg.norm(before_last.components, axis=1) * np.linalg.norm(second.model.components, axis=1)
    )
    assert alike.min() > 0.9


def test_without_its_end_nothing_is_known_of_a_way() -> None:
    walks, only = FitPathStore(), fit(4)
    walks.extend_to(only.run, only.model)
    place = walks.position_of(only.model)
    assert place
    early = walks.model_at(place.path, 0)
    del only
    assert walks.position_of(early) is None
    assert walks.position_of(None) is None

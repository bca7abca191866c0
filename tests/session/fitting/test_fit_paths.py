"""The ways of several fits share one memory: the newest has precedence, old ones are thinned and then let go."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.factorize.fit import fit_steps
from nmf_explorer.session.fitting import fit_paths
from nmf_explorer.session.fitting.fit_paths import Walks
from nmf_explorer.session.fitting.fit_run import FitRun
from nmf_explorer.session.fitting.work import FitPlan
from nmf_explorer.session.state.fit_settings import FitChoice
from nmf_explorer.session.state.snapshot import Explored

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
    run = FitRun(FitPlan(3, FitChoice(), like=like), DATASET, Explored(), is_watched=False)
    steps = fit_steps(DATASET, 3, start="random", tol=0, max_iter=n_steps)
    for step in steps:
        run.recording.add(step)
    model = step.model()
    return Fit(run, model.matched_to(like) if like else model)


def n_kept(walks: Walks, fits: list[Fit]) -> list[int]:
    """How many steps of each are kept."""
    places = [walks.place_of(each.model) for each in fits]
    return [len(place.walk.steps) if place else 0 for place in places]


def test_old_ways_are_thinned_and_then_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_paths, "ALL_STEPS", 30)
    monkeypatch.setattr(fit_paths, "FEW", 8)
    walks, fits = Walks(), [fit(n) for n in (12, 12, 12, 20, 28)]
    seen = []
    for each in fits:
        walks.reach(each.run, each.model)
        seen.append(n_kept(walks, fits))
    assert seen == [
        [12, 0, 0, 0, 0],
        [12, 12, 0, 0, 0],
        [8, 8, 12, 0, 0],
        [0, 0, 8, 20, 0],
        [0, 0, 0, 0, 28],
    ]
    walks.forget()
    assert n_kept(walks, fits) == [0] * 5


def test_ways_of_large_models_are_bounded_by_their_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    fits = [fit(6), fit(6)]
    monkeypatch.setattr(fit_paths, "ALL_BYTES", 7 * fits[0].run.recording.n_bytes)
    walks = Walks()
    for each in fits:
        walks.reach(each.run, each.model)
    assert n_kept(walks, fits) == [0, 6]


def test_a_thinned_way_begins_and_ends_where_it_did(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_paths, "ALL_STEPS", 30)
    monkeypatch.setattr(fit_paths, "FEW", 5)
    walks, old, new = Walks(), fit(20), fit(20)
    walks.reach(old.run, old.model)
    early = walks.place_of(old.model)
    assert early
    held = walks.model_at(early.walk, 9)
    walks.reach(new.run, new.model)
    place = walks.place_of(held)
    assert place
    assert [place.walk.steps[i].iteration for i in (0, -1)] == [1, 20]
    assert walks.model_at(place.walk, 4) is old.model
    nearest = place.walk.steps[place.walk.nearest(place.iteration)]
    assert abs(nearest.iteration - 10) < 10


def test_a_way_follows_its_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_paths, "ALL_STEPS", 3)  # which is no reason to thin the newest
    whole = fit(6)
    walks = Walks()
    run = FitRun(whole.run.plan, DATASET, Explored(), is_watched=False)
    walks.reach(run, whole.model)
    assert walks.place_of(whole.model) is None  # nothing was recorded
    models = []
    for step in whole.run.recording.steps:
        run.recording.add(step)
        models.append(step.model())
        walks.reach(run, models[-1])
        place = walks.place_of(models[0])
        assert place
        assert place.walk.end is models[-1]
        assert len(place.walk.steps) == len(models)
    assert walks.model_at(place.walk, 2) is models[2]


def test_parts_stand_all_along_where_they_do_at_the_end() -> None:
    first = fit(8)
    turned = first.model.reordered(np.array([2, 0, 1]))
    walks, second = Walks(), fit(8, like=turned)
    walks.reach(second.run, second.model)
    place = walks.place_of(second.model)
    assert place
    before_last = walks.model_at(place.walk, 6)
    assert before_last is walks.model_at(place.walk, 6)
    alike = (before_last.components * second.model.components).sum(axis=1) / (
        np.linalg.norm(before_last.components, axis=1) * np.linalg.norm(second.model.components, axis=1)
    )
    assert alike.min() > 0.9


def test_without_its_end_nothing_is_known_of_a_way() -> None:
    walks, only = Walks(), fit(4)
    walks.reach(only.run, only.model)
    place = walks.place_of(only.model)
    assert place
    early = walks.model_at(place.walk, 0)
    del only
    assert walks.place_of(early) is None
    assert walks.place_of(None) is None

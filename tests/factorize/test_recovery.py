"""Recovery: the fit finds true parts that the data determine, from every seed, also in noise."""

from __future__ import annotations

import warnings
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from sklearn.decomposition import NMF

import nmf_explorer as nx
from nmf_explorer.resource_files import sample_images
from tests.factorize.data import Known, grey_swimmer, noisy_digits, sixteen_stripes
from tests.factorize.matching import matched_cosines
from tests.synthetic.synthetic_sets import (
    SyntheticSet,
    bars,
    led_digits,
    led_ten_digits,
    stripes,
    swimmer,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmf_explorer.dataset.dataset import Dataset

FOUND = 0.95  # cosine from which a part counts as found
SEEDS = range(20)
SETS: dict[str, Callable[[], SyntheticSet]] = {
    "stripes": stripes,
    "led_digits": led_digits,
    "led_ten_digits": led_ten_digits,
    "bars": bars,
    "swimmer": swimmer,
}


@cache
def _shipped(name: str) -> tuple[Dataset, Any]:
    return nx.load(sample_images() / name), SETS[name]().parts


@pytest.mark.parametrize(("name", "seed"), [(name, seed) for name in SETS for seed in SEEDS])
def test_true_parts_of_the_shipped_sets_are_found(name: str, seed: int) -> None:
    dataset, parts = _shipped(name)
    model = nx.fit(dataset, len(parts), random_state=seed)
    assert matched_cosines(model.components, parts).min() >= FOUND
    assert model.converged
    assert model.relative_error < 0.001


@pytest.mark.parametrize("seed", SEEDS)
def test_sixteen_stripes_are_found(seed: int) -> None:
    known = sixteen_stripes(seed)
    model = nx.fit(known.samples, 16, random_state=seed)
    assert matched_cosines(model.components, known.parts).min() >= FOUND


def test_true_parts_are_found_for_a_different_seed_of_the_data() -> None:
    drawn = bars(random_state=7)
    model = nx.fit(drawn.images, len(drawn.parts))
    assert matched_cosines(model.components, drawn.parts).min() >= FOUND


def _cosines(known: Known, seed: int, start: Any = "auto") -> Any:
    return matched_cosines(
        nx.fit(known.samples, len(known.parts), random_state=seed, start=start).components, known.parts
    )


def _cosines_of_scikit_learn(known: Known) -> Any:
    """Return the cosines of scikit-learn's fit from the true factors."""
    estimator = NMF(len(known.parts), init="custom", max_iter=500)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it does not always converge
        W, H = known.weights.astype(np.float64), known.parts.astype(np.float64)
        estimator.fit_transform(known.samples.astype(np.float64), W=W.copy(), H=H.copy())
    return matched_cosines(estimator.components_, known.parts)


def test_parts_of_digits_of_varied_brightness_are_found_in_faint_noise() -> None:
    all_found = [(_cosines(noisy_digits(seed, 0.05), seed) >= FOUND).all() for seed in SEEDS]
    assert sum(all_found) >= 18


@pytest.mark.parametrize("noise", [0.1, 0.2])
def test_parts_of_noisy_digits_are_found_as_well_as_from_the_true_start(noise: float) -> None:
    sets = [noisy_digits(seed, noise) for seed in SEEDS]
    found = np.mean([_cosines(known, seed) for seed, known in enumerate(sets)])
    from_truth = np.mean([_cosines(known, seed, start=known.parts) for seed, known in enumerate(sets)])
    assert found >= from_truth - 0.02
    assert found >= np.mean([_cosines_of_scikit_learn(known) for known in sets[:5]]) - 0.02


@pytest.mark.parametrize("level", [100, 20])
def test_parts_of_the_swimmer_in_photon_noise_are_found_as_well_as_from_the_true_start(level: float) -> None:
    sets = [grey_swimmer(seed, level) for seed in SEEDS]
    found = np.mean([_cosines(known, seed) for seed, known in enumerate(sets)])
    from_truth = np.mean([_cosines(known, seed, start=known.parts) for seed, known in enumerate(sets)])
    assert found >= from_truth - 0.02
    assert found >= _cosines_of_scikit_learn(sets[0]).mean() - 0.02


def test_weights_of_the_first_stripes_image() -> None:
    model = nx.fit(nx.load(sample_images() / "stripes"), 3)
    weights = [term.weight for term in model.contributions(0)]
    assert weights == pytest.approx([0.98, 0.95, 0.91], abs=0.005)


def test_drawn_faces_are_separated_into_12_parts() -> None:
    dataset: Dataset = nx.load(sample_images() / "drawn_faces")
    model = nx.fit(dataset, 12)
    assert model.relative_error < 0.05
    assert np.count_nonzero(model.components.max(axis=1) == 1) == 12

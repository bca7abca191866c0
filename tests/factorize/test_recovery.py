"""Where the true parts are known and determined by the data, the fit finds them, from every seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import nmf_explorer as nx
from nmf_explorer.dataset.synthetic import SyntheticSet, bars, led_digits, stripes
from nmf_explorer.resource_files import sample_images
from tests.factorize.matching import matched_cosines

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmf_explorer.dataset.dataset import Dataset

SETS: dict[str, Callable[[], SyntheticSet]] = {"stripes": stripes, "led_digits": led_digits, "bars": bars}


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("name", SETS)
def test_true_parts_are_found(name: str, seed: int) -> None:
    true, shipped = SETS[name]().parts, nx.load(sample_images() / name)
    model = nx.fit(shipped, len(true), random_state=seed)
    assert matched_cosines(model.components, true).min() >= 0.95
    assert model.converged
    assert model.relative_error < 0.001


def test_true_parts_are_found_in_another_draw() -> None:
    drawn = bars(random_state=7)
    model = nx.fit(drawn.images, len(drawn.parts))
    assert matched_cosines(model.components, drawn.parts).min() >= 0.95


def test_the_first_stripes_image_reads_as_in_the_lecture() -> None:
    model = nx.fit(nx.load(sample_images() / "stripes"), 3)
    weights = [term.weight for term in model.contributions(0)]
    assert weights == pytest.approx([0.98, 0.95, 0.91], abs=0.005)


def test_drawn_faces_come_apart() -> None:
    dataset: Dataset = nx.load(sample_images() / "drawn_faces")
    model = nx.fit(dataset, 12)
    assert model.relative_error < 0.05
    assert np.count_nonzero(model.components.max(axis=1) == 1) == 12

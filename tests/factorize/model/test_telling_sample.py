"""The sample that is shown tells how good the parts are: it fails about as much as all samples together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import nmf_explorer as nx
from nmf_explorer.errors import Cancelled
from nmf_explorer.factorize.model.explain import explain
from nmf_explorer.factorize.model.telling_sample import _least_from, first_telling_sample, telling_sample
from nmf_explorer.resource_files import sample_images
from tests.factorize.model.test_nmf_model import model_of


def explained_by_one_part(*left_over: float) -> tuple[nx.Dataset, nx.NmfModel]:
    """Make samples of two pixels, of which the only part explains the first, with this much left in the second."""
    samples = np.array([[1.0, rest] for rest in left_over])
    residuals = samples - np.outer(samples[:, 0], [1, 0])
    model = model_of([[1, 0]], samples[:, :1].tolist())
    error = float(np.linalg.norm(residuals) / np.linalg.norm(samples))
    return nx.Dataset.from_array(samples), replace(model, relative_error=error, sample_shape=(1, 2))


def test_a_sample_that_is_explained_gives_way_to_one_that_fails_as_much_as_all_together() -> None:
    dataset, model = explained_by_one_part(0, 0, 5, 1, 2, 1, 0)
    assert model.relative_error == pytest.approx(np.sqrt(31 / 38))
    assert telling_sample(dataset, model, 0) == 2
    dataset, model = explained_by_one_part(0, 9, 1, 0.8, 0.9, 0.8, 0, 0, 0, 0, 0)
    assert telling_sample(dataset, model, 0) == 1
    dataset, model = explained_by_one_part(0, 0.5, 0.7, 0.6, 0.6, 0)
    assert 0.4 < model.relative_error < 0.5
    assert telling_sample(dataset, model, 0) == 1


def test_a_sample_stays_from_half_of_the_error_of_all_on() -> None:
    dataset, model = explained_by_one_part(0, 0.3, 0.1, 0.5)
    overall = model.relative_error
    errors = [explain(dataset, model, i).relative_error for i in range(4)]
    stays = [telling_sample(dataset, model, i) == i for i in range(4)]
    assert stays == [error >= overall / 2 for error in errors] == [False, True, False, True]


@pytest.mark.parametrize(("share", "stays"), [(0.49, False), (0.51, True)])
def test_half_of_the_error_of_all_is_enough(share: float, *, stays: bool) -> None:
    """The samples have a pixel of 1 each; an error e comes from a rest of e / sqrt(1 - e**2)."""
    overall = explained_by_one_part(0.2, 0.3, 0.25, 0.3)[1].relative_error
    rest = share * overall / np.sqrt(1 - (share * overall) ** 2)
    dataset, model = explained_by_one_part(*[0.2, 0.3, 0.25, 0.3] * 50, float(rest))
    assert model.relative_error == pytest.approx(overall, rel=0.01)
    assert (telling_sample(dataset, model, 200) == 200) is stays


def test_where_nearly_all_is_explained_every_sample_stays() -> None:
    dataset, model = explained_by_one_part(0, 0.004, 0.0049)
    assert [telling_sample(dataset, model, i) for i in range(3)] == [0, 1, 2]
    dataset, model = explained_by_one_part(0, 0.006, 0.008)
    assert telling_sample(dataset, model, 0) == 1


def test_a_black_sample_gives_way() -> None:
    dataset = nx.Dataset.from_array(np.array([[0.0, 0], [1, 0], [1, 1]]))
    model = nx.fit(dataset, 1)
    assert telling_sample(dataset, model, 0) != 0


@pytest.mark.parametrize("n_components", [1, 2, 3, 4, 5, 6])
def test_the_full_eight_gives_way_to_a_pattern_that_shows_why_the_number_of_parts_matters(n_components: int) -> None:
    dataset = nx.load(sample_images() / "led_digits")
    model = nx.fit(dataset, n_components)
    shown = telling_sample(dataset, model, 0)
    assert explain(dataset, model, 0).relative_error < 0.01
    assert explain(dataset, model, shown).relative_error >= round(model.relative_error, 4) - 5e-5
    assert telling_sample(dataset, model, shown) == shown


def test_of_many_samples_evenly_spaced_ones_are_inspected() -> None:
    rests = np.zeros(1001)
    rests[[3, 600]] = 0.5, 4
    dataset, model = explained_by_one_part(*rests)
    assert telling_sample(dataset, model, 0) == 3
    rests[3] = 0
    dataset, model = explained_by_one_part(*rests)
    assert telling_sample(dataset, model, 0) == 600


def test_it_can_be_cancelled() -> None:
    dataset, model = explained_by_one_part(0, 1)
    with pytest.raises(Cancelled):
        telling_sample(dataset, model, 0, lambda: True)


def test_the_first_sample_that_shows_something_is_shown_first() -> None:
    images = np.zeros((6, 2, 2))
    images[1], images[3, 0, 0] = 0.5, 1
    assert first_telling_sample(nx.Dataset.from_array(images)) == 3
    assert first_telling_sample(nx.Dataset.from_array(images[:2])) == 0


@pytest.mark.parametrize(
    ("errors", "limit", "index"), [([0.1, 0.5, 0.3, 0.3], 0.2, 2), ([0.1, 0.5, 0.3], 0.3, 2), ([0.1, 0.5, 0.3], 0.6, 1)]
)
def test_the_least_error_that_is_not_below_the_limit_is_taken_or_the_largest(
    errors: list[float], limit: float, index: int
) -> None:
    assert _least_from(np.array(errors), limit) == index

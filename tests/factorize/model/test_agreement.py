"""How many parts are needed: unused parts and copies are spare, and only needed ones can be found again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

import nmf_explorer as nx
from nmf_explorer.factorize.model.agreement import Agreement
from nmf_explorer.factorize.model.agreement import agreement as agreement_of
from nmf_explorer.factorize.model.part_statistics import part_statistics
from nmf_explorer.factorize.model.restarts import RestartReport
from nmf_explorer.resource_files import sample_images
from tests.factorize.model.test_nmf_model import model_of

if TYPE_CHECKING:
    from nmf_explorer.factorize.model.nmf_model import NmfModel


def agreement(model: NmfModel) -> Agreement:
    """Count the parts of a model."""
    return agreement_of(model, part_statistics(model))


def report(*found_again: float, n_as_good: int = 2, n_starts: int = 4) -> RestartReport:
    """Make a report of so many starts."""
    return RestartReport(("random",) * n_starts, np.zeros(n_starts), n_as_good, np.array(found_again))


def test_without_restarts_needed_and_unused_parts_are_counted() -> None:
    model = model_of([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]], [[1, 2, 0, 0], [0, 1, 1e-6, 0]])
    assert agreement(model) == Agreement(2, 2, 0, 0, 0, 0, 0.2)
    assert agreement(model).n_spare == 2


def test_unused_parts_are_not_found_again() -> None:
    model = replace(model_of([[1, 0, 0], [0, 1, 0]], [[1, 0], [2, 0]]), restarts=report(1, 1))
    assert agreement(model) == Agreement(1, 1, 0, 2, 1, 1, 0.2)


@pytest.mark.parametrize(("third", "n_copies"), [(0.044, 1), (0.046, 0)])
def test_a_used_copy_of_another_part_is_spare(third: float, n_copies: int) -> None:
    """The cosine of the first two parts is 1 / sqrt(1 + third**2), 0.999 where third is 0.0447."""
    model = model_of([[1, 0, 0], [1, 0, third], [0, 1, 0]], [[1, 1, 0], [0, 1, 1]])
    found = agreement(replace(model, restarts=report(0.5, 1, 1)))
    assert (found.n_needed, found.n_copies, found.n_unused) == (3 - n_copies, n_copies, 0)
    assert found.n_found == 2 - n_copies


def test_of_three_equal_parts_one_is_needed() -> None:
    model = model_of([[1, 1, 0]] * 3, [[1, 2, 3]])
    assert (agreement(model).n_needed, agreement(model).n_copies) == (1, 2)


def test_parts_count_as_found_only_if_a_start_came_as_low() -> None:
    model = replace(model_of([[1, 0, 0]], [[1]]), restarts=report(1, n_as_good=0, n_starts=3))
    assert agreement(model) == Agreement(1, 0, 0, 0, 2, 0, 0.2)


@pytest.mark.parametrize(("error", "expected"), [(0.0049, True), (0.005, False)])
def test_only_where_nearly_all_is_explained_more_parts_cannot_help(error: float, *, expected: bool) -> None:
    model = replace(model_of([[1, 0, 0]], [[1]]), relative_error=error)
    assert agreement(model).is_explained is expected


@pytest.mark.parametrize(
    ("name", "n_components", "n_needed", "n_found"),
    [
        ("led_digits", 7, 7, 7),
        ("led_digits", 10, 7, 7),
        ("led_digits", 4, 4, 0),
        ("stripes", 3, 3, 3),
        ("stripes", 4, 3, 3),
    ],
)
def test_the_sample_sets_need_their_true_parts(name: str, n_components: int, n_needed: int, n_found: int) -> None:
    found = agreement(nx.fit(nx.load(sample_images() / name), n_components))
    assert (found.n_needed, found.n_spare, found.n_found) == (n_needed, n_components - n_needed, n_found)
    assert found.is_explained is (n_components != 4 or name == "stripes")

"""The report of restarts: how many are as good, and which parts they found again."""

from __future__ import annotations

import numpy as np
import pytest

import nmf_explorer as nx
from nmf_explorer.factorize.model.restarts import StartResult, max_equal_loss, restart_report
from nmf_explorer.resource_files import sample_images

PARTS = np.eye(3, 5, dtype=np.float32)


def _result(loss: float, parts: np.ndarray = PARTS, *, is_finished: bool = True) -> StartResult:
    return StartResult("random", loss, parts, is_finished)


def test_parts_that_all_have_found_are_determined() -> None:
    kept = _result(0.1)
    same = _result(0.1, 7 * PARTS[::-1])
    report = restart_report([kept, same, same], kept)
    assert report.n_as_good == 2
    assert report.found_again.tolist() == [1, 1, 1]
    assert report.n_determined == 3
    assert report.spread == 0
    assert report.names == ("random",) * 3


def test_a_part_that_another_did_not_find_is_not_determined() -> None:
    kept = _result(0.1)
    other = _result(0.1, np.array([[1, 0, 0, 0, 0], [0, 1, 0.2, 0, 0], [0, 0, 1, 0.5, 0]], dtype=np.float32))
    report = restart_report([kept, other, _result(0.1)], kept)
    assert report.found_again.tolist() == [1, 1, 0.5]
    assert report.n_determined == 2


def test_starts_that_ended_higher_or_were_given_up_do_not_count() -> None:
    kept = _result(0.1)
    other = np.ones((3, 5), dtype=np.float32)
    report = restart_report([kept, _result(0.102, other), _result(0.1, other, is_finished=False)], kept)
    assert report.n_as_good == 0
    assert report.found_again.tolist() == [0, 0, 0]
    assert report.n_determined == 0
    assert report.spread == pytest.approx(0.002)
    assert report.losses.tolist() == [0.1, 0.102, 0.1]


def test_as_good_means_a_thousandth_more_and_a_little_where_nothing_is_left() -> None:
    assert max_equal_loss(1.0) == pytest.approx(1.001, abs=2e-4)
    assert 0 < max_equal_loss(0.0) < 1e-3
    kept = _result(0.0)
    assert restart_report([kept, _result(5e-5), _result(2e-3)], kept).n_as_good == 1


def test_of_two_equal_parts_one_is_found_again_by_a_start_that_has_it_once() -> None:
    twice = np.array([[1, 0, 0, 0, 0], [1, 0.1, 0, 0, 0], [0, 0, 1, 0, 0]], dtype=np.float32)
    kept = _result(0.1, twice)
    assert restart_report([kept, _result(0.1)], kept).found_again.tolist() == [1, 0, 1]
    assert restart_report([kept, _result(0.1, twice[::-1])], kept).found_again.tolist() == [1, 1, 1]


def test_a_black_part_is_found_by_none() -> None:
    black = np.zeros((3, 5), dtype=np.float32)
    kept = _result(0.1)
    assert restart_report([kept, _result(0.1, black)], kept).n_determined == 0


def test_all_segments_are_determined_by_all_their_combinations() -> None:
    model = nx.fit(nx.load(sample_images() / "led_digits"), 7)
    assert model.restarts is not None
    assert model.restarts.n_as_good >= 1
    assert model.restarts.n_determined == 7
    assert (model.restarts.found_again == 1).all()


def test_ten_digits_do_not_determine_all_segments() -> None:
    model = nx.fit(nx.load(sample_images() / "led_ten_digits"), 7)
    assert model.restarts is not None
    assert model.restarts.n_as_good >= 1
    assert model.restarts.n_determined < 7


def test_the_report_names_each_start_and_where_it_ended() -> None:
    model = nx.fit(nx.load(sample_images() / "drawn_faces"), 12, n_restarts=2)
    report = model.restarts
    assert report is not None
    assert report.names == ("pixels", "nndsvd", "nndsvda", "nndsvdar", "random", "random")
    assert report.losses.shape == (6,)
    assert report.losses.min() == pytest.approx(model.relative_error, rel=5e-4, abs=2e-5)
    assert report.spread == report.losses.max() - report.losses.min()


def test_a_single_start_has_no_report() -> None:
    assert nx.fit(nx.load(sample_images() / "stripes"), 3, start="pixels").restarts is None
    assert nx.fit(nx.load(sample_images() / "stripes"), 3, start="random", n_restarts=0).restarts is None

"""The pace of a fit that the user watches."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest

from nmf_explorer.errors import Cancelled
from nmf_explorer.session.fitting import pace
from nmf_explorer.session.fitting.pace import Pace, interval


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Return a clock that only `sleep` moves on."""
    clock = SimpleNamespace(now=100.0)

    def sleep(seconds: float) -> None:
        assert 0 < seconds <= 0.02
        clock.now += seconds

    monkeypatch.setattr(pace, "time", SimpleNamespace(monotonic=lambda: clock.now, sleep=sleep))
    return clock


def test_the_first_iterations_take_an_eighth_of_a_second_each(clock: SimpleNamespace) -> None:
    watched = Pace()
    for iteration in range(1, 9):
        assert watched.wait(iteration, lambda: False) == pytest.approx(1 / 8)
    assert clock.now == pytest.approx(101.0)


def test_later_iterations_take_less_so_that_a_long_fit_ends() -> None:
    assert interval(16) == 1 / 8
    assert interval(32) == 1 / 16
    assert sum(map(interval, range(1, 301))) == pytest.approx(7.9, abs=0.2)
    assert all(late < early for early, late in itertools.pairwise(map(interval, range(16, 300))))


def test_a_slow_iteration_waits_no_longer(clock: SimpleNamespace) -> None:
    watched = Pace()
    clock.now += 0.1
    assert watched.wait(1, lambda: False) == pytest.approx(1 / 8 - 0.1)
    clock.now += 5
    assert watched.wait(2, lambda: False) == 0


def test_waiting_can_be_cancelled(clock: SimpleNamespace) -> None:
    answers = iter([False, True])
    with pytest.raises(Cancelled):
        Pace().wait(1, lambda: next(answers))
    assert clock.now < 100.1

"""Decoding threads: each file once, no waiting for one that is stuck, and bugs are raised."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nmf_explorer.dataset.loading.decoder_pool import (
    _Pool,
    _Worker,
    decode_in_threads,
    decode_into,
    run_abandonable,
    thread_count,
)
from nmf_explorer.errors import Cancelled, ImageReadError

if TYPE_CHECKING:
    from collections.abc import Iterator


def _never() -> bool:
    return False


@pytest.fixture
def stuck() -> Iterator[threading.Event]:
    """An event that is set when the test is over, so that no thread stays behind."""
    before = set(threading.enumerate())
    event = threading.Event()
    yield event
    event.set()
    for thread in set(threading.enumerate()) - before:
        thread.join()


@given(st.integers(0, 50), st.integers(1, 5))
@settings(deadline=None, max_examples=30)
def test_every_file_is_done_once_whatever_the_number_of_threads(n_files: int, n_threads: int) -> None:
    batches = list(decode_in_threads(lambda i: i * i, range(n_files), n_threads, _never))
    assert sorted(result for batch in batches for result in batch) == [(i, i * i) for i in range(n_files)]


def test_an_image_error_is_the_result_of_its_file() -> None:
    def work(index: int) -> int:
        if index == 1:
            raise ImageReadError("broken")
        return index

    done = dict(result for batch in decode_in_threads(work, range(3), 2, _never) for result in batch)
    assert (done[0], str(done[1]), done[2]) == (0, "broken", 2)


def test_a_bug_in_a_thread_is_raised_by_the_caller() -> None:
    def work(index: int) -> float:
        return 1 / index

    with pytest.raises(ZeroDivisionError):
        list(decode_in_threads(work, range(1), 1, _never))


def test_cancelling_does_not_wait_for_a_decoder_that_is_stuck(stuck: threading.Event) -> None:
    begun = threading.Event()

    def work(_: int) -> None:
        begun.set()
        stuck.wait()

    with pytest.raises(Cancelled):
        list(decode_in_threads(work, range(9), 2, begun.is_set))
    assert not stuck.is_set()


def test_a_file_that_takes_too_long_is_abandoned_and_the_rest_is_read(stuck: threading.Event) -> None:
    def work(index: int) -> int:
        if index == 1:
            stuck.wait()
        return index

    batches = decode_in_threads(work, range(5), 1, _never, seconds_per_file=0.2)
    done = dict(result for batch in batches for result in batch)
    reason = done.pop(1)
    assert done == {0: 0, 2: 2, 3: 3, 4: 4}
    assert str(reason) == "takes longer than 0.2 seconds to read"


def test_a_result_after_the_time_limit_is_dropped(stuck: threading.Event) -> None:
    late = threading.Event()

    def work(index: int) -> str:
        if index == 0:
            stuck.wait()
            late.set()
        elif index == 1:
            stuck.set()
            late.wait()
        return "read"

    batches = decode_in_threads(work, range(3), 1, _never, seconds_per_file=0.2)
    done = [result for batch in batches for result in batch]
    assert sorted(index for index, _ in done) == [0, 1, 2]
    assert isinstance(dict(done)[0], ImageReadError)


def test_small_files_are_decoded_in_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 16)
    assert [thread_count(n) for n in (0, 19_999, 20_000, 10**7)] == [1, 1, 4, 4]
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert thread_count(10**7) == 1


def test_cancelling_does_not_wait_for_a_result_that_cannot_be_recorded(stuck: threading.Event) -> None:
    begun = threading.Event()
    waits = 0

    def record(_index: int, _result: object) -> None:
        begun.set()
        stuck.wait()

    def should_stop() -> bool:
        nonlocal waits
        waits += begun.is_set()
        return waits > 5

    with pytest.raises(Cancelled):
        list(decode_into(str, record, range(3), 1, should_stop, seconds_per_file=0))


def test_a_thread_without_a_file_is_not_abandoned() -> None:
    recorded: list[int] = []
    pool = _Pool(str, lambda index, _: recorded.append(index), range(3), 0)
    pool._abandon(_Worker(pool))
    assert (recorded, pool.n_recorded) == ([], 0)


def test_work_that_can_be_abandoned_passes_its_error_on() -> None:
    def fail() -> None:
        raise ImageReadError("the disk is gone")

    assert run_abandonable(lambda: 7, lambda: False) == 7
    with pytest.raises(ImageReadError, match="the disk is gone"):
        run_abandonable(fail, lambda: False)

"""A fit can run step by step, be cancelled at any time, and its earlier steps stay valid."""

from __future__ import annotations

import sys
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.sparse import csr_array
from threadpoolctl import threadpool_info

import nmf_explorer.factorize.fit as fit_module
from nmf_explorer.errors import Cancelled, NotEnoughMemoryError
from nmf_explorer.factorize.fit import fit, fit_steps
from nmf_explorer.factorize.search import search_steps
from nmf_explorer.factorize.solvers import row_blocks
from tests.factorize.data import exact_error, smooth_images
from tests.synthetic.synthetic_sets import led_digits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

METHODS: list[dict[str, Any]] = [
    {"solver": "hals", "start": "nndsvda"},
    {"solver": "coordinate-descent", "start": "random"},
    {"solver": "multiplicative", "start": "random", "loss": "kullback-leibler"},
    {"solver": "scikit-learn"},
    {"solver": "auto", "start": "auto"},
]
every_method = pytest.mark.parametrize("method", METHODS, ids=str)


@pytest.fixture
def ten_rows_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut 128 images of 104 pixels into 13 blocks."""
    for name, value in (("_BLOCK_NUMBERS", 10 * 104), ("_SPLIT_NUMBERS", 10**9), ("_MIN_ROWS", 1)):
        monkeypatch.setattr(row_blocks, name, value)


def _digits() -> NDArray[np.float64]:
    return led_digits().images.reshape(128, -1)


@every_method
def test_steps_agree_with_their_models_and_end_at_the_fit(method: dict[str, Any]) -> None:
    steps = list(fit_steps(smooth_images(), 3, max_iter=300, **method))
    model = fit(smooth_images(), 3, max_iter=300, **method)
    assert [step.iteration for step in steps] == list(range(1, len(steps) + 1))
    assert model.n_iterations == len(steps)
    last = steps[-1].model()
    for one, other in ((last.components, model.components), (last.weights, model.weights)):
        np.testing.assert_array_equal(one, other)
    assert (steps[-1].relative_error, steps[-1].converged) == (model.relative_error, model.converged)
    assert model.start == steps[-1].start
    if "loss" not in method:
        np.testing.assert_allclose([step.relative_error for step in steps], model.loss_history, rtol=1e-6)


@every_method
def test_an_early_step_is_not_changed_by_the_steps_after_it(method: dict[str, Any]) -> None:
    steps = fit_steps(smooth_images(), 3, max_iter=60, **method)
    early = [next(steps) for _ in range(3)][-1]
    before = early.model()
    copies = before.components.copy(), before.weights.copy()
    last = list(steps)[-1].model()
    after = early.model()
    for arrays in (copies, (before.components, before.weights)):
        np.testing.assert_array_equal(after.components, arrays[0])
        np.testing.assert_array_equal(after.weights, arrays[1])
    np.testing.assert_array_equal(after.loss_history, last.loss_history[:3])
    assert not np.array_equal(after.components, last.components)
    assert after.relative_error == pytest.approx(exact_error(smooth_images(), after), rel=1e-3)
    assert not after.converged


@pytest.mark.usefixtures("ten_rows_a_block")
@pytest.mark.parametrize("n_threads", [1, 2])
@pytest.mark.parametrize("is_sparse", [False, True])
def test_a_stop_between_two_blocks_leaves_the_last_step_as_it_was(n_threads: int, *, is_sparse: bool) -> None:
    n_checks, stop_at = 0, 10**9

    def should_stop() -> bool:
        nonlocal n_checks
        n_checks += 1
        return n_checks > stop_at

    X = csr_array(_digits()) if is_sparse else _digits()
    if is_sparse:
        row_blocks._BLOCK_NUMBERS = X.size // 13 + 1
    steps = fit_steps(X, 4, should_stop=should_stop, start="random", n_threads=n_threads, solver="coordinate-descent")
    next(steps)
    before = n_checks
    step = next(steps)
    assert n_checks - before == 13
    expected = step.model()
    stop_at = n_checks + 5
    with pytest.raises(Cancelled):
        next(steps)
    assert stop_at < n_checks <= stop_at + 1 + 2 * n_threads
    model = step.model()
    np.testing.assert_array_equal(model.components, expected.components)
    np.testing.assert_array_equal(model.weights, expected.weights)
    assert model.n_iterations == 2


@pytest.mark.usefixtures("ten_rows_a_block")
@every_method
def test_a_fit_can_be_stopped_at_any_time_also_before_its_first_step(method: dict[str, Any]) -> None:
    n_checks = 0

    def count() -> bool:
        nonlocal n_checks
        n_checks += 1
        return False

    list(fit_steps(_digits(), 4, should_stop=count, max_iter=2, **method))
    for stop_at in {0, 1, n_checks // 3, n_checks // 2, n_checks - 1}:
        left = stop_at

        def should_stop() -> bool:
            nonlocal left
            left -= 1
            return left < 0

        with pytest.raises(Cancelled):
            fit(_digits(), 4, should_stop=should_stop, max_iter=2, **method)


@every_method
def test_checking_for_cancellation_changes_nothing(method: dict[str, Any]) -> None:
    model = fit(smooth_images(), 2, should_stop=lambda: False, max_iter=20, **method)
    np.testing.assert_array_equal(model.components, fit(smooth_images(), 2, max_iter=20, **method).components)


def test_between_steps_the_caller_has_all_threads_of_the_library() -> None:
    def threads() -> list[int]:
        return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]

    before = threads()
    steps = fit_steps(smooth_images(), 2)
    for _ in range(3):
        next(steps)
        assert threads() == before
    steps.close()
    assert threads() == before


def values(X: NDArray[np.float64] | csr_array[Any]) -> NDArray[np.float64]:
    """Return the stored numbers of an array of either kind."""
    return X if isinstance(X, np.ndarray) else X.data


def test_the_data_are_not_changed_and_stay_writeable() -> None:
    dense = smooth_images()
    both: tuple[NDArray[np.float64] | csr_array[Any], ...] = (dense, csr_array(dense))
    for X in both:
        before = X.copy()
        fit(X, 3, max_iter=3)
        np.testing.assert_array_equal(values(X), values(before))
        assert values(X).flags.writeable


@pytest.mark.parametrize("at", ["first step", "later step"])
def test_too_little_memory_is_said_with_the_size_of_the_fit(at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def iterate(*_: object, **__: object) -> Iterator[object]:
        if at == "later step":
            yield from islice(search_steps(*_, **__), 2)  # type: ignore[arg-type] # passed on as they are
        raise MemoryError

    monkeypatch.setattr(sys.modules[fit_steps.__module__], "search_steps", iterate)
    with pytest.raises(NotEnoughMemoryError, match=r"2 parts to 8 samples of 6 numbers .*Take smaller") as error:
        fit(np.random.default_rng(0).random((8, 6)), 2)
    assert isinstance(error.value, MemoryError)


def test_a_fit_does_not_need_to_limit_the_threads_of_blas(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise UnicodeDecodeError("utf-8", b"\xf6", 0, 1, "invalid start byte")

    monkeypatch.setattr(fit_module, "ThreadpoolController", fail)
    fit_module._blas.cache_clear()
    try:
        assert fit_module._blas() == []
        assert fit(np.ones((4, 3)), 1).relative_error < 1e-5
    finally:
        fit_module._blas.cache_clear()

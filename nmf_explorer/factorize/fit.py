"""Run a fit, all at once or step by step."""

from __future__ import annotations

import warnings
from collections import deque
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Unpack

from threadpoolctl import LibController, ThreadpoolController

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.errors import NotEnoughMemoryError
from nmf_explorer.factorize.fit_options import FitOptions
from nmf_explorer.factorize.search import search_steps
from nmf_explorer.factorize.solvers.row_blocks import RowBlocks

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    import numpy as np
    from numpy.typing import ArrayLike
    from scipy.sparse import csr_array, csr_matrix

    from nmf_explorer.factorize.fit_options import FitKeywords
    from nmf_explorer.factorize.fit_step import FitStep
    from nmf_explorer.factorize.model.nmf_model import NmfModel

_BYTES, _COPIES = 4, 6  # of a float32; factors that exist at a time


def fit_steps(
    dataset: Dataset | ArrayLike | csr_array[Any] | csr_matrix[Any],
    n_components: int | np.integer[Any],
    *,
    random_state: int | np.integer[Any] = 0,
    should_stop: Callable[[], bool] | None = None,
    **options: Unpack[FitKeywords],
) -> Generator[FitStep, None, None]:
    """Fit non-negative matrix factorization step by step, to show or to stop a fit while it runs.

    Parameters
    ----------
    dataset : Dataset, array_like or sparse array of shape (n_samples, n_features) or (n_samples, height, width)
        The samples, numbers of 0 or more; arrays are used without scaling.
    n_components : int
        Number of parts, from 1 to ``min(n_samples, n_features)``.
    random_state : int, default 0
        Seed of the random starts; the same seed gives the same model.
    should_stop : callable, optional
        Function without arguments, called many times in each iteration; when it returns True, the fit raises
        `Cancelled`.
    **options
        Further options by name, see `FitOptions`.

    Returns
    -------
    generator of FitStep
        One step per iteration, each with ``iteration``, ``relative_error`` and ``model()``.

    Raises
    ------
    OptionError
        If an option is unknown or out of range; raised by this call, not by the first step.
    DataError
        If the samples cannot be factorized; raised by this call, not by the first step.
    """
    samples = dataset if isinstance(dataset, Dataset) else Dataset.from_array(dataset)
    checked = FitOptions.of(n_components, random_state, **options)
    checked.check_against(samples)
    if note := checked.penalty_note():
        warnings.warn(str(note), stacklevel=2)
    return _steps(samples, checked, should_stop or _never)


def fit(
    dataset: Dataset | ArrayLike | csr_array[Any] | csr_matrix[Any],
    n_components: int | np.integer[Any],
    *,
    random_state: int | np.integer[Any] = 0,
    should_stop: Callable[[], bool] | None = None,
    **options: Unpack[FitKeywords],
) -> NmfModel:
    """Fit non-negative matrix factorization: find parts whose weighted sums approximate the samples.

    Parameters
    ----------
    dataset : Dataset, array_like or sparse array of shape (n_samples, n_features) or (n_samples, height, width)
        The samples, numbers of 0 or more; arrays are used without scaling.
    n_components : int
        Number of parts, from 1 to ``min(n_samples, n_features)``.
    random_state : int, default 0
        Seed of the random starts; the same seed gives the same model.
    should_stop : callable, optional
        Function without arguments, called many times in each iteration; when it returns True, the fit raises
        `Cancelled`.
    **options
        Further options by name, see `FitOptions`.

    Returns
    -------
    NmfModel
        The best model; its `converged` is False if `max_iter` ended the fit.

    Raises
    ------
    OptionError
        If an option is unknown or out of range.
    DataError
        If the samples cannot be factorized.
    NotEnoughMemoryError
        If the memory does not suffice; a `MemoryError`.
    Cancelled
        If `should_stop` returned True.

    References
    ----------
    Lee, D. D. and Seung, H. S. (1999). Learning the parts of objects by non-negative matrix factorization.
    Nature 401. doi:10.1038/44565
    """
    steps = fit_steps(dataset, n_components, random_state=random_state, should_stop=should_stop, **options)
    return deque(steps, maxlen=1).pop().model()


def _steps(samples: Dataset, options: FitOptions, should_stop: Callable[[], bool]) -> Generator[FitStep, None, None]:
    """Yield the steps, each computed with one BLAS thread: the cores work on blocks, and sums keep their order.

    Between two steps the caller has all BLAS threads.
    """
    with _memory_errors_in_words(samples, options), RowBlocks(samples, should_stop, options.n_threads) as blocks:
        if options.solver == "scikit-learn":
            from nmf_explorer.factorize.scikit_learn import scikit_learn_steps

            steps = scikit_learn_steps(blocks, options)
        else:
            steps = search_steps(blocks, options)
        while True:
            with _single_blas_thread(), _memory_errors_in_words(samples, options):
                step = next(steps, None)
            if step is None:
                return
            yield step


@contextmanager
def _single_blas_thread() -> Iterator[None]:
    """Limit BLAS to one thread, as `threadpool_limits` does, which takes a noticeable part of a step of a small fit."""
    libraries = _blas()
    before = [library.num_threads for library in libraries]
    for library in libraries:
        library.set_num_threads(1)
    try:
        yield
    finally:
        for library, n_threads in zip(libraries, before, strict=True):
            library.set_num_threads(n_threads)


@contextmanager
def _memory_errors_in_words(samples: Dataset, options: FitOptions) -> Iterator[None]:
    """Replace a MemoryError by one that says how large the fit is and what to do."""
    try:
        yield
    except NotEnoughMemoryError:
        raise
    except MemoryError as error:
        n_factors = options.n_components * (samples.n_samples + samples.n_features)
        raise NotEnoughMemoryError(
            "There is not enough memory to fit {k} parts to {n} samples of {p} numbers (about {megabytes:.0f} MB). "
            "Take smaller samples, fewer of them, or fewer parts, or close other programs.",
            k=options.n_components,
            n=samples.n_samples,
            p=samples.n_features,
            megabytes=_BYTES * (samples.n_stored_numbers + _COPIES * n_factors) / 1e6,
        ) from error


@cache
def _blas() -> list[LibController]:
    """Return the BLAS libraries that numpy has loaded, cached because finding them takes longer than a small fit.

    Without them, each block is computed with the threads that BLAS has.
    """
    try:
        libraries: list[LibController] = ThreadpoolController().select(user_api="blas").lib_controllers
    except (OSError, UnicodeError):  # threadpoolctl cannot read paths with letters that the locale does not have
        return []
    return libraries


def _never() -> bool:
    return False

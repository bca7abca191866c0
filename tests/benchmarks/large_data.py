"""Memory and time of an iteration on a memory map, and their growth with the number of rows.

Run: ``python tests/benchmarks/large_data.py``. Linux only.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
import time
from itertools import islice
from pathlib import Path
from typing import Self

import numpy as np
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.factorize.fit import fit_steps
from nmf_explorer.factorize.solvers.row_blocks import RowBlocks
from tests.benchmarks.data import digit_like, image_like
from tests.benchmarks.probes import memory_mb

K, N_ITERATIONS = 49, 15
N_ROWS, N_MADE = 200_000, 20_000


class Memory:
    """Record the peak of the process's memory without mapped files (RssAnon), every few milliseconds."""

    def __init__(self) -> None:
        self.peak = 0.0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._is_over.wait(0.005):
            self.peak = max(self.peak, memory_mb("RssAnon"))


def named(stored: np.ndarray) -> Dataset:
    """Return a dataset of uint8 rows."""
    return Dataset(stored, (1, stored.shape[1]), tuple(map(str, range(len(stored)))), white=255.0)


def seconds_per_iteration(dataset: Dataset, k: int) -> float:
    """Return the median time of an iteration, from a random start."""
    steps = islice(fit_steps(dataset, k, start="random", tol=0), N_ITERATIONS)
    times = [time.perf_counter(), *(time.perf_counter() for _ in steps)]
    return float(np.median(np.diff(times)[2:]))


def products_alone(dataset: Dataset, k: int) -> float:
    """Return the seconds of the two matrix products of an iteration, in the same blocks and threads."""
    rng = np.random.default_rng(0)
    H = rng.random((k, dataset.n_features), dtype=np.float32)
    times = []
    with RowBlocks(dataset, lambda: False) as blocks, threadpool_limits(1, "blas"):
        for _ in range(N_ITERATIONS):
            began = time.perf_counter()
            blocks.sum(lambda X, _: (H @ X.T) @ X)
            times.append(time.perf_counter() - began)
    return statistics.median(times)


def memory_map() -> None:
    """Measure 200,000 digit-like images in a mapped file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "digits.npy")
        made = digit_like(N_MADE)
        writing = np.lib.format.open_memmap(path, "w+", np.uint8, (N_ROWS, made.shape[1]))
        rng = np.random.default_rng(0)
        for rows in (slice(a, a + N_MADE) for a in range(0, N_ROWS, N_MADE)):
            noise = rng.integers(0, 8, made.shape, dtype=np.uint8)
            writing[rows] = np.minimum(made, 247) + noise  # so that no two images are equal
        writing.flush()
        del made, writing, noise
        stored = np.load(path, mmap_mode="r")
        dataset = named(stored)
        before = memory_mb("RssAnon")
        with Memory() as memory:
            began = time.perf_counter()
            errors = [step.relative_error for step in islice(fit_steps(dataset, K), N_ITERATIONS)]
            took = time.perf_counter() - began
        iteration, products = seconds_per_iteration(dataset, K), products_alone(dataset, K)
        print(
            f"memory map {N_ROWS} x {dataset.n_features}, k = {K}: {memory.peak - before:.0f} MB beyond the map, error "
            f"{errors[-1]:.4f} after {took:.1f} s; {iteration:.3f} s an iteration, {iteration / products:.2f} x the "
            f"two products alone ({products:.3f} s)",
            flush=True,
        )
        growth("the same map", stored, (N_ROWS // 4, N_ROWS // 2, N_ROWS))


def growth(what: str, stored: np.ndarray, sizes: tuple[int, ...]) -> None:
    """Print wall and CPU seconds of an iteration for once, twice and four times the rows.

    The sizes take turns, so that other work of the machine affects all alike; measured one after the other, their ratio
    varied from 1.7 to 3.3.
    """
    fits = [fit_steps(named(stored[:n]), K, start="random", tol=0) for n in sizes]
    seconds = np.empty((N_ITERATIONS, len(fits), 2))
    for i, j in np.ndindex(seconds.shape[:2]):
        before = np.array([time.perf_counter(), time.process_time()])
        next(fits[j])
        seconds[i, j] = np.array([time.perf_counter(), time.process_time()]) - before
    for clock, times in zip(("wall", "CPU"), np.median(seconds[2:], axis=0).T, strict=True):
        print(
            f"growth, {what}, k = {K}: {', '.join(f'{t:.3f}' for t in times)} {clock} seconds an iteration for "
            f"{', '.join(f'{n:,}' for n in sizes)} rows: "
            + " and ".join(f"{ratio:.2f} x" for ratio in times[1:] / times[:-1])
            + " for twice the rows",
            flush=True,
        )


if __name__ == "__main__":
    memory_map()
    # A few thousand images of many pixels, a typical set: here the update of the parts, whose work does not
    # depend on the rows, is the largest share of an iteration.
    growth("64 x 64 pixels", image_like(20_000), (5_000, 10_000, 20_000))

"""Time of a fit to the error at which scikit-learn's ``NMF(n_components=k)`` ends, both measured in one run.

Run: ``python tests/benchmarks/fit_speed.py [ROW ...] [--seeds N]``. Each fit runs in a new process. Times run from the
call to the first step with that error; memory is the peak above that of the loaded data. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.probes import forget_peak, memory_mb

_SHORT = 5.0  # seconds
ROWS: dict[str, tuple[str, int]] = {
    "digits-10": ("small_digits", 10),
    "documents-20": ("documents", 20),  # documents of as many topics
    "documents-49": ("documents", 49),
    "patches-49": ("photo_patches", 49),
    "images-16": ("image_like", 16),
    "images-49": ("image_like", 49),
    "images-100": ("image_like", 100),
    "mnist-like-49": ("digit_like", 49),
}


def load(path: Path, dtype: str) -> Any:
    """Load the data for one side: uint8, or floats from 0 to 1."""
    if path.suffix == ".npz":
        from scipy.sparse import csr_array, load_npz

        return csr_array(load_npz(path)).astype(dtype if dtype != "stored" else "float32")
    data = np.load(path)
    return data if dtype == "stored" else (data / 255).astype(dtype)


def clock(work: Any) -> dict[str, float]:
    """Run a function, and return wall and CPU seconds and the peak of memory above the start."""
    before, wall, cpu = forget_peak(), time.perf_counter(), time.process_time()
    result = work()
    took = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    return {**took, "memory": memory_mb("VmHWM") - before, **result}


def theirs(path: Path, k: int, dtype: str) -> dict[str, float]:
    """Measure scikit-learn's fit, to its end."""
    from sklearn.decomposition import NMF

    warnings.simplefilter("ignore")  # that it did not converge in 200 iterations
    X = load(path, dtype)

    def work() -> dict[str, float]:
        model = NMF(n_components=k)
        model.fit_transform(X)
        return {"error": float(model.reconstruction_err_), "n_iter": model.n_iter_}

    took = clock(work)
    return {**took, "error": took["error"] / float(np.linalg.norm(X.data if path.suffix == ".npz" else X))}


def ours(path: Path, k: int, seed: int, error: float) -> dict[str, float]:
    """Measure the program's fit, until it reaches the error."""
    import nmf_explorer as nx
    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.factorize.fit import fit_steps

    X = load(path, "stored")
    dataset = Dataset.from_array(X)
    if path.suffix == ".npy":
        dataset = Dataset(X, (1, X.shape[1]), dataset.sample_names, white=255.0)
    del X
    nx.fit(np.eye(4), 2)  # import what the first fit imports

    def work() -> dict[str, float]:
        for step in fit_steps(dataset, k, random_state=seed):
            if step.relative_error <= error:
                break
        return {"error": step.relative_error, "n_iter": step.iteration, "reached": int(step.relative_error <= error)}

    return clock(work)


def in_a_fresh_process(*words: object) -> dict[str, float]:
    """Run one of the two functions above."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    command = [sys.executable, __file__, "--one", *map(str, words)]
    done = subprocess.run(command, env=clean, stdout=subprocess.PIPE, text=True, check=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def of_scikit_learn(path: Path, k: int, dtype: str) -> dict[str, float]:
    """Measure scikit-learn's fit; a short one five times, and return the median."""
    runs = [in_a_fresh_process("theirs", path, k, dtype)]
    runs += [in_a_fresh_process("theirs", path, k, dtype) for _ in range(4) if runs[0]["wall"] < _SHORT]
    return sorted(runs, key=lambda run: run["wall"])[len(runs) // 2]


def measure(row: str, n_seeds: int, folder: Path) -> None:
    """Print one row of the table."""
    from tests.benchmarks import data

    maker, k = ROWS[row]
    made = data.documents(n_topics=k) if maker == "documents" else getattr(data, maker)()
    path = folder / f"{row}.npy"
    if isinstance(made, np.ndarray):
        np.save(path, made)
    else:
        from scipy.sparse import save_npz

        path = path.with_suffix(".npz")
        save_npz(path, made)
    shape = made.shape
    del made
    f64, f32 = (of_scikit_learn(path, k, dtype) for dtype in ("float64", "float32"))
    runs = [in_a_fresh_process("ours", path, k, seed, f64["error"]) for seed in range(n_seeds)]
    middle = {name: statistics.median(run[name] for run in runs) for name in ("wall", "cpu", "n_iter")}
    print(
        f"{row}: {shape[0]} x {shape[1]}, k = {k}; scikit-learn float64 {f64['wall']:.2f} s, error {f64['error']:.5f} "
        f"({f64['n_iter']:.0f} iterations, +{f64['memory']:.0f} MB), float32 {f32['wall']:.2f} s, error "
        f"{f32['error']:.5f}\n    ours {middle['wall']:.3f} s ({middle['n_iter']:.0f} iterations), "
        f"+{max(run['memory'] for run in runs):.0f} MB: wall {f64['wall'] / middle['wall']:.1f} x of float64, "
        f"{f32['wall'] / middle['wall']:.1f} x of float32; CPU {f64['cpu'] / middle['cpu']:.1f} x of float64; "
        f"reached by {sum(bool(run['reached']) for run in runs)} of {n_seeds} seeds, each "
        + ", ".join(f"{run['wall']:.3f} s" for run in runs),
        flush=True,
    )


def main() -> None:
    """Measure all rows, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(ROWS))
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for row in options.rows or ROWS:
            measure(row, options.seeds, Path(folder))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        kind, name, k, *rest = sys.argv[2:]
        if kind == "theirs":
            print(json.dumps(theirs(Path(name), int(k), rest[0])))
        else:
            print(json.dumps(ours(Path(name), int(k), int(rest[0]), float(rest[1]))))
    else:
        main()

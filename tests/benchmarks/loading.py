"""Time and memory of loading, beside a bare Pillow loop without checks, and the delay of a window meanwhile.

Run: ``python tests/benchmarks/loading.py [PART]``, where PART is a word of a measurement's name, such as "JPEG" or
"listing". Each part runs in a fresh process and compares side by side, the best of three rounds. Linux only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.probes import forget_peak, lateness, memory_mb, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmf_explorer.dataset.dataset import Dataset

N_ROUNDS, N_DIFFERENT, N_FILES = 3, 20, 100_000
WATCHED_SECONDS = 5.0


class Kind(NamedTuple):
    """A set to load: title, number and size of the images, and how they are written."""

    title: str
    n_images: int
    size: tuple[int, int]
    mode: str
    ending: str


KINDS = {
    "digits": Kind("10,000 PNGs 28x28", 10_000, (28, 28), "L", "png"),
    "faces": Kind("10,000 PNGs 64x64", 10_000, (64, 64), "L", "png"),
    "colour": Kind("2,000 PNGs 256x256 RGB", 2_000, (256, 256), "RGB", "png"),
    "vga": Kind("1,000 JPEGs 640x480", 1_000, (640, 480), "RGB", "jpg"),
    "photographs": Kind("100 JPEGs 12 MP", 100, (4000, 3000), "RGB", "jpg"),
}


def make(folder: Path, kind: Kind) -> Path:
    """Write a set of smooth shapes with noise, of which a few differ and the rest are copies."""
    folder.mkdir(exist_ok=True)
    rng = np.random.default_rng(0)
    small = (max(2, kind.size[0] // 8), max(2, kind.size[1] // 8))
    for i in range(kind.n_images):
        path = folder / f"image {i}.{kind.ending}"
        if i >= N_DIFFERENT:
            path.write_bytes((folder / f"image {i % N_DIFFERENT}.{kind.ending}").read_bytes())
            continue
        shape = (*small[::-1], len(kind.mode)) if len(kind.mode) > 1 else small[::-1]
        shapes = Image.fromarray(rng.integers(0, 230, shape, dtype=np.uint8)).resize(kind.size)
        noise = rng.integers(0, 8, np.asarray(shapes).shape, dtype=np.uint8)
        Image.fromarray(np.asarray(shapes) // 2 * 2 + noise).save(path, quality=90)
    return folder


def bare(folder: Path, size: tuple[int, int]) -> list[np.ndarray]:
    """Load as a short script would: no checks, no report, no order."""
    pictures = []
    for entry in os.scandir(folder):
        with Image.open(entry.path) as picture:
            picture.draft("L", size)
            grey = picture.convert("L")
            pictures.append(np.asarray(grey if grey.size == size else grey.resize(size, Image.Resampling.BILINEAR)))
    return pictures


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds that a function takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def speed(folder: Path, kind: Kind) -> None:
    """Print the time per image beside the bare loop, with one thread and with as many as the loader uses."""
    import nmf_explorer as nx
    from nmf_explorer.dataset.loading import decoder_pool

    def one_thread() -> Dataset:
        usual, decoder_pool._MAX_THREADS = decoder_pool._MAX_THREADS, 1
        try:
            return nx.load(folder)
        finally:
            decoder_pool._MAX_THREADS = usual

    height, width = nx.load(folder).sample_shape
    ways = {"bare": lambda: bare(folder, (width, height)), "one": one_thread, "all": lambda: nx.load(folder)}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(N_ROUNDS):
        for name, way in ways.items():
            taken[name].append(seconds(way))
    best = {name: min(times) for name, times in taken.items()}
    print(
        f"{kind.title} -> {width}x{height}: bare loop {1000 * best['bare'] / kind.n_images:.3f} ms an image; "
        f"loader {best['one'] / best['bare']:.2f} x with one thread, {best['all'] / best['bare']:.2f} x as it is "
        f"({best['one'] / best['all']:.2f} times as fast)"
    )


def late_ticks(folder: Path, kind: Kind) -> None:
    """Print the delay of a timer of a Qt program while a set is loaded in a thread."""
    from PySide6.QtCore import QCoreApplication

    import nmf_explorer as nx
    from nmf_explorer.errors import Cancelled

    _application = QCoreApplication([])  # without one there is no event loop
    over = threading.Event()

    def work() -> None:
        try:
            while not over.is_set():
                nx.load(folder, should_stop=over.is_set, on_progress=lambda _: None)
        except Cancelled:
            over.set()

    loader = threading.Thread(target=work)
    loader.start()
    late = lateness(WATCHED_SECONDS)
    asked = time.perf_counter()
    over.set()
    loader.join()
    answered = time.perf_counter() - asked
    print(f"{kind.title}: late {told(late)}; stopped within {1000 * answered:.0f} ms")


def peak(folder: Path, kind: Kind) -> None:
    """Print the peak memory of loading, above a program that has loaded two images."""
    import nmf_explorer as nx

    nx.load([folder / f"image {i}.{kind.ending}" for i in range(2)])
    before = forget_peak()
    dataset = nx.load(folder)
    more = memory_mb("VmHWM") - before
    print(f"{kind.title}: {more:.0f} MB at most; the matrix has {np.asarray(dataset.stored).nbytes / 2**20:.0f} MB")


def cached(folder: Path, kind: Kind) -> None:
    """Print how much faster a set opens the second time."""
    import nmf_explorer as nx

    with tempfile.TemporaryDirectory() as place:
        first = seconds(lambda: nx.load(folder, cache_folder=Path(place)))
        again = min(seconds(lambda: nx.load(folder, cache_folder=Path(place))) for _ in range(N_ROUNDS))
    plain = min(seconds(lambda: nx.load(folder)) for _ in range(N_ROUNDS))
    print(
        f"{kind.title}: {plain:.2f} s, {first / plain:.2f} x while they are kept, {1000 * again:.0f} ms the next time: "
        f"{plain / again:.0f} times as fast"
    )


def listing(folder: Path, kind: Kind) -> None:
    """Print the time to find and sort 100,000 files, beside a bare os.scandir."""
    from nmf_explorer.dataset.files.find_files import find_files

    def bare_scan() -> list[str]:
        with os.scandir(folder) as entries:
            return [entry.path for entry in entries if entry.is_file()]

    taken = [(seconds(bare_scan), seconds(lambda: find_files([folder], lambda: False))) for _ in range(5)]
    scan, find = (min(times) for times in zip(*taken, strict=True))
    print(f"listing {kind.n_images:,} files: os.scandir {1000 * scan:.0f} ms, found and sorted {find / scan:.2f} x")


PARTS: dict[str, tuple[Callable[[Path, Kind], None], list[str]]] = {
    "speed": (speed, list(KINDS)),
    "lateness": (late_ticks, list(KINDS)),
    "memory": (peak, [*KINDS, "many"]),
    "cached": (cached, ["photographs"]),
    "listing": (listing, ["many"]),
}


def main() -> None:
    """Make the sets and measure each part in a process of its own."""
    wanted = sys.argv[1].casefold() if len(sys.argv) > 1 else ""
    many = KINDS["digits"]._replace(title=f"{N_FILES:,} PNGs 28x28", n_images=N_FILES)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    with tempfile.TemporaryDirectory() as place:
        for part, (_, kinds) in PARTS.items():
            for name in kinds:
                kind = KINDS.get(name, many)
                if wanted not in f"{part} {name} {kind.title}".casefold():
                    continue
                folder = Path(place, name)
                if not folder.exists():
                    make(folder, kind)
                command = [sys.executable, __file__, part, str(folder), str(kind.n_images)]
                done = subprocess.run(command, env=clean, stdout=subprocess.PIPE, text=True, check=True)
                print(f"{part}: {done.stdout}", end="", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        part, folder, n_images = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
        of_many = KINDS["digits"]._replace(title=f"{n_images:,} PNGs 28x28", n_images=n_images)
        PARTS[part][0](folder, KINDS.get(folder.name, of_many))
    else:
        main()

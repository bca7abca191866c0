"""Write tables as text, and check what is loaded from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

import nmf_explorer as nx

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from nmf_explorer.dataset.dataset import Dataset


class Opener:
    """Writes text to a file and loads it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, text: str | bytes, name: str = "table.csv", **options: object) -> Dataset:
        """Write a file, and load it."""
        path = self.folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return nx.load(path, **options)  # type: ignore[arg-type]


def grid(n: int, p: int, highest: int = 255, seed: int = 0) -> NDArray[np.int64]:
    """Return whole numbers that vary in every column."""
    return np.random.default_rng(seed).integers(0, highest + 1, (n, p))


def text_of(rows: Sequence[Sequence[object]] | NDArray[np.generic], delimiter: str = ",", header: str = "") -> str:
    """Return rows as lines of a table."""
    lines = [delimiter.join(map(str, row)) for row in (rows.tolist() if isinstance(rows, np.ndarray) else rows)]
    return "\n".join([header, *lines] if header else lines) + "\n"


def check(dataset: Dataset, values: NDArray[np.generic] | list[list[float]], labels: Iterable[object] = ()) -> None:
    """Check the numbers and the labels of a dataset."""
    assert isinstance(dataset.stored, np.ndarray)
    np.testing.assert_allclose(dataset.stored, np.asarray(values, np.float32), rtol=1e-6)
    assert dataset.labels == tuple(map(str, labels))


def notes(dataset: Dataset) -> str:
    """Return all notes as one text."""
    return "\n".join(dataset.notes)

"""Every file of the corpus gives the numbers that were written into it, or is refused in words."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pytest

import nmf_explorer
from nmf_explorer.errors import NmfExplorerError
from tests.corpus.archive_cases import archive_cases
from tests.corpus.array_cases import array_cases
from tests.corpus.case import Case, scale_of
from tests.corpus.image_cases import image_cases
from tests.corpus.table_cases import table_cases

if TYPE_CHECKING:
    from pathlib import Path

    from nmf_explorer.dataset.dataset import Dataset

CASES = tuple(chain(image_cases(), table_cases(), array_cases(), archive_cases()))


def _load(case: Case, folder: Path) -> Dataset:
    for name, content in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return nmf_explorer.load(folder / next(iter(case.files)) if len(case.files) == 1 else folder, **case.options)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_file_gives_its_numbers_or_is_refused(case: Case, tmp_path: Path) -> None:
    if case.numbers is None:
        with pytest.raises(NmfExplorerError, match=case.reason):
            _load(case, tmp_path)
        return
    dataset = _load(case, tmp_path)
    rows = dataset.matrix
    found = (rows if isinstance(rows, np.ndarray) else rows.toarray()).astype(np.float64)
    assert found.shape == case.numbers.shape
    numbers = case.numbers.astype(np.float64)
    factor = scale_of(found, numbers) if case.is_scaled else 1.0
    np.testing.assert_allclose(found, factor * numbers, atol=case.tolerance * factor * numbers.max(), rtol=0)
    assert case.names is None or dataset.sample_names == case.names
    assert case.labels is None or dataset.labels == case.labels


def test_the_corpus_is_large_and_its_names_differ() -> None:
    assert len(CASES) >= 300
    assert len({case.name for case in CASES}) == len(CASES)

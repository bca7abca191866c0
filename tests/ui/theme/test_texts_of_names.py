"""Names of samples in narrow captions: what differs is kept."""

from __future__ import annotations

import numpy as np
import pytest

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.ui.theme.texts import sample_caption, without_common_start


@pytest.mark.parametrize(
    ("names", "name", "kept"),
    [
        (["handwritten_digits 1", "handwritten_digits 2", "handwritten_digits 10"], "handwritten_digits 2", "2"),
        (["scan_2024_a.png", "scan_2024_b.png"], "scan_2024_b", "b"),
        (["cat", "dog"], "cat", "cat"),
        (["one alone.png"], "one alone", "alone"),
        (["face 1", "other"], "face 1", "face 1"),
    ],
)
def test_words_that_all_names_begin_with_are_left_out(names: list[str], name: str, kept: str) -> None:
    assert without_common_start(name, names) == kept


def test_samples_that_are_only_counted_are_named_by_their_labels() -> None:
    images = np.ones((3, 4))
    counted = Dataset(images, (2, 2), ("digits 1", "digits 2", "digits 3"), labels=("7", "7", "0"))
    assert sample_caption(counted, 1) == "7, sample 2"
    assert sample_caption(counted, 1, is_brief=True) == "7"
    named = Dataset(images, (2, 2), ("dog a.png", "dog b.png", "cat.png"), labels=("dog", "dog", "cat"))
    assert sample_caption(named, 1) == "dog b"
    assert sample_caption(Dataset(images, (2, 2), ("digits 1", "digits 2", "digits 3")), 1) == "digits 2"

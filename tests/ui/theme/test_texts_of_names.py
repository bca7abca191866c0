"""Names of samples in narrow captions: what differs is kept."""

from __future__ import annotations

import pytest

from nmf_explorer.ui.theme.texts import without_common_start


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

"""Names are sorted naturally, however many they are."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nmf_explorer.dataset.files import natural_order as module
from nmf_explorer.dataset.files.natural_order import natural_argsort, natural_sort_key

LETTERS = "ab0129ä²_."


def one_by_one(names: list[str]) -> list[int]:
    """Return the natural order, computed one name at a time."""
    return sorted(range(len(names)), key=lambda i: (natural_sort_key(names[i]), names[i]))


@given(
    st.lists(st.text(LETTERS, max_size=5), max_size=30)
    | st.lists(st.text("01289", min_size=1, max_size=3).map("img{}.png".format), max_size=30)
    | st.lists(st.integers(0, 999).map("img{}.png".format), max_size=30)
    | st.lists(st.integers(0, 999).map("img{:03}.PNG".format), max_size=30),
    st.integers(1, 40),
)
@example(["1", "00"], 9)
@settings(deadline=None, max_examples=200)
def test_batches_of_names_are_sorted_as_one_list(names: list[str], batch_size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_BATCH_SIZE", batch_size)
        assert natural_argsort(names) == one_by_one(names)


def test_names_with_the_separator_character_are_sorted() -> None:
    names = ["b\0 10", "b\0 9", "a"]
    assert natural_argsort(names) == one_by_one(names) == [2, 1, 0]


def test_names_are_sorted_in_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """A single sort of all names would block the other threads, the window's too."""
    monkeypatch.setattr(module, "_BATCH_SIZE", 100)
    n_names = 10_000
    groups = module._ordered_groups([f"{(i * 7919) % n_names:05}" for i in range(n_names)])
    assert sorted(i for group in groups for i in group) == list(range(n_names))
    assert max(map(len, groups)) < n_names // 10

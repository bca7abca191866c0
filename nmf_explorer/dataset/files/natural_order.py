"""Natural sort order: 2 before 10; fast for 100,000 names."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER = re.compile("[0-9]+")
_SEPARATOR = "\0"  # cannot occur in a file name
_DIGITS_TO_ZERO = str.maketrans("123456789", "000000000")
_BATCH_SIZE = 1000  # names per call into C code: other threads, the window's too, wait meanwhile
_MAX_PATTERNS = 40  # digit patterns, such as a0.png and a00.png, that are checked one by one


def natural_sort_key(text: str) -> str:
    """Return a sort key that puts 2 before 10."""
    return _NUMBER.sub(_length_prefixed, text.casefold())


def natural_argsort(names: Sequence[str]) -> list[int]:
    """Return the indices that sort names naturally; names with equal keys are sorted by their characters."""
    keys, order = _sort_keys(names), []
    for group in _ordered_groups(keys):
        group.sort(key=names.__getitem__)
        group.sort(key=keys.__getitem__)
        order += group
    return order


def _ordered_groups(keys: list[str]) -> list[list[int]]:
    """Split indices into groups that follow one another: one sort of many names would block all threads."""
    borders = sorted(keys[::_BATCH_SIZE])
    groups: list[list[int]] = [[] for _ in range(len(borders) + 1)]
    for i, key in enumerate(keys):
        groups[bisect_left(borders, key)].append(i)
    return groups


def _sort_keys(names: Sequence[str]) -> list[str]:
    """Return the sort keys of names, computed in batches: ten times as fast as one by one."""
    batches = [_SEPARATOR.join(names[i : i + _BATCH_SIZE]).casefold() for i in range(0, len(names), _BATCH_SIZE)]
    names_in_lower_case = _split_batches(batches)
    patterns = _digit_patterns(batches)
    if len(names_in_lower_case) != len(names):
        return [natural_sort_key(name) for name in names]
    if len(patterns) == 1:  # all numbers have the same number of digits: the character order is the natural order
        return names_in_lower_case
    if 1 < len(patterns) <= _MAX_PATTERNS and _differ_in_one_number(patterns, batches):
        return [f"{len(name):09}{name}" for name in names_in_lower_case]
    return _split_batches([_NUMBER.sub(_length_prefixed, batch) for batch in batches])


def _split_batches(batches: list[str]) -> list[str]:
    return [name for batch in batches for name in batch.split(_SEPARATOR)]


def _digit_patterns(batches: list[str]) -> set[str]:
    """Return the distinct names with each digit replaced by 0; empty if a name is not ASCII (there are more digits)."""
    patterns: set[str] = set()
    for batch in batches:
        if not batch.isascii():
            return set()
        patterns.update(batch.translate(_DIGITS_TO_ZERO).split(_SEPARATOR))
    return patterns


def _differ_in_one_number(patterns: set[str], batches: list[str]) -> bool:
    """Return whether the names differ in one number only, without leading zeros; longer then means larger."""
    around = {tuple(re.split("0+", pattern)) for pattern in patterns}
    before, *after = around.pop()
    if around or len(after) != 1:
        return False
    with_zero, zero_itself = f"{_SEPARATOR}{before}0", f"{_SEPARATOR}{before}0{after[0]}{_SEPARATOR}"
    framed = [f"{_SEPARATOR}{batch}{_SEPARATOR}" for batch in batches]
    return all(batch.count(with_zero) == batch.count(zero_itself) for batch in framed)


def _length_prefixed(number: re.Match[str]) -> str:
    """Return a number with its length in front, so that strings compare as numbers do."""
    digits = number[0].lstrip("0")
    return f"{len(digits):04}{digits}"

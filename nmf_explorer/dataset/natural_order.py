"""The order in which people count: 2 before 10. Made for lists of 100,000 names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER = re.compile("[0-9]+")
_BETWEEN = "\0"  # no name of a file can have it
_SAME_DIGITS = str.maketrans("123456789", "000000000")
_FEW = 40  # shapes of names, such as a0.png and a00.png, which are looked at one by one


def natural_key(text: str) -> str:
    """Sort key that puts 2 before 10.

    Parameters
    ----------
    text : str
        A name or path.

    Returns
    -------
    str
        Comparable with any other such key.
    """
    return _NUMBER.sub(_with_length, text.casefold())


def natural_order(names: Sequence[str]) -> list[int]:
    """Sort names naturally.

    Parameters
    ----------
    names : sequence of str
        Names or paths.

    Returns
    -------
    list of int
        Their indices in the sorted order; names that count as equal are sorted by their letters.
    """
    order = sorted(range(len(names)), key=names.__getitem__)
    for keys in _keys(names):
        order.sort(key=keys.__getitem__)
    return order


def _keys(names: Sequence[str]) -> list[list[str] | list[int]]:
    """What names are sorted by, the last first: for all of them at once, which is ten times as fast as one by one."""
    folded = _BETWEEN.join(names).casefold()
    shapes = set(folded.translate(_SAME_DIGITS).split(_BETWEEN)) if folded.isascii() else set()
    plain = folded.split(_BETWEEN)
    if len(shapes) == 1:  # numbers of equally many digits: the plain order is the natural one
        return [plain]
    if 1 < len(shapes) <= _FEW and _differ_in_one_number(shapes, folded):
        return [plain, [len(name) for name in plain]]
    keys = _NUMBER.sub(_with_length, folded).split(_BETWEEN)
    return [keys if len(keys) == len(names) else [natural_key(name) for name in names]]


def _differ_in_one_number(shapes: set[str], folded: str) -> bool:
    """Whether all names are the same but for one number without leading zeros; then longer is larger."""
    around = {tuple(re.split("0+", shape)) for shape in shapes}
    before, *after = around.pop()
    return not around and len(after) == 1 and f"{_BETWEEN}{folded}".count(f"{_BETWEEN}{before}0") <= 1


def _with_length(number: re.Match[str]) -> str:
    """Write a number with its length first, so that letters compare as numbers do."""
    digits = number[0].lstrip("0")
    return f"{len(digits):04}{digits}"

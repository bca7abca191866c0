"""Numbers in the cells of a table: which marks they are written with, and their values."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPACES = " \u00a0\u2009\u202f"
_APOSTROPHES = "'\u2019"
_GROUPING = _SPACES + _APOSTROPHES  # marks that can only part thousands
_EXPONENT = r"(?:[ed][+-]?\d+)?"
_GROUPED = (
    rf"\d{{1,3}}(?:[{_GROUPING}]\d{{3}})+(?:[.,]\d*)?|\d{{1,3}}(?:,\d{{3}})+(?:\.\d*)?|\d{{1,3}}(?:\.\d{{3}})+(?:,\d*)?"
)
_NUMBER_LIKE = re.compile(
    rf"\s*[+-]?(?:(?:{_GROUPED}|\d+(?:\.\d*|,\d+)?|[.,]\d+){_EXPONENT}\s*%?|nan|inf(?:inity)?)\s*",
    re.ASCII | re.IGNORECASE,
)
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_CERTAIN_POINT = re.compile(
    r"(?<![\d.,])0?\.\d|\d\.(?:\d{1,2}|\d{4,})(?![\d.,])|\d[ed][+-]?\d", re.ASCII | re.IGNORECASE
)
_MISSING = frozenset({"", "na", "n/a", "#n/a", "#na", "nan", "null", "none", "nil", "-", "?", "."})
_BOOLEANS = {"true": 1.0, "false": 0.0}
_N_BOOLEANS = 1000  # cells of a row that are looked at
_SMALL = 1000  # whole numbers below need no thousands mark
_MIN_POINT_GROUPS = 2  # numbers such as 2.365 that show, with whole ones beside, that points part thousands


class Marks(NamedTuple):
    """The marks that the numbers of a table are written with."""

    decimal: str = "."
    thousands: str = ""  # one of , . ' or a space; "" for none
    booleans: bool = False  # whether TRUE and FALSE are 1 and 0

    @property
    def are_plain(self) -> bool:
        """Whether NumPy reads such numbers."""
        return self == Marks()


def is_number_like(cell: str) -> bool:
    """Return whether a cell is a number in any notation."""
    return _NUMBER_LIKE.fullmatch(cell) is not None


def is_missing(cell: str) -> bool:
    """Return whether a cell is empty or stands for a number that is not known, such as NA."""
    return cell.strip().lower() in _MISSING


def is_boolean(cell: str) -> bool:
    """Return whether a cell is TRUE or FALSE."""
    return cell.strip().lower() in _BOOLEANS


def parse_number(cell: str, marks: Marks) -> float | None:
    """Return a cell as a float (perhaps NaN or infinite), or None if it is no number with these marks."""
    text = cell.strip().lower()
    if marks.booleans and text in _BOOLEANS:
        return _BOOLEANS[text]
    if not _pattern(marks).fullmatch(text):
        return None
    is_percentage = text.endswith("%")
    for mark in _thousands_marks(marks.thousands):
        text = text.replace(mark, "")
    number = float(text.rstrip("% \u00a0\u202f").replace(marks.decimal, ".").replace("d", "e"))
    return number / 100 if is_percentage else number


@lru_cache(maxsize=64)
def _pattern(marks: Marks) -> re.Pattern[str]:
    """Return the pattern of a number in lower case."""
    decimal, grouping = re.escape(marks.decimal), re.escape("".join(_thousands_marks(marks.thousands)))
    grouped = rf"\d{{1,3}}(?:[{grouping}]\d{{3}})+(?:{decimal}\d*)?|" if grouping else ""
    number = rf"(?:{grouped}\d+(?:{decimal}\d*)?|{decimal}\d+){_EXPONENT}[ \u00a0\u202f]?%?"
    return re.compile(rf"[+-]?(?:{number}|nan|inf(?:inity)?)", re.ASCII)


def _thousands_marks(mark: str) -> str:
    """Return all characters that are written for a thousands mark: any space, any apostrophe."""
    return next((marks for marks in (_SPACES, _APOSTROPHES) if mark and mark in marks), mark)


def detect_marks(rows: Sequence[Sequence[str]], delimiter: str | None) -> Marks:
    """Detect the marks of a table, from what all its numbers have in common.

    Raises `ImageReadError` if the numbers can be read in two ways.
    """
    booleans = _are_boolean(rows)
    text = "\n".join(map("\n".join, rows))
    has_points_only = not any(mark in text for mark in "," + _GROUPING)
    if has_points_only and (delimiter == "," or "." not in text or _CERTAIN_POINT.search(text)):
        return Marks(booleans=booleans)
    evidence = _Evidence(rows)
    if delimiter == "," and evidence.decimals[","] and evidence.n_rows_with_decimal_comma * 2 <= len(rows):
        evidence.decimals[","] = 0  # a lonely 1,5 in quotes is an error of its row
    return evidence.marks(delimiter)._replace(booleans=booleans)


def _are_boolean(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether at least half of the cells of the last row, and more than one, are TRUE or FALSE."""
    cells = rows[-1][-_N_BOOLEANS:] if rows else []
    n_booleans = sum(map(is_boolean, cells))
    return n_booleans > 1 and 2 * n_booleans >= len(cells)


class _Evidence:
    """How often each mark occurs in a place that has one meaning only, and in places that have two."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self.decimals: Counter[str] = Counter()
        self.groups: Counter[str] = Counter()
        self.ambiguous: Counter[str] = Counter()
        self.example = ""
        self.n_rows_with_decimal_comma = 0
        marked_columns: set[int] = set()
        for row in rows:
            before = self.decimals[","]
            for column, cell in enumerate(row):
                if is_number_like(cell) and not cell.strip().isdecimal():
                    self._add(cell.strip())
                    marked_columns.add(column)
            self.n_rows_with_decimal_comma += self.decimals[","] > before
        whole = [
            (c in marked_columns, int(row[c])) for row in rows for c in range(len(row)) if row[c].strip().isdecimal()
        ]
        self.n_large = sum(is_beside and number >= _SMALL for is_beside, number in whole)
        self.n_small = sum(is_beside and number < _SMALL for is_beside, number in whole)
        self.n_small_elsewhere = sum(number < _SMALL for _, number in whole) - self.n_small

    def _add(self, cell: str) -> None:
        core = cell.lstrip("+-").rstrip("% ").lower()
        if re.search(r"[ed]", core):
            self._add_decimal(core)
            return
        for grouping in (_SPACES, _APOSTROPHES):
            if any(mark in core for mark in grouping):
                self.groups[grouping[0]] += 1
                self._add_decimal(core)
                return
        marks = [c for c in core if c in ",."]
        if len(set(marks)) > 1:
            self.groups[marks[0]] += 1
            self.decimals[marks[-1]] += 1
        elif len(marks) > 1:
            self.groups[marks[0]] += 1
        elif marks and _AMBIGUOUS.fullmatch(core):
            self.ambiguous[marks[0]] += 1
            self.example = self.example or cell
        elif marks:
            self.decimals[marks[0]] += 1

    def _add_decimal(self, core: str) -> None:
        self.decimals.update({core[m.start()] for m in re.finditer("[.,]", core)})

    def marks(self, delimiter: str | None) -> Marks:
        """Return the marks that fit all that was seen."""
        certain = [mark for mark, n in self.decimals.most_common() if n]
        groups = [mark for mark, n in self.groups.most_common() if n]
        if certain:
            other = "," if certain[0] == "." else "."
            grouping = groups[0] if groups and groups[0] != certain[0] else ""
            return Marks(certain[0], grouping or (other if self.ambiguous[other] and not self.decimals[other] else ""))
        if groups and groups[0] in ",.":
            return Marks("." if groups[0] == "," else ",", groups[0])
        if groups and not self.ambiguous:
            return Marks(thousands=groups[0])
        return self._marks_without_certainty(delimiter)

    def _marks_without_certainty(self, delimiter: str | None) -> Marks:
        """Return the marks of a table in which three digits follow every comma or point."""
        has_whole_beside = self.n_small > 0 and not self.n_large
        if self.ambiguous[","] and not self.ambiguous["."]:
            if delimiter == "," or has_whole_beside or (self.n_small_elsewhere and not self.n_large):
                return Marks(".", ",")
            if self.n_large:
                return Marks(",")
        elif self.ambiguous["."] and not self.ambiguous[","]:
            if delimiter == "," or self.n_large or not (self.n_small or self.n_small_elsewhere):
                return Marks()
            if has_whole_beside and self.ambiguous["."] >= _MIN_POINT_GROUPS:
                return Marks(",", ".")
        elif not self.ambiguous:
            return Marks()
        raise ImageReadError(
            "“{cell}” and the other numbers can be read in two ways, with a decimal mark or a thousands mark; "
            "save the table again with decimal points and no thousands marks",
            cell=self.example,
        )

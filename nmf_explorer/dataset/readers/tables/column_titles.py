"""What the titles of columns say: pixels that count up together, names, labels, groups of rows."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from nmf_explorer.dataset.readers.samples.labels import is_label_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_INDEX = re.compile(r"|#|idx?|index|no|nr|unnamed: ?\d+|rownames|row", re.IGNORECASE)
_NAME = re.compile(
    r"(^|[^a-z])(ids?|idx|index|uuid|guid|names?|files?|filename|paths?|samples?|images?|key|rownames|unnamed|probe|bild|"
    r"datei|no|nr|nummer)([^a-z]|$)",
    re.IGNORECASE,
)
_WEAK_LABEL = re.compile(
    r"(^|[^a-z])(emotions?|categor(y|ies)|kategorie|klasse|ziffer|diagnosis|letters?|variety|subject|person|art|sorte|"
    r"groups?|gruppe|type|typ|kind|outcome|digit|expression)([^a-z]|$)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"(^|[^a-z])(usage|split|subset|set|fold|partition)([^a-z]|$)", re.IGNORECASE)
_AXIS = re.compile(
    r"(^|[^a-z])(wavelengths?|wavenumbers?|wellenlängen?|wellenzahl|nm|lambda|λ|frequency|frequenz|hz|khz|mhz|time|zeit|"
    r"energy|energie|ev|kev|raman|shift|m/z|mz|ppm|channel|kanal|theta|2theta|depth|tiefe|cm-1|x)([^a-z]|$)",
    re.IGNORECASE,
)
_PIXEL = re.compile(r"(^|[^a-z])(pixels?|px?|v|f|x|feat(ure)?s?|col(umn)?|var)[^a-z]*\d", re.IGNORECASE)
_MIN_FAMILY = 4  # so many titles that count up are evidence
_MIN_SIDE_FAMILY = 0.1  # of the numeric columns: others that count up too, such as those of another colour


def is_index_title(title: str) -> bool:
    """Return whether the title of a first column means that it numbers the rows."""
    return _INDEX.fullmatch(title) is not None


def is_name_title(title: str) -> bool:
    """Return whether a title means names or identifiers."""
    return _NAME.search(_CAMEL.sub(" ", title)) is not None


def is_label_title(title: str, titles: Iterable[str]) -> bool:
    """Return whether a title means classes; "y" does not beside "x"."""
    is_coordinate = title.lower() == "y" and "x" in (other.lower() for other in titles)
    return is_label_name(title) and not is_coordinate


def is_weak_label_title(title: str) -> bool:
    """Return whether a title means classes, if the column looks like them."""
    return _WEAK_LABEL.search(_CAMEL.sub(" ", title)) is not None


def is_split_title(title: str) -> bool:
    """Return whether a title means how the rows are to be used, such as for training."""
    return _SPLIT.search(_CAMEL.sub(" ", title)) is not None


def is_axis_title(title: str) -> bool:
    """Return whether a title means what a spectrum or a course is measured along."""
    return _AXIS.search(_CAMEL.sub(" ", title)) is not None


def is_pixel_title(title: str) -> bool:
    """Return whether a title with a number means a pixel or another variable."""
    return _PIXEL.search(title) is not None


def counted_columns(titles: Sequence[str], columns: Sequence[int]) -> list[int]:
    """Return the columns whose titles are alike but for numbers that count up, if they are most; else none."""
    families: defaultdict[str, list[int]] = defaultdict(list)
    for column in columns:
        if _NUMBER.search(titles[column]):
            families[_NUMBER.sub("#", titles[column])].append(column)
    counted = [family for family in families.values() if len(family) >= _MIN_FAMILY and _counts(titles, family)]
    kept = [family for family in counted if len(family) >= _MIN_SIDE_FAMILY * len(columns)]
    found = sorted(column for family in kept for column in family)
    return found if 2 * len(found) > len(columns) else []


def _counts(titles: Sequence[str], family: list[int]) -> bool:
    numbers = [tuple(map(float, _NUMBER.findall(titles[column]))) for column in family]
    return len(set(numbers)) == len(numbers)

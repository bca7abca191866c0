"""Read the header of an ARFF file (the format of Weka), which names the columns of a comma-separated table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Sequence

_RELATION = re.compile(r"\s*@relation\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\s*@attribute\s+('(?:[^'\\]|\\.)*'|\"[^\"]*\"|\S+)\s+(.+)", re.IGNORECASE)
_DATA = re.compile(r"\s*@data\s*", re.IGNORECASE)


class ArffHeader(NamedTuple):
    """The header of an ARFF file."""

    titles: tuple[str, ...]
    n_lines: int  # without blank lines
    classes: int | None  # the last column if its values are listed


def is_arff(lines: Sequence[str]) -> bool:
    """Return whether the first line that is no comment begins an ARFF file."""
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith("%")), "")
    return _RELATION.match(first) is not None


def read_arff_header(lines: Sequence[str]) -> ArffHeader:
    """Read the titles; raise `ImageReadError` if the header does not end or the rows are sparse."""
    titles, kinds = [], []
    for n_read, line in enumerate(lines, 1):
        if found := _ATTRIBUTE.match(line):
            titles.append(found[1].strip("'\""))
            kinds.append(found[2])
        elif _DATA.fullmatch(line):
            if n_read < len(lines) and lines[n_read].lstrip().startswith("{"):
                raise ImageReadError("an ARFF file with sparse rows; save it with dense rows, or as CSV")
            last = len(kinds) - 1
            return ArffHeader(tuple(titles), n_read, last if kinds and kinds[last].startswith("{") else None)
    raise ImageReadError("an ARFF file without @data; save it again, or as CSV")

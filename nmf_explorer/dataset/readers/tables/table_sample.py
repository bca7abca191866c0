"""Take lines from all over a text table as evidence of how it is laid out, and count its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.readers.samples.file_samples import MAX_SAMPLES
from nmf_explorer.dataset.readers.tables.text_lines import line_blocks
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from typing import BinaryIO

_MAX_CHARACTERS = 400_000  # of the lines that are taken, besides the first ones
_N_FIRST = 40  # lines that are taken in any case, while they are not too long
_N_FEWEST = 3
_ABOUT = ("#", "%", "@")
_EMPTY_CELLS = ',;|\t "'
_RULE = "|-:+= \t"  # a line below the header of a table in Markdown


class TableSample(NamedTuple):
    """Lines of a table, in order."""

    lines: list[str]
    numbers: list[int]  # line numbers in the file of the first ones, from 1
    places: list[int]  # number of each among the filled lines, from 0
    n_filled: int  # lines of the file that are not blank


def is_filled(line: str) -> bool:
    """Return whether a line has more than white space, empty cells or a drawn rule."""
    if not line or line[0].isalnum():
        return bool(line)
    return not line.isspace() and bool(line.strip(_EMPTY_CELLS)) and bool(line.strip(_RULE))


def take_sample(stream: BinaryIO) -> TableSample:
    """Read a table once; keep its first lines and others that are spread evenly over it.

    Raises `ImageReadError` if it has too many rows.
    """
    first: list[str] = []
    numbers: list[int] = []
    spread: list[tuple[int, str]] = []
    n_filled, step = 0, 1
    n_characters = 0  # of the lines in `spread`
    for block in line_blocks(stream):
        filled = list(filter(is_filled, block.lines))
        start = 0
        while len(first) == n_filled + start and start < len(filled) and _has_room(first):
            first.append(filled[start])
            numbers.append(block.first + block.lines.index(filled[start]))
            start += 1
        start += -(n_filled + start) % step
        for i in range(start, len(filled), step):
            if (n_filled + i) % step == 0:  # the step may have grown
                spread.append((n_filled + i, filled[i]))
                n_characters += len(filled[i])
            if n_characters > _MAX_CHARACTERS and len(spread) > 1:
                step *= 2
                spread = [entry for entry in spread if entry[0] % step == 0]
                n_characters = sum(len(line) for _, line in spread)
        n_filled += len(filled)
        if n_filled > MAX_SAMPLES:
            raise ImageReadError("too many rows: more than {limit:,}", limit=MAX_SAMPLES)
    lines = [*first, *(line for _, line in spread)]
    return TableSample(lines, numbers, [*range(len(first)), *(place for place, _ in spread)], n_filled)


def _has_room(first: list[str]) -> bool:
    """Return whether another of the first lines is taken; comments and the header of an ARFF file are taken whole."""
    if first and first[-1].startswith(_ABOUT):
        return True
    return len(first) < _N_FEWEST or (len(first) < _N_FIRST and sum(map(len, first)) < _MAX_CHARACTERS // 2)

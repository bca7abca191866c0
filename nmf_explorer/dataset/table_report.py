"""TableReport: how a text table was read, to be shown and changed column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nmf_explorer.dataset.load_options import Role

MAX_FIRST_COLUMNS = 40  # columns of a very wide table that are shown: the first ones, and the last ones
MAX_LAST_COLUMNS = 10
MAX_SHOWN_ROWS = 8


class TableColumn(NamedTuple):
    """One column of a text table: its first cells, and what they were taken for."""

    number: int  # from 0, as in `LoadOptions.columns`
    title: str  # cell of the header, "" without one
    role: Role
    cells: tuple[str, ...]  # of the first rows, as written


class TableReport(NamedTuple):
    """How a text table was read.

    Attributes
    ----------
    columns : the first 40 and the last 10 columns
    roles : of every column; of what was chosen or detected
    n_rows : rows of numbers, without the header
    has_header : whether the first row was taken as titles
    delimiter : what parts the cells: "," ";" tab "|" or, for any white space, " "
    decimal_mark, thousands_mark : "." or "," and "," "." " " "'" or "" for none
    samples_in : whether the samples are the "rows" or the "columns"
    """

    columns: tuple[TableColumn, ...]
    roles: tuple[Role, ...]
    n_rows: int
    has_header: bool
    delimiter: str
    decimal_mark: str = "."
    thousands_mark: str = ""
    samples_in: str = "rows"


def shown_columns(n_columns: int) -> list[int]:
    """Return the numbers of the columns that a report shows: all, or the first and the last ones."""
    if n_columns <= MAX_FIRST_COLUMNS + MAX_LAST_COLUMNS:
        return list(range(n_columns))
    return [*range(MAX_FIRST_COLUMNS), *range(n_columns - MAX_LAST_COLUMNS, n_columns)]

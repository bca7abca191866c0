"""Report how a text table was read: what each column was taken for, and which choices would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.dataset.load_report import Advice
from nmf_explorer.dataset.table_report import MAX_SHOWN_ROWS, TableColumn, TableReport, shown_columns
from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmf_explorer.dataset.load_options import LoadKeywords, LoadOptions, Role
    from nmf_explorer.dataset.readers.tables.table_layout import TableLayout

_MAX_LISTED = 6  # columns that a message names
_MAX_CELL = 200  # characters of a cell that is shown


def make_report(layout: TableLayout, n_rows: int) -> TableReport:
    """Return the report on a table of so many rows."""
    roles, dialect = layout.roles.roles, layout.dialect
    shown = layout.body.cells[:MAX_SHOWN_ROWS]
    columns = tuple(
        TableColumn(
            number,
            layout.titles[number] if layout.titles else "",
            roles[number],
            tuple(row[number].strip()[:_MAX_CELL] for row in shown),
        )
        for number in shown_columns(layout.n_columns)
    )
    return TableReport(
        columns,
        roles,
        n_rows,
        has_header=bool(layout.titles),
        delimiter=dialect.delimiter or " ",
        decimal_mark=dialect.marks.decimal,
        thousands_mark=dialect.marks.thousands,
        samples_in=layout.samples_in,
    )


def give_table_advice(layout: TableLayout, options: LoadOptions) -> tuple[Advice, ...]:
    """Return what the user should know about how a table was read, the least certain first."""
    return (*_axis_advice(layout), *_label_advice(layout, options), *_role_advice(layout), *_number_advice(layout))


def _axis_advice(layout: TableLayout) -> list[Advice]:
    if not layout.is_axis_guess:
        return []
    message = Message(
        "The first column of the table rises evenly, and the others have names: each column was taken as one sample."
    )
    return [Advice(message, Message("Take the rows"), {"samples_in": "rows"})]


def _label_advice(layout: TableLayout, options: LoadOptions) -> list[Advice]:
    roles = layout.roles
    if roles.guessed_label is not None:
        message = Message(
            "Column {column} of the table looks like classes and was taken as labels.", column=roles.guessed_label + 1
        )
        return [Advice(message, Message("Take it as a pixel"), _changed(options, roles.guessed_label, "feature"))]
    if roles.possible_label is not None:
        message = Message(
            "Column {column} of the table may be labels; it was taken as a pixel.", column=roles.possible_label + 1
        )
        return [Advice(message, Message("Take it as labels"), _changed(options, roles.possible_label, "label"))]
    return []


def _changed(options: LoadOptions, column: int, role: Role) -> LoadKeywords:
    return {"columns": {**dict(options.columns), column: role}}


def _role_advice(layout: TableLayout) -> list[Advice]:
    """Say which columns are names and labels, and which were left out, if any are."""
    names, labels = layout.columns("name"), layout.columns("label")
    left_out = [column for column in layout.columns("ignore") if layout.titles or not layout.body.is_empty[column]]
    left_out = [column for column in left_out if not layout.body.is_empty[column] or layout.titles[column]]
    if not (names or labels or left_out):
        return []
    return [
        Advice(
            Message(
                "Columns of the table: {n} of numbers; names: {names}; labels: {labels}; left out: {left_out}.",
                n=len(layout.columns("feature")),
                names=_listed(layout, names),
                labels=_listed(layout, labels),
                left_out=_listed(layout, left_out),
            )
        )
    ]


def _listed(layout: TableLayout, columns: Sequence[int]) -> str:
    """List columns by title, else by number from 1."""
    if not columns:
        return Message("none")
    named = [layout.titles[column] if layout.titles else "" for column in columns[:_MAX_LISTED]]
    texts = [f"“{title}”" if title else str(column + 1) for title, column in zip(named, columns, strict=False)]
    more = len(columns) - len(texts)
    listed = ", ".join(texts)
    return Message("{columns} and {n} more", columns=listed, n=more) if more else listed


def _number_advice(layout: TableLayout) -> list[Advice]:
    """Say how the first rows and the numbers were read, where that is not as usual."""
    found = []
    if layout.header_reason:
        found.append(Message("The first row of the table was taken as its header: {why}.", why=layout.header_reason))
    if layout.n_preamble:
        found.append(Message("Lines before the table that were left out: {n}.", n=layout.n_preamble))
    marks = layout.dialect.marks
    if marks.thousands:
        found.append(
            Message(
                "“{mark}” parts thousands in the numbers of the table: {example} is 2365.",
                mark=marks.thousands,
                example=f"2{marks.thousands}365",
            )
        )
    if any(cell.strip().endswith("%") for cell in layout.body.cells[0]):
        found.append(Message("Percentages in the table were read as shares: 50% as 0.5."))
    if marks.booleans:
        found.append(Message("TRUE and FALSE in the table were read as 1 and 0."))
    return [Advice(message) for message in found]

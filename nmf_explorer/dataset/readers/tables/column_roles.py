"""Find out what each column of a table holds: numbers of the samples, names, labels, or nothing of use."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from nmf_explorer.dataset.readers.tables import column_titles as of_title
from nmf_explorer.dataset.readers.tables.end_columns import find_end_label, find_one_hot, is_square

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nmf_explorer.dataset.load_options import Role
    from nmf_explorer.dataset.readers.tables.table_body import TableBody

_MIN_INDEX_ROWS = 4  # from 4 rows on, a column that counts up is an index
_MAX_CLASSES = 10  # a column that counts up beyond this is no label column
_MIN_FAR = 3.0  # identifiers are so many times above all pixels
_MIN_ROWS = 4


class ColumnRoles(NamedTuple):
    """The role of each column, and how sure it is."""

    roles: tuple[Role, ...]
    one_hot: bool = False  # whether the labels are several columns with one 1 in each row
    guessed_label: int | None = None  # a label column that may as well hold values
    possible_label: int | None = None  # a column of values that may as well hold labels


def find_roles(
    body: TableBody, titles: Sequence[str], chosen: Mapping[int, Role], *, listed: int | None, finds_labels: bool
) -> ColumnRoles:
    """Find the role of each column; `chosen` ones are kept, and `listed` holds all pixels in one cell."""
    finder = _RoleFinder(body, titles, chosen)
    if listed is not None:
        finder.take({listed}, "feature")
        finder.counted = [listed]
    elif titles:
        finder.counted = of_title.counted_columns(titles, finder.numeric())
    if titles:
        finder.find_by_title(finds_labels=finds_labels)
    finder.find_index()
    if finds_labels:
        finder.find_labels_by_values()
    finder.finish()
    return ColumnRoles(finder.in_order(), finder.one_hot, finder.guessed_label, finder.possible_label)


class _RoleFinder:
    """Gives columns their roles, one after the other."""

    def __init__(self, body: TableBody, titles: Sequence[str], chosen: Mapping[int, Role]) -> None:
        self.body, self.titles = body, titles
        self.roles: dict[int, Role] = dict(chosen)
        self.counted: list[int] = []  # columns whose titles count up: the pixels
        self.one_hot = False
        self.guessed_label: int | None = None
        self.possible_label: int | None = None
        for column in np.flatnonzero(body.is_empty).tolist():
            self.roles.setdefault(column, "ignore")

    def take(self, columns: set[int], role: Role) -> None:
        """Give columns a role unless they have one."""
        for column in columns:
            self.roles.setdefault(column, role)

    def open(self) -> list[int]:
        """Return the columns without a role."""
        return [column for column in range(self.body.n_columns) if column not in self.roles]

    def numeric(self) -> list[int]:
        """Return the columns of numbers without a role."""
        is_numeric = self.body.is_numeric
        return [column for column in self.open() if is_numeric[column]]

    def has(self, role: Role) -> bool:
        """Return whether a column has a role."""
        return role in self.roles.values()

    def in_order(self) -> tuple[Role, ...]:
        """Return the roles of all columns."""
        return tuple(self.roles[column] for column in range(self.body.n_columns))

    # evidence, the strongest first

    def find_by_title(self, *, finds_labels: bool) -> None:
        """Find names, labels and groups of rows by their titles; beside counted pixels no other column is a pixel."""
        counted = set(self.counted)
        others = [column for column in self.open() if column not in counted]
        if finds_labels and not self.has("label"):
            labels = [c for c in others if of_title.is_label_title(self.titles[c], self.titles)]
            if len(labels) > 1 and counted:
                self._take_several_labels(labels)
            elif len(labels) == 1:
                self.take({labels[0]}, "ignore" if self._is_measured(labels[0]) else "label")
        for column in others:
            title = self.titles[column]
            is_index = column == 0 and of_title.is_index_title(title)
            if not self.has("name") and (is_index or (of_title.is_name_title(title) and self._could_name(column))):
                self.take({column}, "name")
            elif of_title.is_split_title(title) and not self.body.is_numeric[column]:
                self.take({column}, "ignore")
        if finds_labels and not self.has("label"):
            weak = [c for c in others if c not in self.roles and of_title.is_weak_label_title(self.titles[c])]
            found = [c for c in weak if self._is_repeated(c) or (counted and self.body.is_whole(c))]
            self.take(set(found[:1]), "label")

    def _take_several_labels(self, labels: list[int]) -> None:
        """Take columns named like labels beside pixels: as a one-hot code, or the first one of classes."""
        values = self.body.numbers[:, labels]
        if ((values == 0) | (values == 1)).all() and (values.sum(axis=1) == 1).all():
            self.one_hot = True
            self.take(set(labels), "label")
        else:
            self.take(set(([c for c in labels if self._is_repeated(c)] or labels)[:1]), "label")

    def find_index(self) -> None:
        """Find a first column that numbers the rows, or holds identifiers far above all pixels."""
        numeric = self.numeric()
        if not numeric or numeric[0] != 0 or self.has("name") or 0 in self.counted:
            return
        n_rows, n_others = len(self.body.cells), len(numeric) - 1
        could_be_classes = is_square(n_others) and n_rows <= _MAX_CLASSES
        if self.body.counts_up(0):
            if n_rows >= _MIN_INDEX_ROWS and not could_be_classes:
                self.take({0}, "name")
        elif n_rows >= _MIN_ROWS and self.body.is_whole(0) and self._is_distinct(0) and not self.titles:
            others = self.body.numbers[:, numeric[1:]]
            if others.size and self.body.numbers[:, 0].min() > _MIN_FAR * max(0.0, np.nanmax(others)) > 0:
                self.take({0}, "name")

    def find_labels_by_values(self) -> None:
        """Find labels among the columns whose titles say nothing."""
        if self.has("label"):
            return
        if self.counted:
            rest = [column for column in self.numeric() if column not in set(self.counted)]
            self.take(set([c for c in rest if self.body.is_classes(c)][:1]), "label")
        texts = [c for c in self.open() if not self.body.is_numeric[c] and self._is_repeated(c)]
        if texts and not self.has("label"):
            self.take({texts[0]}, "label")
        numeric = self.numeric()
        if self.has("label") or self.counted or len(numeric) <= 2:
            return
        if not self.titles and (hot := find_one_hot(self.body, numeric)):
            self.one_hot = True
            self.take(set(hot), "label")
            return
        found = find_end_label(self.body, numeric)
        if found is None:
            return
        leaves_square = is_square(len(numeric) - 1) and not is_square(len(numeric))
        is_label = (found.is_sure and leaves_square) if self.titles else (found.is_sure or leaves_square)
        if is_label:
            self.guessed_label = found.column
            self.take({found.column}, "label")
        else:
            self.possible_label = found.column

    def finish(self) -> None:
        """Give the remaining columns their roles."""
        counted = set(self.counted)
        numeric = self.numeric()
        self.take({c for c in numeric if not counted or c in counted}, "feature")
        for column in self.open():
            is_name = not self.has("name") and self._is_distinct(column)
            self.take({column}, "name" if is_name else "ignore")

    # what one column is like

    def _is_distinct(self, column: int) -> bool:
        """Return whether a column could name the samples: different texts, or different whole numbers."""
        texts = self.body.texts(column)
        is_usable = not self.body.is_numeric[column] or self.body.is_whole(column)
        return is_usable and len(set(texts)) == len(texts)

    def _could_name(self, column: int) -> bool:
        return not self.body.is_numeric[column] or self._is_distinct(column)

    def _is_repeated(self, column: int) -> bool:
        """Return whether a column could hold classes: texts or whole numbers that come again."""
        if self.body.is_numeric[column]:
            return self.body.is_classes(column)
        counts = Counter(self.body.texts(column))
        return 1 < len(counts) < self.body.n_rows

    def _is_measured(self, column: int) -> bool:
        """Return whether a column holds measured numbers rather than classes."""
        values = self.body.numbers[:, column]
        is_fraction = bool(self.body.is_numeric[column]) and bool(
            (np.isfinite(values) & (values != np.rint(values))).any()
        )
        return is_fraction and 2 * len(np.unique(values)) > len(values)

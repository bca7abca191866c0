"""Match the roles that the user chose for columns with the columns of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nmf_explorer.dataset.load_options import Columns, Role

_MAX_LISTED = 8  # titles that a message lists


def chosen_roles(columns: Columns, titles: Sequence[str], n_columns: int) -> dict[int, Role]:
    """Return the chosen roles by column number from 0; raise `ImageReadError` for a column that does not exist.

    A number counts from the end if it is below 0; a title names every column with it.
    """
    roles: dict[int, Role] = {}
    for key, role in columns:
        if isinstance(key, str):
            found = [number for number, title in enumerate(titles) if title == key.strip()]
        else:
            found = [key % n_columns] if -n_columns <= key < n_columns else []
        if not found:
            raise _no_such_column(key, titles, n_columns)
        roles.update(dict.fromkeys(found, role))
    return roles


def _no_such_column(key: int | str, titles: Sequence[str], n_columns: int) -> ImageReadError:
    if not isinstance(key, str):
        return ImageReadError(
            "there is no column {number}, counted from 1: it has {n} columns", number=key + (key >= 0), n=n_columns
        )
    if not titles:
        return ImageReadError(
            "there is no column “{title}”: it has no header; give the number of the column", title=key
        )
    listed = ", ".join(titles[:_MAX_LISTED]) + (", …" if len(titles) > _MAX_LISTED else "")
    return ImageReadError("there is no column “{title}”; its columns are {titles}", title=key, titles=listed)

"""How a set came to be: what was found, how it was read, and what else could have been chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.load_options import LoadOptions

if TYPE_CHECKING:
    from nmf_explorer.errors import Message


class Advice(NamedTuple):
    """Something about a set that matters, and what can be done about it.

    Attributes
    ----------
    message : Message
        What it is.
    action : Message or None, default None
        What a button would say that opens the set again otherwise, such as "Invert".
    changes : dict of str to object, default {}
        Attributes of `LoadOptions` that the action changes.
    """

    message: Message
    action: Message | None = None
    changes: dict[str, object] = {}  # noqa: RUF012 - never changed


class LoadReport(NamedTuple):
    """How a set came to be.

    Attributes
    ----------
    options : LoadOptions
        What was asked for.
    sizes : tuple of ((int, int), int)
        ``(height, width)`` that the pictures have in their files, and how many have it; the most frequent first.
    questions : frozenset of str
        Names of attributes of `LoadOptions` that would make a difference for this set, such as "colour" where some
        picture has a colour, or "table_size" for a table.
    table_sizes : tuple of (int, int)
        Sizes that a row of the table could have as a picture, the likeliest first; empty if there is no table.
    advice : tuple of Advice
        What the user should know, the most important first.
    """

    options: LoadOptions = LoadOptions()
    sizes: tuple[tuple[tuple[int, int], int], ...] = ()
    questions: frozenset[str] = frozenset()
    table_sizes: tuple[tuple[int, int], ...] = ()
    advice: tuple[Advice, ...] = ()


NO_REPORT = LoadReport()

"""LoadReport: what was found when a set was loaded, how it was read, and which options would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.load_options import LoadKeywords, LoadOptions

if TYPE_CHECKING:
    from nmf_explorer.dataset.table_report import TableReport
    from nmf_explorer.errors import Message


class Advice(NamedTuple):
    """A fact about a set that matters, and an action that can be taken on it."""

    message: Message
    action: Message | None = None  # text of a button that opens the set again with `changes`, such as "Invert"
    changes: LoadKeywords = {}  # noqa: RUF012 - never changed; fields of `LoadOptions` and their new values


class LoadReport(NamedTuple):
    """How a set was loaded.

    Attributes
    ----------
    sizes : ((height, width), number of images with it) in the files, most frequent first
    relevant_options : fields of `LoadOptions` that would make a difference, such as "colour" if an image has colour
    table_sizes : possible (height, width) of a table's samples, most likely first; empty without a table
    advice : most important first
    table : how the (first) text table was read; None without one
    """

    options: LoadOptions = LoadOptions()
    sizes: tuple[tuple[tuple[int, int], int], ...] = ()
    relevant_options: frozenset[str] = frozenset()
    table_sizes: tuple[tuple[int, int], ...] = ()
    advice: tuple[Advice, ...] = ()
    table: TableReport | None = None


NO_REPORT = LoadReport()

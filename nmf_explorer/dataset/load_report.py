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


class AxisChoice(NamedTuple):
    """One way to read an array of three or four axes."""

    axis: int  # counts the samples: a value of `LoadOptions.samples_axis`
    n_samples: int
    height: int  # pixels
    width: int


class LoadReport(NamedTuple):
    """How a set was loaded.

    Attributes
    ----------
    sizes : ((height, width), number of images with it) in the files, most frequent first
    relevant_options : fields of `LoadOptions` that would make a difference, such as "colour" if an image has colour
    table_sizes : possible (height, width) of a table's samples, most likely first; empty without a table
    advice : most important first
    table : how the (first) text table was read; None without one
    samples_axes : ways to read an array of three or four axes, the one taken first; empty without such an array
    arrays : names of the arrays of a file that may hold samples, the one taken first; empty if there is only one
    cache_problem : why decoded photographs could not be kept for the next time; empty if they were, or need not be
    """

    options: LoadOptions = LoadOptions()
    sizes: tuple[tuple[tuple[int, int], int], ...] = ()
    relevant_options: frozenset[str] = frozenset()
    table_sizes: tuple[tuple[int, int], ...] = ()
    advice: tuple[Advice, ...] = ()
    table: TableReport | None = None
    samples_axes: tuple[AxisChoice, ...] = ()
    arrays: tuple[str, ...] = ()
    cache_problem: str = ""


NO_REPORT = LoadReport()

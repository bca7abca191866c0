"""What the window tells without interrupting: how a set was read, how a fit went."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.load_report import Advice
from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset, Skipped


class Level(Enum):
    """How much a notice matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Notice(NamedTuple):
    """Something to tell the user without interrupting.

    Attributes
    ----------
    level : Level
        How much it matters.
    messages : tuple of Message
        What to say, in order.
    skipped : tuple of Skipped
        Files to list beneath it.
    advice : tuple of Advice
        What else to say, line by line, and what can be done about it.
    is_about_reading : bool
        Whether it tells how the open set was read, which can be changed.
    """

    level: Level
    messages: tuple[Message, ...]
    skipped: tuple[Skipped, ...] = ()
    advice: tuple[Advice, ...] = ()
    is_about_reading: bool = False


def notice_about(dataset: Dataset) -> Notice | None:
    """What is to be said about a set that was opened; nothing if all is as anybody would expect."""
    skipped, report = dataset.skipped, dataset.report
    advice = report.advice or tuple(map(Advice, dataset.notes))
    if not skipped and not advice:
        return None
    height, width = dataset.sample_shape[:2]
    values: dict[str, object] = {"n": dataset.n_samples, "width": width, "height": height}
    if skipped:
        template = "{n:,} images of {width} x {height} loaded; {skipped:,} skipped."
        text = Message(template, **values, skipped=len(skipped))
        return Notice(Level.WARNING, (text,), skipped, advice, is_about_reading=True)
    text = Message("{n:,} images of {width} x {height} loaded.", **values)
    return Notice(Level.INFO, (text,), (), advice, is_about_reading=True)

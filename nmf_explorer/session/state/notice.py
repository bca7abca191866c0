"""Notices: messages in the window that do not interrupt the user."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.load_report import Advice
from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset, Skipped


class Level(Enum):
    """Severity of a notice."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Notice(NamedTuple):
    """A message on screen."""

    level: Level
    messages: tuple[Message, ...]  # sentences, in order
    skipped: tuple[Skipped, ...] = ()  # files to list below
    advice: tuple[Advice, ...] = ()  # further lines, each with a button for what the user can do
    is_about_reading: bool = False  # whether it is about the load options of the open dataset


def notice_about(dataset: Dataset) -> Notice | None:
    """Return a notice about skipped files and advice of a new dataset; None without any."""
    skipped, report = dataset.skipped, dataset.report
    advice = report.advice or tuple(map(Advice, dataset.notes))
    if not skipped and not advice:
        return None
    height, width = dataset.sample_shape[:2]
    values: dict[str, object] = {"n": dataset.n_samples, "width": width, "height": height}
    is_single = dataset.n_samples == 1
    if skipped:
        template = "{n:,} images of {width} x {height} loaded; {skipped:,} skipped."
        if is_single:
            template = "1 image of {width} x {height} loaded; {skipped:,} skipped."
        text = Message(template, **values, skipped=len(skipped))
        return Notice(Level.WARNING, (text,), skipped, advice, is_about_reading=True)
    template = "1 image of {width} x {height} loaded." if is_single else "{n:,} images of {width} x {height} loaded."
    text = Message(template, **values)
    return Notice(Level.INFO, (text,), (), advice, is_about_reading=True)

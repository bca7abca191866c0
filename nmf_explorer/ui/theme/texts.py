"""Words and numbers for the screen: translated messages, numbers in the user's way of writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import Qt

from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from pathlib import Path

    from nmf_explorer.dataset.dataset import Dataset

_LONGEST_ENDING = 5
SMALL_SHARE = 0.0995  # below it, a share is told with a decimal
_JOINERS = "\u200c\u200d"  # invisible, but Persian words and many emojis are written with them
CONTEXT = "Message"  # the translators' heading for all that comes from below the window


class _Number:
    """A number in a message, written as Python is told to, but with the user's marks in it."""

    def __init__(self, value: float) -> None:
        self._value = value

    def __format__(self, form: str) -> str:
        marks = {ord(","): QLocale().groupSeparator(), ord("."): QLocale().decimalPoint()}
        return format(self._value, form).translate(marks)

    def __repr__(self) -> str:
        return repr(self._value)


def translated(text: str) -> str:
    """A message from below the window in the user's language; other strings as they are."""
    if not isinstance(text, Message):
        return text
    template = QCoreApplication.translate(CONTEXT, text.template)
    return template.format(**{name: _filling(value) for name, value in text.values.items()})


def _filling(value: object) -> object:
    if isinstance(value, Message):
        return translated(value)
    return _Number(value) if isinstance(value, (int, float)) else value


def printable(name: object) -> str:
    """A file's name for the screen: one line, and marks where its bytes are no text."""
    text = str(name).encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() or c in _JOINERS else "\N{REPLACEMENT CHARACTER}" for c in text)


def plain_tool_tip(text: str) -> str:
    """A tool tip in which angle brackets are angle brackets; Qt would take a name such as <b>.png for HTML."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text


def short_name(name: str) -> str:
    """A sample's name where there is little room: without the ending of its file."""
    stem, dot, ending = name.rpartition(".")
    return printable(stem if dot and stem and len(ending) <= _LONGEST_ENDING and " " not in ending else name)


def in_two_lines(text: str) -> str:
    """The last word beneath the others: narrow buttons for large letters."""
    return "\n".join(text.rsplit(" ", 1))


def names_of(paths: list[Path]) -> list[str]:
    """Names of files and folders for a list; with the folder that holds them where a name alone is not enough."""
    names = [printable(path.name or path) for path in paths]
    return [
        f"{name} ({printable(path.parent)})" if names.count(name) > 1 else name
        for name, path in zip(names, paths, strict=True)
    ]


def number(value: float, decimals: int) -> str:
    """A number as the user writes it."""
    return QLocale().toString(float(value), "f", decimals)


def percent(share: float) -> str:
    """A share of 1 in percent, with a decimal where it is small."""
    return f"{number(100 * share, 0 if share >= SMALL_SHARE or share == 0 else 1)} %"


def describe_sample(dataset: Dataset, index: int) -> str:
    """Which sample of how many, and its file."""
    template = QCoreApplication.translate("Message", "sample {i} of {n}, {name}")
    return template.format(i=index + 1, n=dataset.n_samples, name=printable(dataset.sample_names[index]))


def title_of_part(part: int, name: str) -> str:
    """What a part is called: the name that the user gave it, or its number."""
    return printable(name) if name else QCoreApplication.translate("Message", "part {i}").format(i=part + 1)


def describe_set(dataset: Dataset) -> str:
    """How many images of what size."""
    height, width = dataset.sample_shape[:2]
    template = QCoreApplication.translate("Message", "{n} images of {width} x {height} pixels")
    return template.format(n=dataset.n_samples, width=width, height=height)

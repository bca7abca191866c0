"""Texts and numbers for the screen: translated messages and localized numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import Qt

from nmf_explorer.errors import Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from nmf_explorer.dataset.dataset import Dataset

_MAX_SUFFIX_LENGTH = 5
SMALL_SHARE = 0.0995  # smaller shares are shown with a decimal
_JOINERS = "\u200c\u200d"  # not printable, but needed in Persian words and many emojis
CONTEXT = "Message"  # the translation context of all texts from below the user interface


class _LocalizedNumber:
    """A number that is formatted with the locale's decimal point and group separator."""

    def __init__(self, value: float) -> None:
        self._value = value

    def __format__(self, form: str) -> str:
        marks = {ord(","): QLocale().groupSeparator(), ord("."): QLocale().decimalPoint()}
        return format(self._value, form).translate(marks)

    def __repr__(self) -> str:
        return repr(self._value)


def translated(text: str) -> str:
    """Return a message from the core in the user's language; other strings unchanged."""
    if not isinstance(text, Message):
        return text
    template = QCoreApplication.translate(CONTEXT, text.template)
    return template.format(**{name: _localized_value(value) for name, value in text.values.items()})


def _localized_value(value: object) -> object:
    if isinstance(value, Message):
        return translated(value)
    return _LocalizedNumber(value) if isinstance(value, (int, float)) else value


def printable(name: object) -> str:
    """Return a file name for the screen: one line, with replacement characters for undecodable bytes."""
    text = str(name).encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() or c in _JOINERS else "\N{REPLACEMENT CHARACTER}" for c in text)


def plain_tool_tip(text: str) -> str:
    """Return a tool tip with literal angle brackets; Qt would read a name such as <b>.png as HTML."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text


def describe_widget(widget: QWidget, text: str, *, description: str | None = None) -> None:
    """Set the tool tip of a widget, and the same text for screen readers, which would read HTML in a tool tip aloud."""
    widget.setToolTip(plain_tool_tip(text))
    widget.setAccessibleDescription(text if description is None else description)


def short_name(name: str) -> str:
    """Return a sample's name without the suffix of its file."""
    stem, dot, ending = name.rpartition(".")
    return printable(stem if dot and stem and len(ending) <= _MAX_SUFFIX_LENGTH and " " not in ending else name)


def without_common_start(name: str, names: Sequence[str]) -> str:
    """Return a name without the words that all names begin with, judged by three of them."""
    known = (names[0], names[len(names) // 2], names[-1])
    starts = [word.end() for word in re.finditer(r"[\W_]+", name)]
    shared = [end for end in starts if all(each[:end] == name[:end] for each in known)]
    return name[max(shared, default=0) :] or name


def sample_caption(dataset: Dataset, index: int, *, is_brief: bool = False) -> str:
    """Return a sample's name, or its label where names only count the samples; `is_brief` leaves out its number."""
    names = dataset.sample_names
    name = short_name(names[index])
    if not dataset.labels or without_common_start(name, names) != str(index + 1):
        return name
    label = printable(dataset.labels[index])
    if is_brief:
        return label
    return QCoreApplication.translate("Message", "{label}, sample {i}").format(label=label, i=number(index + 1, 0))


def in_two_lines(text: str) -> str:
    """Put the last word in a second line, for narrow buttons with large text."""
    return "\n".join(text.rsplit(" ", 1))


def display_names(paths: list[Path]) -> list[str]:
    """Return the names of files and folders; with their parent folder where names are equal."""
    names = [printable(path.name or path) for path in paths]
    return [
        f"{name} ({printable(path.parent)})" if names.count(name) > 1 else name
        for name, path in zip(names, paths, strict=True)
    ]


def number(value: float, decimals: int) -> str:
    """Format a number in the user's locale."""
    return QLocale().toString(float(value), "f", decimals)


def percent(share: float) -> str:
    """Format a share of 1 as a percentage, with a decimal if it is small."""
    return f"{number(100 * share, 0 if share >= SMALL_SHARE or share == 0 else 1)} %"


def exact_percent(share: float) -> str:
    """Format a share of 1 as a percentage with two decimals, as errors are compared."""
    return f"{number(100 * share, 2)} %"


def describe_sample(dataset: Dataset, index: int) -> str:
    """Return the number of a sample, the number of samples, and its name."""
    template = QCoreApplication.translate("Message", "sample {i} of {n}, {name}")
    numbers = {"i": number(index + 1, 0), "n": number(dataset.n_samples, 0)}
    return template.format(**numbers, name=printable(dataset.sample_names[index]))


def title_of_part(part: int, name: str) -> str:
    """Return the name that the user gave a part, or its number."""
    return printable(name) if name else QCoreApplication.translate("Message", "part {i}").format(i=part + 1)


def describe_set(dataset: Dataset) -> str:
    """Return the number of images and their size."""
    height, width = dataset.sample_shape[:2]
    if dataset.n_samples == 1:
        template = QCoreApplication.translate("Message", "1 image of {width} x {height} pixels")
    else:
        template = QCoreApplication.translate("Message", "{n} images of {width} x {height} pixels")
    return template.format(n=number(dataset.n_samples, 0), width=number(width, 0), height=number(height, 0))

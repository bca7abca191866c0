"""Errors that a user may meet, with text for the screen: what failed, on what, what to do.

Texts are English templates with named values, so that the window can translate the template and then fill it in.
"""

from __future__ import annotations

from typing import Self


class Message(str):
    """An English text for the user that keeps its template and values, so that it can be translated later.

    A template has named gaps, such as ``"{name} is empty"``.
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, **values: object) -> Self:
        """Fill in the template, and keep it."""
        text = super().__new__(cls, template.format(**values))
        text.template = template
        text.values = values
        return text


class NmfExplorerError(Exception):
    """Base of all expected errors; the program shows their message and continues."""

    def __init__(self, template: str, **values: object) -> None:
        self.message = Message(template, **values)
        super().__init__(self.message)

    @classmethod
    def of(cls, message: Message) -> Self:
        """Make an error from an existing message."""
        return cls(message.template, **message.values)


class SourceError(NmfExplorerError):
    """A file or folder cannot be used as an image set."""


class ImageReadError(NmfExplorerError):
    """One file cannot be read as an image; the rest of the set may still be usable."""


class DataError(NmfExplorerError):
    """The values cannot be factorized: negative, not finite, all zero, or of an unusable shape."""


class OptionError(NmfExplorerError, ValueError):
    """An option has a value that is not allowed."""


class NotEnoughMemoryError(NmfExplorerError, MemoryError):
    """The memory does not suffice for a fit."""


class ExportError(NmfExplorerError):
    """A result cannot be written to the requested file."""


class ModelFileError(NmfExplorerError):
    """A file cannot be read as a model: missing, damaged, of another kind, or written by a newer version."""


class Cancelled(NmfExplorerError):  # noqa: N818 - the end of a task, not a fault
    """The user cancelled the task; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Stopped.")

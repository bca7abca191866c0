"""Every failure that a user may meet, in words fit for the screen: what failed, on what, what to do.

Everything in the program may raise these; nothing here knows Qt. The texts are English templates with named
values, so that the window can translate the template first and fill in the values afterwards.
"""

from __future__ import annotations

from typing import Self


class Message(str):
    """A text for the user that still knows how it was made.

    It is an ordinary English string. A window that speaks another language looks up `template` in its
    catalogue and fills in `values` again.

    Parameters
    ----------
    template : str
        The English text with named gaps, such as ``"{name} is empty"``.
    **values : object
        What goes into the gaps.
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, **values: object) -> Self:
        """Fill the template in, and keep it beside the text."""
        text = super().__new__(cls, template.format(**values))
        text.template = template
        text.values = values
        return text


class NmfExplorerError(Exception):
    """Base of all expected failures; the program shows their message and goes on.

    Parameters
    ----------
    template : str
        The English text with named gaps.
    **values : object
        What goes into the gaps.
    """

    def __init__(self, template: str, **values: object) -> None:
        self.message = Message(template, **values)
        super().__init__(self.message)

    @classmethod
    def of(cls, message: Message) -> Self:
        """Make one of a text that there is already."""
        return cls(message.template, **message.values)


class SourceError(NmfExplorerError):
    """A file or folder cannot be used as a set of images."""


class ImageReadError(NmfExplorerError):
    """One file cannot be read as an image; the rest of the set may still be good."""


class DataError(NmfExplorerError):
    """The numbers themselves cannot be factorized: negative, not finite, all zero, of an unusable shape."""


class OptionError(NmfExplorerError, ValueError):
    """An option has a value that is not allowed."""


class ExportError(NmfExplorerError):
    """A result cannot be written where it was asked for."""


class Cancelled(NmfExplorerError):  # noqa: N818 - the end of a task, not a fault
    """The user stopped the work; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Stopped.")

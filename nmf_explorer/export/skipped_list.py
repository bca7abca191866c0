"""The list of files that could not be used, as text: one line each, the file and the reason with a tab between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.safe_file import safe_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def skipped_text(skipped: Iterable[tuple[Path, str]]) -> str:
    """Write the list as text.

    Parameters
    ----------
    skipped : iterable of (Path, str)
        Files and reasons.

    Returns
    -------
    str
        Names that hold line breaks, or bytes that are no text, are written with backslashes as Python does.
    """
    return "".join(f"{_one_line(str(path))}\t{_one_line(reason)}\n" for path, reason in skipped)


def save_skipped(path: Path, skipped: Iterable[tuple[Path, str]]) -> None:
    """Write the list into a file, UTF-8.

    Parameters
    ----------
    path : Path
        A file that is there is replaced.
    skipped : iterable of (Path, str)
        Files and reasons.

    Raises
    ------
    ExportError
        If it cannot be written.
    """
    with safe_file(path) as file:
        file.write(skipped_text(skipped).encode())


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)

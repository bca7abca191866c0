"""The list of skipped files as text: one line per file, with a tab between path and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.safe_file import safe_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def skipped_text(skipped: Iterable[tuple[Path, str]]) -> str:
    """Return the list as text; line breaks and undecodable bytes in names are escaped with backslashes as in Python."""
    return "".join(f"{_one_line(str(path))}\t{_one_line(reason)}\n" for path, reason in skipped)


def save_skipped(path: Path, skipped: Iterable[tuple[Path, str]]) -> None:
    """Write the list to a UTF-8 file, replacing an older one. Raises ExportError if it cannot be written."""
    with safe_file(path) as file:
        file.write(skipped_text(skipped).encode())


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)

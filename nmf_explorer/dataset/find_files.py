"""From what a user points at to a list of files in a natural order; nothing is opened here.

Folders are walked without following links to folders; what cannot be looked into is reported, not passed over.
"""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING

from nmf_explorer.dataset.dataset import Skipped
from nmf_explorer.dataset.found_file import FoundFile, Listing
from nmf_explorer.errors import Cancelled, Message, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

# Left by systems and programs beside people's files; nobody means them.
_CLUTTER = frozenset({"__MACOSX", "@eaDir", "Thumbs.db", "desktop.ini"})


def natural_key(text: str) -> tuple[tuple[int, str], ...]:
    """Sort key that puts 2 before 10.

    Parameters
    ----------
    text : str
        A name or path.

    Returns
    -------
    tuple
        Comparable with any other such key.
    """
    pieces = re.split(r"(\d+)", text.casefold())
    return tuple((int(p), "") if p.isdecimal() and p.isascii() else (-1, p) for p in pieces)


def find_files(paths: Iterable[Path], should_stop: Callable[[], bool]) -> Listing:
    """List the files behind some paths.

    Parameters
    ----------
    paths : iterable of Path
        Files and folders, which must exist.
    should_stop : callable
        Asked once per folder.

    Returns
    -------
    Listing
        Each file once, in the order of `paths`, naturally sorted inside a folder.

    Raises
    ------
    SourceError
        If a path does not exist.
    Cancelled
        If `should_stop` says so.
    """
    files: list[FoundFile] = []
    skipped: list[Skipped] = []
    seen: set[str] = set()
    for path in paths:
        if not os.path.lexists(path):
            raise SourceError("There is no file or folder “{path}”. Check the name.", path=path)
        if _is_folder(path):
            found = sorted(_walk(path, "", skipped, should_stop), key=lambda f: (natural_key(f.name), f.name))
        else:
            found = [FoundFile(path, path.name)]
        for file in found:
            real_path = os.path.realpath(file.path)
            if real_path in seen:
                continue
            seen.add(real_path)
            if reason := _unusable(file.path):
                skipped.append(Skipped(file.path, reason))
            else:
                files.append(file)
    return Listing(files, skipped)


def _walk(folder: Path, inside: str, skipped: list[Skipped], should_stop: Callable[[], bool]) -> Iterator[FoundFile]:
    """Yield everything in a folder and its subfolders that is no folder."""
    if should_stop():
        raise Cancelled
    try:
        with os.scandir(folder) as entries:
            listed = [e for e in entries if e.name not in _CLUTTER and not e.name.startswith((".", "~$"))]
    except OSError as error:
        skipped.append(Skipped(folder, Message("the folder cannot be read: {why}", why=error.strerror)))
        return
    for entry in listed:
        name = f"{inside}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name, f"{name}/", skipped, should_stop)
        elif entry.is_symlink() and _is_folder(folder / entry.name):
            skipped.append(Skipped(folder / entry.name, Message("a link to a folder; links are not followed")))
        else:
            yield FoundFile(folder / entry.name, name)


def _is_folder(path: Path) -> bool:
    """Whether it is a folder or a link to one; not if the link leads in circles or to where one may not look."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _unusable(path: Path) -> Message | None:
    """Why this cannot be a file of images, judged without opening it (a pipe would wait for ever)."""
    try:
        facts = path.stat()
    except OSError as error:
        return Message("cannot be read: {why}", why=error.strerror)
    if not stat.S_ISREG(facts.st_mode):
        return Message("not a regular file")
    if facts.st_size == 0:
        return Message("the file is empty")
    return None

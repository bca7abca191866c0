"""From what a user points at to a list of files in a natural order; nothing is opened here.

Folders are walked without following links to folders; what cannot be looked into is reported, not passed over.
"""

from __future__ import annotations

import os
import stat
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from nmf_explorer.dataset.dataset import Skipped
from nmf_explorer.dataset.files.found_file import FileList, FileListing, FoundFile
from nmf_explorer.dataset.files.ignored_files import HIDDEN_PREFIXES, IGNORED_NAMES
from nmf_explorer.dataset.files.natural_order import natural_argsort
from nmf_explorer.errors import Cancelled, Message, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_BATCH_SIZE = 5000  # entries between two questions whether to stop


def find_files(sources: Iterable[Path | FoundFile], should_stop: Callable[[], bool]) -> FileListing:
    """List the files behind some paths.

    Parameters
    ----------
    sources : iterable of Path or FoundFile
        Files and folders, which must exist, and things that are no files of their own, such as a pasted picture.
    should_stop : callable
        Asked once per folder, and now and then inside a large one.

    Returns
    -------
    Listing
        Each file once, in the order of `sources`, naturally sorted inside a folder.

    Raises
    ------
    SourceError
        If a path does not exist.
    Cancelled
        If `should_stop` says so.
    """
    listings = [_list_source(source, should_stop) for source in sources]
    if len(listings) == 1:
        listing, links = listings[0]
        return _without_duplicates([listing]) if links else listing
    return _without_duplicates([_with_folder_labels(listing) for listing, _ in listings])


def _list_source(source: Path | FoundFile, should_stop: Callable[[], bool]) -> tuple[FileListing, bool]:
    """List what lies behind one path, and tell whether a link to a file is among it."""
    if isinstance(source, FoundFile):
        return FileListing([source], []), False
    if not os.path.lexists(source):
        raise SourceError("There is no file or folder “{path}”. Check the name.", path=source)
    walk = _FolderWalk(should_stop)
    if _is_folder(source):
        walk.through(source)
        return walk.listing(), walk.has_links
    if reason := _reason_to_skip(str(source)):
        return FileListing([], [Skipped(source, reason)]), False
    return FileListing([FoundFile(source, source.name)], []), False


class _FolderWalk:
    """One way through a folder and its subfolders; three lists, since 100,000 objects of our own would take long."""

    def __init__(self, should_stop: Callable[[], bool]) -> None:
        self.has_links = False
        self._should_stop = should_stop
        self._places: list[str] = []
        self._names: list[str] = []
        self._labels: list[str] = []
        self._skipped: list[Skipped] = []

    def through(self, folder: Path) -> None:
        """List everything in a folder that is no folder; links to folders are not followed."""
        waiting = [(str(folder), "", "")]
        while waiting:
            place, inside, label = waiting.pop()
            try:
                with os.scandir(place) as entries:
                    while some := list(islice(self._going_on(entries), _BATCH_SIZE)):
                        folders = self._take(some, inside, label)
                        waiting += [(entry.path, f"{inside}{entry.name}/", entry.name) for entry in folders]
            except OSError as error:
                reason = Message("the folder cannot be read: {why}", why=error.strerror)
                self._skipped.append(Skipped(Path(place), reason))

    def _going_on(self, entries: Iterator[os.DirEntry[str]]) -> Iterator[os.DirEntry[str]]:
        if self._should_stop():
            raise Cancelled
        return entries

    def _take(self, entries: list[os.DirEntry[str]], inside: str, label: str) -> list[os.DirEntry[str]]:
        """Sort out what was found; gives the folders."""
        meant = [e for e in entries if not e.name.startswith(HIDDEN_PREFIXES) and e.name not in IGNORED_NAMES]
        files = [e for e in meant if e.is_file(follow_symlinks=False)]
        folders = []
        if len(files) < len(meant):
            folders = [e for e in meant if e.is_dir(follow_symlinks=False)]
            files += [e for e in meant if not e.is_file(follow_symlinks=False) and self._leads_to_file(e)]
        self._places += [e.path for e in files]
        self._names += [inside + e.name for e in files] if inside else [e.name for e in files]
        self._labels += [label] * len(files)
        return folders

    def _leads_to_file(self, entry: os.DirEntry[str]) -> bool:
        """Whether it is a link to a file; everything else that is no folder is reported."""
        if entry.is_dir(follow_symlinks=False):
            return False
        if entry.is_symlink() and _is_folder(Path(entry.path)):
            reason: Message | None = Message("a link to a folder; links are not followed")
        else:
            reason = _reason_to_skip(entry.path)
        if reason:
            self._skipped.append(Skipped(Path(entry.path), reason))
        self.has_links = True
        return reason is None

    def listing(self) -> FileListing:
        """Everything that was found, in natural order."""
        files = FileList(self._places, self._names, self._labels, natural_argsort(self._names))
        return FileListing(files, self._skipped)


def _with_folder_labels(listing: FileListing) -> FileListing:
    """Files right in one of several folders belong to the class that the folder's name tells."""
    files = [f if f.label else f._replace(label=os.path.basename(os.path.dirname(f.path_text))) for f in listing.files]  # noqa: PTH119, PTH120 - many files
    return FileListing(files, listing.skipped)


def _without_duplicates(listings: list[FileListing]) -> FileListing:
    """One list of all, in which no file comes twice, whatever it was called."""
    files: list[FoundFile] = []
    skipped: list[Skipped] = []
    seen: set[str] = set()
    for listing in listings:
        for file in listing.files:
            real = os.path.realpath(file.path_text)
            if file.opener or real not in seen:
                files.append(file)
            seen.add(real)
        for entry in listing.skipped:
            if (real := os.path.realpath(entry.path)) not in seen:
                skipped.append(entry)
            seen.add(real)
    return FileListing(files, skipped)


def _is_folder(path: Path) -> bool:
    """Whether it is a folder or a link to one; not if the link leads in circles or to where one may not look."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _reason_to_skip(place: str) -> Message | None:
    """Why this cannot be a file of images, judged without opening it (a pipe would wait for ever)."""
    try:
        mode = Path(place).stat().st_mode
    except OSError as error:
        return Message("cannot be read: {why}", why=error.strerror)
    return None if stat.S_ISREG(mode) else Message("not a regular file")

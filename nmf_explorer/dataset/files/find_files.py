"""List the files behind the paths that a user chose, in natural order; no file is opened.

Links to folders are not followed. What cannot be listed is reported with a reason.
"""

from __future__ import annotations

import os
import stat
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from nmf_explorer.dataset.dataset import Skipped
from nmf_explorer.dataset.files.found_file import FileList, FileListing, FoundFile
from nmf_explorer.dataset.files.ignored_files import DELETED, HIDDEN_PREFIXES, IGNORED_NAMES, is_recycle_bin
from nmf_explorer.dataset.files.natural_order import natural_argsort
from nmf_explorer.errors import Cancelled, Message, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_BATCH_SIZE = 5000  # directory entries between two calls of should_stop


def find_files(sources: Iterable[Path | FoundFile], should_stop: Callable[[], bool]) -> FileListing:
    """List each file behind the sources once, in the order of the sources and in natural order inside a folder.

    `should_stop` is called once per folder and per batch of entries. Raises `SourceError` if a path does not exist, and
    `Cancelled`.
    """
    listings = [_list_source(source, should_stop) for source in sources]
    if len(listings) == 1:
        listing, has_links = listings[0]
        return _without_duplicates([listing]) if has_links else listing
    return _without_duplicates([_with_folder_labels(listing) for listing, _ in listings])


def _list_source(source: Path | FoundFile, should_stop: Callable[[], bool]) -> tuple[FileListing, bool]:
    """List the files behind one source; return also whether there is a link among them."""
    if isinstance(source, FoundFile):
        return FileListing([source], []), False
    if not os.path.lexists(source):
        raise SourceError("There is no file or folder “{path}”. Check the name.", path=source)
    lister = _FolderLister(should_stop)
    if _is_folder(source):
        lister.add_folder(source)
        return lister.listing(), lister.has_links
    if reason := _reason_to_skip(str(source)):
        return FileListing([], [Skipped(source, reason)]), False
    return FileListing([FoundFile(source, source.name)], []), False


class _FolderLister:
    """Lists a folder and its subfolders into parallel lists: faster than 100,000 objects."""

    def __init__(self, should_stop: Callable[[], bool]) -> None:
        self.has_links = False
        self._should_stop = should_stop
        self._path_texts: list[str] = []
        self._names: list[str] = []
        self._labels: list[str] = []
        self._skipped: list[Skipped] = []

    def add_folder(self, folder: Path) -> None:
        """List all files below a folder; links to folders are not followed."""
        pending = [(str(folder), "", "")]
        while pending:
            path_text, prefix, label = pending.pop()
            try:
                with os.scandir(path_text) as entries:
                    while batch := self._next_batch(entries):
                        folders = self._add_files(batch, prefix, label)
                        pending += [(entry.path, f"{prefix}{entry.name}/", entry.name) for entry in folders]
            except OSError as error:
                reason = Message("the folder cannot be read: {why}", why=error.strerror)
                self._skipped.append(Skipped(Path(path_text), reason))

    def _next_batch(self, entries: Iterator[os.DirEntry[str]]) -> list[os.DirEntry[str]]:
        if self._should_stop():
            raise Cancelled
        return list(islice(entries, _BATCH_SIZE))

    def _add_files(self, entries: list[os.DirEntry[str]], prefix: str, label: str) -> list[os.DirEntry[str]]:
        """Add the files of a batch of entries to the lists; return the folders of the batch."""
        ignored = [e for e in entries if e.name.startswith(HIDDEN_PREFIXES) or IGNORED_NAMES.fullmatch(e.name)]
        if ignored:
            ignored_names = {e.name for e in ignored}
            entries = [e for e in entries if e.name not in ignored_names]
            self._skipped += [
                Skipped(Path(e.path), DELETED)
                for e in ignored
                if is_recycle_bin(e.name) and e.is_dir(follow_symlinks=False)
            ]
        files = [e for e in entries if e.is_file(follow_symlinks=False)]
        folders = []
        if len(files) < len(entries):
            folders = [e for e in entries if e.is_dir(follow_symlinks=False)]
            files += [e for e in entries if not e.is_file(follow_symlinks=False) and self._is_link_to_file(e)]
        self._path_texts += [e.path for e in files]
        self._names += [prefix + e.name for e in files] if prefix else [e.name for e in files]
        self._labels += [label] * len(files)
        return folders

    def _is_link_to_file(self, entry: os.DirEntry[str]) -> bool:
        """Return whether an entry is a link to a regular file; report every other entry that is not a folder."""
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
        """Return the files found, in natural order, and the skipped entries."""
        files = FileList(self._path_texts, self._names, self._labels, natural_argsort(self._names))
        return FileListing(files, self._skipped)


def _with_folder_labels(listing: FileListing) -> FileListing:
    """Label files that lie directly in one of several chosen folders with the name of that folder."""
    files = [f if f.label else f._replace(label=os.path.basename(os.path.dirname(f.path_text))) for f in listing.files]  # noqa: PTH119, PTH120 - many files
    return FileListing(files, listing.skipped)


def _without_duplicates(listings: list[FileListing]) -> FileListing:
    """Join listings; keep the first of several paths to the same file."""
    files: list[FoundFile] = []
    skipped: list[Skipped] = []
    seen: set[str] = set()
    for listing in listings:
        for file in listing.files:
            real_path = _real_path(file.path_text)
            if file.opener or real_path not in seen:
                files.append(file)
            seen.add(real_path)
        for entry in listing.skipped:
            if (real_path := _real_path(str(entry.path))) not in seen:
                skipped.append(entry)
            seen.add(real_path)
    return FileListing(files, skipped)


def _real_path(path_text: str) -> str:
    """Return a path without links, or the path itself if a link cannot be read."""
    try:
        return os.path.realpath(path_text)
    except OSError:
        return path_text


def _is_folder(path: Path) -> bool:
    """Return whether a path is a folder or a link to one; False for circular links and without permission."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _reason_to_skip(path_text: str) -> Message | None:
    """Return why a path is not a regular file, or None; the file is not opened, as a pipe would block."""
    try:
        mode = Path(path_text).stat().st_mode
    except OSError as error:
        return Message("cannot be read: {why}", why=error.strerror)
    return None if stat.S_ISREG(mode) else Message("not a regular file")

"""List the files behind folders, files and archives that a user opens."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.dataset import Skipped
from nmf_explorer.dataset.files import archive
from nmf_explorer.dataset.files.find_files import find_files
from nmf_explorer.dataset.files.found_file import FileListing, FoundFile
from nmf_explorer.dataset.files.office_documents import office_document
from nmf_explorer.dataset.loading.decoder_pool import decode_in_threads, run_abandonable
from nmf_explorer.dataset.readers.arrays.idx_file import pair_label_files
from nmf_explorer.dataset.readers.registry import HEAD_BYTES, find_reader
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_MAX_FILES_WITH_LABELS = 1000  # label files are looked for among at most so many files
_SECONDS_PER_ARCHIVE = 600.0  # a compressed archive is decompressed as a whole


class ExpandedSources(NamedTuple):
    """All files behind the sources of a set."""

    listing: FileListing
    label_files: dict[str, FoundFile]  # by the path of the image file they belong to


def expand_sources(sources: Sequence[Path | FoundFile], should_stop: Callable[[], bool]) -> ExpandedSources:
    """List the files behind folders, files and archives.

    Archives named as a source are replaced by their members; archives inside folders are not opened.
    """
    listing, named = run_abandonable(lambda: _list_files(sources, should_stop), should_stop)
    indices = [i for i, file in enumerate(listing.files) if file.opener or file.path_text in named] if named else []
    if indices:
        listing = _replace_archives(listing, _list_archives(listing.files, indices, should_stop))
    if len(listing.files) > _MAX_FILES_WITH_LABELS:
        return ExpandedSources(listing, {})
    files, labels = pair_label_files(list(listing.files))
    return ExpandedSources(
        FileListing(files, listing.skipped), {file.path_text: label_file for file, label_file in labels.items()}
    )


def _list_files(
    sources: Sequence[Path | FoundFile], should_stop: Callable[[], bool]
) -> tuple[FileListing, frozenset[str]]:
    """List the files behind all sources; return also which of the sources are files."""
    listing = find_files(sources, should_stop)
    paths = (source for source in sources if not isinstance(source, FoundFile))
    return listing, frozenset(str(path) for path in paths if os.path.isfile(path))  # noqa: PTH113 - never raises


def _replace_archives(listing: FileListing, found: dict[int, FileListing]) -> FileListing:
    """Replace each archive by its members."""
    files: list[FoundFile] = []
    skipped = [*listing.skipped, *(entry for members in found.values() for entry in members.skipped)]
    for i, file in enumerate(listing.files):
        files += [_with_folder_label(member) for member in found[i].files] if i in found else [file]
    return FileListing(files, skipped)


def _list_archives(
    files: Sequence[FoundFile], indices: list[int], should_stop: Callable[[], bool]
) -> dict[int, FileListing]:
    """List the members of those files at `indices` that are archives."""

    def list_members(index: int) -> FileListing | None:
        file = files[index]
        with file.open() as stream:
            head = stream.read(HEAD_BYTES)
        if find_reader(head, file.name) or not archive.recognises(head, file.name):
            return None
        with file.open() as stream:
            if document := office_document(stream):
                raise ImageReadError.of(document)
        return archive.expand(file, should_stop)

    found: dict[int, FileListing] = {}
    for batch in decode_in_threads(list_members, indices, 1, should_stop, _SECONDS_PER_ARCHIVE):
        for index, listing in batch:
            if isinstance(listing, ImageReadError):
                found[index] = FileListing([], [Skipped(files[index].path, listing.message)])
            elif listing is not None:
                found[index] = listing
    return found


def _with_folder_label(member: FoundFile) -> FoundFile:
    """Label a member of an archive with the name of its folder, unless it has a label."""
    return member if member.label else member._replace(label=PurePath(member.name).parent.name)

"""From what a user points at to the files in it: folders are walked, archives that were pointed at are looked into."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.dataset.dataset import Skipped
from nmf_explorer.dataset.files import archive
from nmf_explorer.dataset.files.find_files import find_files
from nmf_explorer.dataset.files.found_file import FileListing, FoundFile
from nmf_explorer.dataset.loading.decoder_pool import decode_in_threads
from nmf_explorer.dataset.readers.arrays.idx_file import pair_label_files
from nmf_explorer.dataset.readers.registry import HEAD_BYTES, find_reader
from nmf_explorer.errors import ImageReadError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_FEW = 1000  # files among which it is worth while to look for labels by name
_SECONDS = 600.0  # a packed archive is unpacked as a whole


class ExpandedSources(NamedTuple):
    """What a user pointed at.

    Attributes
    ----------
    listing : Listing
        Files, and what cannot be one.
    label_files : dict of str to FoundFile
        Files of labels, by the place of the file of pictures that they belong to.
    """

    listing: FileListing
    label_files: dict[str, FoundFile]


def expand_sources(sources: Sequence[Path | FoundFile], should_stop: Callable[[], bool]) -> ExpandedSources:
    """List the files behind some folders, files and archives.

    Parameters
    ----------
    sources : sequence of Path or FoundFile
        What a user points at.
    should_stop : callable
        Asked often.

    Returns
    -------
    Found
        Archives that were pointed at are replaced by their members; those found in folders are left as they are.

    Raises
    ------
    SourceError
        If a path does not exist.
    Cancelled
        If `should_stop` says so.
    """
    listing = find_files(sources, should_stop)
    named = {str(source) for source in sources if not isinstance(source, FoundFile) and source.is_file()}
    places = [i for i, file in enumerate(listing.files) if file.opener or file.path_text in named] if named else []
    if places:
        listing = _with_members(listing, _expanded(listing.files, places, should_stop))
    if len(listing.files) > _FEW:
        return ExpandedSources(listing, {})
    files, labels = pair_label_files(list(listing.files))
    return ExpandedSources(
        FileListing(files, listing.skipped), {file.path_text: other for file, other in labels.items()}
    )


def _with_members(listing: FileListing, found: dict[int, FileListing]) -> FileListing:
    """Put the members of archives where the archives were."""
    files: list[FoundFile] = []
    skipped = [*listing.skipped, *(entry for members in found.values() for entry in members.skipped)]
    for i, file in enumerate(listing.files):
        files += [_with_class(member) for member in found[i].files] if i in found else [file]
    return FileListing(files, skipped)


def _expanded(files: Sequence[FoundFile], places: list[int], should_stop: Callable[[], bool]) -> dict[int, FileListing]:
    """Look into those files that are archives."""

    def members(index: int) -> FileListing | None:
        file = files[index]
        with file.open() as stream:
            head = stream.read(HEAD_BYTES)
        if find_reader(head, file.name) or not archive.recognises(head, file.name):
            return None
        return archive.expand(file, should_stop)

    found: dict[int, FileListing] = {}
    for batch in decode_in_threads(members, places, 1, should_stop, _SECONDS):
        for index, listing in batch:
            if isinstance(listing, ImageReadError):
                found[index] = FileListing([], [Skipped(files[index].path, listing.message)])
            elif listing is not None:
                found[index] = listing
    return found


def _with_class(member: FoundFile) -> FoundFile:
    """The folder in which a member of an archive lies tells its class."""
    return member if member.label else member._replace(label=PurePath(member.name).parent.name)

"""Find the reader of a file by its first bytes: images are for Pillow, files of many samples for the other readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from nmf_explorer.dataset.readers.arrays import idx_file, matlab_file, npy_file
from nmf_explorer.dataset.readers.tables import csv_file

if TYPE_CHECKING:
    from nmf_explorer.dataset.files.found_file import FoundFile
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.readers.samples.file_samples import FileInfo, FileSamples

HEAD_BYTES = 512
_IMAGE_MAGICS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_READERS = (npy_file, idx_file, matlab_file, csv_file)


class Reader(Protocol):
    """A module that reads files of many samples."""

    def read_info(self, file: FoundFile, options: LoadOptions) -> FileInfo:
        """Read the header of a file; return its number of samples, their size and depth."""
        ...

    def read(self, file: FoundFile, options: LoadOptions) -> FileSamples:
        """Read all samples of a file, not yet converted to the target format."""
        ...


def find_reader(head: bytes, name: str) -> Reader | None:
    """Return the reader for a file with these first `HEAD_BYTES` bytes, or None for images and unknown files.

    `name` decides only for formats whose content does not.
    """
    if head.startswith(_IMAGE_MAGICS):
        return None
    for reader in _READERS:
        if reader.recognises(head, name):
            return reader
    return None

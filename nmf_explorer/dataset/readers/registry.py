"""Which reader a file is for, told by its first bytes: pictures are for Pillow, files of many samples for others."""

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
    """Reads files of many samples."""

    def read_info(self, file: FoundFile, options: LoadOptions) -> FileInfo:
        """Read what the header tells.

        Parameters
        ----------
        file : FoundFile
            What to look at.
        options : LoadOptions
            How to look at it.

        Returns
        -------
        Facts
            With the number of samples.
        """
        ...

    def read(self, file: FoundFile, options: LoadOptions) -> FileSamples:
        """Read all samples.

        Parameters
        ----------
        file : FoundFile
            What to read.
        options : LoadOptions
            How to read it.

        Returns
        -------
        Samples
            As they are in the file.
        """
        ...


def find_reader(head: bytes, name: str) -> Reader | None:
    """Tell who reads a file.

    Parameters
    ----------
    head : bytes
        Its first `HEAD_BYTES` bytes.
    name : str
        Its name, for kinds whose content does not tell.

    Returns
    -------
    Reader or None
        None for pictures, and for what may be one.
    """
    if head.startswith(_IMAGE_MAGICS):
        return None
    for reader in _READERS:
        if reader.recognises(head, name):
            return reader
    return None

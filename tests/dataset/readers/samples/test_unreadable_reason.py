"""A sound file of a kind that is not read is named, with what to do; it is not called damaged."""

from __future__ import annotations

import re

import pytest

from nmf_explorer.dataset.readers.samples.unreadable_reason import unreadable_reason


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"\0" * 128 + b"DICM", "a DICOM image; save it as PNG or TIFF with 16 bits"),
        (b"8BPS\0\1", "a file of the kind Photoshop; save it as PNG or TIFF"),
        (b"%PDF-1.7", "a file of the kind PDF"),
        (b"\x76\x2f\x31\x01", "OpenEXR"),
        (b"SIMPLE  =   T", "FITS"),
        (b"version https://git-lfs.github.com", "Git LFS"),
        (b"\0\0\0\x18ftypheic", "pillow-heif"),
        (b"<!DOCTYPE html>", "a web page"),
        (b"\x89PNG\r\n", "damaged"),
        (b"abc", r"not a picture of a known kind \(PNG, GIF\)"),
    ],
)
def test_the_kind_of_a_file_is_named(head: bytes, reason: str) -> None:
    assert re.search(reason, str(unreadable_reason(head, ("PNG", "GIF"))))

"""Files are opened decompressed, and no more bytes are read than a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from nmf_explorer.dataset.files import decompress
from nmf_explorer.dataset.files.found_file import FoundFile
from nmf_explorer.dataset.files.ignored_files import is_ignored
from nmf_explorer.errors import Cancelled, ImageReadError
from tests.dataset.archives import COMPRESSORS, limit_bytes, memory_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("suffix", COMPRESSORS)
def test_compressed_files_are_read_decompressed(suffix: str) -> None:
    file = memory_file(COMPRESSORS[suffix](b"0123456789" * 100))
    with decompress.open_decompressed(file) as stream:
        assert decompress.read_exactly(stream, 3) == b"012"
        assert decompress.read_at_most(stream, 997) == (b"0123456789" * 100)[3:]


def test_the_head_of_a_gzip_file_is_decompressed() -> None:
    content = b"0123456789" * 100
    assert content.startswith(decompress.decompressed_head(COMPRESSORS[".gz"](content)[:512]))
    assert len(decompress.decompressed_head(COMPRESSORS[".gz"](content)[:512])) > 10
    assert decompress.decompressed_head(content) == content
    assert decompress.decompressed_head(b"\x1f\x8bnot really") == b""


def test_more_bytes_than_the_limit_are_refused() -> None:
    file = memory_file(b"x" * 100)
    with decompress.open_decompressed(file) as stream, pytest.raises(ImageReadError, match="too large: more than 0 MB"):
        decompress.read_at_most(stream, 99)


def test_a_file_shorter_than_expected_is_refused() -> None:
    with (
        decompress.open_decompressed(memory_file(b"abc")) as stream,
        pytest.raises(ImageReadError, match="ends too early"),
    ):
        decompress.read_exactly(stream, 4)


def test_the_size_of_an_array_is_checked_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    content = np.arange(6, dtype=">i2").tobytes()
    with decompress.open_decompressed(memory_file(content)) as stream:
        np.testing.assert_array_equal(decompress.read_array(stream, ">i2", (2, 3)), [[0, 1, 2], [3, 4, 5]])
    limit_bytes(monkeypatch, decompress, 11)
    with decompress.open_decompressed(memory_file(content)) as stream:
        with pytest.raises(ImageReadError, match="too large"):
            decompress.read_array(stream, ">i2", (2, 3))
        with pytest.raises(ImageReadError, match="too large"):
            decompress.read_array(stream, ">i2", (2**40, 2**40))
        assert stream.tell() == 0


def test_every_read_error_becomes_an_image_read_error_with_a_reason(tmp_path: Path) -> None:
    with (
        pytest.raises(ImageReadError, match="cannot be read: No such file"),
        decompress.open_decompressed(FoundFile(tmp_path / "gone", "gone")),
    ):
        pass  # pragma: no cover - never reached
    for content in (
        b"\x1f\x8b" + bytes(20),
        COMPRESSORS[".gz"](b"x" * 1000)[:-9],
        b"\xfd7zXZ\x00" + bytes(9),
        b"BZh9x",
    ):
        with (
            pytest.raises(ImageReadError, match=r"damaged or not readable: \w"),
            decompress.open_decompressed(memory_file(content)) as stream,
        ):
            decompress.read_at_most(stream, 10**6)
    with (
        pytest.raises(ImageReadError, match="damaged or not readable: KeyError"),
        decompress.open_decompressed(memory_file(b"x")),
    ):
        raise KeyError
    with pytest.raises(Cancelled), decompress.open_decompressed(memory_file(b"x")):
        raise Cancelled


def test_files_of_systems_and_programs_are_ignored_by_name() -> None:
    for name in (".DS_Store", "a/__MACOSX/b.png", "x\\Thumbs.db", "~$a.png", "a/.git/b", "..a", "a/...", "@eaDir"):
        assert is_ignored(name)
    for name in ("a.png", "../a.png", "./a/b.png", "a~$.png", "MACOSX", "..", "a/.", "Thumbs.db.png"):
        assert not is_ignored(name)

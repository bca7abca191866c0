"""A small file that unpacks to a huge one is refused with little memory, whatever it is packed with."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import subprocess
import sys
import tarfile
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nmf_explorer.dataset.files.decompress import open_decompressed
from nmf_explorer.dataset.files.limited_growth import check_growth, growth_limit, limited
from nmf_explorer.dataset.load import load
from nmf_explorer.dataset.readers.samples import file_samples
from nmf_explorer.errors import ImageReadError, SourceError
from tests.dataset.archives import COMPRESSORS, memory_file, zip_bytes
from tests.dataset.images import noise
from tests.dataset.test_hostile_files import mat_of_zeros

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MB = 2**20
ZEROS = bytes(64 * MB)
# Loads a file in no more memory than it takes to start, and some.
SCRIPT = """
import resource, sys
import nmf_explorer as nx
from nmf_explorer.errors import SourceError
from pathlib import Path

nx.load(sys.argv[1])
used = next(int(line.split()[1]) * 1024 for line in open("/proc/self/status") if line.startswith("VmSize"))
resource.setrlimit(resource.RLIMIT_AS, (used + 320 * 2**20,) * 2)
try:
    nx.load(sys.argv[2])
except SourceError as error:
    print(error)
"""


def npy_head(*shape: int) -> bytes:
    """Return the header of a .npy file of bytes."""
    written = io.BytesIO()
    np.lib.format.write_array_header_1_0(written, {"descr": "|u1", "fortran_order": False, "shape": shape})
    return written.getvalue()


def in_pieces(pack: Callable[[bytes], bytes], head: bytes) -> bytes:
    """Pack a head and 2 GB of zeros, as several streams that follow one another."""
    return pack(head) + 31 * pack(ZEROS)


def packed_tar() -> bytes:
    """Return a packed tar file of 1 GB of zeros in 16 members."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:xz", preset=0) as tar:
        for i in range(16):
            info = tarfile.TarInfo(f"{i}.png")
            info.size = len(ZEROS)
            tar.addfile(info, io.BytesIO(ZEROS))
    return written.getvalue()


def idx_head(*shape: int) -> bytes:
    """Return the header of an IDX file of bytes."""
    return b"\0\0\x08\x03" + struct.pack(">III", *shape)


BOMBS: dict[str, Callable[[], bytes]] = {
    "picture.bz2": lambda: in_pieces(bz2.compress, b""),
    "picture.xz": lambda: in_pieces(lzma.compress, b""),
    "picture.gz": lambda: in_pieces(gzip.compress, b"")[:300_000],
    "array.npy.gz": lambda: in_pieces(gzip.compress, npy_head(31 * 64, 1024, 1024)),
    "array.npy.bz2": lambda: in_pieces(bz2.compress, npy_head(31 * 64, 1024, 1024)),
    "array.npy.xz": lambda: in_pieces(lzma.compress, npy_head(31 * 64, 1024, 1024)),
    "images.idx.gz": lambda: in_pieces(gzip.compress, idx_head(31 * 64, 1024, 1024)),
    "set.mat": lambda: mat_of_zeros(400 * 10**6),
    "set.tar.xz": packed_tar,
    "set.zip": lambda: zip_bytes({f"{i}.npy": npy_head(60, 1024, 1024) + bytes(60 * MB) for i in range(3)}),
    "set.npz": lambda: zip_bytes({"x.npy": npy_head(64, 1024, 1025) + bytes(64 * 1024 * 1025)}),
}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is limited as Linux does it")
@pytest.mark.parametrize("name", BOMBS)
def test_a_file_that_grows_beyond_measure_is_refused_in_little_memory(tmp_path: Path, name: str) -> None:
    np.save(tmp_path / "usual.npy", noise(3, 4, 5))
    (tmp_path / name).write_bytes(BOMBS[name]())
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "usual.npy"), str(tmp_path / name)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603
    assert "decompression bomb" in ended.stdout, ended.stderr
    assert ended.returncode == 0


def test_growth_is_limited_by_ratio_but_small_content_is_harmless() -> None:
    assert growth_limit(10) == 64 * MB
    assert growth_limit(MB) == 200 * MB
    check_growth(64 * MB, 10)
    check_growth(200 * MB, MB)
    for n_unpacked, n_packed in ((64 * MB + 1, 10), (200 * MB + 1, MB)):
        with pytest.raises(ImageReadError, match="decompression bomb"):
            check_growth(n_unpacked, n_packed)


def test_a_limited_stream_reads_and_seeks_as_the_unpacked_one() -> None:
    content = noise(100).tobytes()
    for suffix, pack in COMPRESSORS.items():
        with open_decompressed(memory_file(pack(content))) as stream:
            assert (stream.read(7), stream.tell()) == (content[:7], 7)
            assert (stream.seek(50), stream.read(3)) == (50, content[50:53])
            assert (stream.seek(-3, 1), stream.read(3)) == (50, content[50:53])
            assert (stream.seek(-2, 2), stream.read()) == (98, content[98:])
            assert (stream.seek(0), stream.read()) == (0, content)
            if suffix:
                with pytest.raises(ImageReadError, match="decompression bomb"):
                    stream.seek(64 * MB + 1)


@pytest.mark.parametrize("suffix", [s for s in COMPRESSORS if s])
def test_a_packed_file_within_the_limit_is_read(tmp_path: Path, suffix: str) -> None:
    written = io.BytesIO()
    np.save(written, images := noise(20, 8, 8))
    (tmp_path / f"a.npy{suffix}").write_bytes(COMPRESSORS[suffix](written.getvalue()))
    np.testing.assert_array_equal(load(tmp_path / f"a.npy{suffix}").stored, images.reshape(20, 64))


def test_samples_are_counted_before_they_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_samples, "MAX_SAMPLES", 20)
    for n_samples in (20, 21):
        np.save(tmp_path / f"{n_samples}.npy", noise(n_samples, 2, 2))
    assert load(tmp_path / "20.npy").n_samples == 20
    with pytest.raises(SourceError, match="holds 21 samples, more than 20; open a part of them"):
        load(tmp_path / "21.npy")
    assert load(tmp_path).n_samples == 20


def test_samples_are_no_larger_than_images_may_be(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", noise(3, 6, 7))
    assert load(tmp_path / "a.npy", max_pixels=42).n_samples == 3
    with pytest.raises(SourceError, match="samples of 42 pixels, more than 41"):
        load(tmp_path / "a.npy", max_pixels=41)


def test_the_end_of_a_packed_stream_can_be_sought() -> None:
    stream = limited(io.BytesIO(bytes(3 * MB)), 100_000)
    assert stream.seek(0, io.SEEK_END) == 3 * MB
    assert stream.seek(-5, io.SEEK_CUR) == 3 * MB - 5
    assert stream.read() == bytes(5)

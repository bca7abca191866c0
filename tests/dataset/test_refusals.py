"""What cannot be opened is refused in words that say what it is and what to do; no error of the system is raised."""

from __future__ import annotations

import errno
import io
import os
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from scipy import sparse
from scipy.io import savemat

from nmf_explorer.dataset.load import load
from nmf_explorer.dataset.readers.images.pillow_limit import lifted_pillow_limit
from nmf_explorer.errors import NmfExplorerError, SourceError
from tests.dataset.archives import COMPRESSORS, tar_bytes, zip_bytes
from tests.dataset.images import noise, write_grey_images
from tests.dataset.test_damaged_files import VALID_FILES

if TYPE_CHECKING:
    from collections.abc import Callable

HDF5 = b"\x89HDF\r\n\x1a\n" + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(600), "a 7z archive; unpack it first"),
        ("a.rar", b"Rar!\x1a\x07\x01\x00" + bytes(600), "a RAR archive; unpack it first"),
        ("a.npy.zst", b"\x28\xb5\x2f\xfd" + bytes(600), "a Zstandard archive; unpack it first"),
        ("a.h5", HDF5, "h5py and Keras write them; save its array with numpy.save"),
        ("a.hdf5.gz", COMPRESSORS[".gz"](HDF5), "h5py and Keras"),
        ("a.mat", HDF5, "save it in MATLAB with “-v7”"),
        ("a", b"MATLAB 7.3 MAT-file" + bytes(600), "save it in MATLAB with “-v7”"),
    ],
)
def test_a_refusal_says_what_to_do(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError) as alone:
        load(tmp_path / name)
    assert expected in str(alone.value)
    write_grey_images(tmp_path, "1.png", "2.png")
    assert [expected in entry.reason for entry in load(tmp_path).skipped] == [True]


def test_a_sparse_array_with_another_size_or_colours_is_refused(tmp_path: Path) -> None:
    rows = sparse.csr_matrix(sparse.random_array((20, 64), density=0.3, random_state=0))
    sparse.save_npz(tmp_path / "a.npz", rows)
    given: list[dict[str, Any]] = [{"colour": True}, {"size": 5}]
    for options in given:
        with pytest.raises(SourceError, match="a sparse array; its samples of 64 numbers keep their size"):
            load(tmp_path / "a.npz", **options)
    assert load(tmp_path / "a.npz", size=8).n_samples == 20
    write_grey_images(tmp_path, "1.png", "2.png")
    (entry,) = load(tmp_path).skipped
    assert entry.path.name == "a.npz"


def test_many_terms_of_documents_keep_their_number(tmp_path: Path) -> None:
    rows = sparse.csr_matrix(sparse.random_array((20, 100_003), density=0.001, random_state=0))
    sparse.save_npz(tmp_path / "a.npz", rows)
    assert load(tmp_path / "a.npz").n_features == 100_003


@pytest.mark.parametrize("name", ["a.csv", "a.npy", "a.mat", "a.npz"])
def test_numbers_cannot_be_cut_into_tiles(tmp_path: Path, name: str) -> None:
    table = noise(20, 16)
    writers: dict[str, Callable[[Path], None]] = {
        ".csv": lambda path: np.savetxt(path, table, delimiter=",", fmt="%d"),
        ".npy": lambda path: np.save(path, table),
        ".npz": lambda path: np.savez(path, x=table),
        ".mat": lambda path: savemat(path, {"x": table}),
    }
    writers[Path(name).suffix](tmp_path / name)
    with pytest.raises(SourceError, match="no picture that could be cut into tiles; leave out the size of tiles"):
        load(tmp_path / name, tile_size=2)


def test_links_that_cannot_be_read_keep_no_set_from_opening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_grey_images(tmp_path, "1.png", "2.png")
    (tmp_path / "broken.png").symlink_to(tmp_path / "nothing")
    (tmp_path / "link.png").symlink_to(tmp_path / "1.png")

    def fail(*_: object, **__: object) -> str:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "readlink", fail)
    dataset = load(tmp_path)
    assert dataset.sample_names[:2] == ("1.png", "2.png")
    assert [entry.path.name for entry in dataset.skipped] == ["broken.png"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="folders of Linux")
def test_the_folder_of_a_process_is_refused_in_words() -> None:
    for place in ("/proc/self/ns", f"/proc/{os.getpid()}/fd"):
        with pytest.raises(SourceError, match="at least 2 are needed"):
            load(place)


@pytest.mark.parametrize("limit", [None, 10, 10**9])
def test_pillows_limit_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int | None) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", limit)
    write_grey_images(tmp_path, "1.png", "2.png")
    assert load(tmp_path).n_samples == 2
    assert limit == Image.MAX_IMAGE_PIXELS
    with pytest.raises(SourceError):
        load(tmp_path / "1.png", tile_size=999)
    assert limit == Image.MAX_IMAGE_PIXELS


def test_pillows_limit_returns_when_the_last_of_several_threads_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 77)
    is_lifted, may_end = threading.Event(), threading.Event()

    def lift() -> None:
        with lifted_pillow_limit():
            is_lifted.set()
            assert may_end.wait(60)

    thread = threading.Thread(target=lift)
    thread.start()
    assert is_lifted.wait(60)
    with lifted_pillow_limit():
        may_end.set()
        thread.join()
        assert Image.MAX_IMAGE_PIXELS is None
    assert Image.MAX_IMAGE_PIXELS == 77


def _written(write: Callable[[io.BytesIO], object]) -> bytes:
    buffer = io.BytesIO()
    write(buffer)
    return buffer.getvalue()


ARRAYS = [
    _written(lambda b: np.save(b, noise(5, 4, 6))),
    _written(lambda b: np.savez(b, x=noise(5, 4, 6), y=np.arange(5))),
    _written(lambda b: savemat(b, {"x": noise(5, 4, 6), "y": np.arange(5)}, do_compression=True)),  # type: ignore[arg-type] # the stub of savemat omits file objects
    _written(lambda b: sparse.save_npz(b, sparse.csr_matrix(noise(5, 16)))),
]
FILES = [*VALID_FILES, *ARRAYS, zip_bytes({"a/1.png": VALID_FILES[0], "ä.png": VALID_FILES[0]}), tar_bytes({"a": b"1"})]
NAMES = ["a", "a.mat", "a.csv", "a.npy", "a.zip", "a.png"]


@pytest.mark.filterwarnings("ignore")
@settings(deadline=None, max_examples=150)
@given(
    content=st.sampled_from(FILES),
    packer=st.sampled_from(list(COMPRESSORS.values())),
    damage=st.tuples(
        st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=5), st.floats(0, 2)
    ),
    name=st.sampled_from(NAMES),
    options=st.fixed_dictionaries(
        {"max_pixels": st.just(10_000)},
        optional={
            "samples_axis": st.sampled_from(["auto", 0, 1, 2, 3]),
            "array": st.sampled_from([None, "x", "y"]),
            "colour": st.booleans(),
            "invert": st.booleans(),
            "transpose": st.booleans(),
            "tile_size": st.sampled_from([None, 2]),
            "size": st.sampled_from([None, 3]),
            "samples_in": st.sampled_from(["auto", "columns"]),
        },
    ),
)
def test_a_mutated_file_is_read_or_refused_in_words(
    content: bytes,
    packer: Callable[[bytes], bytes],
    damage: tuple[list[tuple[float, int]], float],
    name: str,
    options: dict[str, Any],
) -> None:
    damaged, (flips, kept) = bytearray(packer(content)), damage
    for where, value in flips:
        damaged[int(where * len(damaged))] = value
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / name
        path.write_bytes(damaged[: int(kept * len(damaged))])
        try:
            dataset = load(path, **options)
        except NmfExplorerError as error:
            assert str(error)  # noqa: PT017 - either outcome is right
        else:
            assert dataset.n_samples >= 2

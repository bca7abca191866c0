"""Every kind of file with samples is loaded alone, in a folder and in an archive."""

from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
from PIL import Image
from scipy.io import savemat
from scipy.sparse import csr_array, random_array, save_npz

import nmf_explorer as nx
from nmf_explorer.errors import SourceError
from tests.dataset.archives import COMPRESSORS, tar_bytes, zip_bytes
from tests.dataset.array_kinds import dense, sparse
from tests.dataset.images import noise, write_image

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

IMAGES = noise(12, 8, 8)
CLASSES = tuple("314159265358")
TABLE = IMAGES.reshape(12, 64)


def _idx(array: NDArray[Any]) -> bytes:
    return bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes() + array.astype(np.uint8).tobytes()


def _npz() -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, x=IMAGES, y=np.array(CLASSES))
    return buffer.getvalue()


def _mat() -> bytes:
    buffer = io.BytesIO()
    # The stub of savemat omits file objects.
    savemat(cast("Any", buffer), {"fea": TABLE, "gnd": np.array(CLASSES).astype(float)[:, np.newaxis]})
    return buffer.getvalue()


def _csv() -> bytes:
    rows = [",".join([label, *map(str, row)]) for label, row in zip(CLASSES, TABLE.tolist(), strict=True)]
    return "\n".join(rows).encode()


def _png(image: NDArray[Any]) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, format="PNG")
    return buffer.getvalue()


IDX = {"train-images-idx3-ubyte.gz": gzip.compress(_idx(IMAGES)), "train-labels-idx1-ubyte": _idx(np.array(CLASSES))}
FILES = {"set.npz": _npz(), "set.mat": _mat(), "set.csv": _csv()}
PNGS = {f"{label}/{i}.png": _png(p) for i, (label, p) in enumerate(zip(CLASSES, IMAGES, strict=True))}


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("set.npz", ""), *((name, suffix) for name in ("set.mat", "set.csv") for suffix in COMPRESSORS)],
)
def test_a_file_of_many_images_is_loaded_with_its_labels(tmp_path: Path, name: str, suffix: str) -> None:
    (tmp_path / (name + suffix)).write_bytes(COMPRESSORS[suffix](FILES[name]))
    dataset = nx.load(tmp_path / (name + suffix))
    np.testing.assert_array_equal(dataset.stored, TABLE)
    assert dataset.labels == CLASSES
    assert dataset.sample_shape == (8, 8)


def test_mnist_files_are_loaded_from_a_folder_and_from_archives(tmp_path: Path) -> None:
    for name, content in IDX.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "mnist.zip").write_bytes(zip_bytes(IDX))
    (tmp_path / "mnist.tar.gz").write_bytes(gzip.compress(tar_bytes(IDX)))
    for source in ([tmp_path / name for name in IDX], tmp_path / "mnist.zip", tmp_path / "mnist.tar.gz"):
        dataset = nx.load(source)
        np.testing.assert_array_equal(dataset.stored, TABLE)
        assert dataset.labels == CLASSES
        assert dataset.skipped == ()


@pytest.mark.parametrize("kind", [".zip", *(f".tar{suffix}" for suffix in COMPRESSORS)])
def test_an_archive_of_class_folders_is_loaded_with_labels(tmp_path: Path, kind: str) -> None:
    content = zip_bytes(PNGS) if kind == ".zip" else COMPRESSORS[kind.removeprefix(".tar")](tar_bytes(PNGS))
    (tmp_path / f"set{kind}").write_bytes(content)
    dataset = nx.load(tmp_path / f"set{kind}")
    assert sorted(dataset.labels) == sorted(CLASSES)
    by_name = dict(zip(dataset.sample_names, dense(dataset.stored), strict=True))
    for i, label in enumerate(CLASSES):
        np.testing.assert_array_equal(by_name[f"{label}/{i}.png"], TABLE[i])


def test_a_sparse_array_is_loaded_as_a_sparse_array(tmp_path: Path) -> None:
    words = csr_array(random_array((9, 64), density=0.2, dtype=np.float32, rng=np.random.default_rng(0)))
    save_npz(tmp_path / "words.npz", cast("Any", words))  # the stub omits sparse arrays
    dataset = nx.load(tmp_path / "words.npz")
    np.testing.assert_array_equal(sparse(dataset.stored).toarray(), words.toarray())


def test_rows_or_columns_of_a_table_can_be_the_samples(tmp_path: Path) -> None:
    path = tmp_path / "digits.csv"
    np.savetxt(path, np.random.default_rng(0).integers(0, 2, (100, 104)), fmt="%d", delimiter=",")
    dataset = nx.load(path)
    assert dataset.sample_shape == (13, 8)
    assert dataset.report.table_sizes[:2] == ((13, 8), (8, 13))
    assert {"table_size", "samples_in"} <= dataset.report.relevant_options
    assert nx.load(path, table_size=(8, 13)).sample_shape == (8, 13)
    assert nx.load(path, samples_in="columns").stored.shape == (104, 100)


def test_an_invalid_cell_is_named_in_the_error(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text("0,1\n2,3\n4,five\n", encoding="utf-8")
    with pytest.raises(SourceError, match="row 3, column 2: “five”"):
        nx.load(path)


def test_a_list_of_file_names_beside_images_is_skipped_with_its_reason(tmp_path: Path) -> None:
    for i in range(3):
        write_image(tmp_path / f"{i}.png", noise(8, 8, seed=i))
    (tmp_path / "labels.csv").write_text("file,label\n0.png,cat\n1.png,dog\n2.png,cat\n", encoding="utf-8")
    dataset = nx.load(tmp_path)
    assert dataset.n_samples == 3
    assert [(skipped.path.name, "no table of numbers" in skipped.reason) for skipped in dataset.skipped] == [
        ("labels.csv", True)
    ]


def test_a_table_beside_images_is_read_only_if_its_rows_have_their_size(tmp_path: Path) -> None:
    for i in range(3):
        write_image(tmp_path / f"{i}.png", noise(8, 8, seed=i))
    about = "id,width,height\n" + "\n".join(f"{i},8,{i % 3}" for i in range(20))
    (tmp_path / "about.csv").write_text(about, encoding="utf-8")
    (tmp_path / "more.csv").write_bytes(_csv())
    dataset = nx.load(tmp_path)
    assert dataset.sample_shape == (8, 8)
    assert dataset.n_samples == 3 + len(IMAGES)
    assert [(skipped.path.name, skipped.reason[:23]) for skipped in dataset.skipped] == [
        ("about.csv", "a table beside pictures")
    ]

"""Whatever holds pictures comes in by the same door, alone, in a folder or in an archive."""

from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from scipy import sparse
from scipy.io import savemat

import nmf_explorer as nx
from nmf_explorer.errors import SourceError
from tests.dataset.archives import COMPRESSORS, tar_bytes, zip_bytes
from tests.dataset.images import noise, write_image

if TYPE_CHECKING:
    from pathlib import Path

PICTURES = noise(12, 8, 8)
CLASSES = tuple("314159265358")
TABLE = PICTURES.reshape(12, 64)


def _idx(array: np.ndarray) -> bytes:  # type: ignore[type-arg]
    return bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes() + array.astype(np.uint8).tobytes()


def _npz() -> bytes:
    written = io.BytesIO()
    np.savez(written, x=PICTURES, y=np.array(CLASSES))
    return written.getvalue()


def _mat() -> bytes:
    written = io.BytesIO()
    savemat(written, {"fea": TABLE, "gnd": np.array(CLASSES).astype(float)[:, np.newaxis]})
    return written.getvalue()


def _csv() -> bytes:
    rows = [",".join([label, *map(str, row)]) for label, row in zip(CLASSES, TABLE.tolist(), strict=True)]
    return "\n".join(rows).encode()


def _png(picture: np.ndarray) -> bytes:  # type: ignore[type-arg]
    written = io.BytesIO()
    Image.fromarray(picture).save(written, format="PNG")
    return written.getvalue()


IDX = {"train-images-idx3-ubyte.gz": gzip.compress(_idx(PICTURES)), "train-labels-idx1-ubyte": _idx(np.array(CLASSES))}
FILES = {"set.npz": _npz(), "set.mat": _mat(), "set.csv": _csv()}
PNGS = {f"{label}/{i}.png": _png(p) for i, (label, p) in enumerate(zip(CLASSES, PICTURES, strict=True))}


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("set.npz", ""), *((name, suffix) for name in ("set.mat", "set.csv") for suffix in COMPRESSORS)],
)
def test_a_file_of_many_pictures_with_labels(tmp_path: Path, name: str, suffix: str) -> None:
    (tmp_path / (name + suffix)).write_bytes(COMPRESSORS[suffix](FILES[name]))
    dataset = nx.load(tmp_path / (name + suffix))
    np.testing.assert_array_equal(dataset.stored, TABLE)
    assert dataset.labels == CLASSES
    assert dataset.sample_shape == (8, 8)


def test_the_files_of_mnist_in_a_folder_and_in_an_archive(tmp_path: Path) -> None:
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
def test_an_archive_of_pictures_in_class_folders(tmp_path: Path, kind: str) -> None:
    content = zip_bytes(PNGS) if kind == ".zip" else COMPRESSORS[kind.removeprefix(".tar")](tar_bytes(PNGS))
    (tmp_path / f"set{kind}").write_bytes(content)
    dataset = nx.load(tmp_path / f"set{kind}")
    assert sorted(dataset.labels) == sorted(CLASSES)
    by_name = dict(zip(dataset.sample_names, dataset.stored, strict=True))  # type: ignore[arg-type]
    for i, label in enumerate(CLASSES):
        np.testing.assert_array_equal(by_name[f"{label}/{i}.png"], TABLE[i])


def test_a_sparse_array_comes_in_sparse(tmp_path: Path) -> None:
    words = sparse.random_array((9, 64), density=0.2, format="csr", dtype=np.float32, rng=np.random.default_rng(0))
    sparse.save_npz(tmp_path / "words.npz", words)
    dataset = nx.load(tmp_path / "words.npz")
    assert not isinstance(dataset.stored, np.ndarray)
    np.testing.assert_array_equal(dataset.stored.toarray(), words.toarray())


def test_the_lectures_digits_can_be_looked_at_both_ways(tmp_path: Path) -> None:
    path = tmp_path / "digits.csv"
    np.savetxt(path, np.random.default_rng(0).integers(0, 2, (100, 104)), fmt="%d", delimiter=",")
    dataset = nx.load(path)
    assert dataset.sample_shape == (13, 8)
    assert dataset.report.table_sizes[:2] == ((13, 8), (8, 13))
    assert {"table_size", "samples_in"} <= dataset.report.relevant_options
    assert nx.load(path, table_size=(8, 13)).sample_shape == (8, 13)
    assert nx.load(path, samples_in="columns").stored.shape == (104, 100)


def test_a_bad_cell_is_told_to_who_opens_the_table(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text("0,1\n2,3\n4,five\n", encoding="utf-8")
    with pytest.raises(SourceError, match="row 3, column 2: “five”"):
        nx.load(path)


def test_a_list_of_names_beside_pictures_is_skipped_with_its_reason(tmp_path: Path) -> None:
    for i in range(3):
        write_image(tmp_path / f"{i}.png", noise(8, 8, seed=i))
    (tmp_path / "labels.csv").write_text("file,label\n0.png,cat\n1.png,dog\n2.png,cat\n", encoding="utf-8")
    dataset = nx.load(tmp_path)
    assert dataset.n_samples == 3
    assert [(skipped.path.name, "no table of numbers" in skipped.reason) for skipped in dataset.skipped] == [
        ("labels.csv", True)
    ]


def test_a_table_about_pictures_is_no_set_of_samples_and_one_of_their_size_is(tmp_path: Path) -> None:
    for i in range(3):
        write_image(tmp_path / f"{i}.png", noise(8, 8, seed=i))
    about = "id,width,height\n" + "\n".join(f"{i},8,{i % 3}" for i in range(20))
    (tmp_path / "about.csv").write_text(about, encoding="utf-8")
    (tmp_path / "more.csv").write_bytes(_csv())
    dataset = nx.load(tmp_path)
    assert dataset.sample_shape == (8, 8)
    assert dataset.n_samples == 3 + len(PICTURES)
    assert [(skipped.path.name, skipped.reason[:23]) for skipped in dataset.skipped] == [
        ("about.csv", "a table beside pictures")
    ]

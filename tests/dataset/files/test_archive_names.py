"""Names of archive members in encodings of old and foreign systems give the right files, folders and classes."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest

from nmf_explorer.dataset.files import archive
from nmf_explorer.dataset.files.archive_names import decoded_names
from nmf_explorer.dataset.load import load
from tests.dataset.archives import memory_file, never, tar_bytes
from tests.dataset.images import noise
from tests.dataset.test_damaged_files import _image_bytes

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {
    "utf-8": ["图片1.png", "Grün.png", "ソ.png"],
    "cp932": ["ソ.png", "ア.png", "イ.png", "表1.png", "表2.png", "能1.png", "写真 1.png"],
    "gbk": ["图片1.png", "猫.png", "照片/狗.png"],
    "big5": ["許功蓋.png", "圖片.png", "貓/照片1.png"],
    "cp866": ["Котёнок.png", "КОТ 1.png", "Изображение/слон.png"],
    "cp437": ["Grün.png", "Café.png", "Bücher/Öl.png", "ÉA.png"],
}


def zip_with_names(names: list[bytes], extra: bytes = b"") -> bytes:
    """Return a zip file whose names are these bytes, without the flag of UTF-8."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        for i, name in enumerate(names):
            info = zipfile.ZipInfo(f"{i:03}".ljust(len(name), "x"))
            info.extra = extra
            made.writestr(info, _image_bytes("PNG", noise(6, 5, seed=i)))
    content = written.getvalue()
    for i, name in enumerate(names):
        content = content.replace(f"{i:03}".ljust(len(name), "x").encode(), name)
    return content


@pytest.mark.parametrize("encoding", NAMES)
def test_names_in_an_archive_are_decoded(encoding: str) -> None:
    raw = [name.encode(encoding) for name in NAMES[encoding]]
    for content in (
        zip_with_names(raw),
        tar_bytes({name.decode("utf-8", "surrogateescape"): b"x" for name in raw}),
    ):
        listing = archive.expand(memory_file(content), never)
        assert sorted(file.name for file in listing.files) == sorted(NAMES[encoding])
        assert listing.skipped == []


def test_a_backslash_inside_a_letter_makes_no_class(tmp_path: Path) -> None:
    for names, labels in (
        (["ソ.png", "ア.png", "イ.png"], ()),
        (["表1.png", "表2.png", "能1.png", "能2.png"], ()),
        (["犬/表1.png", "能/能1.png"], ("犬", "能")),
    ):
        (tmp_path / "set.zip").write_bytes(zip_with_names([name.encode("cp932") for name in names]))
        dataset = load(tmp_path / "set.zip")
        assert sorted(dataset.sample_names) == sorted(names)
        assert sorted(dataset.labels) == sorted(labels)


def test_a_backslash_between_names_is_a_folder(tmp_path: Path) -> None:
    for folders in ((b"a\\", b"b\\"), ("Bücher\\".encode("cp437"), "Hüte\\".encode("cp437"))):
        (tmp_path / "set.zip").write_bytes(zip_with_names([folder + b"x.png" for folder in folders]))
        assert len(set(load(tmp_path / "set.zip").labels)) == 2


def test_strange_letters_keep_each_file_apart() -> None:
    raw = [b"\xdb\x5c%d.png" % i for i in range(9)]
    names = decoded_names([name.decode("ascii", "surrogateescape") for name in raw])
    assert len(set(names)) == 9
    assert not any("\\" in name for name in names)


def test_the_unicode_name_of_other_packers_is_used() -> None:
    raw, name = b"\x8f\x41.png", "植物.png"
    checksum = zlib.crc32(raw).to_bytes(4, "little")
    field = b"\x01" + checksum + name.encode()
    extra = b"\x75\x70" + len(field).to_bytes(2, "little") + field
    assert archive.expand(memory_file(zip_with_names([raw], extra)), never).files[0].name == name
    stale = extra.replace(checksum, b"abcd")
    assert archive.expand(memory_file(zip_with_names([raw], stale)), never).files[0].name != name


@pytest.mark.parametrize(
    "name", ["$RECYCLE.BIN", "$Recycle.Bin", "RECYCLER", ".Trash", ".Trashes", ".Trash-1000", "#recycle", "@Recycle"]
)
def test_recycle_bins_are_left_out_and_said(tmp_path: Path, name: str) -> None:
    content = _image_bytes("PNG", noise(6, 5))
    members = {f"a/{name}/S-1-5/$R{i}.png": content for i in range(3)} | {"a/1.png": content, "a/2.png": content}
    (tmp_path / "set.tar").write_bytes(tar_bytes(members))
    for path, member in members.items():
        (tmp_path / "set" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "set" / path).write_bytes(member)
    for place in (tmp_path / "set", tmp_path / "set.tar"):
        dataset = load(place)
        assert dataset.sample_names == ("a/1.png", "a/2.png")
        assert [(entry.path, entry.reason) for entry in dataset.skipped] == [
            (place / "a" / name, "a folder of deleted files; they are left out")
        ]


def test_a_file_of_that_name_and_other_folders_are_read(tmp_path: Path) -> None:
    for name in ("recycler.png", "my recycled/a.png", "Trash/a.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(_image_bytes("PNG", noise(6, 5)))
    dataset = load(tmp_path)
    assert (dataset.n_samples, dataset.skipped) == (3, ())

"""The image cache: unchanged files are not decoded again, and damaged entries are ignored."""

from __future__ import annotations

import io
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
import pytest

from nmf_explorer.dataset.files.found_file import FoundFile
from nmf_explorer.dataset.load import load
from nmf_explorer.dataset.loading import image_cache
from nmf_explorer.dataset.loading.image_cache import clear_cache
from nmf_explorer.dataset.readers.images import image_file
from nmf_explorer.dataset.readers.samples.file_samples import FileInfo
from nmf_explorer.errors import Cancelled
from tests.dataset.images import noise, write_image

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Cache images of any size; return a list that gets an entry for each decoded file."""
    monkeypatch.setattr(image_cache, "MIN_PHOTO_BYTES", 0)
    monkeypatch.setattr("nmf_explorer.dataset.loading.load_set.MIN_PHOTO_BYTES", 0)
    count: list[int] = []
    read = image_file.read

    def counted(*given: object, **options: bool) -> object:
        count.append(1)
        return read(*given, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(image_file, "read", counted)
    return count


@pytest.fixture
def photographs(tmp_path: Path) -> Path:
    """Make a folder of four images, the last of another size."""
    folder = tmp_path / "set"
    folder.mkdir()
    for number in range(4):
        write_image(folder / f"{number}.png", noise(6, 5 + (number == 3), seed=number))
    return folder


def _entry(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_a_cached_set_is_not_decoded_again(photographs: Path, tmp_path: Path, decoded: list[int]) -> None:
    first = load(photographs, cache_folder=tmp_path / "cache")
    assert len(decoded) == 4
    again = load(photographs, cache_folder=tmp_path / "cache")
    assert len(decoded) == 4
    np.testing.assert_array_equal(again.stored, first.stored)
    assert (again.sample_names, again.notes, again.report) == (first.sample_names, first.notes, first.report)


def test_only_new_and_changed_files_are_decoded(photographs: Path, tmp_path: Path, decoded: list[int]) -> None:
    load(photographs, cache_folder=tmp_path / "cache")
    write_image(photographs / "4.png", noise(6, 5, seed=4))
    write_image(photographs / "0.png", noise(6, 5, seed=5))
    os.utime(photographs / "0.png", ns=(0, 0))
    dataset = load(photographs, cache_folder=tmp_path / "cache")
    assert len(decoded) == 4 + 2
    np.testing.assert_array_equal(dataset.stored[[0, 4]], [noise(6, 5, seed=5).ravel(), noise(6, 5, seed=4).ravel()])
    load(photographs, cache_folder=tmp_path / "cache")
    assert len(decoded) == 6


def test_other_settings_have_an_entry_of_their_own(photographs: Path, tmp_path: Path, decoded: list[int]) -> None:
    load(photographs, cache_folder=tmp_path / "cache")
    assert load(photographs, cache_folder=tmp_path / "cache", size=3).sample_shape == (3, 3)
    assert len(decoded) == 8
    inverted = load(photographs, cache_folder=tmp_path / "cache", invert=True)
    assert len(decoded) == 8  # inverting does not need the files
    np.testing.assert_array_equal(inverted.stored[0], 255 - noise(6, 5).ravel())


@pytest.mark.usefixtures("decoded")
@pytest.mark.parametrize("place", [0, 10, 25, 40, -10, -70])
def test_a_damaged_entry_is_ignored(photographs: Path, tmp_path: Path, place: int) -> None:
    expected = load(photographs, cache_folder=tmp_path / "cache")
    content = bytearray(_entry(tmp_path / "cache").read_bytes())
    content[place] ^= 255
    _entry(tmp_path / "cache").write_bytes(content)
    np.testing.assert_array_equal(load(photographs, cache_folder=tmp_path / "cache").stored, expected.stored)


@pytest.mark.usefixtures("decoded")
@pytest.mark.parametrize("keep", [0, 5, 31, 50, -1, -100])
def test_a_truncated_entry_is_ignored(photographs: Path, tmp_path: Path, keep: int) -> None:
    expected = load(photographs, cache_folder=tmp_path / "cache")
    _entry(tmp_path / "cache").write_bytes(_entry(tmp_path / "cache").read_bytes()[:keep])
    np.testing.assert_array_equal(load(photographs, cache_folder=tmp_path / "cache").stored, expected.stored)


@pytest.mark.usefixtures("decoded")
def test_a_full_disk_only_prevents_caching(photographs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert load(photographs, cache_folder=tmp_path / "cache").n_samples == 4
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.mark.usefixtures("decoded")
def test_the_least_recently_used_entry_is_evicted(
    photographs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(photographs, cache_folder=tmp_path / "cache", size=5)
    old = _entry(tmp_path / "cache")
    os.utime(old, ns=(0, 0))
    monkeypatch.setattr(image_cache, "MAX_CACHE_BYTES", 2 * old.stat().st_size + 50)
    load(photographs, cache_folder=tmp_path / "cache", size=4)
    assert old.exists()
    load(photographs, cache_folder=tmp_path / "cache", size=3)
    assert not old.exists()
    monkeypatch.setattr(image_cache, "MAX_CACHE_BYTES", 10)
    n_entries = len(list((tmp_path / "cache").iterdir()))
    load(photographs, cache_folder=tmp_path / "cache", size=2)
    assert len(list((tmp_path / "cache").iterdir())) == n_entries


@pytest.mark.parametrize(("limit", "kept"), [(20, ["new", "old"]), (19, ["new"])])
def test_one_byte_too_many_evicts_an_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, kept: list[str]
) -> None:
    for age, name in enumerate(("old", "new")):
        (tmp_path / f"{name}.rows").write_bytes(bytes(10))
        os.utime(tmp_path / f"{name}.rows", (age, age))
    monkeypatch.setattr(image_cache, "MAX_CACHE_BYTES", limit)
    image_cache._evict_oldest(tmp_path)
    assert sorted(path.stem for path in tmp_path.iterdir()) == kept


@pytest.mark.usefixtures("decoded")
def test_it_can_be_cleared(photographs: Path, tmp_path: Path) -> None:
    clear_cache(tmp_path / "cache")
    load(photographs, cache_folder=tmp_path / "cache")
    clear_cache(tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_small_images_are_not_cached(photographs: Path, tmp_path: Path) -> None:
    load(photographs, cache_folder=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


@pytest.mark.usefixtures("decoded")
def test_pasted_images_are_not_cached(photographs: Path, tmp_path: Path) -> None:
    def opener(path: Path) -> Callable[[], io.BytesIO]:
        return lambda: io.BytesIO(path.read_bytes())

    pasted = [FoundFile(f"pasted {i}", f"{i}", opener=opener(photographs / f"{i}.png")) for i in range(3)]
    assert load(pasted, cache_folder=tmp_path / "cache").n_samples == 3
    assert not (tmp_path / "cache").exists()


@pytest.mark.usefixtures("decoded")
def test_a_file_that_went_away_meanwhile_has_its_reason(
    photographs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    restore = image_cache.ImageCache.restore

    def later(cache: image_cache.ImageCache, *given: object) -> None:
        (photographs / "1.png").unlink()
        restore(cache, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(image_cache.ImageCache, "restore", later)
    (skipped,) = load(photographs, cache_folder=tmp_path / "cache").skipped
    assert (skipped.path.name, "No such file" in skipped.reason) == ("1.png", True)


@pytest.mark.usefixtures("decoded")
def test_stopping_while_it_is_written_leaves_nothing(photographs: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with pytest.raises(Cancelled):
        load(photographs, cache_folder=cache, should_stop=lambda: cache.exists() and any(cache.iterdir()))
    assert list(cache.iterdir()) == []
    shutil.rmtree(cache)


def _rewrite(entry: Path, change: Callable[[dict[str, Any]], object], *, magic: bytes = b"") -> None:
    """Change the head of an entry, with a checksum that is right."""
    content = entry.read_bytes()
    n_magic = content.index(b"\n") + 1
    n_head = int.from_bytes(content[n_magic : n_magic + 8], "little")
    head, rest = content[n_magic + 12 : n_magic + 12 + n_head], content[n_magic + 12 + n_head :]
    header = json.loads(head)
    change(header)
    head = json.dumps(header).encode()
    sizes = len(head).to_bytes(8, "little") + crc32(head).to_bytes(4, "little")
    entry.write_bytes((magic or content[:n_magic]) + sizes + head + rest)


def _set_info(field: int, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda header: header["lines"][0][4].__setitem__(field, value)


ODD_HEADS: dict[str, Callable[[dict[str, Any]], object]] = {
    "one field more": lambda header: header["lines"][0][4].append(1),
    "one field less": lambda header: header["lines"][0][4].pop(),
    "another key": lambda header: header.update(version=3),
    "no lines": lambda header: header.pop("lines"),
    "lines of another kind": lambda header: header.update(lines={"a": 1}),
    "a line of another kind": lambda header: header["lines"].__setitem__(0, "line"),
    "a checksum of another kind": lambda header: header["lines"][0].__setitem__(3, None),
    "an unknown dtype": lambda header: header.update(dtype="object"),
    "a dtype of another kind": lambda header: header.update(dtype=["uint8"]),
    "a larger dtype": lambda header: header.update(dtype="float32"),
    "a line more": lambda header: header["lines"].append(["x", 1, 1, 1, header["lines"][0][4]]),
    "a line twice": lambda header: header["lines"].__setitem__(1, header["lines"][0]),
    "a huge height": _set_info(1, 10**9),
    "no height": _set_info(1, 0),
    "a negative width": _set_info(2, -5),
    "a text as width": _set_info(2, "5"),
    "a truth value as width": _set_info(2, value=True),
    "another depth": _set_info(3, "32-bit"),
    "many samples": _set_info(0, 10**9),
    "no frame": _set_info(6, 0),
    "a table": _set_info(7, value=True),
}


@pytest.mark.parametrize("kind", ODD_HEADS)
def test_what_another_version_may_have_written_is_not_used(
    photographs: Path, tmp_path: Path, decoded: list[int], kind: str
) -> None:
    expected = load(photographs, cache_folder=tmp_path / "cache")
    _rewrite(_entry(tmp_path / "cache"), ODD_HEADS[kind])
    again = load(photographs, cache_folder=tmp_path / "cache")
    assert len(decoded) > 4
    np.testing.assert_array_equal(again.stored, expected.stored)
    assert again.report == expected.report


def test_an_unchanged_head_is_used(photographs: Path, tmp_path: Path, decoded: list[int]) -> None:
    load(photographs, cache_folder=tmp_path / "cache")
    _rewrite(_entry(tmp_path / "cache"), lambda _: None)
    load(photographs, cache_folder=tmp_path / "cache")
    assert len(decoded) == 4


@pytest.mark.usefixtures("decoded")
@pytest.mark.parametrize("content", [b"[" * 100_000, b"9" * 5000, b"[]", b"null", b"\xff", b'{"lines": NaN}'])
def test_a_head_of_another_kind_is_not_used(photographs: Path, tmp_path: Path, content: bytes) -> None:
    expected = load(photographs, cache_folder=tmp_path / "cache")
    sizes = len(content).to_bytes(8, "little") + crc32(content).to_bytes(4, "little")
    _entry(tmp_path / "cache").write_bytes(image_cache._MAGIC + sizes + content + bytes(1000))
    np.testing.assert_array_equal(load(photographs, cache_folder=tmp_path / "cache").stored, expected.stored)


@pytest.mark.usefixtures("decoded")
def test_a_head_longer_than_the_limit_is_not_read(
    photographs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(photographs, cache_folder=tmp_path / "cache")
    entry = _entry(tmp_path / "cache")
    n_head = int.from_bytes(entry.read_bytes()[len(image_cache._MAGIC) :][:8], "little")
    for limit, is_read in ((n_head, True), (n_head - 1, False)):
        monkeypatch.setattr(image_cache, "_MAX_HEAD_BYTES", limit)
        with image_cache._open_entry(entry, 30) as opened:
            assert (opened is not None) == is_read


def test_the_mark_of_an_entry_follows_from_the_fields() -> None:
    assert list(image_cache._FIELDS) == list(FileInfo._fields)
    assert image_cache._FIELDS["n_samples"] == "int"


@pytest.mark.usefixtures("decoded")
@pytest.mark.parametrize("place", ["a file instead of the folder", "a file above the folder", "a folder as the entry"])
def test_a_cache_that_cannot_be_written_only_prevents_caching(photographs: Path, tmp_path: Path, place: str) -> None:
    cache = tmp_path / "cache"
    if place == "a folder as the entry":
        load(photographs, cache_folder=cache)
        entry = _entry(cache)
        entry.unlink()
        (entry / "full").mkdir(parents=True)
    else:
        (tmp_path / "cache").write_text("a file", encoding="ascii")
        cache = cache / "below" if place == "a file above the folder" else cache
    dataset = load(photographs, cache_folder=cache)
    assert dataset.n_samples == 4
    assert dataset.report.cache_problem.startswith(f"{cache}: ")
    assert dataset.notes == load(photographs).notes


@pytest.mark.usefixtures("decoded")
def test_a_read_only_disk_only_prevents_caching(
    photographs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    load(photographs, cache_folder=tmp_path / "cache")
    for name in ("mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    for name in ("unlink", "mkdir", "replace"):
        monkeypatch.setattr(Path, name, refuse)
    monkeypatch.setattr(os, "utime", refuse)
    assert load(photographs, cache_folder=tmp_path / "cache").report.cache_problem == ""  # nothing to write
    report = load(photographs, cache_folder=tmp_path / "cache", size=3).report
    assert report.cache_problem == f"{tmp_path / 'cache'}: Read-only file system"


def test_a_set_with_too_long_names_is_not_cached(
    photographs: Path, tmp_path: Path, decoded: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_cache, "_MAX_HEAD_BYTES", 100)
    load(photographs, cache_folder=tmp_path / "cache")
    assert not list((tmp_path / "cache").glob("*"))
    load(photographs, cache_folder=tmp_path / "cache")
    assert len(decoded) == 8

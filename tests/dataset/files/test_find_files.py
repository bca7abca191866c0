"""Each file in the chosen folders is listed once, in natural order, or skipped with a reason."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nmf_explorer.dataset.files.find_files import find_files
from nmf_explorer.dataset.files.natural_order import natural_sort_key
from nmf_explorer.errors import Cancelled, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nmf_explorer.dataset.files.found_file import FileListing


def _never() -> bool:
    return False


def _find(*paths: Path) -> FileListing:
    return find_files(paths, _never)


def _names(listing: FileListing) -> list[str]:
    return [file.name for file in listing.files]


def _reasons(listing: FileListing) -> dict[str, str]:
    return {skipped.path.name: skipped.reason for skipped in listing.skipped}


def _fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


@given(st.lists(st.integers(0, 10**30), min_size=2, max_size=9))
@settings(deadline=None, max_examples=40)
def test_numbers_in_names_are_sorted_by_value(numbers: list[int]) -> None:
    names = [f"img{number}.png" for number in numbers]
    assert sorted(names, key=natural_sort_key) == [f"img{number}.png" for number in sorted(numbers)]


@given(st.lists(st.text(max_size=8), max_size=6))
@settings(deadline=None, max_examples=60)
def test_any_two_names_can_be_compared(names: list[str]) -> None:
    assert sorted(sorted(names, key=natural_sort_key)) == sorted(names)


def test_2_comes_before_10_and_case_is_ignored(tmp_path: Path) -> None:
    _fill(tmp_path, "img10.png", "IMG2.png", "img1.png", "a²3.png", "B.png")
    assert _names(_find(tmp_path)) == ["a²3.png", "B.png", "img1.png", "IMG2.png", "img10.png"]


def test_names_with_equal_keys_have_a_fixed_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fill(tmp_path, "01.png", "1.png", "001.png", "a.png", "A.png")
    expected = ["001.png", "01.png", "1.png", "A.png", "a.png"]
    assert _names(_find(tmp_path)) == expected
    scandir = os.scandir

    class Backwards:
        def __init__(self, folder: Path) -> None:
            with scandir(folder) as entries:
                self.entries = sorted(entries, key=lambda entry: entry.name, reverse=True)

        def __enter__(self) -> Iterator[os.DirEntry[str]]:
            return iter(self.entries)

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr(os, "scandir", Backwards)
    assert _names(_find(tmp_path)) == expected


def test_files_in_subfolders_are_named_by_their_relative_path(tmp_path: Path) -> None:
    _fill(tmp_path, "set10/a.png", "set2/b.png", "set2/deep/c.png", "d.png")
    listing = _find(tmp_path)
    assert _names(listing) == ["d.png", "set2/b.png", "set2/deep/c.png", "set10/a.png"]
    assert listing.files[2].path == tmp_path / "set2" / "deep" / "c.png"
    assert listing.skipped == []


def test_files_of_operating_systems_are_ignored(tmp_path: Path) -> None:
    _fill(tmp_path, "a.png", ".DS_Store", ".hidden/b.png", "__MACOSX/._a.png", "Thumbs.db", "desktop.ini", "~$a.docx")
    _fill(tmp_path, "@eaDir/a.png/thumb.jpg")
    listing = _find(tmp_path)
    assert _names(listing) == ["a.png"]
    assert listing.skipped == []


def test_a_hidden_file_chosen_by_the_user_is_listed(tmp_path: Path) -> None:
    _fill(tmp_path, ".hidden.png", "Thumbs.db")
    assert _names(_find(tmp_path / ".hidden.png", tmp_path / "Thumbs.db")) == [".hidden.png", "Thumbs.db"]


def test_sources_keep_the_order_in_which_they_were_chosen(tmp_path: Path) -> None:
    _fill(tmp_path, "z.png", "set/b.png", "set/a.png", "a.png")
    listing = _find(tmp_path / "z.png", tmp_path / "set", tmp_path / "a.png")
    assert _names(listing) == ["z.png", "a.png", "b.png", "a.png"]


def test_a_file_chosen_twice_is_listed_once(tmp_path: Path) -> None:
    _fill(tmp_path, "a.png", "b.png")
    (tmp_path / "link.png").symlink_to("a.png")
    listing = _find(tmp_path / "b.png", tmp_path, tmp_path / "a.png", tmp_path / "." / "b.png")
    assert _names(listing) == ["b.png", "a.png"]


def test_an_unusable_file_chosen_twice_is_skipped_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert len(_find(tmp_path, tmp_path / "pipe.png").skipped) == 1


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    _fill(tmp_path, "elsewhere/a.png")
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "link.png").symlink_to(tmp_path / "elsewhere" / "a.png")
    assert _names(_find(tmp_path / "set")) == ["link.png"]


def test_a_link_to_a_folder_is_skipped(tmp_path: Path) -> None:
    _fill(tmp_path, "set/a.png")
    (tmp_path / "set" / "again").symlink_to(tmp_path / "set", target_is_directory=True)
    listing = _find(tmp_path / "set")
    assert _names(listing) == ["a.png"]
    assert _reasons(listing) == {"again": "a link to a folder; links are not followed"}


def test_a_link_to_a_folder_chosen_by_the_user_is_followed(tmp_path: Path) -> None:
    _fill(tmp_path, "set/a.png")
    (tmp_path / "link").symlink_to(tmp_path / "set", target_is_directory=True)
    assert _names(_find(tmp_path / "link")) == ["a.png"]


def test_broken_and_circular_links_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "nowhere.png").symlink_to("gone.png")
    (tmp_path / "circle.png").symlink_to("circle.png")
    listing = _find(tmp_path)
    assert listing.files == []
    assert _reasons(listing) == {
        "nowhere.png": f"cannot be read: {os.strerror(errno.ENOENT)}",
        "circle.png": f"cannot be read: {os.strerror(errno.ELOOP)}",
    }
    assert _reasons(_find(tmp_path / "circle.png")).keys() == {"circle.png"}


def test_a_link_without_permission_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = tmp_path / "link"
    link.symlink_to("secret/place")

    def refuse(path: Path, **_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_dir", refuse)
    monkeypatch.setattr(Path, "stat", refuse)
    assert _reasons(_find(link)) == {"link": "cannot be read: Permission denied"}


def test_a_pipe_is_skipped_without_opening_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert _reasons(_find(tmp_path)) == {"pipe.png": "not a regular file"}


def test_an_unreadable_folder_is_skipped_and_the_others_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(tmp_path, "a.png", "locked/b.png", "open/c.png")
    scandir = os.scandir

    def refuse_one(folder: Path) -> object:
        if Path(folder).name == "locked":
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse_one)
    listing = _find(tmp_path)
    assert _names(listing) == ["a.png", "open/c.png"]
    assert _reasons(listing) == {"locked": "the folder cannot be read: Permission denied"}


def test_a_missing_source_raises_an_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no-such-folder"):
        _find(tmp_path / "no-such-folder")


def test_names_that_are_not_valid_utf8_are_listed(tmp_path: Path) -> None:
    name = os.fsdecode(b"bad\xff\n.png")
    _fill(tmp_path, name)
    assert _names(_find(tmp_path)) == [name]


def test_listing_can_be_cancelled_at_each_folder(tmp_path: Path) -> None:
    _fill(tmp_path, "one/a.png", "two/b.png")
    for n_folders in range(3):
        answers = iter([False] * n_folders + [True])
        with pytest.raises(Cancelled):
            find_files([tmp_path], lambda answers=answers: next(answers))  # type: ignore[misc]

"""Archives are lists of members that are read in memory; nothing is written, and nothing hostile is opened."""

from __future__ import annotations

import io
import tarfile
import zipfile
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nmf_explorer.dataset.files import archive, tar_members, zip_members
from nmf_explorer.dataset.files.found_file import FoundFile
from nmf_explorer.errors import Cancelled, ImageReadError, NmfExplorerError
from tests.dataset.archives import (
    COMPRESSORS,
    limit_bytes,
    memory_file,
    never,
    read_members,
    skip_reasons,
    tar_bytes,
    zip_bytes,
)

if TYPE_CHECKING:
    from pathlib import Path

PICTURES = {"b/10.png": b"ten" * 50, "b/2.png": b"two", "a.png": b"one" * 300}
SUFFIXES = list(COMPRESSORS)


@cache
def archives() -> dict[str, bytes]:
    """The same members in an archive of every kind."""
    made = {f".tar{suffix}": packer(tar_bytes(PICTURES)) for suffix, packer in COMPRESSORS.items()}
    return {".zip": zip_bytes(PICTURES), ".stored.zip": zip_bytes(PICTURES, zipfile.ZIP_STORED), **made}


@pytest.mark.parametrize("kind", archives())
def test_members_come_in_natural_order_and_are_read_as_they_are(kind: str) -> None:
    file = memory_file(archives()[kind], f"set{kind}")
    assert archive.recognises(archives()[kind][:512], "any name")
    listing = archive.expand(file, never)
    assert list(read_members(listing).items()) == [(name, PICTURES[name]) for name in ("a.png", "b/2.png", "b/10.png")]
    assert listing.skipped == []
    assert [member.n_bytes for member in listing.files] == [900, 3, 150]
    assert listing.files[0].path == file.path / "a.png"


@pytest.mark.parametrize("suffix", SUFFIXES[1:])
def test_a_single_packed_file_is_an_archive_of_one(suffix: str) -> None:
    packed = COMPRESSORS[suffix](b"not a tar file")
    assert archive.recognises(packed, "")
    assert read_members(archive.expand(memory_file(packed, f"x.png{suffix}"), never)) == {"x.png": b"not a tar file"}


def test_other_files_are_no_archives() -> None:
    for content in (b"", b"\x89PNG\r\n\x1a\n" + bytes(500), b"PK", b"1,2,3\n" * 90):
        assert not archive.recognises(content[:512], "set.zip")


def test_a_file_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    for step in (archive.expand, lambda f, s: list(tar_members.iterate_tar_members(f, s))):
        with pytest.raises(ImageReadError, match="No such file"):
            step(FoundFile(tmp_path / "gone.zip", "gone.zip"), never)


@pytest.mark.parametrize("missing", [1, 30, 150])
def test_a_truncated_zip_file_is_refused(missing: int) -> None:
    with pytest.raises(ImageReadError, match="damaged or not readable"):
        archive.expand(memory_file(zip_bytes(PICTURES)[:-missing]), never)


def test_members_before_the_damage_in_a_tar_file_are_good() -> None:
    whole = tar_bytes(PICTURES)
    for kept in (512 + 512 + 300, 512 + 512):
        listing = archive.expand(memory_file(whole[:kept], "set.tar"), never)
        assert read_members(listing)["b/10.png"] == PICTURES["b/10.png"]
        assert "end" in skip_reasons(listing)["set.tar"]


@pytest.mark.parametrize("make", [zip_bytes, tar_bytes])
def test_names_only_name(make: object) -> None:
    hostile = ["../../up.png", "/etc/passwd", "C:\\x\\y.png", "./here.png", "..", "a//b.png", "a/b.png", "<b>\n.png"]
    packed = make({name: name.encode() for name in hostile})  # type: ignore[operator]
    listing = archive.expand(memory_file(packed, "set"), never)
    names = {file.name: file.path.as_posix() for file in listing.files}
    assert set(names) == {"up.png", "etc/passwd", "C:/x/y.png", "here.png", "?", "a/b.png", "a/b.png (2)", "<b>\n.png"}
    assert all(path == f"somewhere/set/{name}" for name, path in names.items())
    assert sorted(read_members(listing).values()) == sorted(name.encode() for name in hostile)


def test_many_members_of_one_name_get_names_of_their_own_in_no_time() -> None:
    names: dict[str, int] = {}
    given = [archive._safe_unique_name(name, names) for name in ["x", "x (3)", *["/x"] * 50_000]]
    assert given[:5] == ["x", "x (3)", "x (2)", "x (4)", "x (5)"]
    assert len(set(given)) == len(given)


@pytest.mark.parametrize("make", [zip_bytes, tar_bytes])
def test_clutter_is_left_out_and_what_is_no_file_of_its_own_is_skipped(make: object) -> None:
    members = {
        "good.png": b"x",
        "__MACOSX/good.png": b"x",
        "a/.hidden": b"x",
        "~$lock.png": b"x",
        "empty.png": b"",
        "inner.zip": b"x",
        "inner.TAR.GZ": b"x",
    }
    listing = archive.expand(memory_file(make(members)), never)  # type: ignore[operator]
    assert list(read_members(listing)) == ["good.png"]
    nested = str(archive.NESTED_ARCHIVE)
    assert skip_reasons(listing) == {"empty.png": "the file is empty", "inner.zip": nested, "inner.TAR.GZ": nested}


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_links_and_devices_in_a_tar_file_are_skipped_with_the_reason(suffix: str) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        for kind in ("SYMTYPE", "LNKTYPE", "FIFOTYPE", "CHRTYPE", "DIRTYPE", "GNUTYPE_SPARSE"):
            info = tarfile.TarInfo(kind)
            info.type = getattr(tarfile, kind)
            info.linkname = "/etc/passwd"
            tar.addfile(info)
    listing = archive.expand(memory_file(COMPRESSORS[suffix](made.getvalue())), never)
    assert listing.files == []
    link, other = "a link; links are not followed", "not a regular file"
    assert skip_reasons(listing) == {
        "SYMTYPE": link, "LNKTYPE": link, "FIFOTYPE": other, "CHRTYPE": other, "GNUTYPE_SPARSE": other,
    }  # fmt: skip


def _patched(packed: bytes, signature: bytes, at: int, value: bytes) -> bytes:
    """Overwrite a field of the first header of a kind."""
    start = packed.index(signature) + at
    return packed[:start] + value + packed[start + len(value) :]


def test_what_a_zip_file_claims_is_checked_before_and_after() -> None:
    packed = zip_bytes({"x.png": b"x" * 1000})
    central = b"PK\x01\x02"
    claims = {
        "encrypted": (8, b"\x01\x00"),
        "method 99": (10, b"\x63\x00"),
        "too large: 4095 MB": (24, b"\xff\xff\xff\xff"),
        "would grow to 1024 MB": (24, b"\x00\x00\x00\x40"),
    }
    for reason, (at, value) in claims.items():
        if "4095" in reason:  # more in all than could be: the archive as a whole is refused
            with pytest.raises(ImageReadError, match="decompression bomb"):
                archive.expand(memory_file(_patched(packed, central, at, value)), never)
            continue
        listing = archive.expand(memory_file(_patched(packed, central, at, value)), never)
        assert reason in skip_reasons(listing)["x.png"]
        with pytest.raises(ImageReadError, match=reason):
            zip_members.read_member(
                memory_file(packed),
                zip_members.list_zip_members(memory_file(_patched(packed, central, at, value)))[0],
            )


@pytest.mark.parametrize(("at", "value"), [(16, b"abcd"), (24, b"\x01\x00\x00\x00"), (24, b"\xff\xff\x00\x00")])
def test_a_member_that_is_not_what_was_promised_is_refused(at: int, value: bytes) -> None:
    packed = _patched(zip_bytes({"x.png": b"x" * 1000}), b"PK\x01\x02", at, value)
    with pytest.raises(ImageReadError, match="the archive is damaged"):
        read_members(archive.expand(memory_file(packed), never))


def test_a_member_without_its_local_header_is_refused() -> None:
    packed = _patched(zip_bytes({"x.png": b"x" * 1000}), b"PK\x03\x04", 0, b"PX")
    listed = zip_members.list_zip_members(memory_file(packed))
    with pytest.raises(ImageReadError, match="the archive is damaged"):
        zip_members.read_member(memory_file(packed), listed[0])


def test_a_large_member_is_refused() -> None:
    member = zip_members.ZipMember("x", 0, 2**31, 2**31 + 1, 0, is_encrypted=False, checksum=0)
    assert "too large: 2048 MB" in str(zip_members.reason_to_skip(member))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_too_much_in_a_tar_file_is_refused(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = memory_file(COMPRESSORS[suffix](tar_bytes({"a": b"a", "large": bytes(50_000), "b": b"b"})), "set")
    limit_bytes(monkeypatch, tar_members, 40_000)
    listing = archive.expand(file, never)
    assert "too large" in str(skip_reasons(listing))
    assert read_members(listing)["a"] == b"a"


def test_the_first_bytes_of_a_member_can_be_had_alone() -> None:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        file = memory_file(zip_bytes({"x": b"0123456789" * 500}, method))
        assert zip_members.read_member(file, zip_members.list_zip_members(file)[0], limit=15) == b"012345678901234"


@pytest.mark.parametrize("make", [zip_bytes, tar_bytes])
def test_too_many_members_are_refused(make: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_members, "MAX_MEMBERS", 2)
    monkeypatch.setattr(tar_members, "MAX_MEMBERS", 2)
    try:
        listing = archive.expand(memory_file(make(PICTURES), "set"), never)  # type: ignore[operator]
    except ImageReadError as error:
        assert str(error) == "has 3 members, more than 2"  # noqa: PT017
    else:
        assert skip_reasons(listing) == {"set": "has more than 2 members"}


def test_a_list_of_members_that_is_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_members, "_MAX_READ_BYTES", 100)
    with pytest.raises(ImageReadError, match="its list of members is too long"):
        archive.expand(memory_file(zip_bytes(PICTURES)), never)


def test_a_tar_file_with_a_negative_size_does_not_run_in_circles() -> None:
    info = tarfile.TarInfo("x")
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[124:136] = b"\xff" * 10 + (-1024).to_bytes(2, "big", signed=True)
    header[148:156] = b"%06o\0 " % sum(header[:148] + b" " * 8 + header[156:512])
    listing = archive.expand(memory_file(bytes(header) * 3), never)
    assert listing.files == []
    assert "the archive is damaged; copy or download it again" in skip_reasons(listing).values()


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_it_stops_when_asked_to(suffix: str) -> None:
    with pytest.raises(Cancelled):
        archive.expand(memory_file(COMPRESSORS[suffix](tar_bytes(PICTURES))), lambda: True)


def test_names_in_utf8_are_read_whether_or_not_the_zip_file_says_so() -> None:
    packed = zip_bytes({"é.png": b"x"})
    for flags in (b"\x00\x08", b"\x00\x00"):
        assert list(read_members(archive.expand(memory_file(_patched(packed, b"PK\x01\x02", 8, flags)), never))) == [
            "é.png"
        ]
    old = zip_bytes({"\u00c9.png": b"x"}).replace("\u00c9".encode(), b"\x90\x41")  # É and A in a code page of 1981
    assert list(read_members(archive.expand(memory_file(_patched(old, b"PK\x01\x02", 8, b"\0\0")), never))) == [
        "\u00c9A.png"
    ]


@settings(deadline=None)
@given(
    content=st.binary(max_size=300),
    magic=st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0"]),
)
def test_random_bytes_are_listed_or_refused(content: bytes, magic: bytes) -> None:
    _has_an_outcome(magic + content)


@settings(deadline=None)
@given(
    kind=st.sampled_from(sorted(archives())),
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=4),
    kept=st.floats(0, 1),
)
def test_damaged_archives_are_listed_or_refused(kind: str, flips: list[tuple[float, int]], kept: float) -> None:
    damaged = bytearray(archives()[kind])
    for where, value in flips:
        damaged[int(where * len(damaged))] = value
    _has_an_outcome(bytes(damaged[: int(kept * len(damaged)) if kept < 0.5 else len(damaged)]))


def _has_an_outcome(content: bytes) -> None:
    try:
        listing = archive.expand(memory_file(content, "set.zip"), never)
    except NmfExplorerError:
        return
    for file in listing.files:
        with suppress(NmfExplorerError), file.open() as stream:
            assert len(stream.read()) <= 10**6

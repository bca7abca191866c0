"""Archives are listed and read in memory; hostile members are skipped or refused."""

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

MEMBERS = {"b/10.png": b"ten" * 50, "b/2.png": b"two", "a.png": b"one" * 300}
SUFFIXES = list(COMPRESSORS)


@cache
def archives() -> dict[str, bytes]:
    """Return the same members in an archive of every kind."""
    made = {f".tar{suffix}": packer(tar_bytes(MEMBERS)) for suffix, packer in COMPRESSORS.items()}
    return {".zip": zip_bytes(MEMBERS), ".stored.zip": zip_bytes(MEMBERS, zipfile.ZIP_STORED), **made}


@pytest.mark.parametrize("kind", archives())
def test_members_are_listed_in_natural_order_and_read_unchanged(kind: str) -> None:
    file = memory_file(archives()[kind], f"set{kind}")
    assert archive.recognises(archives()[kind][:512], "any name")
    listing = archive.expand(file, never)
    assert list(read_members(listing).items()) == [(name, MEMBERS[name]) for name in ("a.png", "b/2.png", "b/10.png")]
    assert listing.skipped == []
    assert [member.n_bytes for member in listing.files] == [900, 3, 150]
    assert listing.files[0].path == file.path / "a.png"


@pytest.mark.parametrize("suffix", SUFFIXES[1:])
def test_a_compressed_file_is_an_archive_of_one_member(suffix: str) -> None:
    packed = COMPRESSORS[suffix](b"not a tar file")
    assert archive.recognises(packed, "")
    assert read_members(archive.expand(memory_file(packed, f"x.png{suffix}"), never)) == {"x.png": b"not a tar file"}


def test_other_files_are_not_archives() -> None:
    for content in (b"", b"\x89PNG\r\n\x1a\n" + bytes(500), b"PK", b"1,2,3\n" * 90):
        assert not archive.recognises(content[:512], "set.zip")


def test_a_missing_file_is_refused_with_its_reason(tmp_path: Path) -> None:
    for step in (archive.expand, lambda f, s: list(tar_members.iterate_tar_members(f, s))):
        with pytest.raises(ImageReadError, match="No such file"):
            step(FoundFile(tmp_path / "gone.zip", "gone.zip"), never)


@pytest.mark.parametrize("missing", [1, 30, 150])
def test_a_truncated_zip_file_is_refused(missing: int) -> None:
    with pytest.raises(ImageReadError, match="damaged or not readable"):
        archive.expand(memory_file(zip_bytes(MEMBERS)[:-missing]), never)


def test_members_before_the_damage_in_a_tar_file_are_read() -> None:
    content = tar_bytes(MEMBERS)
    for kept in (512 + 512 + 300, 512 + 512):
        listing = archive.expand(memory_file(content[:kept], "set.tar"), never)
        assert read_members(listing)["b/10.png"] == MEMBERS["b/10.png"]
        assert "end" in skip_reasons(listing)["set.tar"]


@pytest.mark.parametrize("make", [zip_bytes, tar_bytes])
def test_member_names_never_lead_outside_the_archive(make: object) -> None:
    hostile = ["../../up.png", "/etc/passwd", "C:\\x\\y.png", "./here.png", "..", "a//b.png", "a/b.png", "<b>\n.png"]
    packed = make({name: name.encode() for name in hostile})  # type: ignore[operator]
    listing = archive.expand(memory_file(packed, "set"), never)
    names = {file.name: file.path.as_posix() for file in listing.files}
    assert set(names) == {"up.png", "etc/passwd", "C:/x/y.png", "here.png", "?", "a/b.png", "a/b.png (2)", "<b>\n.png"}
    assert all(path == f"somewhere/set/{name}" for name, path in names.items())
    assert sorted(read_members(listing).values()) == sorted(name.encode() for name in hostile)


def test_50_000_members_of_one_name_get_unique_names() -> None:
    names: dict[str, int] = {}
    given = [archive._safe_unique_name(name, names) for name in ["x", "x (3)", *["/x"] * 50_000]]
    assert given[:5] == ["x", "x (3)", "x (2)", "x (4)", "x (5)"]
    assert len(set(given)) == len(given)


@pytest.mark.parametrize("make", [zip_bytes, tar_bytes])
def test_ignored_files_are_left_out_and_empty_and_nested_ones_are_skipped(make: object) -> None:
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
def test_links_and_devices_in_a_tar_file_are_skipped_with_their_reason(suffix: str) -> None:
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
    """Overwrite bytes at an offset from the first header with a signature."""
    start = packed.index(signature) + at
    return packed[:start] + value + packed[start + len(value) :]


def test_the_central_directory_of_a_zip_file_is_checked() -> None:
    packed = zip_bytes({"x.png": b"x" * 1000})
    central = b"PK\x01\x02"
    claims = {
        "encrypted": (8, b"\x01\x00"),
        "method 99": (10, b"\x63\x00"),
        "too large: 4095 MB": (24, b"\xff\xff\xff\xff"),
        "would grow to 1024 MB": (24, b"\x00\x00\x00\x40"),
    }
    for reason, (at, value) in claims.items():
        listing = archive.expand(memory_file(_patched(packed, central, at, value)), never)
        assert reason in skip_reasons(listing)["x.png"]
        with pytest.raises(ImageReadError, match=reason):
            zip_members.read_member(
                memory_file(packed),
                zip_members.list_zip_members(memory_file(_patched(packed, central, at, value)))[0],
            )


@pytest.mark.parametrize(("at", "value"), [(16, b"abcd"), (24, b"\x01\x00\x00\x00"), (24, b"\xff\xff\x00\x00")])
def test_a_member_that_differs_from_the_central_directory_is_refused(at: int, value: bytes) -> None:
    packed = _patched(zip_bytes({"x.png": b"x" * 1000}), b"PK\x01\x02", at, value)
    with pytest.raises(ImageReadError, match="the archive is damaged"):
        read_members(archive.expand(memory_file(packed), never))


def test_a_member_without_its_local_header_is_refused() -> None:
    packed = _patched(zip_bytes({"x.png": b"x" * 1000}), b"PK\x03\x04", 0, b"PX")
    listed = zip_members.list_zip_members(memory_file(packed))
    with pytest.raises(ImageReadError, match="the archive is damaged"):
        zip_members.read_member(memory_file(packed), listed[0])


def test_a_member_above_the_size_limit_is_skipped() -> None:
    member = zip_members.ZipMember("x", 0, 2**31, 2**31 + 1, 0, is_encrypted=False, checksum=0)
    assert "too large: 2048 MB" in str(zip_members.reason_to_skip(member))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_too_much_in_a_tar_file_is_refused(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = memory_file(COMPRESSORS[suffix](tar_bytes({"a": b"a", "large": bytes(50_000), "b": b"b"})), "set")
    limit_bytes(monkeypatch, tar_members, 40_000)
    listing = archive.expand(file, never)
    assert "too large" in str(skip_reasons(listing))
    assert read_members(listing)["a"] == b"a"


def test_only_the_first_bytes_of_a_member_are_read_with_a_limit() -> None:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        file = memory_file(zip_bytes({"x": b"0123456789" * 500}, method))
        assert zip_members.read_member(file, zip_members.list_zip_members(file)[0], limit=15) == b"012345678901234"


@pytest.mark.parametrize("make", [zip_bytes, tar_bytes])
def test_too_many_members_are_refused(make: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_members, "MAX_MEMBERS", 2)
    monkeypatch.setattr(tar_members, "MAX_MEMBERS", 2)
    try:
        listing = archive.expand(memory_file(make(MEMBERS), "set"), never)  # type: ignore[operator]
    except ImageReadError as error:
        assert str(error) == "has 3 members, more than 2"  # noqa: PT017
    else:
        assert skip_reasons(listing) == {"set": "has more than 2 members"}


def test_a_central_directory_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_members, "_MAX_READ_BYTES", 100)
    with pytest.raises(ImageReadError, match="its list of members is too long"):
        archive.expand(memory_file(zip_bytes(MEMBERS)), never)


def test_a_tar_member_of_negative_size_is_skipped_as_damaged() -> None:
    info = tarfile.TarInfo("x")
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[124:136] = b"\xff" * 10 + (-1024).to_bytes(2, "big", signed=True)
    header[148:156] = b"%06o\0 " % sum(header[:148] + b" " * 8 + header[156:512])
    listing = archive.expand(memory_file(bytes(header) * 3), never)
    assert listing.files == []
    assert "the archive is damaged; copy or download it again" in skip_reasons(listing).values()


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_listing_can_be_cancelled(suffix: str) -> None:
    with pytest.raises(Cancelled):
        archive.expand(memory_file(COMPRESSORS[suffix](tar_bytes(MEMBERS))), lambda: True)


def test_names_in_utf8_are_decoded_with_and_without_the_utf8_flag() -> None:
    packed = zip_bytes({"é.png": b"x"})
    for flags in (b"\x00\x08", b"\x00\x00"):
        assert list(read_members(archive.expand(memory_file(_patched(packed, b"PK\x01\x02", 8, flags)), never))) == [
            "é.png"
        ]
    old = zip_bytes({"\u00c9.png": b"x"}).replace("\u00c9".encode(), b"\x90\x41")  # É and A in code page 437
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

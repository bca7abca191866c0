"""Stored settings, also damaged ones and unusual file names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray, QCoreApplication, QObject, QSettings, QUrl

from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.session.state.display import Display
from nmf_explorer.session.state.local_urls import path_exists, path_from_url
from nmf_explorer.session.state.preferences import Preferences

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

ODD_NAMES = ["with space", "Bilder für alle", "100%25", "a+b & c", "😀", os.fsdecode(b"latin \xff")]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_survive_urls_and_settings(name: str, preferences: Preferences) -> None:
    path = Path("/some/folder") / name
    assert path_from_url(QUrl.fromEncoded(path.as_uri().encode())) == path
    preferences.add_recent(path)
    assert Preferences().recent() == [path]


def test_recent_paths_are_unique_newest_first_and_at_most_eight(qtbot: QtBot, preferences: Preferences) -> None:
    for i in range(10):
        preferences.add_recent(Path(f"/set {i}"))
    with qtbot.waitSignal(preferences.recent_changed):
        preferences.add_recent(Path("/set 5"))
    assert [int(path.name[-1]) for path in preferences.recent()] == [5, 9, 8, 7, 6, 4, 3, 2]
    preferences.clear_recent()
    assert preferences.recent() == []


def test_only_valid_appearances_are_stored(preferences: Preferences) -> None:
    assert preferences.appearance() == "system"
    preferences.set_appearance("dark")
    assert Preferences().appearance() == "dark"
    preferences.set_appearance("pink")
    assert Preferences().appearance() == "system"


def test_only_valid_display_settings_are_read(qtbot: QtBot, preferences: Preferences) -> None:
    assert preferences.display == Display()
    chosen = Display("cividis", "shared", "smooth", 150)
    with qtbot.waitSignal(preferences.display_changed):
        preferences.set_display(chosen)
    with qtbot.assertNotEmitted(preferences.display_changed):
        preferences.set_display(chosen)
    assert Preferences().display == chosen
    for key in ("colours", "scale", "enlargement", "text_size"):
        preferences._settings.setValue(f"view/{key}", "7")
    assert Preferences().display == Display()


@pytest.mark.parametrize("dividers", [[], [b"there"], [b"there", b"and there"]])
def test_the_windows_layout_is_remembered(preferences: Preferences, dividers: list[bytes]) -> None:
    assert preferences.window_layout() == (QByteArray(), [])
    preferences.set_window_layout(QByteArray(b"here"), [QByteArray(divider) for divider in dividers])
    assert Preferences().window_layout() == (QByteArray(b"here"), [QByteArray(divider) for divider in dividers])


def test_the_language_is_stored_and_announced_once(qtbot: QtBot, preferences: Preferences) -> None:
    assert preferences.language() == "system"
    with qtbot.waitSignal(preferences.language_changed) as emitted:
        preferences.set_language("de")
    assert emitted.args == ["de"]
    assert Preferences().language() == "de"
    with qtbot.assertNotEmitted(preferences.language_changed):
        preferences.set_language("de")


def test_an_unknown_language_is_replaced_by_that_of_the_system(preferences: Preferences) -> None:
    preferences.set_language("tlh")
    assert preferences.language() == "system"


def test_damaged_recent_paths_are_ignored(preferences: Preferences, settings_folder: Path) -> None:
    preferences.add_recent(Path("/good"))
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "NMF Explorer", "NMF Explorer")
    settings.setValue("recent", "nonsense")
    assert str(settings_folder) in settings.fileName()
    assert Preferences().recent() == []


def test_path_exists(tmp_path: Path) -> None:
    assert path_exists(tmp_path)
    assert not path_exists(tmp_path / "missing")


CACHE_FOLDER = Preferences.cache_folder  # before a fixture replaces it
OPTIONS = LoadOptions(size=(3, 4), white=4095.0, invert=True)


def test_load_options_of_a_recent_path_are_stored(preferences: Preferences, tmp_path: Path) -> None:
    preferences.add_recent(tmp_path)
    preferences.set_load_options(tmp_path, OPTIONS)
    assert Preferences().load_options(tmp_path) == OPTIONS
    preferences.clear_recent()
    assert Preferences().load_options(tmp_path) is None


def test_load_options_are_dropped_with_their_recent_path(preferences: Preferences, tmp_path: Path) -> None:
    preferences.add_recent(tmp_path / "0")
    preferences.set_load_options(tmp_path / "0", OPTIONS)
    for i in range(1, 9):
        preferences.add_recent(tmp_path / str(i))
    preferences.set_load_options(tmp_path / "8", OPTIONS)
    assert preferences.load_options(tmp_path / "0") is None
    assert preferences.load_options(tmp_path / "8") == OPTIONS


@pytest.mark.parametrize(
    "stored", ["{", "[]", '{"URL": 1}', '{"URL": {"from_the_future": 1}}', '{"URL": {"size": "large"}}']
)
def test_damaged_load_options_are_ignored(preferences: Preferences, tmp_path: Path, stored: str) -> None:
    preferences._settings.setValue("read_as", stored.replace("URL", tmp_path.as_uri()))
    assert preferences.load_options(tmp_path) is None
    preferences.add_recent(tmp_path)
    preferences.set_load_options(tmp_path, OPTIONS)
    assert preferences.load_options(tmp_path) == OPTIONS


def test_the_image_cache_has_a_folder_of_its_own() -> None:
    assert CACHE_FOLDER().name == "nmf-explorer"
    assert CACHE_FOLDER().is_absolute()


ODD_SETTINGS = {
    "NUL in a path": b"[General]\nrecent=file:///x/a%00b, file:///x/good\n",
    "thousands of digits": b"[view]\ntext_size=" + b"9" * 5000,
    "digits of another script": "[view]\ntext_size=\u0661\u0665\u0660".encode(),
    "thousands of recent sets": b"[General]\nrecent=" + b", ".join(b"file:///x/%d" % i for i in range(100_000)),
    "a path of a megabyte": b"[General]\nrecent=file:///" + b"x" * 1_000_000,
    "nested options": b'[General]\nread_as="' + b"[" * 100_000 + b'"',
    "options with thousands of digits": b"[General]\n"
    b'read_as="{\\"file:///x/good\\": {\\"white\\": ' + b"9" * 5000 + b'}}"',
    "values of other kinds": (
        b"[General]\nrecent=@Size(3 4)\nread_as=1, 2\n"
        b"[view]\nappearance=a, b\nlanguage=@Invalid()\ntext_size=1, 2\ncolours=@Rect(1 2 3 4)\noptions=@Point(1 2)\n"
        b"[window]\ngeometry=12\ndividers=@Point(1 2)\n"
    ),
    "a layout of nonsense": b"[window]\n"
    b"geometry=@ByteArray(\\x1\\xd9\\xd0\\xcb\\0\\x3\\x7f\\xff)\ndividers=@ByteArray(\\xff)\n",
    "no settings at all": bytes(range(256)) * 100,
}


@pytest.mark.parametrize("kind", ODD_SETTINGS)
def test_settings_of_nonsense_are_read_as_the_usual_ones(qapp: QObject, settings_folder: Path, kind: str) -> None:
    assert isinstance(qapp, QCoreApplication)
    file = settings_folder / "NMF Explorer" / "NMF Explorer.ini"
    file.parent.mkdir()
    file.write_bytes(ODD_SETTINGS[kind])
    found = Preferences()
    expected = {
        "NUL in a path": [Path("/x/good")],
        "thousands of recent sets": [Path(f"/x/{i}") for i in range(8)],
    }
    assert found.recent() == expected.get(kind, [])
    assert found.display == Display()
    assert (found.appearance(), found.language(), found.options_shown()) == ("system", "system", False)
    assert found.load_options(Path("/x/good")) is None
    geometry, dividers = found.window_layout()
    assert sum(part.size() for part in (geometry, *dividers)) < 100
    found.add_recent(Path("/new"))
    found.set_load_options(Path("/new"), OPTIONS)
    assert Preferences().recent()[0] == Path("/new")
    assert Preferences().load_options(Path("/new")) == OPTIONS


@pytest.mark.parametrize("n_letters", [32_760, 32_761])
def test_the_length_of_a_recent_path_is_bounded(preferences: Preferences, n_letters: int) -> None:
    path = Path("/" + "x" * n_letters)
    preferences.add_recent(path)
    assert preferences.recent() == ([path] if len(path.as_uri()) <= 32_768 else [])
    assert len(Path("/" + "x" * 32_760).as_uri()) == 32_768

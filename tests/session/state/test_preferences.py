"""Stored settings, also damaged ones and unusual file names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray, QSettings, QUrl

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

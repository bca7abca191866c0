"""Settings that are stored on disk: recent datasets, window layout, appearance and language."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, QStandardPaths, QUrl, Signal

from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.errors import OptionError
from nmf_explorer.session.state.display import TEXT_SIZES, Display
from nmf_explorer.session.state.local_urls import path_from_url, url_problem

_RECENT = "recent"
_MAX_RECENT = 8
_MAX_URL_LENGTH = 32_768  # characters
_READ_AS = "read_as"
_MAX_JSON_LENGTH = 100_000
_GEOMETRY = "window/geometry"
_DIVIDERS = "window/dividers"
_APPEARANCE = "view/appearance"
_LANGUAGE = "view/language"
_OPTIONS_SHOWN = "view/options"
_COLOURS, _SCALE, _ENLARGEMENT, _TEXT_SIZE = "view/colours", "view/scale", "view/enlargement", "view/text_size"
APPEARANCES = ("system", "light", "dark", "contrast")
LANGUAGES = ("system", "en", "de")


class Preferences(QObject):
    """Settings in an ini file in the user's folder for settings."""

    recent_changed = Signal()  # the list of recent datasets
    options_shown_changed = Signal(bool)  # whether the fit options are shown
    display_changed = Signal()
    appearance_changed = Signal(str)  # one of APPEARANCES
    language_changed = Signal(str)  # one of LANGUAGES

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "NMF Explorer", "NMF Explorer"
        )
        self._display = self._stored_display()  # cached: needed for every image

    def recent(self) -> list[Path]:
        """Return the recently opened paths, newest first; they may no longer exist."""
        stored = self._settings.value(_RECENT)
        urls = (
            stored if isinstance(stored, list) else [stored] if isinstance(stored, str) else []
        )  # Qt returns a list of one as a string
        # The file may be edited by hand, or damaged.
        usable = [url for url in urls[:_MAX_RECENT] if isinstance(url, str) and len(url) <= _MAX_URL_LENGTH]
        paths = [path_from_url(url) for url in map(QUrl, usable) if url_problem(url) is None]
        return [p for p in paths if p.is_absolute()]

    def add_recent(self, path: Path) -> None:
        """Put a path at the head of the recent ones."""
        rest = [p for p in self.recent() if p != path]
        self._settings.setValue(_RECENT, [p.as_uri() for p in [path, *rest][:_MAX_RECENT]])
        self.recent_changed.emit()

    def clear_recent(self) -> None:
        """Remove all recent paths and their options."""
        self._settings.remove(_RECENT)
        self._settings.remove(_READ_AS)
        self.recent_changed.emit()

    def load_options(self, path: Path) -> LoadOptions | None:
        """Return the options that the user has chosen for a recent path, if any."""
        chosen = self._read_as().get(path.as_uri())
        try:
            return LoadOptions.from_mapping(chosen) if isinstance(chosen, dict) else None
        except OptionError:  # written by another version of the program, or edited by hand
            return None

    def set_load_options(self, path: Path, options: LoadOptions | None) -> None:
        """Store the options for a recent path, None for the defaults; drop those of paths that are no longer recent."""
        chosen = self._read_as() | ({path.as_uri(): asdict(options)} if options else {})
        recent = {p.as_uri() for p in self.recent()} - (set() if options else {path.as_uri()})
        kept = {uri: given for uri, given in chosen.items() if uri in recent}
        self._settings.setValue(_READ_AS, json.dumps(kept))

    def _read_as(self) -> dict[str, object]:
        try:
            stored = json.loads(str(self._settings.value(_READ_AS, "{}"))[:_MAX_JSON_LENGTH])
        except (ValueError, RecursionError):  # damaged
            return {}
        return stored if isinstance(stored, dict) else {}

    @staticmethod
    def cache_folder() -> Path:
        """Return the folder of the image cache."""
        return (
            Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)) / "nmf-explorer"
        )

    def appearance(self) -> str:
        """Return one of `APPEARANCES`."""
        stored = self._settings.value(_APPEARANCE, APPEARANCES[0])
        return stored if stored in APPEARANCES else APPEARANCES[0]

    def set_appearance(self, appearance: str) -> None:
        """Set one of `APPEARANCES`."""
        if appearance != self.appearance():
            self._settings.setValue(_APPEARANCE, appearance)
            self.appearance_changed.emit(appearance)

    def language(self) -> str:
        """Return one of `LANGUAGES`."""
        stored = self._settings.value(_LANGUAGE, LANGUAGES[0])
        return stored if stored in LANGUAGES else LANGUAGES[0]

    def set_language(self, language: str) -> None:
        """Set one of `LANGUAGES`."""
        if language != self.language():
            self._settings.setValue(_LANGUAGE, language)
            self.language_changed.emit(language)

    def options_shown(self) -> bool:
        """Return whether the fit options are shown; hidden at first."""
        return self._settings.value(_OPTIONS_SHOWN) in (True, "true")  # a string when read from the file

    def set_options_shown(self, shown: bool) -> None:  # noqa: FBT001 - a slot of a button that is checked or not
        """Show or hide the fit options."""
        if shown != self.options_shown():
            self._settings.setValue(_OPTIONS_SHOWN, shown)
            self.options_shown_changed.emit(shown)

    @property
    def display(self) -> Display:
        """The display settings."""
        return self._display

    def set_display(self, display: Display) -> None:
        """Set the display settings."""
        if display == self._display:
            return
        self._display = display
        self._settings.setValue(_COLOURS, display.colours)
        self._settings.setValue(_SCALE, display.scale)
        self._settings.setValue(_ENLARGEMENT, display.enlargement)
        self._settings.setValue(_TEXT_SIZE, display.text_size)
        self.display_changed.emit()

    def set_on_dark(self, is_on_dark: bool) -> None:  # noqa: FBT001 - a setter
        """Set whether windows have a dark background, which automatic colours follow; not stored."""
        if is_on_dark != self._display.is_on_dark:
            self._display = self._display._replace(is_on_dark=is_on_dark)
            self.display_changed.emit()

    def _stored_display(self) -> Display:
        usual, stored = Display(), self._settings.value
        size = str(stored(_TEXT_SIZE, usual.text_size))  # a string when read from the file
        return Display(
            str(stored(_COLOURS, usual.colours)),
            str(stored(_SCALE, usual.scale)),
            str(stored(_ENLARGEMENT, usual.enlargement)),
            next((known for known in TEXT_SIZES if str(known) == size), usual.text_size),
        ).checked()

    def window_layout(self) -> tuple[QByteArray, list[QByteArray]]:
        """Return the geometry of the window and the states of its splitters, empty at first."""
        geometry, dividers = self._settings.value(_GEOMETRY), self._settings.value(_DIVIDERS)
        states = dividers if isinstance(dividers, list) else [dividers]  # Qt returns a list of one as the value
        return (
            geometry if isinstance(geometry, QByteArray) else QByteArray(),
            [state for state in states if isinstance(state, QByteArray)],
        )

    def set_window_layout(self, geometry: QByteArray, dividers: list[QByteArray]) -> None:
        """Store the geometry of the window and the states of its splitters."""
        self._settings.setValue(_GEOMETRY, geometry)
        self._settings.setValue(_DIVIDERS, dividers)

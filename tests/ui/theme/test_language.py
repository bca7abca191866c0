"""Another language while the program runs: the contents are built again, and everything stands as it did."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLineEdit, QListView, QPushButton, QSplitter, QWidget
from shiboken6 import isValid

from nmf_explorer.errors import Message
from nmf_explorer.resource_files import sample_images
from nmf_explorer.session.exploring.sample_values import SortKey
from nmf_explorer.ui.theme.language import apply_language
from nmf_explorer.ui.theme.texts import translated
from tests.session import fixtures
from tests.session.fixtures import PATIENCE, image_folder, open_and_wait, wait_until_idle
from tests.ui.finding import find
from tests.ui.visible_state import visible_state, wait_until_stable
from tests.ui.windows.test_main_window import action, check_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

TRANSLATION = Path(__file__).resolve().parents[3] / "resources" / "translations" / "nmf_explorer_de.ts"


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Speak English and write numbers plainly in the next test."""
    before = QLocale()
    yield
    apply_language("en")
    QLocale.setDefault(before)


def build_again(qtbot: QtBot, window: MainWindow) -> None:
    """Report a change of language to the window, and wait until the old contents are deleted."""
    old = window.centralWidget()
    QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: not isValid(old), timeout=PATIENCE)


def check_that_all_is_as_before(qtbot: QtBot, window: MainWindow) -> None:
    """Build the contents again, and compare what is visible before and after, each time once it is stable."""
    wait_until_stable(qtbot, window)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    before, title = visible_state(window), window.windowTitle()
    build_again(qtbot, window)
    wait_until_stable(qtbot, window)
    after = visible_state(window)
    assert Counter(before) - Counter(after) == Counter()
    assert Counter(after) - Counter(before) == Counter()
    assert window.windowTitle() == title


def test_the_welcome_page_stands_as_before(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    session.preferences.add_recent(sample_images() / "bars")
    check_that_all_is_as_before(qtbot, window)


def test_a_fitted_set_stands_as_before(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    session.select_sample(3)
    session.parts.select(1)
    session.parts.rename(2, "top")
    session.set_n_components(5)
    session.next_fit.stop()  # no fit may begin between the two states
    session.preferences.set_options_shown(True)
    session.set_fit_settings(session.fit_settings._replace(random_state=7, start="random"))
    check_that_all_is_as_before(qtbot, stripes)
    assert session.selected_sample == 3


def test_moved_weights_stand_as_before(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    first, second, *_ = session.equation.terms()
    session.equation.set_weight(first, 0.25)
    session.parts.hide(second, hidden=True)
    check_that_all_is_as_before(qtbot, stripes)


def test_what_is_searched_sorted_and_compared_stands_as_before(
    qtbot: QtBot, stripes: MainWindow, session: Session
) -> None:
    session.parts.select(0)
    session.parts.compare(2)
    session.sample_view.sort(SortKey.ERROR)
    session.sample_view.search("stripes_01")
    qtbot.waitUntil(lambda: not session.sample_view.is_busy, timeout=PATIENCE)
    check_that_all_is_as_before(qtbot, stripes)


def test_looking_back_stands_as_before(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    session.replay.show(0)
    assert session.replay.is_before_end
    check_that_all_is_as_before(qtbot, stripes)


@pytest.mark.usefixtures("busy_fit")
@pytest.mark.parametrize("paused", [False, True])
def test_a_fit_goes_on(
    qtbot: QtBot,
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    paused: bool,
) -> None:
    monkeypatch.setattr(fixtures, "BUSY_ITERATIONS", 1)  # no news of the fit may come between the two states
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
        session.start_fit()
    qtbot.waitUntil(lambda: session.model is not None, timeout=PATIENCE)
    if paused:
        session.pause()
    check_that_all_is_as_before(qtbot, window)
    qtbot.mouseClick(find(window, QPushButton, "Cancel"), Qt.MouseButton.LeftButton)
    wait_until_idle(qtbot, session)


@pytest.mark.usefixtures("busy_load")
def test_loading_goes_on(qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path) -> None:
    with qtbot.waitSignal(session.progress_changed, timeout=PATIENCE):
        session.open([tmp_path])
    check_that_all_is_as_before(qtbot, window)


def test_what_was_told_and_asked_stands_as_before(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    folder = image_folder(tmp_path / "mine", 5)
    (folder / "image_1.png").write_bytes(b"\x89PNG\r\n\x1a\n, and no more")
    open_and_wait(qtbot, session, folder)
    with qtbot.waitSignal(session.import_preview.preview_changed, timeout=PATIENCE):
        session.import_preview.show()
    qtbot.waitUntil(lambda: not session.import_preview.is_busy, timeout=PATIENCE)
    check_that_all_is_as_before(qtbot, window)
    qtbot.mouseClick(find(window, QWidget, "Close message"), Qt.MouseButton.LeftButton)
    check_that_all_is_as_before(qtbot, window)


def test_keyboard_dividers_and_place_stay(qtbot: QtBot, stripes: MainWindow) -> None:
    qtbot.waitUntil(find(stripes, QListView, "Samples").hasFocus, timeout=PATIENCE)
    find(stripes, QListView, "Parts").setFocus()
    divider = stripes.findChildren(QSplitter)[0]
    divider.setSizes([100, 900])
    QApplication.processEvents()
    sizes, place = divider.sizes(), stripes.geometry()
    build_again(qtbot, stripes)
    QApplication.processEvents()
    assert stripes.focusWidget() is find(stripes, QListView, "Parts")
    assert stripes.findChildren(QSplitter)[0].sizes() == sizes
    assert stripes.geometry() == place


def test_deleted_panels_receive_no_signals(qtbot: QtBot, stripes: MainWindow, session: Session, tmp_path: Path) -> None:
    """An exception in a slot of a widget that is gone would fail this test."""
    keys = len(stripes.findChildren(QAction))
    build_again(qtbot, stripes)
    assert len(stripes.findChildren(QAction)) == keys
    session.set_n_components(2)
    session.start_fit()
    wait_until_idle(qtbot, session)
    session.equation.set_weight(0, 0.5)
    session.history.undo()
    session.preferences.set_options_shown(True)
    session.preferences.add_recent(tmp_path)
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine"))
    session.import_preview.show()
    session.close_set()


def in_german(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    """Choose German in the menu, and wait until the window speaks it."""
    old = window.centralWidget()
    session.preferences.language_changed.connect(apply_language)
    action(window, "Deutsch").trigger()
    qtbot.waitUntil(lambda: not isValid(old), timeout=PATIENCE)


def test_the_window_speaks_german_and_english_again(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    in_german(qtbot, stripes, session)
    assert action(stripes, "Deutsch").isChecked()
    assert find(stripes, QPushButton, "Zerlegen").isEnabled()
    assert find(stripes, QLineEdit, "Relativer Fehler").text() == "0,00 %"
    assert "0,98" in [field.text() for field in stripes.findChildren(QDoubleSpinBox) if field.isVisible()]
    assert action(stripes, "Sammlung schließen").isEnabled()
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"  # Qt's own words
    session.cancel()
    old = stripes.centralWidget()
    action(stripes, "English").trigger()
    qtbot.waitUntil(lambda: not isValid(old), timeout=PATIENCE)
    assert find(stripes, QLineEdit, "Relative error").text() == "0.00 %"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_messages_are_translated_with_their_values(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    inner = Message("the file is empty")
    text = Message(
        "{n:,} images of {width} x {height} loaded; {skipped:,} skipped.", n=12345, width=8, height=9, skipped=1
    )
    low = Message("has negative values (lowest {lowest:.3g}); NMF needs 0 and above", lowest=-0.25)
    odd = Message("{name} must be {allowed}; it is {value!r}.", name="tol", allowed="> 0", value=-1.5)
    assert translated(low) == low
    in_german(qtbot, window, session)
    assert translated(text) == "12.345 Bilder mit 8 x 9 geladen; 1 übergangen."
    assert translated(low) == "hat negative Werte (kleinster -0,25); NMF braucht 0 und mehr"
    assert translated(odd) == "tol muss > 0 sein; es ist -1.5."
    assert translated(Message("cannot be read: {why}", why=inner)) == "ist nicht lesbar: die Datei ist leer"


@pytest.mark.parametrize(
    ("system", "language", "spoken"),
    [("de_AT", "system", "de"), ("fr_FR", "system", "en"), ("fr_FR", "de", "de"), ("de_DE", "en", "en")],
)
def test_the_systems_language_is_spoken_where_it_is_known(
    monkeypatch: pytest.MonkeyPatch, system: str, language: str, spoken: str
) -> None:
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: QLocale(system)))
    apply_language(language)
    assert QCoreApplication.translate("FitPanel", "Fit") == {"de": "Zerlegen", "en": "Fit"}[spoken]
    assert QLocale().name() == {"system": system, "de": "de_DE", "en": "en_US"}[language]


def test_german_menus_have_unique_keys(qtbot: QtBot, stripes: MainWindow, session: Session) -> None:
    in_german(qtbot, stripes, session)
    check_keys(stripes)


@pytest.mark.usefixtures("qapp")
def test_german_calls_a_set_and_a_residual_by_one_word_each() -> None:
    """*Satz* is a sentence, and *Rest* what a division leaves: a class would laugh."""
    text = TRANSLATION.read_text("utf-8").replace("&amp;", "&")
    german = dict(re.findall(r"<source>(.*?)</source>.*?<translation>(.*?)</translation>", text, re.DOTALL))
    wrong = [each for each in german.values() if re.search(r"\b(Satz\w*|Sätze\w*|Reste?s?)\b", each)]
    assert wrong == []
    assert german["&Sample Sets"] == "&Mitgelieferte Sammlungen"
    assert german["Your own images"] == "Eigene Bilder"
    assert german["Residual"] == "Residuum"

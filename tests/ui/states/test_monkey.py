"""Random user actions: no crash, no exception, no warning of Qt, and a consistent state after each.

A few here; ``python tests/benchmarks/monkey.py 5000`` performs many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtWidgets import QApplication

from nmf_explorer.app import Application
from nmf_explorer.session.state.display import Display
from nmf_explorer.ui.theme.language import apply_language
from tests.ui.states.invariants import is_finished
from tests.ui.states.monkey import Monkey, folders_for, settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

N_ACTIONS = 120
SEED = 20


@pytest.fixture
def application(qapp: QApplication) -> Iterator[Application]:
    """Return the application with one window; at the end all are closed and the preferences are restored."""
    assert isinstance(qapp, Application)
    before = QLocale()
    qapp.open_window()
    yield qapp
    for window in list(qapp.windows):
        window.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    assert qapp.windows == []
    qapp.preferences.set_display(Display())
    qapp.preferences.set_appearance("system")
    qapp.preferences.set_language("system")
    qapp.preferences.set_options_shown(False)
    apply_language("en")
    QLocale.setDefault(before)
    qapp.clipboard().clear()


def test_random_actions(application: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = folders_for(tmp_path)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")  # where file dialogs start
    monkey = Monkey(application, SEED, folders)
    done = {monkey.act() for _ in range(N_ACTIONS)}
    assert len(done) >= len(monkey.kinds) - 2
    for window in application.windows:
        settle(window)
    assert not list((tmp_path / "here").iterdir())


def test_names_of_the_users_own_may_look_like_anything_and_other_words_may_not() -> None:
    name = "<b>nose</b> & {0} %n"
    assert not is_finished(f"Weight of {name}")
    assert is_finished(f"Weight of {name}", [name])
    assert is_finished("<p>Weight of &lt;b&gt;nose&lt;/b&gt; &amp; {0} %n</p>", [name])
    assert not is_finished(f"Weight of {name}, %n more", [name])

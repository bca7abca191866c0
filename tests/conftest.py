"""What all tests share; where Qt cannot be imported nothing here asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from nmf_explorer.app import Application


@pytest.fixture(scope="session")
def qapp_cls(tmp_path_factory: pytest.TempPathFactory) -> type[Application]:
    """Let pytest-qt build the program's own application; its settings lie in a folder of their own."""
    from PySide6.QtCore import QLocale, QSettings

    from nmf_explorer.app import Application

    folder = tmp_path_factory.mktemp("settings")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    QLocale.setDefault(QLocale.c())  # numbers are written with a point, wherever the tests run
    return Application

"""Fixtures and settings of all tests; Qt is imported only where a fixture needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from nmf_explorer.app import Application

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")  # a busy machine is no failure


# Time limits would make tests fail on slow machines and beside other work.
settings.register_profile("without time limits", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("without time limits")


@pytest.fixture(scope="session")
def qapp_cls(tmp_path_factory: pytest.TempPathFactory) -> type[Application]:
    """Make pytest-qt build the program's own application, with its settings in a temporary folder."""
    from PySide6.QtCore import QLocale, QSettings

    from nmf_explorer.app import Application

    folder = tmp_path_factory.mktemp("settings")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    QLocale.setDefault(QLocale.c())  # a decimal point in every locale
    return Application

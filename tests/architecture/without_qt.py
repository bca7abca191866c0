"""A pytest plugin that makes Qt unimportable: ``-p no:pytest-qt -p tests.architecture.without_qt``.

``tests/run.sh`` runs the core's tests with it, which proves that dataset, factorize and export need no desktop. It
collects no tests itself.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pytest

_SETTINGS: dict[str, Literal["string", "linelist"]] = {
    "qt_api": "string",
    "qt_log_level_fail": "string",
    "qt_log_ignore": "linelist",
}

# None in sys.modules makes Python raise ModuleNotFoundError for every import of it and of what is inside.
for _name in ("PySide6", "shiboken6"):
    sys.modules[_name] = None  # type: ignore[assignment]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Accept pytest-qt's settings in pyproject.toml, which ``--strict-config`` would else call unknown."""
    for setting, kind in _SETTINGS.items():
        parser.addini(setting, "pytest-qt's; no effect without it", type=kind)


def pytest_configure(config: pytest.Config) -> None:
    """Accept pytest-qt's marks, which ``--strict-markers`` would else call unknown."""
    for mark in ("qt_log_ignore", "qt_log_level_fail", "qt_no_exception_capture"):
        config.addinivalue_line("markers", f"{mark}: pytest-qt's; no effect without it")

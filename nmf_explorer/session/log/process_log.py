"""Log the versions of all packages and the warnings of Qt."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion

from nmf_explorer.session.log.log_file import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nmf_explorer.session.log.log_file import LogFile

_PACKAGES = ("numpy", "Pillow", "scipy", "scikit-learn")
_LEVELS = {QtMsgType.QtWarningMsg: "warning", QtMsgType.QtCriticalMsg: "error", QtMsgType.QtFatalMsg: "error"}


def add_versions(log: LogFile) -> None:
    """Add the versions of Python, Qt and the packages that the program needs, without importing them."""
    import platform

    packages = ", ".join(f"{name} {_version_of(name)}" for name in _PACKAGES)
    system = (
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, Qt {qVersion()}, {platform.platform()}"
    )
    log.add("info", f"{system}, {packages}")


def _version_of(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:  # installed by other means than pip
        return "of unknown version"


@contextmanager
def qt_messages_recorded(log: LogFile) -> Iterator[None]:
    """Add the warnings of Qt to the log, beside printing them as before."""

    def record(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        log.add(_LEVELS.get(kind, "info"), f"Qt: {one_line(message)}")
        if callable(before):
            before(kind, context, message)
        elif sys.stderr is not None:  # on Windows there may be no console
            sys.stderr.write(f"{message}\n")

    before = qInstallMessageHandler(record)
    try:
        yield
    finally:
        qInstallMessageHandler(before)

"""The private desktop of the tests: start programs in real windows, take screenshots, wait for windows."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from subprocess import SubprocessError
from typing import TypeVar

from tests.end_to_end.harness import polling
from tests.end_to_end.harness.accessibility import AccessibilityServer
from tests.end_to_end.harness.mouse_and_keys import MouseAndKeys
from tests.end_to_end.harness.polling import PATIENCE_SECONDS
from tests.end_to_end.harness.private_session import (
    REPOSITORY,
    START_SECONDS,
    SYSTEM_PYTHON,
    PrivateSession,
    home_variables,
)
from tests.end_to_end.harness.processes import StartedProcess
from tests.end_to_end.harness.windows import Window, open_windows, unmanaged_windows

T = TypeVar("T")
FOR_QT = {
    "QT_QPA_PLATFORM": "xcb",
    "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    "QT_FORCE_STDERR_LOGGING": "1",
    "QT_MESSAGE_PATTERN": "[%{type}] %{category}: %{message}",
    "PYTHONUNBUFFERED": "1",
    "PYTHONFAULTHANDLER": "1",
}
LAST_LINES = 40
# Qt prints these for every program read by AT-SPI, the second when a widget is deleted meanwhile.
HARMLESS = re.compile(
    r'AtSpiAdaptor::applicationInterface does not implement "GetApplicationBusAddress" '
    r'"/org/a11y/atspi/accessible/root"'
    r'|qt\.accessibility\.atspi: Could not find accessible on path: "/org/a11y/atspi/accessible/\d+"'
)


class Desktop:
    """A private desktop; `close` ends everything on it."""

    def __init__(self, evidence_folder: Path) -> None:
        self.evidence_folder = evidence_folder
        self._pictures = count(1)
        self._programs: list[StartedProcess] = []
        self.session = PrivateSession()
        self.run = self.session.run
        self.processes = self.session.processes
        self.close = self.session.close
        try:
            self.accessibility = self._start_accessibility()
        except BaseException:
            self.close()
            raise
        self.mouse = MouseAndKeys(self.run)

    def start(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str] | None = None,
        *,
        home: Path | None = None,
        folder: Path | None = None,
    ) -> StartedProcess:
        """Start a program in a real window; its settings lie in `home` and nowhere else."""
        private = home_variables(home or self.session.folder / "home")
        started = self.session.start(arguments, {**FOR_QT, **private, **(environment or {})}, folder=folder)
        self._programs.append(started)
        return started

    def wait_until(
        self,
        condition: Callable[[], T | None],
        what: str,
        timeout: float = PATIENCE_SECONDS,
        give_up: Callable[[], str] = str,
    ) -> T:
        """Return the condition's first true result; a failure names what was awaited, a screenshot and the logs."""
        return polling.wait_until(condition, what, timeout, give_up=give_up, evidence=self.evidence)

    def screenshot(self, path: Path, window_title: str | None = None) -> Path:
        """Save the pixels of the screen: all, or one window with its frame and with what covers it."""
        part: list[str] = []
        if window_title is not None:
            part = ["-crop", self.wait_for_window(window_title).framed().geometry, "+repage"]
        self.run("import", "-silent", "-window", "root", *part, str(path))
        return path

    def windows(self, title: str = "", pid: int | None = None) -> list[Window]:
        """Windows whose title contains `title`, the topmost last."""
        everyones = open_windows(self.run, self.session.environment["DISPLAY"])
        return [window for window in everyones if title in window.title and pid in {None, window.pid}]

    def unmanaged_window(self, pid: int) -> Window | None:
        """Return the open menu of a process, if there is one: a window that no window manager knows."""
        return next(unmanaged_windows(self.run, self.session.environment["DISPLAY"], pid), None)

    def wait_for_window(
        self,
        title: str = "",
        pid: int | None = None,
        timeout: float = PATIENCE_SECONDS,
        give_up: Callable[[], str] = str,
    ) -> Window:
        """Wait for the window whose title contains `title`."""
        what = f"a window '{title}' of process {pid or 'any'} is open"
        return self.wait_until(lambda: self.windows(title, pid), what, timeout, give_up)[-1]

    def evidence(self) -> str:
        """Return a failure's details: the path of a screenshot and the last lines of the programs' logs."""
        lines = [f"Screen: {self._try_screenshot()}"]
        for program in [program for program in self._programs if program.is_running] or self._programs[-1:]:
            lines.append(f"Log of {' '.join(program.arguments)}:")
            lines += [line for line in program.log().splitlines() if not HARMLESS.search(line)][-LAST_LINES:]
        return "\n".join(lines)

    def _try_screenshot(self) -> str:
        try:
            return str(self.screenshot(self.evidence_folder / f"screen-{next(self._pictures)}.png"))
        except (AssertionError, OSError, SubprocessError) as error:  # it must not hide the failure itself
            return f"no picture: {error}"

    def _start_accessibility(self) -> AccessibilityServer:
        module = "tests.end_to_end.harness.accessibility_server"
        arguments = [SYSTEM_PYTHON, "-E", "-s", "-W", "ignore", "-m", module]
        server = AccessibilityServer(self.session.start(arguments, folder=REPOSITORY, piped=True))
        polling.wait_until(lambda: server.ask(do="ready") >= 0, "the accessibility server answers", START_SECONDS)
        return server

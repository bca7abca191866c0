"""A private graphical session: an X screen in memory, a message bus, a window manager, and fresh settings."""

import itertools
import os
import select
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.end_to_end.harness import processes
from tests.end_to_end.harness.polling import PATIENCE_SECONDS, wait_until
from tests.end_to_end.harness.processes import StartedProcess

REPOSITORY = Path(__file__).resolve().parents[3]
SYSTEM_PYTHON = "/usr/bin/python3"
NEEDED_PROGRAMS = [
    "Xvfb",
    "openbox",
    "setpriv",
    "dbus-daemon",
    "xdotool",
    "xprop",
    "xwininfo",
    "xset",
    "xsetroot",
    "import",
    "pcmanfm",
]
NEEDED_FILES = {
    "at-spi2-core": "share/dbus-1/services/org.a11y.Bus.service",
    "libatk-adaptor": "lib/*/gtk-2.0/modules/libatk-bridge.so",
    "libgail-common": "lib/*/gtk-2.0/modules/libgail.so",
}
SCREEN = "1280x800x24"
START_SECONDS = PATIENCE_SECONDS
# Screen and bus end with the test run even if it is killed; everything else ends when it loses the screen or the bus.
ENDS_WITH_US = ("setpriv", "--pdeathsig", "TERM")
# Variables of the outer session, which must not reach the programs under test.
FOREIGN = [
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_CURRENT_DESKTOP",
    "XDG_SESSION_DESKTOP",
    "DESKTOP_SESSION",
    "SESSION_MANAGER",
    "QT_QPA_PLATFORM",
    "QT_QPA_PLATFORMTHEME",
    "QT_STYLE_OVERRIDE",
    "QT_SCALE_FACTOR",
    "QT_LOGGING_RULES",
    "GTK_MODULES",
    "LANGUAGE",
]


def missing_programs() -> list[str]:
    """Return the programs and files that these tests need and this machine lacks."""
    missing = [name for name in NEEDED_PROGRAMS if shutil.which(name) is None]
    question = [SYSTEM_PYTHON, "-E", "-s", "-c", "from gi.repository import Gio"]
    try:
        subprocess.run(question, check=True, capture_output=True, timeout=START_SECONDS)
    except (OSError, subprocess.SubprocessError):
        missing.append(f"gi for {SYSTEM_PYTHON}")
    return missing + [name for name, pattern in NEEDED_FILES.items() if not any(Path("/usr").glob(pattern))]


def home_variables(home: Path) -> dict[str, str]:
    """Create `home`, and return the variables by which programs keep all their settings there."""
    folders = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / "config",
        "XDG_DATA_HOME": home / "data",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_STATE_HOME": home / "state",
    }
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    return {name: str(folder) for name, folder in folders.items()}


class PrivateSession:
    """The running session; `close` ends all that lives in it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="desk-"))  # short: the path of a socket has 107 characters at most
        self._started: list[StartedProcess] = []
        self._numbers = itertools.count(1)
        try:
            self.environment = self._new_environment()
            self._start_screen()
            self._start_bus()
            self._start_window_manager()
        except BaseException:
            self.close()
            raise

    def run(self, *arguments: str | int, timeout: float = PATIENCE_SECONDS) -> str:
        """Run a small tool in this session to its end and return what it printed."""
        told = [str(argument) for argument in arguments]
        done = subprocess.run(
            told, env=self.environment, capture_output=True, text=True, errors="replace", timeout=timeout, check=False
        )
        if done.returncode:
            raise AssertionError(f"{' '.join(told)} ended with {done.returncode}: {done.stderr or done.stdout}")
        return done.stdout

    def start(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str] | None = None,
        *,
        folder: Path | None = None,
        pass_fds: Sequence[int] = (),
        piped: bool = False,
    ) -> StartedProcess:
        """Start a program in this session; what it prints goes to a file of its own."""
        log_file = self.folder / f"{next(self._numbers)}-{Path(arguments[0]).name}.log"
        told = {**self.environment, **(environment or {})}
        started = StartedProcess(arguments, told, log_file, folder=folder, pass_fds=pass_fds, piped=piped)
        self._started.append(started)
        return started

    def processes(self) -> list[int]:
        """Return the ids of all processes of this session, with grandchildren and services that the bus started."""
        return processes.with_variable("XDG_RUNTIME_DIR", str(self._runtime_folder))

    def close(self) -> None:
        """End everything, the last started first."""
        for started in reversed(self._started):
            started.end()
        processes.end_all(self.processes)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _runtime_folder(self) -> Path:
        return self.folder / "run"

    def _new_environment(self) -> dict[str, str]:
        self._runtime_folder.mkdir(mode=0o700)
        kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        return {
            **kept,
            **home_variables(self.folder / "home"),
            "XDG_RUNTIME_DIR": str(self._runtime_folder),
            "XDG_SESSION_TYPE": "x11",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self._runtime_folder}/bus",
            "LC_ALL": "C.UTF-8",
        }

    def _start_screen(self) -> None:
        options = f"-screen 0 {SCREEN} -dpi 96 -nolisten tcp -noreset +extension GLX +extension RANDR".split()
        number = self._start_answering(["Xvfb", *options, "-displayfd"])
        self.environment["DISPLAY"] = f":{number}"
        self.run("xset", "r", "off")  # a key left down by a failed test must not repeat
        self.run("xsetroot", "-solid", "#4a6a8a")  # not black: a missing window then differs from a black one

    def _start_bus(self) -> None:
        address = self.environment["DBUS_SESSION_BUS_ADDRESS"]
        self._start_answering(["dbus-daemon", "--session", "--nofork", f"--address={address}", "--print-address"])

    def _start_answering(self, arguments: list[str]) -> str:
        """Start a program and return the line that it writes, once ready, to the file descriptor of its last option."""
        reading, writing = os.pipe()
        with os.fdopen(reading) as answer:
            try:
                told = [*ENDS_WITH_US, *arguments[:-1], *_with_number(arguments[-1], writing)]
                started = self.start(told, pass_fds=(writing,))
            finally:
                os.close(writing)
            ready, _, _ = select.select([answer], [], [], START_SECONDS)
            line = answer.readline().strip() if ready else ""
        if not line:
            raise AssertionError(f"{arguments[0]} did not start:\n{started.log()}")
        return line

    def _start_window_manager(self) -> None:
        manager = self.start(["openbox", "--sm-disable"])
        wait_until(
            lambda: "window id" in self.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"),
            "the window manager has announced itself",
            START_SECONDS,
            evidence=manager.log,
        )


def _with_number(option: str, number: int) -> list[str]:
    return [f"{option}={number}"] if option.startswith("--") else [option, str(number)]

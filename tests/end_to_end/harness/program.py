"""One running program under test: its windows, its accessibles, its log and its exit code."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tests.end_to_end.harness import processes
from tests.end_to_end.harness.accessibility import Accessibles, Name
from tests.end_to_end.harness.desktop import HARMLESS, Desktop
from tests.end_to_end.harness.polling import PATIENCE_SECONDS, human_pause
from tests.end_to_end.harness.processes import StartedProcess
from tests.end_to_end.harness.windows import Place, Window

T = TypeVar("T")
COMPLAINT = re.compile(
    r"^\[(warning|critical|fatal)\]|^qt\.|^Q[A-Z]\w+(::|: )|Warning\b|^Traceback|Fatal Python error|Error: ",
    re.IGNORECASE,
)


class Program:
    """A program that a test started in a real window."""

    def __init__(self, desktop: Desktop, process: StartedProcess) -> None:
        self.desktop = desktop
        self.process = process
        self.mouse = desktop.mouse
        self._own_end: int | None = None
        self.accessibles = Accessibles(desktop.accessibility, process.pid, self.wait_until)

    @property
    def pid(self) -> int:
        """The process id."""
        return self.process.pid

    def window(self, title: str = "", timeout: float = PATIENCE_SECONDS) -> Window:
        """Wait for its window whose title contains `title`; the topmost one if there are several."""
        return self.desktop.wait_for_window(title, self.pid, timeout, self._ended)

    def window_titles(self) -> list[str]:
        """Return the titles of its open windows, the topmost last."""
        return [window.title for window in self.desktop.windows(pid=self.pid)]

    def wait_until(self, condition: Callable[[], T | None], what: str, timeout: float = PATIENCE_SECONDS) -> T:
        """Return the condition's first true result; fail at once if the program ends meanwhile."""
        return self.desktop.wait_until(condition, what, timeout, self._ended)

    def move_window(self, x: int, y: int, title: str = "") -> Place:
        """Move its window, and wait until its accessibles report the new position."""
        return self._once_known(self.window(title), Window.move, x, y)

    def resize_window(self, width: int, height: int, title: str = "") -> Place:
        """Resize its window, and wait until its accessibles report the new size; return what the window allowed."""
        return self._once_known(self.window(title), Window.resize, width, height)

    def screenshot(self, path: Path, title: str = "") -> Path:
        """Save a screenshot of its window, brought to the front."""
        window = self.window(title)
        window.activate()
        return self.desktop.screenshot(path, window.title)

    def choose_from_menu(self, *names: Name) -> None:
        """Click through menus, each item once it is visible (keys typed ahead can arrive before a submenu is open)."""
        for name in names:
            self.mouse.click_on(self.accessibles.find(name, "menu item"))

    def context_menu(self) -> Place:
        """Wait for its open context menu, which Qt does not list among its accessibles, and return its place."""
        return self.wait_until(lambda: self.desktop.unmanaged_window(self.pid), "a context menu is open").place()

    def log(self) -> str:
        """Return what it has printed so far."""
        return self.process.log()

    def complaints(self) -> list[str]:
        """Return the lines of the log that report an error or a warning."""
        return [line for line in self.log().splitlines() if COMPLAINT.search(line) and not HARMLESS.search(line)]

    def close_politely(self, title: str = "") -> None:
        """Close its window as the X button of the frame does."""
        self.window(title).close_politely()

    def exit_code(self, timeout: float = PATIENCE_SECONDS) -> int:
        """Wait until it has ended by itself and return its exit code; negative numbers are the signal that ended it."""
        return self.process.exit_code(timeout)

    def has_no_children_left(self, timeout: float = PATIENCE_SECONDS) -> bool:
        """Wait until all its child processes have ended; return whether they have."""
        end = time.monotonic() + timeout
        while processes.in_session(self.pid) and time.monotonic() < end:
            human_pause(0.05)
        return not processes.in_session(self.pid)

    def end(self) -> None:
        """End it and all its children."""
        self._own_end = self.process.popen.poll()
        self.process.end()

    def faults(self) -> list[str]:
        """Return, after its end, whether it crashed and every line of its log that reports an error or a warning."""
        crashed = [f"ended by signal {-self._own_end}"] if self._own_end is not None and self._own_end < 0 else []
        return crashed + self.complaints()

    def _once_known(self, window: Window, change: Callable[[Window, int, int], Place], *numbers: int) -> Place:
        place = change(window, *numbers)

        def knows() -> bool:
            frames = self.accessibles.read_all(role="frame") + self.accessibles.read_all(role="dialog")
            return tuple(place) in [tuple(frame.extents) for frame in frames]

        self.wait_until(knows, f"'{window.title}' knows where it is")
        return place

    def _ended(self) -> str:
        return "" if self.process.is_running else f"the program has ended with {self.process.popen.returncode}"

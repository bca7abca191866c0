"""The open windows as the window manager knows them: position, size, and the actions of their frames."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tests.end_to_end.harness.close_request import request_close
from tests.end_to_end.harness.polling import wait_until

Run = Callable[..., str]
STABLE_POLLS = 8


class Place(NamedTuple):
    """Position and size of a window on the screen, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def geometry(self) -> str:
        """Return the geometry in ImageMagick's notation."""
        return f"{self.width}x{self.height}+{max(0, self.x)}+{max(0, self.y)}"


@dataclass(frozen=True)
class Window:
    """One open window as the window manager knows it."""

    run: Run
    display: str
    number: str
    pid: int
    title: str

    @property
    def is_open(self) -> bool:
        """Whether it is still open."""
        return self.number in window_numbers(self.run)

    def current_title(self) -> str:
        """Its title now."""
        return self.run("xdotool", "getwindowname", self.number).strip()

    def place(self) -> Place:
        """Return its geometry without the frame (`xdotool getwindowgeometry` would count the frame twice)."""
        told = self.run("xwininfo", "-id", self.number)
        labels = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
        return Place(*(int(_number_after(label, told)) for label in labels))

    def framed(self) -> Place:
        """Return its geometry with title bar and borders."""
        told = self.run("xprop", "-id", self.number, "_NET_FRAME_EXTENTS")
        left, right, top, bottom = [int(part) for part in re.findall(r"\d+", told.partition("=")[2])] or [0, 0, 0, 0]
        inner = self.place()
        return Place(inner.x - left, inner.y - top, inner.width + left + right, inner.height + top + bottom)

    def activate(self) -> None:
        """Bring it to the front and give it the keyboard focus."""
        self.run("xdotool", "windowactivate", self.number)
        wait_until(self._is_active, f"the window '{self.title}' is active")

    def resize(self, width: int, height: int) -> Place:
        """Resize it and return its geometry: a window has a minimum size."""
        self.run("xdotool", "windowsize", self.number, width, height)
        return self._place_once_stable(lambda place: (place.width, place.height) == (width, height))

    def move(self, x: int, y: int) -> Place:
        """Move the corner of its frame and return its geometry without the frame."""
        place = self._moved(x, y)
        frame = self.framed()
        if (frame.x, frame.y) != (x, y):  # the toolkit takes the position for the corner inside the frame
            place = self._moved(2 * x - frame.x, 2 * y - frame.y)
        return place

    def _moved(self, x: int, y: int) -> Place:
        before = self.place()
        self.run("xdotool", "windowmove", self.number, x, y)
        return self._place_once_stable(lambda place: (place.x, place.y) != (before.x, before.y))

    def close_politely(self) -> None:
        """Close it as the X button of its frame does; the program may decline."""
        request_close(self.display, int(self.number))

    def _is_active(self) -> bool:
        told = self.run("xprop", "-root", "_NET_ACTIVE_WINDOW")
        return any(int(number, 16) == int(self.number) for number in re.findall(r"0x[0-9a-f]+", told))

    def _place_once_stable(self, is_as_wished: Callable[[Place], bool]) -> Place:
        """Return its place once it is as requested, or has not changed in several polls."""
        seen: list[Place] = []

        def is_stable() -> bool:
            seen.append(self.place())
            return is_as_wished(seen[-1]) or (len(seen) > STABLE_POLLS and len(set(seen[-STABLE_POLLS:])) == 1)

        wait_until(is_stable, f"the window '{self.title}' keeps its place")
        return seen[-1]


def window_numbers(run: Run) -> list[str]:
    """Numbers of all managed windows (no menus, no tooltips), the topmost last."""
    told = run("xprop", "-root", "_NET_CLIENT_LIST_STACKING")
    return [str(int(number, 16)) for number in re.findall(r"0x[0-9a-f]+", told)]


def open_windows(run: Run, display: str) -> list[Window]:
    """All managed windows, the topmost last."""
    found = []
    for number in window_numbers(run):
        try:
            pid, title = run("xdotool", "getwindowpid", number, "getwindowname", number).split("\n")[:2]
        except (AssertionError, ValueError):  # closed meanwhile
            continue
        found.append(Window(run, display, number, int(pid), title))
    return found


def unmanaged_windows(run: Run, display: str, pid: int) -> Iterator[Window]:
    """Yield the visible windows of a process that the window manager does not know: menus, tooltips."""
    managed = window_numbers(run)
    for number in run("xdotool", "search", "--onlyvisible", "--pid", pid).split():
        if number not in managed:
            yield Window(run, display, number, pid, "")


def _number_after(label: str, text: str) -> str:
    found = re.search(rf"{label}:\s*(-?\d+)", text)
    if found is None:
        raise AssertionError(f"no {label} in {text}")
    return found[1]

"""Real mouse moves, clicks, drags and key presses, made by xdotool."""

import time
from collections.abc import Callable
from typing import Protocol

from tests.end_to_end.harness.polling import human_pause

Point = tuple[int, int]
DOUBLE_CLICK_SECONDS = 0.5
REST = (1278, 798)


class HasCentre(Protocol):
    """Anything with a centre to click on: an accessible, a reading, extents."""

    @property
    def centre(self) -> Point:
        """Return its centre, in pixels of the screen."""


Target = Point | HasCentre


def point_of(target: Target) -> Point:
    """Return the point of a target."""
    return target if isinstance(target, tuple) and len(target) == 2 else target.centre


class MouseAndKeys:
    """Mouse and keyboard of one desktop; keys go to whatever has the focus."""

    def __init__(self, run: Callable[..., str]) -> None:
        self._run = run
        self._last_click = 0.0

    def move(self, target: Target) -> None:
        """Move the mouse there."""
        self._run("xdotool", "mousemove", *point_of(target))

    def rest(self) -> None:
        """Move the mouse out of the way, into the last corner of the screen."""
        self.move(REST)

    def click_on(self, target: Target, *, button: int = 1, modifier: str = "") -> None:
        """Click its centre once, late enough not to make a double click with the last click."""
        self.move(target)
        human_pause(max(0.0, self._last_click + DOUBLE_CLICK_SECONDS - time.monotonic()))
        click = ["click", str(button)]
        held = ["keydown", modifier, *click, "keyup", modifier] if modifier else click
        self._run("xdotool", *held)
        self._last_click = time.monotonic()

    def double_click_on(self, target: Target) -> None:
        """Double-click its centre, in one run of xdotool: two would be too far apart on a slow machine."""
        self.move(target)
        human_pause(max(0.0, self._last_click + DOUBLE_CLICK_SECONDS - time.monotonic()))
        self._run("xdotool", "click", "--repeat", 2, "--delay", 60, 1)
        self._last_click = time.monotonic()

    def scroll(self, target: Target, notches: int) -> None:
        """Turn the wheel over it by so many steps, downwards if positive."""
        self.move(target)
        self._run("xdotool", "click", "--repeat", abs(notches), "--delay", 30, 5 if notches > 0 else 4)

    def type(self, text: str) -> None:
        """Type plain ASCII text (xdotool is not reliable with other letters)."""
        if not text.isascii():
            raise ValueError(f"only ASCII can be typed, not {text!r}: set the text by accessibility")
        self._run("xdotool", "type", "--delay", 15, "--", text)

    def key(self, *names: str) -> None:
        """Press keys in turn, by their X names: Return, Escape, ctrl+o, Page_Down."""
        self._run("xdotool", "key", "--delay", 30, *names)

    def hold(self, target: Target) -> None:
        """Press the mouse button there and keep it down."""
        self.move(target)
        human_pause(max(0.15, self._last_click + DOUBLE_CLICK_SECONDS - time.monotonic()))
        self._run("xdotool", "mousedown", "1")
        human_pause(0.15)

    def glide(self, start: Target, end: Target, steps: int = 25) -> None:
        """Move along a line at a person's speed, slowly at first, so that both programs notice the drag."""
        (x, y), (to_x, to_y) = point_of(start), point_of(end)
        slowly = [(x + i, y + i // 3) for i in range(3, 21, 3)]
        evenly = [(x + (to_x - x) * i // steps, y + (to_y - y) * i // steps) for i in range(3, steps + 1)]
        arriving = [(to_x + i, to_y) for i in (3, -3, 2, 0)]
        for points, seconds in ((slowly, "0.03"), (evenly, "0.02"), (arriving, "0.06")):
            moves = [("mousemove", str(px), str(py), "sleep", seconds) for px, py in points]
            self._run("xdotool", *(word for move in moves for word in move))

    def let_go(self) -> None:
        """Release the mouse button."""
        self._run("xdotool", "mouseup", "1")
        self._last_click = time.monotonic()

    def drag(self, start: Target, end: Target) -> None:
        """Press at the start, move to the end and release."""
        self.hold(start)
        try:
            self.glide(start, end)
        finally:
            self.let_go()

"""Three ways to operate the program: mouse, keyboard, and the actions of a screen reader."""

import re
from functools import partial
from typing import Protocol

from tests.end_to_end.harness.accessibility import Reading
from tests.end_to_end.harness.explorer import Explorer
from tests.end_to_end.harness.program import Program

MOST_TABS = 60
CROSS = [*["Down"] * 3, *["shift+Right"] * 7, *["Left"] * 3, *["Up"] * 3, *["shift+Down"] * 7]


class InputMethod(Protocol):
    """One way to operate the program."""

    def __init__(self, explorer: Explorer) -> None: ...

    def open_stripes(self) -> None:
        """Open the sample set from the welcome page."""

    def fit(self) -> None:
        """Start a fit."""

    def move_away(self, part: int) -> None:
        """Set the weight of a part to 0."""

    def bring_back(self, part: int) -> None:
        """Set the weight of a part to the fitted one."""

    def add_up(self) -> None:
        """Add the terms up one after the other."""

    def next_sample(self) -> None:
        """Select the second sample."""

    def draw_cross(self) -> None:
        """Draw two crossing lines on an empty canvas."""

    def present(self) -> None:
        """Show the equation on the whole screen."""

    def choose_parts(self, now: int, then: int) -> None:
        """Change the number of parts by key, wheel or value."""

    def undo(self) -> None:
        """Undo the last step."""


class Mouse:
    """Mouse clicks, drags and menus."""

    def __init__(self, explorer: Explorer) -> None:
        self._explorer = explorer
        self._program = explorer.program
        self._mouse = explorer.program.mouse
        self._accessibles = explorer.accessibles

    def _click(self, name: str) -> None:
        self._mouse.click_on(self._accessibles.find(name, "push button"))

    def open_stripes(self) -> None:
        """Open the sample set from the welcome page."""
        self._click("Stripes")

    def fit(self) -> None:
        """Start a fit."""
        self._mouse.click_on(self._explorer.fit_button())

    def move_away(self, part: int) -> None:
        """Set the weight of a part to 0."""
        place = self._accessibles.find(f"Weight of part {part}", "slider").read().extents
        right = (place.x + place.width - 8, place.y + place.height // 2)
        self._mouse.drag(right, (place.x + 2, place.y + place.height // 2))

    def bring_back(self, part: int) -> None:
        """Set the weight of a part to the fitted one."""
        self._mouse.double_click_on(self._accessibles.find(f"Weight of part {part}", "slider"))

    def add_up(self) -> None:
        """Add the terms up one after the other."""
        self._click("Add Up")

    def next_sample(self) -> None:
        """Select the second sample."""
        self._mouse.click_on(self._explorer.samples()[1])

    def draw_cross(self) -> None:
        """Draw two crossing lines on an empty canvas."""
        self._mouse.click_on(self._accessibles.find("Draw", "check box"))
        picture = self._accessibles.find("Sample", "image").read().extents
        half = min(picture.width, picture.height) // 3
        x, y = picture.x + picture.width // 2, picture.y + picture.height // 2
        lines = [((x - half, y), (x + half, y)), ((x, y - half), (x, y + half))]
        for start, end in lines:
            self._mouse.drag(start, end)

    def present(self) -> None:
        """Show the equation on the whole screen."""
        self._program.choose_from_menu("View", "Presentation")

    def choose_parts(self, now: int, then: int) -> None:
        """Change the number of parts by key, wheel or value."""
        self._mouse.scroll(self._accessibles.find("Number of parts", "spin button"), now - then)

    def undo(self) -> None:
        """Undo the last step."""
        self._program.choose_from_menu("Edit", re.compile("^Undo"))


def tab_to(program: Program, name: str) -> None:
    """Press Tab until the widget of this name has the focus."""
    for _ in range(MOST_TABS):
        before = program.accessibles.focused()
        if before.name == name:
            return
        program.mouse.key("Tab")
        program.wait_until(partial(_has_lost_focus, program, before), f"Tab leaves '{before.name}'")
    raise AssertionError(f"Tab does not lead to '{name}'")


def _has_lost_focus(program: Program, one: Reading) -> bool:
    now = program.accessibles.focused()
    return (now.name, now.role, now.extents) != (one.name, one.role, one.extents)


class Keyboard:
    """The keyboard, without the mouse."""

    def __init__(self, explorer: Explorer) -> None:
        self._program = explorer.program
        self._keys = explorer.program.mouse
        self._accessibles = explorer.accessibles

    def _tab_to(self, name: str) -> None:
        """Press Tab until the widget of this name has the focus."""
        tab_to(self._program, name)

    def open_stripes(self) -> None:
        """Open the sample set from the welcome page."""
        self._program.window().activate()
        self._tab_to("Stripes")
        self._keys.key("space")

    def fit(self) -> None:
        """Start a fit."""
        self._keys.key("ctrl+Return")

    def move_away(self, part: int) -> None:
        """Set the weight of a part to 0."""
        self._tab_to(f"Weight of part {part}")
        self._keys.key("Home")

    def bring_back(self, part: int) -> None:
        """Set the weight of a part to the fitted one."""
        self._tab_to(f"Weight of part {part}")
        self._keys.key("End")

    def add_up(self) -> None:
        """Add the terms up one after the other."""
        self._keys.key("ctrl+u")

    def next_sample(self) -> None:
        """Select the second sample."""
        self._keys.key("ctrl+Right")

    def draw_cross(self) -> None:
        """Draw two crossing lines on an empty canvas."""
        self._keys.key("ctrl+d")
        self._tab_to("Sample")
        self._keys.key(*CROSS)

    def present(self) -> None:
        """Show the equation on the whole screen."""
        self._keys.key("F11")

    def choose_parts(self, now: int, then: int) -> None:
        """Change the number of parts by key, wheel or value."""
        self._keys.key(*["ctrl+Up" if then > now else "ctrl+Down"] * abs(then - now))

    def undo(self) -> None:
        """Undo the last step."""
        self._keys.key("ctrl+z")


class ScreenReader(Keyboard):
    """Actions and values as assistive technology sets them; keys where there is no such action."""

    def __init__(self, explorer: Explorer) -> None:
        super().__init__(explorer)
        self._explorer = explorer

    def _press(self, name: str) -> None:
        self._accessibles.find(name, "push button").press()

    def open_stripes(self) -> None:
        """Open the sample set from the welcome page."""
        self._press("Stripes")

    def fit(self) -> None:
        """Start a fit."""
        self._explorer.fit_button().press()

    def move_away(self, part: int) -> None:
        """Set the weight of a part to 0."""
        self._accessibles.find(f"Weight of part {part}", "slider").set_value(0)

    def bring_back(self, part: int) -> None:
        """Set the weight of a part to the fitted one."""
        del part
        self._press("Fitted Weights")

    def add_up(self) -> None:
        """Add the terms up one after the other."""
        self._press("Add Up")

    def next_sample(self) -> None:
        """Select the second sample."""
        self._accessibles.find("Samples", "list").focus()
        self._keys.key("Right")

    def draw_cross(self) -> None:
        """Draw two crossing lines on an empty canvas."""
        self._accessibles.find("Draw", "check box").press()
        self._accessibles.find("Sample", "image").focus()
        self._keys.key(*CROSS)

    def choose_parts(self, now: int, then: int) -> None:
        """Change the number of parts by key, wheel or value."""
        number = self._accessibles.find("Number of parts", "spin button")
        assert number.value == now
        number.set_value(then)

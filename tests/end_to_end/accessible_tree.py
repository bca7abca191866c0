"""Reads AT-SPI's tree, as a screen reader does: what is there, in which order, and what is told about each.

Part of the accessibility server; imported by the system's own Python only, because it needs `gi`.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

gi = import_module("gi")
gi.require_version("Atspi", "2.0")
Atspi: Any = import_module("gi.repository.Atspi")
GLib: Any = import_module("gi.repository.GLib")

DEEPEST = 40
RENAMED_ROLES = {"button": "push button"}  # newer AT-SPI says it shorter
NOT_OPERATED = {"filler", "panel", "frame", "application", "scroll pane", "viewport", "layered pane", "dialog"}
OPERABLE = {
    "push button",
    "button menu",
    "check box",
    "radio button",
    "toggle button",
    "combo box",
    "spin button",
    "slider",
    "dial",
    "text",
    "entry",
    "password text",
    "list",
    "list box",
    "list item",
    "table",
    "tree",
    "tree table",
    "table cell",
    "tree item",
    "menu",
    "menu item",
    "check menu item",
    "radio menu item",
    "page tab",
    "link",
    "editbar",
    "document frame",
}
STATES = [
    "enabled",
    "focusable",
    "focused",
    "showing",
    "visible",
    "checked",
    "selected",
    "editable",
    "expandable",
    "expanded",
    "modal",
    "active",
    "sensitive",
    "checkable",
    "read-only",
    "busy",
    "defunct",
    "pressed",
]


def states_of(accessible: Any) -> list[str]:
    """Names of the states that hold."""
    held = accessible.get_state_set()
    return [name for name in STATES if held.contains(getattr(Atspi.StateType, name.upper().replace("-", "_")))]


def is_showing(accessible: Any) -> bool:
    """Whether it is on the screen now."""
    return bool(accessible.get_state_set().contains(Atspi.StateType.SHOWING))


def role_of(accessible: Any) -> str:
    """Name of its role, the same for every version of AT-SPI."""
    role = str(accessible.get_role_name())
    return RENAMED_ROLES.get(role, role)


def name_of(accessible: Any) -> str:
    """Its name without mnemonic marks."""
    return (accessible.get_name() or "").replace("&", "")


def children_of(accessible: Any) -> Iterator[Any]:
    """Its children; those that vanish meanwhile are left out."""
    for index in range(accessible.get_child_count()):
        child = accessible.get_child_at_index(index)
        if child is not None:
            yield child


def walk(accessible: Any, depth: int = 0, *, hidden: bool = False) -> Iterator[tuple[int, Any]]:
    """It and all below it, from the top; what is not showing is left out with all that is in it."""
    try:
        if depth > DEEPEST or (depth and not hidden and not is_showing(accessible)):
            return
        yield depth, accessible
        below = list(children_of(accessible))
    except GLib.Error:  # it vanished while we looked
        return
    for child in below:
        yield from walk(child, depth + 1, hidden=hidden)


def extents_of(accessible: Any) -> list[int] | None:
    """Left, top, width and height on the screen."""
    if "Component" not in accessible.get_interfaces():
        return None
    place = Atspi.Component.get_extents(accessible, Atspi.CoordType.SCREEN)
    return [place.x, place.y, place.width, place.height]


def text_of(accessible: Any) -> str | None:
    """Its text, where it has one besides its name."""
    if "Text" not in accessible.get_interfaces():
        return None
    return str(Atspi.Text.get_text(accessible, 0, Atspi.Text.get_character_count(accessible)))


def value_of(accessible: Any) -> list[float] | None:
    """Value, least and greatest value of a slider, a spin box or a progress bar."""
    if "Value" not in accessible.get_interfaces():
        return None
    value = Atspi.Value
    return [ask(accessible) for ask in (value.get_current_value, value.get_minimum_value, value.get_maximum_value)]


def reading_of(accessible: Any) -> dict[str, Any]:
    """Everything that a test may want to know, read at one time."""
    return {
        "name": name_of(accessible),
        "role": role_of(accessible),
        "description": accessible.get_description() or "",
        "states": states_of(accessible),
        "extents": extents_of(accessible),
        "text": text_of(accessible),
        "value": value_of(accessible),
    }


def line_for(accessible: Any) -> str:
    """What a dump tells of it."""
    description = accessible.get_description() or ""
    told = f" ({description})" if description else ""
    return f"{role_of(accessible)} {name_of(accessible)!r}{told} {states_of(accessible)} {extents_of(accessible) or ''}"


def is_operable(accessible: Any) -> bool:
    """Whether a person does something with it."""
    role = role_of(accessible)
    return role in OPERABLE or (role not in NOT_OPERATED and "focusable" in states_of(accessible))

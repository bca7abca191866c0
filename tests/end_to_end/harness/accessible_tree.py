"""Read the accessibles of programs by AT-SPI messages on D-Bus.

Part of the accessibility server; imported by the system's own Python only, because it needs `gi`. The library libatspi
is not used: version 2.46 hangs when a program changes something while it is being read.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple

Gio: Any = import_module("gi.repository.Gio")
GLib: Any = import_module("gi.repository.GLib")

ROOT = "/org/a11y/atspi/accessible/root"
ANSWER_MS, ACTION_MS = 4000, 500
SCREEN = 0
DEEPEST = 40
# Toolkits and their versions name some roles differently.
RENAMED_ROLES = {"button": "push button", "spin box": "spin button", "graphic": "image"}
STATE_BITS = {
    1: "active",
    3: "busy",
    4: "checked",
    6: "defunct",
    7: "editable",
    8: "enabled",
    9: "expandable",
    10: "expanded",
    11: "focusable",
    12: "focused",
    16: "modal",
    20: "pressed",
    22: "selectable",
    23: "selected",
    24: "sensitive",
    25: "showing",
    30: "visible",
    32: "indeterminate",
    41: "checkable",
    42: "has-popup",
    43: "read-only",
}


def connect() -> Any:
    """Connect to the bus on which programs talk to screen readers."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    asked = ("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
    address = session.call_sync(*asked, None, None, Gio.DBusCallFlags.NONE, ANSWER_MS, None).unpack()[0]
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)


class Node(NamedTuple):
    """One accessible: the bus name of the program, and the object path."""

    bus: Any
    program: str
    path: str

    def call(self, interface: str, method: str, arguments: Any = None, timeout: int = ANSWER_MS) -> tuple[Any, ...]:
        """Call a method of the program and return the result."""
        asked = (self.program, self.path, f"org.a11y.atspi.{interface}", method, arguments)
        answer = self.bus.call_sync(*asked, None, Gio.DBusCallFlags.NONE, timeout, None)
        return tuple(answer.unpack())

    def value_of(self, interface: str, name: str) -> Any:
        """Return one of its properties."""
        which = GLib.Variant("(ss)", (f"org.a11y.atspi.{interface}", name))
        asked = (self.program, self.path, "org.freedesktop.DBus.Properties", "Get", which)
        return self.bus.call_sync(*asked, None, Gio.DBusCallFlags.NONE, ANSWER_MS, None).unpack()[0]

    def set_value_of(self, interface: str, name: str, value: Any) -> None:
        """Set one of its properties."""
        which = GLib.Variant("(ssv)", (f"org.a11y.atspi.{interface}", name, value))
        asked = (self.program, self.path, "org.freedesktop.DBus.Properties", "Set", which)
        self.bus.call_sync(*asked, None, Gio.DBusCallFlags.NONE, ANSWER_MS, None)

    def pid(self) -> int:
        """Process id of its program."""
        daemon = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixProcessID")
        who = GLib.Variant("(s)", (self.program,))
        return int(self.bus.call_sync(*daemon, who, None, Gio.DBusCallFlags.NONE, ANSWER_MS, None).unpack()[0])

    def states(self) -> list[str]:
        """Return the names of its states."""
        low, high = self.call("Accessible", "GetState")[0]
        bits = low | high << 32
        return [name for bit, name in STATE_BITS.items() if bits >> bit & 1]

    def role(self) -> str:
        """Return the name of its role, the same for every toolkit."""
        role = str(self.call("Accessible", "GetRoleName")[0])
        return RENAMED_ROLES.get(role, role)

    def name(self) -> str:
        """Its name; Qt and GTK have left out the marks of keys."""
        return str(self.value_of("Accessible", "Name"))

    def description(self) -> str:
        """Its longer explanation."""
        return str(self.value_of("Accessible", "Description"))

    def children(self) -> list["Node"]:
        """Its children."""
        return [Node(self.bus, *child) for child in self.call("Accessible", "GetChildren")[0]]

    def parent(self) -> "Node":
        """Return its parent."""
        return Node(self.bus, *self.value_of("Accessible", "Parent"))

    def can(self) -> set[str]:
        """Return the names of its interfaces: Text, Value, Component, Action."""
        return {name.rpartition(".")[2] for name in self.call("Accessible", "GetInterfaces")[0]}


def walk(node: Node, depth: int = 0, *, hidden: bool = False) -> Iterator[tuple[int, Node]]:
    """Yield it and all below it, from the top, without hidden ones and their children."""
    try:
        if depth > DEEPEST or (depth and not hidden and "showing" not in node.states()):
            return
        yield depth, node
        below = node.children()
    except GLib.Error:  # it was deleted during the search
        return
    for child in below:
        yield from walk(child, depth + 1, hidden=hidden)


def reading_of(node: Node) -> dict[str, Any]:
    """Read everything that a test may need, at one time."""
    can = node.can()
    return {
        "name": node.name(),
        "role": node.role(),
        "description": node.description(),
        "states": node.states(),
        "extents": extents_of(node) if "Component" in can else None,
        "text": text_of(node) if "Text" in can else None,
        "value": value_of(node) if "Value" in can else None,
    }


def extents_of(node: Node) -> list[int]:
    """Return left, top, width and height on the screen, in pixels."""
    return list(node.call("Component", "GetExtents", GLib.Variant("(u)", (SCREEN,)))[0])


def text_of(node: Node) -> str:
    """Its text."""
    length = node.value_of("Text", "CharacterCount")
    return str(node.call("Text", "GetText", GLib.Variant("(ii)", (0, length)))[0])


def value_of(node: Node) -> list[float]:
    """Value, least and greatest value of a slider, a spin box or a progress bar."""
    return [node.value_of("Value", name) for name in ("CurrentValue", "MinimumValue", "MaximumValue")]


def line_for(node: Node) -> str:
    """Return its line in a dump."""
    description = node.description()
    told = f" ({description})" if description else ""
    place = extents_of(node) if "Component" in node.can() else ""
    return f"{node.role()} {node.name()!r}{told} [{' '.join(node.states())}] {place}".rstrip()

"""Answer requests about accessibles: one JSON line in, one out, until standard input ends.

Run by the system's own Python, which has `gi` (Debian's python3-gi), because the test's Python has not.
The other end is `accessibility.py`.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from tests.end_to_end.harness.accessible_tree import (
    ACTION_MS,
    ROOT,
    Gio,
    GLib,
    Node,
    connect,
    line_for,
    reading_of,
    walk,
)

Request = dict[str, Any]
USUAL_ACTIONS = ["press", "click", "activate", "toggle", "showmenu"]
ITEMS = ("list item", "cell")
NOT_OPERATED = {"filler", "panel", "frame", "application", "scroll pane", "viewport", "layered pane", "dialog", "alert"}
OPERABLE = re.compile(
    "(push|radio|toggle|spin) button|button menu|(check|combo|list) box|slider|dial|text|password text|entry|editbar|"
    "list|(list|tree|menu|check menu|radio menu) item|table|tree|tree table|table cell|menu|page tab|link"
)


class NotFoundError(Exception):
    """Nothing matches now; it may appear later."""


class Server:
    """The connection to the bus, and a method for each request."""

    def __init__(self) -> None:
        self._registry = Node(connect(), "org.a11y.atspi.Registry", ROOT)
        self.verbs: dict[str, Callable[[Request], Any]] = {
            "ready": lambda _request: len(self._registry.children()),
            "read": lambda request: reading_of(self.find(request)),
            "read all": lambda request: [reading_of(node) for node in self.find_all(request)],
            "read children": lambda request: [reading_of(child) for child in self.find(request).children()],
            "dump": self.dump,
            "unnamed": self.unnamed,
            "focused": self.focused,
            "act": lambda request: act(self.find(request), request.get("action")),
            "focus": lambda request: self.find(request).call("Component", "GrabFocus"),
            "set value": self.set_value,
            "set text": self.set_text,
        }

    def answer(self, request: Request) -> Request:
        """Answer a request; mark a failure that comes from a change during the search as worth a further try."""
        try:
            return {"answer": self.verbs[request["do"]](request)}
        except (NotFoundError, GLib.Error) as error:
            return {"retry": f"{type(error).__name__}: {error}"}

    def program_of(self, pid: int) -> Node:
        """Find the accessible of the whole program."""
        for program in self._registry.children():
            try:
                if program.pid() == pid and program.children():
                    return program
            except GLib.Error:  # a program that is just ending
                continue
        raise NotFoundError(f"process {pid} shows nothing to screen readers")

    def walk_program(self, request: Request) -> Iterator[tuple[int, Node]]:
        """Yield everything in the requested program."""
        return walk(self.program_of(request["pid"]), hidden=bool(request.get("hidden")))

    def matching(self, request: Request) -> Iterator[Node]:
        """Yield what matches, from the top; lazily, because a whole program has hundreds of accessibles."""
        return (node for _, node in self.walk_program(request) if matches(node, request))

    def find_all(self, request: Request) -> list[Node]:
        """Return all that match, from the top; labels last, because a form's label has the name of its field."""
        found = list(self.matching(request))
        return found if request.get("role") else sorted(found, key=is_label)

    def find(self, request: Request) -> Node:
        """Return the nth of those that match."""
        found = self.matching(request) if request.get("role") else self.find_all(request)
        node = next(islice(found, int(request.get("nth", 0)), None), None)
        if node is None:
            raise NotFoundError("nothing, or too little, matches")
        return node

    def dump(self, request: Request) -> str:
        """Return the tree as text."""
        return "\n".join("  " * depth + line_for(node) for depth, node in self.walk_program(request))

    def unnamed(self, request: Request) -> list[str]:
        """Return the controls without an accessible name."""
        mute = [node for _, node in self.walk_program(request) if not node.name().strip() and is_operable(node)]
        return [f"{line_for(node)} in {line_for(node.parent())}" for node in mute]

    def focused(self, request: Request) -> Request:
        """Return the one with the keyboard focus."""
        held = [node for _, node in self.walk_program(request) if has_focus(node)]
        if not held:
            raise NotFoundError("nothing has the keyboard")
        return reading_of(held[-1])

    def set_value(self, request: Request) -> None:
        """Set the number of a spin box or slider."""
        self.find(request).set_value_of("Value", "CurrentValue", GLib.Variant("d", request["value"]))

    def set_text(self, request: Request) -> None:
        """Replace the text of a field."""
        self.find(request).call("EditableText", "SetTextContents", GLib.Variant("(s)", (request["text"],)))


def matches(node: Node, request: Request) -> bool:
    """Return whether name and role match the request."""
    role, name, pattern = request.get("role"), request.get("name"), request.get("pattern")
    try:
        if role is not None and node.role() != role:
            return False
        if name is not None and node.name() != name:
            return False
        return pattern is None or re.search(pattern, node.name()) is not None
    except GLib.Error:  # it was deleted during the search
        return False


def has_focus(node: Node) -> bool:
    """Return whether it has the keyboard focus; Qt says so of the current item of every list, also of those without."""
    if "focused" not in node.states():
        return False
    return node.role() not in ITEMS or "focused" in node.parent().states()


def is_label(node: Node) -> bool:
    """Return whether it is a label."""
    return node.role() == "label"


def is_operable(node: Node) -> bool:
    """Return whether it is a control."""
    role = node.role()
    return OPERABLE.fullmatch(role) is not None or (role not in NOT_OPERATED and "focusable" in node.states())


def act(node: Node, wanted: str | None) -> str:
    """Trigger the named action, or else the default one (press, toggle, open the menu)."""
    names = [action[0] for action in node.call("Action", "GetActions")[0]]
    lowered = [name.lower() for name in names]
    sought = [wanted.lower()] if wanted else USUAL_ACTIONS
    index = next((lowered.index(name) for name in sought if name in lowered), None)
    if index is None:
        raise NotFoundError(f"no such action, only {names}")
    do_action(node, index)
    return str(names[index])


def do_action(node: Node, index: int) -> None:
    """Trigger an action; one that opens a dialog answers late, one that ends the program never: both are fine."""
    try:
        node.call("Action", "DoAction", GLib.Variant("(i)", (index,)), ACTION_MS)
    except GLib.Error as error:
        late = error.matches(Gio.io_error_quark(), Gio.IOErrorEnum.TIMED_OUT)
        if not late and not error.matches(Gio.dbus_error_quark(), Gio.DBusError.NO_REPLY):
            raise


def main() -> None:
    """Serve until the test closes our standard input."""
    server = Server()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(server.answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

"""Answers for a test what a screen reader would get: one JSON line in, one out, until standard input ends.

Run by the system's own Python, which has `gi` (the Debian packages python3-gi and gir1.2-atspi-2.0), because
the test's Python has not. The other end is `accessibility.py`.
"""

import json
import re
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any

from tests.end_to_end.accessible_tree import (
    Atspi,
    GLib,
    children_of,
    is_operable,
    line_for,
    name_of,
    reading_of,
    role_of,
    states_of,
    walk,
)

Request = dict[str, Any]
LONGEST_SECONDS = 4
ANSWER_MS, ACTION_MS, START_MS = 4000, 500, 15000
USUAL_ACTIONS = ["press", "click", "activate", "toggle", "showmenu"]


class NotFoundError(Exception):
    """Nothing matches now; it may appear later."""


def program_of(pid: int) -> Any:
    """The accessible that stands for the whole program; nothing is cached, so that answers are fresh."""
    for program in children_of(Atspi.get_desktop(0)):
        try:
            if program.get_process_id() == pid and program.get_child_count():
                program.set_cache_mask(Atspi.Cache.NONE)
                return program
        except GLib.Error:  # a program that is just ending
            continue
    raise NotFoundError(f"process {pid} shows nothing to screen readers")


def matches(accessible: Any, request: Request) -> bool:
    """Whether name and role are those asked for."""
    role, name, pattern = request.get("role"), request.get("name"), request.get("pattern")
    try:
        if role is not None and role_of(accessible) != role:
            return False
        if name is not None and name_of(accessible) != name:
            return False
        return pattern is None or re.search(pattern, name_of(accessible)) is not None
    except GLib.Error:  # it vanished while we looked
        return False


def walk_program(request: Request) -> Iterator[tuple[int, Any]]:
    """Everything in the program asked about."""
    return walk(program_of(request["pid"]), hidden=bool(request.get("hidden")))


def find_all(request: Request) -> list[Any]:
    """All that match, from the top; labels last, because a form's label has the name of what it stands beside."""
    found = [accessible for _, accessible in walk_program(request) if matches(accessible, request)]
    return found if request.get("role") else sorted(found, key=is_label)


def is_label(accessible: Any) -> bool:
    """Whether it is mere text."""
    try:
        return role_of(accessible) == "label"
    except GLib.Error:  # it vanished while we looked
        return True


def find(request: Request) -> Any:
    """The one asked for: the nth of those that match."""
    found = find_all(request)
    nth = int(request.get("nth", 0))
    if nth >= len(found):
        raise NotFoundError(f"{len(found)} match")
    return found[nth]


def unnamed(request: Request) -> list[str]:
    """What a person operates and a screen reader has no word for."""
    found = []
    for _, accessible in walk_program(request):
        if not name_of(accessible).strip() and is_operable(accessible):
            parent = accessible.get_parent()
            found.append(f"{line_for(accessible)} in {role_of(parent)} {name_of(parent)!r}")
    return found


def focused(request: Request) -> Request:
    """The one that has the keyboard."""
    held = [accessible for _, accessible in walk_program(request) if "focused" in states_of(accessible)]
    if not held:
        raise NotFoundError("nothing has the keyboard")
    return reading_of(held[-1])


def act(request: Request) -> str:
    """Do the named action, or else the usual one (press, toggle, open the menu)."""
    accessible = find(request)
    names = [Atspi.Action.get_action_name(accessible, i) for i in range(Atspi.Action.get_n_actions(accessible))]
    lowered = [name.lower() for name in names]
    wanted = [request["action"].lower()] if request.get("action") else USUAL_ACTIONS
    index = next((lowered.index(name) for name in wanted if name in lowered), None)
    if index is None:
        raise NotFoundError(f"no such action, only {names}")
    do_action(accessible, index)
    return str(names[index])


def do_action(accessible: Any, index: int) -> None:
    """Do it; one that opens a dialog or ends the program never answers, and is done all the same."""
    Atspi.set_timeout(ACTION_MS, START_MS)
    try:
        Atspi.Action.do_action(accessible, index)
    except GLib.Error as error:
        if not re.search("time|reply|no longer exists", str(error)):
            raise
    finally:
        Atspi.set_timeout(ANSWER_MS, START_MS)


VERBS: dict[str, Callable[[Request], Any]] = {
    "ready": lambda _request: Atspi.get_desktop(0).get_child_count(),
    "read": lambda request: reading_of(find(request)),
    "read all": lambda request: [reading_of(accessible) for accessible in find_all(request)],
    "read children": lambda request: [reading_of(child) for child in children_of(find(request))],
    "dump": lambda request: "\n".join(
        "  " * depth + line_for(accessible) for depth, accessible in walk_program(request)
    ),
    "unnamed": unnamed,
    "focused": focused,
    "act": act,
    "focus": lambda request: Atspi.Component.grab_focus(find(request)),
    "set value": lambda request: Atspi.Value.set_current_value(find(request), request["value"]),
    "set text": lambda request: Atspi.EditableText.set_text_contents(find(request), request["text"]),
}


def answer(request: Request) -> Request:
    """Do what is asked; what fails only because things are changing is marked as worth another try."""
    context = GLib.MainContext.default()
    while context.pending():
        context.iteration(False)  # noqa: FBT003
    try:
        return {"answer": VERBS[request["do"]](request)}
    except (NotFoundError, GLib.Error, AttributeError) as error:
        return {"retry": f"{type(error).__name__}: {error}"}


def main() -> None:
    """Serve until the test closes our standard input."""
    Atspi.set_timeout(ANSWER_MS, START_MS)
    for line in sys.stdin:
        # WORKAROUND: libatspi 2.46 can lock itself out for ever when a signal arrives inside one of its calls. Then the
        # alarm ends this process, and the test's side starts it again; it can go when no test needs a second server.
        signal.alarm(LONGEST_SECONDS)
        answered = json.dumps(answer(json.loads(line)))
        signal.alarm(0)
        sys.stdout.write(answered + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

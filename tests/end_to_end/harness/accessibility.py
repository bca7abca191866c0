"""Find, read and operate the widgets of a running program by what it reports to a screen reader (AT-SPI).

An `Accessible` holds a name and a role, and is looked up again at each use: it never goes stale.
`accessibility_server.py` does the search, one process for each desktop.
"""

import json
import os
import re
import select
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from tests.end_to_end.harness.polling import PATIENCE_SECONDS
from tests.end_to_end.harness.processes import StartedProcess

Name = str | re.Pattern[str] | None
ANSWER_SECONDS = 60.0


class NotThereError(LookupError):
    """Nothing matches now; it may appear later."""


class Extents(NamedTuple):
    """A rectangle on the screen, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def centre(self) -> tuple[int, int]:
        """Return the centre, in pixels of the screen."""
        return self.x + self.width // 2, self.y + self.height // 2

    def holds(self, point: tuple[int, int]) -> bool:
        """Return whether the point lies inside."""
        return self.x <= point[0] < self.x + self.width and self.y <= point[1] < self.y + self.height


@dataclass(frozen=True)
class Reading:
    """The state of one accessible at one time."""

    name: str
    role: str
    description: str
    states: frozenset[str]
    extents: Extents
    text: str | None
    value: float | None
    minimum: float | None
    maximum: float | None

    @property
    def centre(self) -> tuple[int, int]:
        """Return its centre, in pixels of the screen."""
        return self.extents.centre

    @property
    def is_selected(self) -> bool:
        """Whether a row or an item is selected."""
        return "selected" in self.states

    @property
    def is_enabled(self) -> bool:
        """Whether it is enabled."""
        return "enabled" in self.states


class AccessibilityServer:
    """The server process, and requests to it."""

    def __init__(self, process: StartedProcess) -> None:
        self.process = process

    def ask(self, **request: Any) -> Any:
        """Return the server's answer; raise `NotThereError` if a further try may succeed."""
        stdin, stdout = self.process.popen.stdin, self.process.popen.stdout
        if stdin is None or stdout is None:
            raise AssertionError("the accessibility server was started without pipes")
        stdin.write(json.dumps(request).encode() + b"\n")
        answer = json.loads(self._read_line(stdout.fileno(), request))
        if "retry" in answer:
            raise NotThereError(answer["retry"])
        return answer["answer"]

    def _read_line(self, source: int, request: object) -> bytes:
        line = b""
        while not line.endswith(b"\n"):
            readable, _, _ = select.select([source], [], [], ANSWER_SECONDS)
            part = os.read(source, 65536) if readable else b""
            if not part:
                raise AssertionError(f"the accessibility server does not answer {request}:\n{self.process.log()}")
            line += part
        return line


def reading_from(told: dict[str, Any]) -> Reading:
    """Convert the JSON object of the server to a `Reading`."""
    value, minimum, maximum = told["value"] or (None, None, None)
    states, extents = frozenset(told["states"]), Extents(*(told["extents"] or (0, 0, 0, 0)))
    named = {key: told[key] for key in ("name", "role", "description", "text")}
    return Reading(**named, states=states, extents=extents, value=value, minimum=minimum, maximum=maximum)


WaitUntil = Callable[[Callable[[], Any], str, float], Any]


class Accessibles:
    """All accessibles of one program."""

    def __init__(self, server: AccessibilityServer, pid: int, wait_until: WaitUntil) -> None:
        self._server, self._pid, self._wait_until = server, pid, wait_until

    def find(
        self,
        name: Name = None,
        role: str | None = None,
        *,
        nth: int = 0,
        hidden: bool = False,
        timeout: float = PATIENCE_SECONDS,
    ) -> "Accessible":
        """Wait until it is there; a string is the whole name, a pattern is searched in the name."""
        found = self.described(name, role, nth=nth, hidden=hidden)
        found.read(timeout)
        return found

    def described(
        self, name: Name = None, role: str | None = None, *, nth: int = 0, hidden: bool = False
    ) -> "Accessible":
        """Describe one that may not be there yet."""
        return Accessible(self, {**_named(name), "role": role, "nth": nth, "hidden": hidden})

    def exists(self, name: Name = None, role: str | None = None, *, hidden: bool = False) -> bool:
        """Return whether it is there now."""
        return bool(self.read_all(name, role, hidden=hidden))

    def wait_gone(self, name: Name = None, role: str | None = None, *, timeout: float = PATIENCE_SECONDS) -> None:
        """Wait until none is visible."""
        self._wait_until(lambda: not self.exists(name, role), f"no {role or 'thing'} {name!r} is showing", timeout)

    def read_all(self, name: Name = None, role: str | None = None, *, hidden: bool = False) -> list[Reading]:
        """Return all that match now, from the top; an empty list if the program shows nothing yet."""
        try:
            told = self._server.ask(do="read all", pid=self._pid, **_named(name), role=role, hidden=hidden)
        except NotThereError:
            return []
        return [reading_from(one) for one in told]

    def focused(self) -> Reading:
        """Return the one with the keyboard focus."""
        return reading_from(self.ask_patiently("focused", {}, 10))

    def dump(self, *, hidden: bool = False) -> str:
        """Return the tree as text, one line for each accessible."""
        return str(self.ask_patiently("dump", {"hidden": hidden}, 10))

    def unnamed(self) -> list[str]:
        """Return the visible controls without an accessible name."""
        return list(self.ask_patiently("unnamed", {}, 10))

    def ask_patiently(self, what: str, request: dict[str, Any], timeout: float) -> Any:
        """Repeat a request until something matches; on failure show the tree."""
        missing: list[str] = []

        def try_once() -> tuple[Any] | None:
            try:
                return (self._server.ask(do=what, pid=self._pid, **request),)
            except NotThereError as error:
                missing[:] = [str(error)]
                return None

        try:
            return self._wait_until(try_once, f"'{what}' succeeds for {request}", timeout)[0]
        except AssertionError as error:
            raise AssertionError(f"{error}\n{missing}\nOn the screen:\n{self._dump_now()}") from None

    def _dump_now(self) -> str:
        try:
            return str(self._server.ask(do="dump", pid=self._pid))
        except NotThereError as error:
            return str(error)


class Accessible:
    """One widget or item, found by name and role at each use."""

    def __init__(self, among: Accessibles, sought: dict[str, Any]) -> None:
        self._among, self._sought = among, sought

    def __repr__(self) -> str:
        return f"Accessible({self._sought})"

    def read(self, timeout: float = PATIENCE_SECONDS) -> Reading:
        """Wait until it is there, and return its state."""
        return reading_from(self._ask("read", timeout))

    @property
    def text(self) -> str:
        """Return its text or, where it has none, its name."""
        reading = self.read()
        return reading.name if reading.text is None else reading.text

    @property
    def value(self) -> float:
        """Return the number of a spin box, a slider or a progress bar."""
        value = self.read().value
        if value is None:
            raise AssertionError(f"{self} has no value")
        return value

    @property
    def states(self) -> frozenset[str]:
        """Return the names of its states, such as enabled, focused, checked, selected."""
        return self.read().states

    @property
    def centre(self) -> tuple[int, int]:
        """Return its centre, in pixels of the screen."""
        return self.read().centre

    def press(self, action: str | None = None) -> None:
        """Trigger its default action (press, toggle, open the menu), or the one named."""
        self._ask("act", 10, action=action)

    def focus(self) -> None:
        """Give it the keyboard focus."""
        self._ask("focus", 10)

    def set_value(self, value: float) -> None:
        """Set a spin box or slider."""
        self._ask("set value", 10, value=value)

    def set_text(self, text: str) -> None:
        """Replace the text of a line edit."""
        self._ask("set text", 10, text=text)

    def children(self) -> list[Reading]:
        """Return its children, such as the rows of a list, also those scrolled out of sight."""
        return [reading_from(one) for one in self._ask("read children", 10)]

    def _ask(self, what: str, timeout: float, **more: Any) -> Any:
        return self._among.ask_patiently(what, {**self._sought, **more}, timeout)


def _named(name: Name) -> dict[str, str]:
    if name is None:
        return {}
    if isinstance(name, str):
        return {"name": name}
    return {"pattern": f"(?i:{name.pattern})" if name.flags & re.IGNORECASE else name.pattern}

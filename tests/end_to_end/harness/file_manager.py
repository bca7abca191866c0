"""A real file manager (pcmanfm), from which a test drags folders and files into the program."""

from collections.abc import Callable, Sequence
from pathlib import Path

from tests.end_to_end.harness.accessibility import Accessibles, Extents, Reading
from tests.end_to_end.harness.desktop import Desktop
from tests.end_to_end.harness.mouse_and_keys import Point, Target, point_of
from tests.end_to_end.harness.polling import human_pause

PROFILE = "end-to-end"
WIDTH, HEIGHT = 420, 340
TITLE_BAR, BORDER = 26, 6
HEADER = 30  # of the list, which hides the rows behind it
CORNERS = [(2, 2), (1280 - WIDTH - BORDER, 2), (2, 800 - HEIGHT - 34), (1280 - WIDTH - BORDER, 800 - HEIGHT - 34)]
INTO_NAME = 60  # a drag begins on the name's first letters: the empty right part of a cell only selects
VIEW_SETTINGS = f"""[ui]
view_mode=list
sort=name;ascending;
side_pane_mode=hidden;places
columns=name:300;
win_width={WIDTH}
win_height={HEIGHT}
"""
NO_QUESTIONS = "[config]\nquick_exec=1\n"
READABLE = {"GTK_MODULES": "gail:atk-bridge", "NO_AT_BRIDGE": "0"}


class FileManager:
    """One window that lists `folder`; only one file manager at a time can be open on a desktop."""

    def __init__(self, desktop: Desktop, folder: Path, *, home: Path | None = None) -> None:
        self._desktop = desktop
        self._mouse = desktop.mouse
        home = home or desktop.session.folder / "file-manager-home"
        _write(home / "config/pcmanfm" / PROFILE / "pcmanfm.conf", VIEW_SETTINGS)
        _write(home / "config/libfm/libfm.conf", NO_QUESTIONS)
        arguments = ["pcmanfm", "--no-desktop", "--profile", PROFILE, str(folder)]
        self.process = desktop.start(arguments, READABLE, home=home)
        self.window = desktop.wait_for_window(pid=self.process.pid, give_up=self._ended)
        self._accessibles = Accessibles(desktop.accessibility, self.process.pid, desktop.wait_until)

    def drag(
        self,
        names: str | Sequence[str],
        target: Target,
        *,
        hover: Callable[[], object] | None = None,
        release: bool = True,
    ) -> None:
        """Drag the named rows onto the target; call `hover` while over it; without `release`, cancel by Escape."""
        end = point_of(target)
        self._keep_clear_of(end)
        start = self._select([names] if isinstance(names, str) else names)
        dropped = False
        self._mouse.hold(start)
        try:
            self._mouse.glide(start, end)
            if hover is not None:
                hover()
            dropped = release
        finally:
            if not dropped:
                self._mouse.key("Escape")
                human_pause(0.2)
            self._mouse.let_go()

    def double_click(self, name: str) -> None:
        """Open the named row by a double click."""
        self.window.activate()
        self._mouse.double_click_on(self._point_on(name))

    def names(self) -> list[str]:
        """Return the names of the visible rows."""
        return [row.name for row in self._accessibles.read_all(role="table cell") if row.name]

    def close(self) -> None:
        """End the file manager; a drop must have arrived by then, because its data comes from this process."""
        self.process.end()

    def _ended(self) -> str:
        return "" if self.process.is_running else "the file manager has ended"

    def _keep_clear_of(self, point: Point) -> None:
        """Move to the first corner of the screen where the window does not cover the point."""
        outer = (WIDTH + 2 * BORDER, HEIGHT + TITLE_BAR + 2 * BORDER)
        corner = next(corner for corner in CORNERS if not Extents(*corner, *outer).holds(point))
        self.window.activate()
        self.window.move(*corner)
        self._desktop.wait_until(self._knows_its_place, "the file manager knows where it is", give_up=self._ended)

    def _knows_its_place(self) -> bool:
        return tuple(self._accessibles.find(role="frame").read().extents) == tuple(self.window.framed())

    def _select(self, names: Sequence[str]) -> Point:
        """Click the first row and Ctrl+click the rest; return the point on the first one."""
        first = self._point_on(names[0])
        self._mouse.click_on(first)
        for name in names[1:]:
            self._mouse.click_on(self._point_on(name), modifier="ctrl")
        return first

    def _point_on(self, name: str) -> Point:
        """Return where to click on the row; scroll to it if needed."""
        row = self._desktop.wait_until(lambda: self._row(name), f"the file manager lists '{name}'", give_up=self._ended)
        if not self._is_in_sight(row):
            row = self._scrolled_to(name)
        x, y = row.centre
        return min(x, row.extents.x + INTO_NAME), y

    def _row(self, name: str) -> Reading | None:
        rows = self._accessibles.read_all(name, "table cell", hidden=True)
        return rows[0] if rows else None

    def _is_in_sight(self, row: Reading) -> bool:
        area = self._accessibles.find(role="table").read().extents
        return "showing" in row.states and area.y + HEADER < row.centre[1] < area.y + area.height

    def _scrolled_to(self, name: str) -> Reading:
        self.window.activate()
        self._mouse.key("Home")

        def look_further() -> Reading | None:
            row = self._row(name)
            if row is not None and self._is_in_sight(row):
                return row
            self._mouse.key("Page_Down")
            return None

        return self._desktop.wait_until(look_further, f"'{name}' comes into sight", give_up=self._ended)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

"""NMF Explorer as its user sees it: the open set, the terms of the equation, the running fit."""

import re

from tests.end_to_end.harness.accessibility import Accessible, Reading
from tests.end_to_end.harness.polling import PATIENCE_SECONDS
from tests.end_to_end.harness.program import Program

TERM = re.compile(r"^(?P<weight>\d+\.\d\d) × part (?P<part>\d+)")

FIT = re.compile(r"^Fit( \d+ parts?)?$")


class Explorer:
    """Reads and operates one running NMF Explorer."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.accessibles = program.accessibles

    def wait_for_set(self, name: str) -> None:
        """Wait until the window's title names the set."""
        self.program.window(f"{name} — NMF Explorer")

    def choose(self, now: str, beginning: str) -> None:
        """Open the combo box that shows `now`, which on Linux is its name, and choose an entry by its first letters."""
        self.program.mouse.click_on(self.accessibles.find(now, "combo box"))
        self.accessibles.find(re.compile(f"^{beginning}"), "list item")
        self.program.mouse.type(beginning)
        self.program.mouse.key("Return")
        self.accessibles.find(re.compile(f"^{beginning}"), "combo box")

    def fit_button(self) -> Accessible:
        """Return the button that starts a fit; it names the number of parts where that has changed."""
        return self.accessibles.find(FIT, "push button")

    def wait_until_idle(self, timeout: float = PATIENCE_SECONDS) -> None:
        """Wait until nothing is being loaded, fitted or played."""
        fit = self.fit_button()
        self.program.wait_until(lambda: fit.read().is_enabled, "the worker is idle", timeout)
        self.accessibles.wait_gone("Stop", "push button", timeout=timeout)

    def wait_for_parts(self, n_parts: int, timeout: float = PATIENCE_SECONDS) -> list[Reading]:
        """Wait until a fit has ended with this number of parts."""
        self.program.wait_until(lambda: len(self.parts()) == n_parts, f"{n_parts} parts are shown", timeout)
        self.wait_until_idle(timeout)
        return self.parts()

    def parts(self) -> list[Reading]:
        """Return the items of the grid of parts."""
        return self.accessibles.find("Parts", "list").children()

    def samples(self) -> list[Reading]:
        """Return the items of the strip of samples."""
        return self.accessibles.find("Samples", "list").children()

    def selected_sample(self) -> str:
        """Return the name of the selected sample."""
        return next((sample.name for sample in self.samples() if sample.is_selected), "")

    def terms(self) -> list[tuple[float, int]]:
        """Return weight and part number of each term of the equation, in its order."""
        pictures = self.accessibles.read_all(re.compile(r"^Part \d+$"), "image")
        matches = [TERM.match(picture.description) for picture in sorted(pictures, key=lambda p: p.extents.x)]
        return [(float(match["weight"]), int(match["part"])) for match in matches if match]

    def relative_error(self) -> str:
        """Return the field “Relative error”, a percentage, as a share with four decimals."""
        shown = self.accessibles.find("Relative error", "text").text
        return f"{float(shown.removesuffix(' %')) / 100:.4f}"

    def message(self) -> str:
        """Return the text of the message bar."""
        return self.accessibles.find("Messages").read().description

    def wait_for_message(self, words: str, timeout: float = PATIENCE_SECONDS) -> str:
        """Wait until the message bar contains these words, and return its text."""
        self.program.wait_until(
            lambda: self.accessibles.exists("Messages") and words in self.message(), f"the bar says '{words}'", timeout
        )
        return self.message()

"""Makes the pictures of the real window that README shows: ``python -m tests.end_to_end.make_screenshots [FOLDER]``.

The program runs in a real window on a private screen, and the screen's own pixels are kept.
"""

import sys
import tempfile
from pathlib import Path

from tests.end_to_end.harness.desktop import Desktop
from tests.end_to_end.harness.explorer import Explorer
from tests.end_to_end.harness.private_session import REPOSITORY
from tests.end_to_end.harness.program import Program

PICTURES = REPOSITORY / "resources" / "pictures"
SETTINGS = Path("config") / "NMF Explorer" / "NMF Explorer.ini"


def make_picture(desktop: Desktop, picture: Path, sample_set: str, appearance: str) -> None:
    """Open a sample set, or the welcome page, and keep what the screen shows."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / SETTINGS).parent.mkdir(parents=True)
        (home / SETTINGS).write_text(f"[view]\nappearance={appearance}\n", encoding="utf-8")
        source = [str(REPOSITORY / "sample_images" / sample_set)] if sample_set else []
        started = desktop.start([sys.executable, "-m", "nmf_explorer", *source], home=home, folder=REPOSITORY)
        program = Program(desktop, started)
        explorer = Explorer(program)
        if sample_set:
            explorer.wait_for_set(sample_set)
            program.wait_until(explorer.terms, "the equation is there")
            explorer.wait_until_idle()
        else:
            explorer.accessibles.find("Stripes", "push button")
        program.window().resize(1200, 700)
        program.window().move(40, 50)
        desktop.mouse.rest()
        program.screenshot(picture)
        program.close_politely()
        program.exit_code()


def main() -> None:
    """Make all pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as evidence:
        desktop = Desktop(Path(evidence))
        try:
            for appearance in ("light", "dark"):
                for name, sample_set in (("welcome", ""), ("stripes", "stripes"), ("faces", "drawn_faces")):
                    make_picture(desktop, folder / f"{name}-{appearance}.png", sample_set, appearance)
        finally:
            desktop.close()


if __name__ == "__main__":
    main()

"""Take screenshots of every state: ``python -m tests.end_to_end.screenshots_of_states FOLDER [1024x768 ...]``.

The states are shown in light, dark and high contrast, with text of 100 and 200 %, on screens of three sizes, and in
German. The windows are painted without a screen, in one process for each size, because a screen cannot change its own.
Faults that a program can see (``tests/ui/states/faults.py``) are printed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.ui.states.states import States

SIZES = ("1024x768", "1280x800", "3840x2160")
LOOKS = [(appearance, text, "en") for appearance in ("light", "dark", "contrast") for text in (100, 200)]
LOOKS += [("light", text, "de") for text in (100, 200)]


def make_pictures(folder: Path, width: int, height: int) -> None:
    """Walk through all states in all looks, in a window as large as the screen."""
    from nmf_explorer.app import Application
    from tests.temporary_settings import temporary_settings
    from tests.ui.states.faults import faults
    from tests.ui.states.states import States

    with temporary_settings() as place:
        application = Application(["nmf-explorer"])
        window = application.open_window()
        preferences = application.preferences
        states = States(window, place)
        for appearance, text, language in LOOKS:
            preferences.set_appearance(appearance)
            preferences.set_language(language)
            preferences.set_display(preferences.display._replace(text_size=text))
            states.wait()
            window.resize(width, height)
            for number, (name, seen) in enumerate(states.walk(), 1):
                if seen.isWindow() and name.startswith("presented"):
                    seen.resize(width, height)
                    states.wait()
                wait_for_pictures(states, seen)
                file = f"{width}-{text:03}-{appearance}-{language}-{number:02}-{name}.png"
                seen.grab().save(str(folder / file))
                if is_scrolled(seen, to_end=True):
                    states.wait(lambda: True)  # until it is laid out; what goes on may go on for ever
                    wait_for_pictures(states, seen)
                    seen.grab().save(str(folder / file.replace(".png", "-below.png")))
                    is_scrolled(seen, to_end=False)
                for fault in faults(seen):
                    sys.stdout.write(f"{file}: {fault}\n")
        window.close()


def wait_for_pictures(states: States, window: QWidget) -> None:
    """Let lists paint what a frame had no time for."""
    from nmf_explorer.ui.images.image_list import ImageList

    window.grab()
    lists = [one for one in window.findChildren(ImageList) if one.isVisible()]
    states.wait(lambda: not any(one.has_pending for one in lists))


def is_scrolled(window: QWidget, *, to_end: bool) -> bool:
    """Scroll a page that is higher than the window; tells whether there is one."""
    from PySide6.QtWidgets import QScrollArea

    bars = [area.verticalScrollBar() for area in window.findChildren(QScrollArea) if area.isVisible()]
    for bar in bars:
        bar.setValue(bar.maximum() if to_end else 0)
    return any(bar.maximum() for bar in bars)


def main() -> None:
    """Make all pictures, each size in a process of its own."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    if os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen:configfile"):
        width, height = (int(length) for length in sys.argv[2].split("x"))
        make_pictures(folder, width, height)
        return
    for size in sys.argv[2:] or SIZES:
        width, height = (int(length) for length in size.split("x"))
        screen = {"name": size, "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}
        with tempfile.NamedTemporaryFile("w", suffix=".json") as configuration:
            json.dump({"screens": [screen]}, configuration)
            configuration.flush()
            environment = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={configuration.name}"}
            command = [sys.executable, "-m", "tests.end_to_end.screenshots_of_states", str(folder), size]
            subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    main()

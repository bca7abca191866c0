"""Copies the icons of buttons from the npm package @tabler/icons: ``python resources/copy_icons.py [VERSION]``.

Needs npm. To add an icon, write its name of https://tabler.io/icons into NAMES and run this again.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "icons" / "ui"
VERSION = "3.52.0"
NAMES = (
    "adjustments-horizontal",
    "alert-triangle",
    "arrow-back-up",
    "basket",
    "chart-line",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "circle-check",
    "code",
    "columns-2",
    "copy",
    "eraser",
    "eye",
    "eye-off",
    "file-import",
    "file-text",
    "folder-open",
    "info-circle",
    "minus",
    "numbers",
    "pencil",
    "photo",
    "photo-plus",
    "player-pause",
    "player-play",
    "player-skip-forward",
    "player-stop",
    "plus",
    "presentation",
    "refresh",
    "school",
    "search",
    "sum",
    "trash",
    "volume",
    "wand",
    "x",
    "zoom-exclamation",
)


def copy_from(package: tarfile.TarFile) -> None:
    """Copy the icons and their licence out of the package; remove icons that are not listed any more."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.svg"):
        old.unlink()
    members = {f"{name}.svg": f"package/icons/outline/{name}.svg" for name in NAMES}
    for file_name, member in {"LICENSE": "package/LICENSE", **members}.items():
        file = package.extractfile(member)
        if file is None:
            msg = f"{member} is not in the package"
            raise ValueError(msg)
        (FOLDER / file_name).write_bytes(file.read())


def main() -> None:
    """Download the package and copy from it."""
    version = sys.argv[1] if len(sys.argv) > 1 else VERSION
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["npm", "pack", f"@tabler/icons@{version}", "--silent"], cwd=place, check=True)
        (archive,) = Path(place).glob("*.tgz")
        with tarfile.open(archive) as package:
            copy_from(package)
    print(f"{len(NAMES)} icons of @tabler/icons {version} in {FOLDER}")


if __name__ == "__main__":
    main()

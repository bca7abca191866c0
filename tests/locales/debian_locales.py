"""Compile the locales of Debian's package `locales` into a folder, without the rights of root.

Locales that agree in the case and the classes of letters and in how numbers are written, such as those of English,
share one compilation; each has its own name.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SOURCES = Path("/usr/share/i18n/locales")
_SUPPORTED = Path("/usr/share/i18n/SUPPORTED")


def can_compile() -> bool:
    """Return whether the sources and the compiler of locales are on this computer."""
    return _SUPPORTED.exists() and shutil.which("localedef") is not None


def locale_names(encoding: str = "UTF-8") -> list[str]:
    """Return the names of all locales with an encoding, such as ``tr_TR``; C, which is always there, left out."""
    lines = [line.split() for line in _SUPPORTED.read_text(encoding="utf-8").splitlines()]
    return [
        line[0].replace(f".{encoding}", "") for line in lines if line[1:] == [encoding] and line[0] != f"C.{encoding}"
    ]


def compile_locales(names: Iterable[str], folder: Path, encoding: str = "UTF-8") -> None:
    """Compile locales for ``LOCPATH=folder``; each is called ``NAME.ENCODING`` there."""
    compiled: dict[tuple[str, str], str] = {}
    for name in names:
        place = f"{name}.{encoding}"
        key = (definition(name, "LC_CTYPE"), definition(name, "LC_NUMERIC"))
        if key in compiled:
            (folder / place).symlink_to(compiled[key])
        else:
            compiled[key] = place
            _compile(name, folder / place, encoding)


def _compile(name: str, target: Path, encoding: str) -> None:
    """Compile a locale with the sort order of C; the program never sorts by it, and it takes longest."""
    order = 'LC_COLLATE\ncopy "POSIX"\nEND LC_COLLATE'
    text = re.sub("^LC_COLLATE$.*?^END LC_COLLATE", order, _source(name), flags=re.MULTILINE | re.DOTALL)
    source = target.with_suffix(".source")
    source.write_text(text, encoding="latin-1")
    command = ["localedef", "--force", "--no-archive", "-i", str(source), "-f", encoding, str(target)]
    subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - it warns, and ends with 1
    source.unlink()
    assert (target / "LC_CTYPE").exists(), name


def _source(name: str) -> str:
    return (_SOURCES / name).read_text(encoding="latin-1")  # so that no byte is lost


@cache
def definition(name: str, category: str) -> str:
    """Return the definition of a category in one line, without comments, and without what is only for conversions."""
    found = re.search(rf"^{category}$(.*?)^END {category}", _source(name), re.MULTILINE | re.DOTALL)
    body = re.sub(r"^%.*$", "", found[1] if found else "", flags=re.MULTILINE)
    body = " ".join(re.sub("translit_start.*?translit_end", "", body, flags=re.DOTALL).split())
    copied = re.fullmatch('copy "(.*)"', body)
    is_another = copied and not copied[1].startswith("i18n")
    return definition(copied[1], category) if copied and is_another else body

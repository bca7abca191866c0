"""The program starts, fits and prints under every locale of Debian's package `locales`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from tests.locales.debian_locales import can_compile, compile_locales, definition, locale_names

pytestmark = pytest.mark.skipif(not can_compile(), reason="needs Debian's package locales")
ROOT = Path(__file__).parents[2]
ODD_LOCALES = ("tr_TR", "az_AZ", "de_DE", "fa_IR", "ps_AF", "hi_IN", "ja_JP")  # letters, decimal marks and digits


def representatives() -> list[str]:
    """Return locales that together have every case of letters, every decimal mark, and all marks and digits of Qt."""
    seen: set[object] = set()
    chosen = []
    for name in (*ODD_LOCALES, *locale_names()):
        qt = QLocale(name)
        decimal_mark = re.findall("decimal_point +([^ ]+)", definition(name, "LC_NUMERIC"))[0]
        marks = (qt.decimalPoint(), qt.zeroDigit(), qt.negativeSign(), qt.textDirection())
        properties = {definition(name, "LC_CTYPE"), decimal_mark, marks}
        if not properties <= seen:
            chosen.append(name)
        seen |= properties
    return chosen


def run(
    command: list[str], locales: Path, home: Path, locale: str = "C.UTF-8", python: str = sys.executable, **more: str
) -> subprocess.CompletedProcess[bytes]:
    """Run Python in a locale, with settings and caches in a folder of their own, and `more` variables."""
    places = {f"XDG_{kind}_HOME": str(home) for kind in ("CONFIG", "CACHE", "STATE")}
    told = {**os.environ, **places, "QT_QPA_PLATFORM": "offscreen", "LOCPATH": str(locales), "LC_ALL": locale, **more}
    return subprocess.run([python, *command], env=told, capture_output=True, check=False)  # noqa: S603


def starts(names: list[str], tmp_path: Path, *options: str) -> list[list[str]]:
    """Start the program in locales; return the words that each start has printed."""
    locales = tmp_path / "locales"
    locales.mkdir()
    compile_locales(names, locales)
    full_names = [f"{name}.UTF-8" for name in names]
    done = run(["-m", "tests.locales.starts_in_locales", *full_names, *options], locales, tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    lines = [line.split(" ") for line in done.stdout.decode().splitlines()]
    assert [line[:3] for line in lines] == [[name, name, "."] for name in full_names]
    return lines


def test_the_window_opens_under_every_kind_of_locale(tmp_path: Path) -> None:
    names = representatives()
    assert len(names) > len(ODD_LOCALES)
    lines = starts(names, tmp_path)
    assert [line[3] for line in lines] == [QLocale(name).decimalPoint() for name in names]  # numbers on screen


def test_a_table_is_read_and_fitted_under_odd_locales(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("".join(f"{i}.5,{i % 3}.25,{i % 5}.125,{i % 7}.0\n" for i in range(12)), encoding="ascii")
    assert {tuple(line[4:]) for line in starts(list(ODD_LOCALES), tmp_path, "--fit", str(table))} == {("12", "1")}


@pytest.mark.parametrize(("name", "encoding"), [("tr_TR", "ISO-8859-9"), ("ja_JP", "EUC-JP"), ("th_TH", "TIS-620")])
def test_the_terminal_has_another_encoding(name: str, encoding: str, tmp_path: Path) -> None:
    compile_locales([name], tmp_path, encoding)
    # The encoding may not have the letters of these folders' names. Python 3.11 cannot even start in an environment
    # with such a name in a .pth file; it does not read those of folders in PYTHONPATH.
    packages, root = tmp_path / "packages", tmp_path / "root"
    packages.symlink_to(sysconfig.get_path("purelib"))
    root.symlink_to(ROOT)
    python, path = os.path.realpath(sys.executable), os.pathsep.join([str(root), str(packages)])
    fit = ["fit", str(root / "sample_images" / "stripes")]
    for arguments in (["--help"], ["fit", "--help"], fit, ["fit", "no such “file”"]):
        command = ["-P", "-m", "nmf_explorer", *arguments]
        done = run(command, tmp_path, tmp_path, f"{name}.{encoding}", python, PYTHONPATH=path)
        assert done.returncode == (arguments[1:] == ["no such “file”"]), done.stderr.decode(encoding)
        assert b"Traceback" not in done.stderr
        text = (done.stdout + done.stderr).decode(encoding)
        assert (
            "SOURCE" in text
            or "3 parts from 60 images of 8 x 8 pixels, relative error 0.0000, " in text
            or "no such" in text
        )

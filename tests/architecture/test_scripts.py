"""Every shell script can be read by bash."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.architecture.source import ROOT

SCRIPTS = [
    *sorted(ROOT.glob("tests/*.sh")),
    *sorted(ROOT.glob("resources/*.sh")),
    *sorted(ROOT.glob("resources/*.command")),
]


@pytest.mark.parametrize("script", SCRIPTS, ids=[script.name for script in SCRIPTS])
def test_a_script_has_no_syntax_error(script: object) -> None:
    bash = shutil.which("bash")
    assert bash is not None
    command = [bash, "-n", str(script)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own script
    assert (done.returncode, done.stderr) == (0, "")


def test_there_are_scripts() -> None:
    assert {"run.sh", "lowest.sh"} <= {script.name for script in SCRIPTS}

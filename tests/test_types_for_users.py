"""What mypy says to a user of the package: right calls pass, wrong types of keywords are found."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING

from nmf_explorer.factorize.fit_options import FitKeywords, FitOptions
from nmf_explorer.resource_files import sample_images

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """\
from pathlib import Path
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, csr_matrix
import nmf_explorer as nx

dataset: nx.Dataset = nx.load("folder", colour=True, size=(32, 24))
model: nx.NmfModel = nx.fit(dataset, 7, random_state=1, start="pixels", max_iter=100, alpha_W=0.1)
parts: NDArray[np.float32] = model.components
nx.fit(np.zeros((4, 5), dtype=np.uint8), 2, start=model, first=parts)
nx.fit([[1.0, 2.0], [3.0, 4.0]], 1, start=np.ones((1, 2)))
nx.fit(csr_array(np.eye(3)), 2)
nx.fit(csr_matrix(np.eye(3)), 2, should_stop=lambda: False)
errors: list[float] = [step.relative_error for step in nx.fit_steps(dataset, 7, solver="hals")]
last: nx.NmfModel = next(nx.fit_steps(dataset, 7)).model()
options: nx.FitOptions = model.options
reading: nx.LoadOptions = nx.LoadOptions(size=(32, 24))
model.save("model.npz")
model.save(Path("model.npz"), dataset)
again: nx.NmfModel = nx.load_model(Path("model.npz"))
weights: NDArray[np.float32] = again.transform(np.zeros((2, 5)))
nx.fit(dataset, "seven")  # error: arg-type
nx.fit(dataset, 7, max_iter="many")  # error: arg-type
nx.fit(dataset, 7, max_iterations=5)  # error: call-arg
nx.fit_steps(dataset, 7, tol=None)  # error: arg-type
nx.fit_steps(dataset, 7, n_restarts=1.5)  # error: arg-type
nx.load("folder", colour=5)  # error: arg-type
nx.load_model(5)  # error: arg-type
nx.fit(object(), 7)  # error: arg-type
model.options = options  # error: misc
reading.colour = True  # error: misc
"""


def test_mypy_finds_wrong_types_and_nothing_else(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--config-file=", str(script)]
    root = sample_images().parent
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 - this Python
    reported = [line for line in done.stdout.splitlines() if ": error" in line]
    found = {(int(line.removeprefix(str(script)).split(":")[1]), line[line.rindex("[") + 1 : -1]) for line in reported}
    lines = enumerate(SCRIPT.splitlines(), 1)
    expected = {(number, line.split("# error: ")[1]) for number, line in lines if "# error: " in line}
    assert found == expected, done.stdout + done.stderr


def test_keywords_are_the_fields_of_the_options() -> None:
    """A keyword that is left out has the default of its field."""
    own = {field.name: field for field in fields(FitOptions) if field.name not in ("n_components", "random_state")}
    assert set(FitKeywords.__annotations__) == set(own)
    assert not FitKeywords.__required_keys__
    for name, field in own.items():
        assert FitKeywords.__annotations__[name].__forward_arg__ == field.type
        assert field.default is not MISSING

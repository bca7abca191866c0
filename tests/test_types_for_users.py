"""What mypy says to a user of the package: right calls pass, wrong types of keywords are found."""

from __future__ import annotations

import re
import subprocess
import sys
from ast import literal_eval
from dataclasses import MISSING, fields
from inspect import Parameter, signature
from typing import TYPE_CHECKING

import pytest
from numpydoc.docscrape import ClassDoc

from nmf_explorer.factorize.fit import fit, fit_steps
from nmf_explorer.factorize.fit_options import LOSSES, SOLVERS, STARTS, FitKeywords, FitOptions
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
nx.fit(csr_matrix(np.eye(3)), np.int64(2), should_stop=lambda: False)
errors: list[float] = [step.relative_error for step in nx.fit_steps(dataset, 7, solver="hals")]
last: nx.NmfModel = next(nx.fit_steps(dataset, 7)).model()
options: nx.FitOptions = model.options
reading: nx.LoadOptions = nx.LoadOptions(size=(32, 24))
model.save("model.npz")
model.save(Path("model.npz"), dataset)
again: nx.NmfModel = nx.load_model(Path("model.npz"))
weights: NDArray[np.float32] = again.transform(np.zeros((2, 5)))
weights = again.transform(csr_array(np.zeros((2, 5))))
nx.fit_steps(dataset, 7).close()
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


def test_keywords_of_a_fit_are_the_fields_of_the_options() -> None:
    """`n_components` and `random_state` are parameters; every other field is an optional keyword of the same type."""
    types = {field.name: field.type for field in fields(FitOptions)}
    assert {name: hint.__forward_arg__ for name, hint in FitKeywords.__annotations__.items()} == {
        name: text for name, text in types.items() if name not in ("n_components", "random_state")
    }
    assert not FitKeywords.__required_keys__


def test_parameters_of_a_fit_have_the_defaults_of_the_options() -> None:
    defaults = {field.name: field.default for field in fields(FitOptions)}
    for function in (fit, fit_steps):
        parameters = signature(function).parameters
        for name in ("n_components", "random_state"):
            given = parameters[name].default
            assert (MISSING if given is Parameter.empty else given) == defaults[name]


def test_documented_defaults_and_choices_are_those_of_the_options() -> None:
    documented = {entry.name: entry for entry in ClassDoc(FitOptions)["Attributes"]}
    assert list(documented) == [field.name for field in fields(FitOptions)]
    for field in fields(FitOptions):
        kind, _, default = documented[field.name].type.partition(", default ")
        if default:
            assert literal_eval(default) == field.default
            assert type(literal_eval(default)) is type(field.default)
        else:
            assert kind.endswith("optional") == (field.default is None), "without a default it is required"
    for name, choices in {"solver": SOLVERS, "loss": LOSSES}.items():
        assert literal_eval(documented[name].type.partition(", default")[0]) == set(choices)
    for name in STARTS:
        assert f'"{name}"' in " ".join(documented["start"].desc)


@pytest.mark.parametrize(("solver", "place"), [("auto", 0), ("scikit-learn", 1)])
def test_documented_defaults_that_depend_on_the_solver_hold(solver: str, place: int) -> None:
    documented = {entry.name: " ".join(entry.desc) for entry in ClassDoc(FitOptions)["Attributes"]}
    options = FitOptions(1, solver=solver)
    max_iter = re.findall(r"by default (\d+), with scikit-learn (\d+)\.", documented["max_iter"])
    tol = re.findall(
        r"by default ([\d.]+\d)\. scikit-learn uses its own rule, by default with ([\d.]+\d)\.", documented["tol"]
    )
    assert int(max_iter[0][place]) == options.max_iter
    assert float(tol[0][place]) == options.tol

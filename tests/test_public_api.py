"""The public names, and which modules their import loads."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import nmf_explorer as nx


def test_every_public_name_is_there() -> None:
    for name in nx.__all__:
        assert getattr(nx, name) is not None
    assert set(nx.__all__) <= set(dir(nx))


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        nx.lode  # noqa: B018 - the lookup is tested


@pytest.mark.parametrize("shape", [(6, 5), (6, 3, 4)])
def test_plain_arrays_can_be_fitted(shape: tuple[int, ...]) -> None:
    model = nx.fit(np.random.default_rng(0).random(shape), 2)
    assert model.weights.shape == (6, 2)
    assert model.components.dtype == np.float32
    assert model.component_image(0).shape == (shape[1:] if len(shape) == 3 else (1, 5))


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import nmf_explorer", ["numpy", "PIL", "PySide6"]),
        ("import nmf_explorer as nx; nx.load, nx.fit, nx.fit_steps, nx.Dataset, nx.NmfModel", ["PySide6", "sklearn"]),
        ("import nmf_explorer.cli", ["PySide6"]),
    ],
)
def test_an_import_loads_no_more_than_needed(statement: str, absent: list[str]) -> None:
    code = f"import sys; {statement}; print([name for name in {absent} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - this Python
    assert done.stdout == "[]\n"

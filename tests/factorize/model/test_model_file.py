"""A saved model reads back equal, and any other file ends in an error that says what is wrong with it."""

from __future__ import annotations

import json
from dataclasses import fields
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nmf_explorer as nx
from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.errors import ExportError, ModelFileError
from nmf_explorer.factorize.fit_options import KnownParts
from nmf_explorer.factorize.model.restarts import RestartReport

if TYPE_CHECKING:
    from collections.abc import Callable

    from nmf_explorer.factorize.fit_options import FitKeywords

OLD_FIELDS = ("components", "weights", "sample_shape", "sample_names", "loss_history", "options")
SAMPLES = np.random.default_rng(0).random((9, 2, 3))


def same(one: object, other: object) -> bool:
    """Return whether two fields of models are equal, including types and arrays."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    if isinstance(one, nx.NmfModel | nx.FitOptions | KnownParts | RestartReport):
        return type(one) is type(other) and all(
            same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one)
        )
    return type(one) is type(other) and one == other


@cache
def model(case: str) -> nx.NmfModel:
    """Return a model whose file has different fields in each case."""
    few = nx.fit(SAMPLES, 1, max_iter=4)
    options: dict[str, FitKeywords] = {
        "plain": {"max_iter": 25},
        "penalties": {"max_iter": 25, "alpha_W": 0.01, "alpha_H": 0.002, "l1_ratio": 0.5},
        "divergence": {"max_iter": 25, "loss": "kullback-leibler", "n_restarts": 0},
        "known start": {"max_iter": 25, "start": few},
        "known parts first": {"max_iter": 25, "first": few.components},
        "scikit-learn": {"max_iter": 25, "solver": "scikit-learn", "tol": 0},
    }
    return nx.fit(SAMPLES, 2, random_state=3, **options[case]) if case in options else few


CASES = ["plain", "penalties", "divergence", "known start", "known parts first", "scikit-learn"]


@pytest.mark.parametrize("case", CASES)
def test_a_saved_model_reads_back_equal(case: str, tmp_path: Path) -> None:
    model(case).save(tmp_path / "m.npz")
    loaded = nx.load_model(str(tmp_path / "m.npz"))
    assert same(loaded, model(case))
    assert not loaded.components.flags.writeable
    np.testing.assert_array_equal(loaded.transform(SAMPLES), model(case).transform(SAMPLES))


@settings(max_examples=25, deadline=None)
@given(
    n=st.integers(1, 5),
    k=st.integers(1, 3),
    shape=st.sampled_from([(1, 4), (2, 2), (1, 2, 3)]),
    error=st.floats(0, 2),
    seed=st.integers(0, 2**40),
)
def test_models_of_all_shapes_read_back_equal(n: int, k: int, shape: tuple[int, ...], error: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    made = nx.NmfModel.scaled(
        rng.random((k, int(np.prod(shape)))),
        rng.random((n, k)),
        sample_shape=shape,
        relative_error=error,
        loss_history=rng.random(n),
        converged=seed % 2 == 0,
        options=nx.FitOptions(k, seed),
        start="pixels",
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "m.npz"
        made.save(path)
        assert same(nx.load_model(path), made)


def test_the_names_of_the_samples_are_saved_with_it(tmp_path: Path) -> None:
    names = tuple(f"{i}.png" for i in range(9))
    model("plain").save(tmp_path / "m.npz", Dataset(SAMPLES.reshape(9, 6), (2, 3), names, "nine"))
    with np.load(tmp_path / "m.npz") as saved:
        assert tuple(saved["sample_names"].tolist()) == names
        assert json.loads(str(saved["options"]))["set_name"] == "nine"


def rewritten(path: Path, change: Callable[[dict[str, np.ndarray]], None], case: str = "plain") -> Path:
    """Save a model, and change the arrays of the file."""
    model(case).save(path)
    with np.load(path) as saved:
        arrays = dict(saved)
    change(arrays)
    np.savez_compressed(path, **arrays)
    return path


def only_old_fields(arrays: dict[str, np.ndarray]) -> None:
    for name in set(arrays) - set(OLD_FIELDS):
        del arrays[name]


@pytest.mark.parametrize("case", CASES)
def test_files_of_version_0_1_can_be_read(case: str, tmp_path: Path) -> None:
    loaded, saved = nx.load_model(rewritten(tmp_path / "m.npz", only_old_fields, case)), model(case)
    for name in ("components", "weights", "loss_history", "sample_shape", "converged"):
        assert same(getattr(loaded, name), getattr(saved, name))
    assert (loaded.scale == 1).all()
    assert loaded.restarts is None
    assert loaded.options.n_components == 2
    if case == "plain":
        assert loaded.relative_error == pytest.approx(saved.relative_error)
        assert loaded.options == saved.options
    if case in ("penalties", "divergence"):
        assert np.isnan(loaded.relative_error)


def newer(arrays: dict[str, np.ndarray]) -> None:
    arrays["model"] = np.array(json.dumps({**json.loads(str(arrays["model"])), "version": 2}))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (newer, "a newer version of NMF Explorer has written it"),
        (lambda arrays: arrays.pop("weights"), "it lacks weights"),
        (lambda arrays: arrays.pop("scale"), "it lacks scale"),
        (lambda arrays: arrays.update(more=np.zeros(3)), "it holds more, which belongs to no model"),
        (lambda arrays: arrays.update({f"more{i}": np.zeros(1) for i in range(100)}), "arrays, more than 100"),
        (lambda arrays: arrays.update(weights=arrays["weights"][:, :1]), "do not fit together"),
        (lambda arrays: arrays.update(scale=arrays["scale"][:1]), "do not fit together"),
        (lambda arrays: arrays.update(sample_shape=np.array([6])), "do not fit together"),
        (lambda arrays: arrays.update(sample_shape=np.array([2, 4])), "do not fit together"),
        (lambda arrays: arrays.update(components=-arrays["components"]), "“components” has numbers that are negative"),
        (lambda arrays: arrays.update(weights=arrays["weights"] * np.nan), "“weights” has numbers that are negative"),
        (lambda arrays: arrays.update(loss_history=np.zeros(0)), "“loss_history” has shape"),
        (lambda arrays: arrays.update(components=arrays["components"].astype(str)), "“components” has shape"),
        (lambda arrays: arrays.update(options=np.array("no JSON")), "Expecting value"),
        (lambda arrays: arrays.update(options=np.array("{}")), "it lacks 'converged'"),
        (lambda arrays: arrays.update(model=np.array("[1]")), "indices"),
    ],
)
def test_files_that_are_no_models_are_reported(
    change: Callable[[dict[str, np.ndarray]], None], reason: str, tmp_path: Path
) -> None:
    path = rewritten(tmp_path / "m.npz", change)
    with pytest.raises(ModelFileError, match=rf"m\.npz” cannot be read as a model: .*{reason}.*Choose a file"):
        nx.load_model(path)


def test_other_places_and_files_are_reported(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="there is no such file"):
        nx.load_model(tmp_path / "missing.npz")
    with pytest.raises(ModelFileError, match="it is no file"):
        nx.load_model(tmp_path)
    np.savez(tmp_path / "foreign.npz", x=np.zeros(3))
    with pytest.raises(ModelFileError, match="it lacks components, loss_history"):
        nx.load_model(tmp_path / "foreign.npz")
    for content in (b"", b"text", b"PK\x03\x04 and no more"):
        (tmp_path / "bytes").write_bytes(content)
        with pytest.raises(ModelFileError, match=r"cannot be read as a model: .+ Choose"):
            nx.load_model(tmp_path / "bytes")
    with pytest.raises(ExportError, match="could not be written"):
        model("plain").save(tmp_path / "missing" / "m.npz")


def test_a_header_with_a_wrong_size_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "m.npz"
    model("plain").save(path)
    with np.load(path) as saved:
        arrays = dict(saved)
    np.savez(path, **arrays)  # not compressed, so that the header can be found
    content = path.read_bytes()
    assert content.count(b"'shape': (9, 2)") == 1
    path.write_bytes(content.replace(b"'shape': (9, 2)", b"'shape': (9,99)"))
    with pytest.raises(ModelFileError, match=r"“weights\.npy” has another size than its header says"):
        nx.load_model(path)


@pytest.mark.parametrize("case", ["plain", "known parts first"])
def test_damaged_bytes_give_an_error_or_an_equal_model(case: str, tmp_path: Path) -> None:
    path = tmp_path / "m.npz"
    model(case).save(path)
    content = path.read_bytes()
    rng = np.random.default_rng(7)
    n_errors = 0
    for _ in range(300):
        damaged = bytearray(content)
        for place in rng.integers(0, len(content), rng.integers(1, 4)):
            damaged[place] = rng.integers(0, 256)
        path.write_bytes(damaged[: rng.integers(1, len(content))] if rng.random() < 0.1 else damaged)
        try:
            loaded = nx.load_model(path)
        except ModelFileError:
            n_errors += 1
        else:
            assert same(loaded, model(case))
    assert n_errors > 200

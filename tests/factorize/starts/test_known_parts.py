"""Starts from known parts, of a model or drawn ones, too many or too few; alone or before further starts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.sparse import csr_array

import nmf_explorer as nx
from nmf_explorer.errors import OptionError
from nmf_explorer.factorize.fit_options import FitOptions, KnownParts
from nmf_explorer.factorize.solvers.factors import Factors
from nmf_explorer.factorize.starts.known_parts import known_start, residual_parts
from nmf_explorer.resource_files import sample_images
from tests.factorize.data import blocks_of, smooth_images
from tests.factorize.matching import matched_cosines
from tests.synthetic.synthetic_sets import led_digits, led_ten_digits, swimmer

if TYPE_CHECKING:
    from numpy.typing import NDArray


@pytest.mark.parametrize("solver", ["hals", "coordinate-descent", "multiplicative", "scikit-learn"])
def test_fit_continues_from_a_model(solver: str) -> None:
    X = smooth_images()
    first = nx.fit(X, 5, start="nndsvda", max_iter=20)
    second = nx.fit(X, 5, start=first, solver=solver, max_iter=10)
    assert second.start == "given"
    assert second.loss_history[0] <= first.relative_error * 1.01
    assert second.loss_history[-1] < second.loss_history[0]


def test_weights_of_further_samples_are_computed() -> None:
    X = smooth_images()
    model = nx.fit(X[:30], 5, start="nndsvda")
    with blocks_of(X) as blocks:
        start = known_start(blocks, KnownParts(model.components, model.weights), 5)
    error = np.linalg.norm(X - start.W.T @ start.H) / np.linalg.norm(X)
    expected = np.linalg.norm(X - model.transform(X) @ model.components) / np.linalg.norm(X)
    assert error == pytest.approx(expected, rel=1e-2)
    assert 0.9 * expected < nx.fit(X, 5, start=model, max_iter=1).relative_error < expected


@pytest.mark.parametrize("unit", [1.0, 1e9, 1e-9])
def test_weights_of_a_model_are_used_in_the_unit_of_the_data(unit: float) -> None:
    X = smooth_images() * unit
    model = nx.fit(X, 5, start="nndsvda", max_iter=50)
    with blocks_of(X) as blocks:
        start = known_start(blocks, KnownParts(model.components, model.weights), 5)
    np.testing.assert_allclose(start.W.T * blocks.unit, model.weights, rtol=1e-5)
    np.testing.assert_array_equal(start.H, model.components)
    assert nx.fit(X, 5, start=model, max_iter=1).relative_error <= model.relative_error * 1.0001


@pytest.mark.parametrize("missing", range(7))
@pytest.mark.parametrize("is_sparse", [False, True])
def test_missing_part_is_found_in_the_residuals(missing: int, *, is_sparse: bool) -> None:
    drawn = led_digits()
    X: Any = drawn.images.reshape(128, -1)
    parts = np.delete(drawn.parts.reshape(7, -1), missing, axis=0)
    model = nx.fit(csr_array(X) if is_sparse else X, 7, start=parts, max_iter=200)
    assert matched_cosines(model.components, drawn.parts).min() > 0.95


def test_missing_part_is_the_largest_of_the_residuals() -> None:
    drawn = swimmer()
    X, parts = drawn.images.reshape(256, -1), drawn.parts.reshape(17, -1).astype(np.float32)
    with blocks_of(X) as blocks:
        weights = known_start(blocks, KnownParts(parts, None), 17).W
        missing = residual_parts(blocks, Factors(weights[1:], parts[1:]), 1)
        nothing = residual_parts(blocks, Factors(weights, 2 * parts), 2)
    assert missing.W.shape == (1, 256)
    assert min(missing.W.min(), missing.H.min()) >= 0
    assert matched_cosines(missing.H, parts[:1]).min() > 0.99
    assert not nothing.W.any()
    assert not nothing.H.any()


@pytest.mark.parametrize("n_known", range(7))
@pytest.mark.parametrize("unit", [1.0, 1e-4])
def test_any_number_of_parts_can_be_missing(n_known: int, unit: float) -> None:
    X = smooth_images() * unit
    known = nx.fit(X, 6, start="nndsvd").components[:n_known]
    with blocks_of(X) as blocks:
        start = known_start(blocks, KnownParts(known, None), 6)
    assert start.W.any(axis=1).all()
    assert start.H.any(axis=1).all()
    model = nx.fit(X, 6, start=known)
    assert model.relative_error <= 1.02 * nx.fit(X, 6).relative_error


@pytest.mark.parametrize("with_weights", [True, False])
def test_parts_with_most_brightness_are_kept_in_their_order(*, with_weights: bool) -> None:
    X = smooth_images()
    model = nx.fit(X, 6, start="nndsvda")
    most = np.sort(np.argsort(model.part_shares())[-4:])
    known = KnownParts(model.components, model.weights if with_weights else None)
    with blocks_of(X) as blocks:
        start = known_start(blocks, known, 4)
    np.testing.assert_array_equal(start.H, model.components[most])
    np.testing.assert_allclose(start.W.T, model.weights[:, most], atol=0 if with_weights else 0.05)
    fewer = nx.fit(X, 4, start=model)
    assert fewer.n_components == 4
    assert fewer.relative_error <= 1.02 * nx.fit(X, 4).relative_error


SETS = {"handwritten_digits": 10, "drawn_faces": 12, "led_ten_digits": 7}


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("step", [-2, -1, 1, 2])
def test_parts_tried_first_do_not_make_the_result_worse(name: str, step: int) -> None:
    dataset, k = nx.load(sample_images() / name), SETS[name]
    other = nx.fit(dataset, k + step, n_restarts=2)
    seen = list(nx.fit_steps(dataset, k, first=other, n_restarts=2))
    alone = nx.fit(dataset, k, n_restarts=2)
    model = seen[-1].model()
    assert seen[0].start == "given"
    assert seen[0].relative_error <= nx.fit(dataset, k, start=other, max_iter=1).relative_error
    assert model.relative_error <= alone.relative_error * 1.001
    assert model.restarts is not None
    assert model.restarts.names[0] == "given"
    if name == "led_ten_digits":  # all starts leave no error, so the parts are those found without `first`
        assert matched_cosines(model.components, led_ten_digits().parts).min() > 0.95


def test_parts_tried_first_are_kept_if_their_loss_is_lowest() -> None:
    dataset = nx.load(sample_images() / "handwritten_digits")
    best, alone = nx.fit(dataset, 10), nx.fit(dataset, 10, start="nndsvd")
    model = nx.fit(dataset, 10, first=best, start="nndsvd")
    assert model.start == "given"
    assert model.relative_error < alone.relative_error


def test_further_starts_are_tried_if_the_parts_tried_first_do_not_converge() -> None:
    X = smooth_images()
    model = nx.fit(X, 4, first=X[:4], start="nndsvd", max_iter=3)
    alone = nx.fit(X, 4, start="nndsvd", max_iter=3)
    assert (model.start, model.n_iterations) == ("nndsvd", 6)
    np.testing.assert_array_equal(model.components, alone.components)


def test_the_only_part_can_be_missing() -> None:
    X = smooth_images()
    model = nx.fit(X, 1, start=np.zeros((0, 144)))
    assert model.relative_error == pytest.approx(nx.fit(X, 1, start="nndsvd").relative_error, rel=1e-3)


@pytest.mark.parametrize("kind", [float, np.float32, int, bool])
def test_parts_can_have_any_real_dtype_and_are_not_changed(kind: type) -> None:
    parts: NDArray[Any] = (smooth_images()[:3] > 0.3).astype(kind)
    before = parts.copy()
    nx.fit(smooth_images(), 3, start=parts, max_iter=5)
    np.testing.assert_array_equal(parts, before)
    parts[0, 0] = 1  # still writable


def test_options_with_known_parts_are_equal_for_the_same_object_only() -> None:
    model = nx.fit(smooth_images(), 4, max_iter=2)
    options = FitOptions(4, start=model.components, first=model)
    assert options == replace(options)
    assert hash(options) == hash(replace(options))
    for other in (model.components, model.components + 1, model, "random"):
        assert options != FitOptions(4, start=other)
    assert nx.fit(smooth_images(), 4, start=model, max_iter=2).options != model.options


@pytest.mark.parametrize(
    "parts",
    [
        np.ones((4, 143)),
        np.ones(144),
        np.ones((4, 12, 12)),
        np.full((4, 144), -1.0),
        np.full((4, 144), np.nan),
        np.full((4, 144), 1j),
        np.full((4, 144), "a"),
    ],
)
@pytest.mark.parametrize("option", ["start", "first"])
def test_invalid_parts_are_refused(parts: Any, option: str) -> None:
    with pytest.raises(OptionError, match=rf"{option} must hold parts of 144 numbers, each 0 or more.* got shape"):
        nx.fit(smooth_images(), 4, **{option: parts})


def test_model_of_images_of_different_size_is_refused() -> None:
    with pytest.raises(OptionError, match="start must hold"):
        nx.fit(smooth_images(), 3, start=nx.fit(smooth_images(side=8), 3, max_iter=2))

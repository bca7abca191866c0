"""A fit may begin with the parts of another model, with drawn parts, or with all parts but one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array

import nmf_explorer as nx
from nmf_explorer.dataset.synthetic import led_digits, swimmer
from nmf_explorer.errors import OptionError
from nmf_explorer.factorize.fit_options import FitOptions, KnownParts
from nmf_explorer.factorize.hals import Factors
from nmf_explorer.factorize.known_parts import known_start, residual_part
from tests.factorize.data import blocks_of, smooth_images
from tests.factorize.matching import matched_cosines


@pytest.mark.parametrize("solver", ["hals", "coordinate-descent", "multiplicative", "scikit-learn"])
def test_a_fit_goes_on_from_a_model(solver: str) -> None:
    X = smooth_images()
    first = nx.fit(X, 5, start="nndsvda", max_iter=20)
    second = nx.fit(X, 5, start=first, solver=solver, max_iter=10)
    assert second.start == "given"
    assert second.loss_history[0] <= first.relative_error * 1.01
    assert second.loss_history[-1] < second.loss_history[0]


def test_weights_for_other_samples_are_computed() -> None:
    X = smooth_images()
    model = nx.fit(X[:30], 5, start="nndsvda")
    more = nx.fit(X, 5, start=model, max_iter=1)
    expected = np.linalg.norm(X - model.transform(X) @ model.components) / np.linalg.norm(X)
    assert more.relative_error == pytest.approx(expected, rel=1e-2)


@pytest.mark.parametrize("unit", [1.0, 1e9, 1e-9])
def test_weights_of_a_model_are_taken_over_in_the_unit_of_the_data(unit: float) -> None:
    X = smooth_images() * unit
    model = nx.fit(X, 5, start="nndsvda", max_iter=50)
    with blocks_of(X) as blocks:
        start = known_start(blocks, KnownParts(model.components, model.weights), 5)
    np.testing.assert_allclose(start.W.T * blocks.unit, model.weights, rtol=1e-5)
    np.testing.assert_array_equal(start.H, model.components)
    assert nx.fit(X, 5, start=model, max_iter=1).relative_error <= model.relative_error * 1.0001


@pytest.mark.parametrize("missing", range(7))
@pytest.mark.parametrize("is_sparse", [False, True])
def test_a_missing_part_comes_from_what_the_others_leave_over(missing: int, *, is_sparse: bool) -> None:
    drawn = led_digits()
    X: Any = drawn.images.reshape(128, -1)
    parts = np.delete(drawn.parts.reshape(7, -1), missing, axis=0)
    model = nx.fit(csr_array(X) if is_sparse else X, 7, start=parts, max_iter=200)
    assert matched_cosines(model.components, drawn.parts).min() > 0.95


def test_the_part_that_is_missing_is_the_largest_in_the_light_left_over() -> None:
    drawn = swimmer()
    X, parts = drawn.images.reshape(256, -1), drawn.parts.reshape(17, -1).astype(np.float32)
    with blocks_of(X) as blocks:
        weights = known_start(blocks, KnownParts(parts, None), 17).W
        w, h = residual_part(blocks, Factors(weights[1:], parts[1:]))
        nothing, _ = residual_part(blocks, Factors(weights, 2 * parts))
    assert w.shape == (256,)
    assert min(w.min(), h.min()) >= 0
    assert h @ parts[0] / np.linalg.norm(h) / np.linalg.norm(parts[0]) > 0.99
    assert not nothing.any()


def test_a_single_part_may_be_the_missing_one() -> None:
    X = smooth_images()
    model = nx.fit(X, 1, start=np.zeros((0, 144)))
    assert model.relative_error == pytest.approx(nx.fit(X, 1, start="nndsvd").relative_error, rel=1e-3)


@pytest.mark.parametrize("kind", [float, np.float32, int, bool])
def test_parts_may_be_numbers_of_any_real_kind_and_are_not_changed(kind: type) -> None:
    parts = (smooth_images()[:3] > 0.3).astype(kind)
    before = parts.copy()
    nx.fit(smooth_images(), 3, start=parts, max_iter=5)
    np.testing.assert_array_equal(parts, before)
    parts[0, 0] = 1  # still the caller's


def test_options_with_known_parts_can_be_compared_and_are_those_of_the_same_parts_only() -> None:
    model = nx.fit(smooth_images(), 4, max_iter=2)
    options = FitOptions(4, start=model.components)
    assert options == replace(options)
    assert hash(options) == hash(replace(options))
    for other in (model.components, model.components + 1, model, "random"):
        assert options != FitOptions(4, start=other)
    assert nx.fit(smooth_images(), 4, start=model, max_iter=2).options != model.options


@pytest.mark.parametrize(
    "parts",
    [
        np.ones((5, 144)),
        np.ones((2, 144)),
        np.ones((4, 143)),
        np.ones(144),
        np.ones((4, 12, 12)),
        np.full((4, 144), -1.0),
        np.full((4, 144), np.nan),
        np.full((4, 144), 1j),
        np.full((4, 144), "a"),
    ],
)
def test_parts_that_do_not_fit_are_refused(parts: Any) -> None:
    with pytest.raises(OptionError, match=r"start must hold 4 parts of 144 numbers, or one part less.* got shape"):
        nx.fit(smooth_images(), 4, start=parts)


def test_a_model_of_other_pictures_is_refused() -> None:
    with pytest.raises(OptionError, match="start must hold"):
        nx.fit(smooth_images(), 3, start=nx.fit(smooth_images(side=8), 3, max_iter=2))

"""Data of any kind, size and scale are fitted or refused in words: no other exception leaves `fit` or `transform`."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array, csc_array, csr_array, csr_matrix

import nmf_explorer as nx
from nmf_explorer.errors import NmfExplorerError
from nmf_explorer.factorize.fit_options import LOSSES, SOLVERS, STARTS

FORMS: tuple[Any, ...] = (np.asarray, csr_array, csc_array, coo_array, csr_matrix)


@st.composite
def data(draw: st.DrawFn) -> Any:
    """Draw dense or sparse samples with black rows and columns, constant ones, single rows, of any scale and dtype."""
    shape = draw(st.integers(1, 25)), draw(st.integers(1, 25))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    X = rng.random(shape) * (rng.random(shape) < draw(st.sampled_from([0.05, 0.3, 1.0])))
    kind = draw(st.sampled_from(["plain", "constant", "rank 1", "black rows", "black columns", "every size"]))
    if kind == "constant":
        X = np.ones(shape)
    elif kind == "rank 1":
        X = np.outer(X[:, 0], X[0])
    elif kind == "black rows":
        X[rng.random(shape[0]) < 0.5] = 0
    elif kind == "black columns":
        X[:, rng.random(shape[1]) < 0.5] = 0
    elif kind == "every size":
        X *= 10.0 ** rng.integers(-30, 1, shape)
    X *= draw(st.sampled_from([1.0, 255.0, 1e-7, 1e7, 1e-20, 1e30, 3e38, 1e-38, 1e-42, 1e-60, 1e200]))
    with np.errstate(over="ignore", under="ignore"):
        X = X.astype(draw(st.sampled_from(["float64", "float32"])))
    return draw(st.sampled_from(FORMS))(X)


OPTIONS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "n_components": st.integers(1, 8),
        "solver": st.sampled_from(SOLVERS),
        "start": st.sampled_from(STARTS),
        "loss": st.sampled_from(LOSSES),
        "alpha_W": st.sampled_from([0.0, 0.0, 1e-3, 1.0, 1e30]),
        "l1_ratio": st.sampled_from([0.0, 0.5, 1.0]),
    }
)


@given(X=data(), options=OPTIONS)
@settings(deadline=None, max_examples=300, derandomize=True)
def test_data_of_any_kind_are_fitted_or_refused_in_words(X: Any, options: dict[str, Any]) -> None:
    n_restarts = None if options["solver"] == "scikit-learn" else 1
    try:
        model = nx.fit(X, max_iter=12, n_restarts=n_restarts, **options)
        weights = model.transform(X)
    except NmfExplorerError:
        return
    for numbers in (model.components, model.weights, weights, model.loss_history):
        assert np.isfinite(numbers).all()
        assert numbers.min() >= 0
    assert 0 <= model.relative_error < np.inf

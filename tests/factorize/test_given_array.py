"""Arrays that cannot be used are refused in words, by `fit`, by `transform`, and by `Dataset`; nothing is dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.sparse import coo_array, csr_array

import nmf_explorer as nx
from nmf_explorer.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

X: NDArray[np.float64] = np.random.default_rng(0).random((8, 6)) + 0.1


class Frame:
    """Converts itself as a table with a missing value does."""

    def __array__(self, dtype: object = None, copy: object = None) -> NDArray[Any]:
        with_gap = X.copy()
        with_gap[2, 3] = np.nan
        return with_gap


def _with(value: object, dtype: object = np.float64) -> NDArray[Any]:
    changed = X.astype(dtype)  # type: ignore[call-overload]
    changed[2, 3] = value
    return np.asarray(changed)


def _masked_csr() -> csr_array[Any]:
    sparse = csr_array(X)
    sparse.data = np.ma.masked_greater(sparse.data, 0.9)
    return sparse


UNUSABLE: dict[str, tuple[Any, str]] = {
    "masked": (np.ma.masked_greater(X, 0.9), "masked.*filled"),
    "list of masked rows": ([np.ma.masked_greater(row, 0.9) for row in X], "masked"),
    "masked value in a list": ([[1.0, np.ma.masked], [2.0, 3.0]], "masked"),
    "masked sparse": (_masked_csr(), "masked"),
    "NaN": (_with(np.nan), "sample 3.*not finite"),
    "NaN in CSR": (csr_array(_with(np.nan)), "sample 3.*not finite"),
    "table with a gap": (Frame(), "sample 3.*not finite"),
    "None": (_with(None, object), "object.*None"),
    "text among numbers": (_with("a", object), "object.*'a'"),
    "complex among numbers": (_with(np.complex64(1j), object), "object"),
    "number of any size": (_with(10**400, object), "too large"),
    "complex": (X + 1j, "complex"),
    "complex CSR": (csr_array(X + 1j), "complex"),
    "text": (X.astype(str), "text"),
    "bytes": (X.astype("S"), "text"),
    "dates": (X.astype("M8[s]"), "datetime64"),
    "no rows": (np.zeros((0, 6)), "empty|do not fit"),
    "one row": (X[0], r"shape \(6,\)"),
    "one sparse row": (coo_array(X[0]), r"shape \(6,\)"),
    "negative": (-X, "sample 1.*negative"),
    "negative whole numbers": (-np.ones((8, 6), np.int8), "negative"),
    "too large": (X * 1e300, "too large.*Divide"),
    "too large CSR": (csr_array(X * 1e300), "too large.*Divide"),
}
WAYS: dict[str, Callable[[Any], object]] = {
    "fit": lambda given: nx.fit(given, 2, n_restarts=0),
    "transform": lambda given: nx.fit(X, 2, n_restarts=0).transform(given),
    "from_array": nx.Dataset.from_array,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", UNUSABLE)
def test_unusable_numbers_are_refused_with_the_reason(kind: str, way: str) -> None:
    given, reason = UNUSABLE[kind]
    with pytest.raises(DataError, match=reason):
        WAYS[way](given)


@pytest.mark.parametrize(
    "kind", ["masked", "masked sparse", "NaN", "None", "complex", "text", "negative whole numbers"]
)
def test_a_dataset_of_unusable_numbers_is_refused(kind: str) -> None:
    with pytest.raises(DataError):
        nx.Dataset(UNUSABLE[kind][0], (1, 6), tuple("abcdefgh"))


@pytest.mark.parametrize(
    "given",
    [X.astype(object), X.tolist(), np.ma.masked_array(X), X.astype(np.longdouble), coo_array(X)],
    ids=["objects", "lists", "no mask", "longdouble", "COO"],
)
def test_real_numbers_of_any_kind_are_used(given: Any) -> None:
    expected = nx.fit(X, 2, start="random")
    np.testing.assert_allclose(nx.fit(given, 2, start="random").weights, expected.weights, rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(expected.transform(given), expected.transform(X), rtol=1e-6)


def test_bools_are_0_and_1() -> None:
    np.testing.assert_array_equal(nx.Dataset.from_array(X > 0.5).matrix, X > 0.5)

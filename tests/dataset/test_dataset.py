"""A Dataset is a frozen, non-negative matrix whose rows can be seen as images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.sparse import coo_array, csc_array, csr_array, csr_matrix

from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.dataset.load import load
from nmf_explorer.dataset.sample_sets import SAMPLE_SETS
from nmf_explorer.dataset.size_text import size_text
from nmf_explorer.errors import DataError
from nmf_explorer.resource_files import sample_images
from tests.dataset.array_kinds import dense, sparse
from tests.dataset.images import noise

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

usable_floats = st.floats(0, 2.0**99, width=32)


def _eight_bit(n_samples: int = 4) -> Dataset:
    names = tuple(f"{i}.png" for i in range(n_samples))
    return Dataset(noise(n_samples, 6), (2, 3), names, "noise", 255.0)


def _float(values: NDArray[np.float32]) -> Dataset:
    return Dataset(values, (1, values.shape[1]), tuple(f"row {i}" for i in range(len(values))))


def test_eight_bit_numbers_read_as_0_to_1() -> None:
    dataset = _eight_bit()
    expected = noise(4, 6) / np.float32(255)
    assert dataset.matrix.dtype == np.float32
    np.testing.assert_array_equal(dataset.matrix, expected)
    np.testing.assert_array_equal(dataset.rows(1, 3), expected[1:3])
    np.testing.assert_array_equal(dataset.sample_image(2), expected[2].reshape(2, 3))
    assert dataset.brightest == pytest.approx(expected.max())


def test_float_numbers_read_as_they_are() -> None:
    values = np.array([[0, 1, 7.5], [2, 0, 3]], dtype=np.float32)
    dataset = _float(values)
    np.testing.assert_array_equal(dataset.matrix, values)
    assert dataset.brightest == 7.5


def test_the_sizes_of_the_matrix() -> None:
    dataset = _eight_bit(4)
    assert (dataset.n_samples, dataset.n_features, dataset.max_components) == (4, 6, 4)
    assert _eight_bit(9).max_components == 6


def test_the_matrix_is_made_once() -> None:
    dataset = _eight_bit()
    assert dataset.matrix is dataset.matrix


@pytest.mark.parametrize("dataset", [_eight_bit(), _float(np.ones((3, 2), dtype=np.float32))], ids=["8 bit", "float"])
def test_nothing_in_a_dataset_can_be_changed(dataset: Dataset) -> None:
    with pytest.raises(ValueError, match="read-only"):
        dataset.stored[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        dataset.matrix[0, 0] = 1
    with pytest.raises(AttributeError):
        dataset.name = "other"  # type: ignore[misc]


def test_rows_of_float_data_are_no_copy_and_cannot_be_changed() -> None:
    dataset = _float(np.ones((3, 2), dtype=np.float32))
    rows = dataset.rows(0, 2)
    assert np.shares_memory(rows, dataset.stored)
    with pytest.raises(ValueError, match="read-only"):
        rows[0, 0] = 2


def test_a_colour_sample_has_three_channels() -> None:
    dataset = Dataset(noise(2, 12), (2, 2, 3), ("a", "b"), white=255.0)
    assert dataset.sample_image(1).shape == (2, 2, 3)


@given(st.integers(1, 8), st.integers(0, 99))
@settings(deadline=None, max_examples=40)
def test_a_subset_keeps_order_names_and_scale(n_samples: int, seed: int) -> None:
    dataset = _eight_bit(9)
    few = dataset.subset(n_samples, np.random.default_rng(seed))
    indices = [dataset.sample_names.index(name) for name in few.sample_names]
    assert indices == sorted(set(indices))
    assert few.n_samples == n_samples
    assert (few.name, few.sample_shape, few.white) == (dataset.name, dataset.sample_shape, dataset.white)
    np.testing.assert_array_equal(few.stored, dataset.stored[indices])


def test_a_subset_of_all_or_more_is_the_set_itself() -> None:
    dataset = _eight_bit(4)
    assert dataset.subset(4, np.random.default_rng(0)) is dataset
    assert dataset.subset(9, np.random.default_rng(0)) is dataset


@pytest.mark.parametrize("shape", [(0, 4), (4, 0), (4,), (2, 2, 2)])
def test_a_matrix_without_rows_or_columns_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(DataError, match="empty"):
        Dataset(np.zeros(shape, dtype=np.uint8), (1, 4), ())


@pytest.mark.parametrize(("sample_shape", "names"), [((2, 2), ("a", "b")), ((2, 3), ("a",)), ((2, 3), ("a", "b", "c"))])
def test_shapes_that_do_not_fit_together_are_refused(sample_shape: tuple[int, ...], names: tuple[str, ...]) -> None:
    with pytest.raises(DataError, match="2 rows of 6 numbers"):
        Dataset(noise(2, 6), sample_shape, names)


def test_the_first_sample_with_negative_numbers_is_named() -> None:
    values = np.array([[0, 1], [2, -0.5], [-7, 3]], dtype=np.float32)
    with pytest.raises(DataError, match=r"“row 1” has negative values \(lowest -0.5\)"):
        _float(values)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_the_first_sample_with_numbers_that_are_not_finite_is_named(value: float) -> None:
    values = np.array([[0, 1], [-2, 1], [2, value], [value, 3]], dtype=np.float32)
    with pytest.raises(DataError, match="“row 2” has values that are not finite"):
        _float(values)


@given(hnp.arrays(np.float32, hnp.array_shapes(min_dims=2, max_dims=2, max_side=6), elements=usable_floats))
@settings(deadline=None, max_examples=50)
def test_every_matrix_of_usable_numbers_comes_through_unchanged(values: NDArray[np.float32]) -> None:
    dataset = Dataset.from_array(values)
    np.testing.assert_array_equal(dataset.matrix, values)
    assert dataset.sample_shape == (1, values.shape[1])
    assert dataset.brightest == values.max()


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int64, np.float16, np.float64])
def test_an_array_of_any_real_kind_is_taken_as_it_is(dtype: type) -> None:
    dataset = Dataset.from_array(np.array([[0, 1], [1, 1]], dtype=dtype), name="mine")
    assert dataset.name == "mine"
    assert dataset.sample_names == ("sample 1", "sample 2")
    np.testing.assert_array_equal(dataset.matrix, [[0, 1], [1, 1]])


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32, np.float64])
def test_an_array_is_used_where_it_lies_and_stays_the_callers(dtype: type) -> None:
    values: NDArray[Any] = np.ones((2, 3), dtype=dtype)
    dataset = Dataset.from_array(values)
    assert np.shares_memory(dataset.stored, values)
    values[0, 0] = 5
    assert dataset.stored[0, 0] == 5


def test_a_memory_map_is_not_read_into_memory(tmp_path: Path) -> None:
    np.save(tmp_path / "numbers.npy", noise(5, 4))
    mapped = np.load(tmp_path / "numbers.npy", mmap_mode="r")
    dataset = Dataset.from_array(mapped)
    assert np.shares_memory(dataset.stored, mapped)
    np.testing.assert_array_equal(dataset.rows(1, 3), noise(5, 4)[1:3])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_sparse_array_is_used_where_it_lies_and_stays_the_callers(dtype: type) -> None:
    sparse = csr_array(np.eye(3, 4, dtype=dtype))
    dataset = Dataset.from_array(sparse)
    assert np.shares_memory(dataset.stored.data, sparse.data)
    with pytest.raises(ValueError, match="read-only"):
        dataset.stored.data[0] = 1
    sparse.data[0] = 5
    assert dataset.brightest == 5


@pytest.mark.parametrize("kind", [csr_array, csr_matrix, csc_array, coo_array])
@pytest.mark.parametrize("dtype", [bool, np.uint8, np.int64, np.float32, np.float64])
def test_sparse_numbers_of_any_kind_are_taken_as_they_are(kind: Any, dtype: type) -> None:
    numbers: NDArray[Any] = np.array([[0, 1, 0], [1, 0, 1], [0, 0, 0]], dtype=dtype)
    dataset = Dataset.from_array(kind(numbers))
    assert dataset.n_stored_numbers == 3
    assert (dataset.sample_shape, dataset.brightest, dataset.has_zeros) == ((1, 3), 1, True)
    assert dataset.matrix.dtype == np.float32
    np.testing.assert_array_equal(sparse(dataset.matrix).toarray(), numbers)
    np.testing.assert_array_equal(sparse(dataset.rows(1, 3)).toarray(), numbers[1:])
    np.testing.assert_array_equal(dataset.sample_image(1), numbers[1:2])
    few = dataset.subset(2, np.random.default_rng(0))
    assert few.stored.shape == (2, 3)


def test_sparse_numbers_that_lie_twice_in_a_place_are_added_and_the_callers_are_not_touched() -> None:
    twice = csr_array((np.ones(3), np.array([0, 0, 1]), np.array([0, 2, 3])), shape=(2, 2))
    dataset = Dataset.from_array(twice)
    np.testing.assert_array_equal(sparse(dataset.matrix).toarray(), [[2, 0], [0, 1]])
    assert dataset.n_stored_numbers == 2
    assert twice.data.tolist() == [1, 1, 1]


@pytest.mark.parametrize("wrap", [np.asarray, csr_array])
def test_zeros_are_noticed_stored_or_not(wrap: Any) -> None:
    full = np.ones((2, 3))
    assert not Dataset.from_array(wrap(full)).has_zeros
    stored_zero = csr_array(full)
    stored_zero.data[2] = 0
    assert Dataset.from_array(wrap(stored_zero.toarray())).has_zeros
    assert Dataset.from_array(stored_zero).has_zeros


@pytest.mark.filterwarnings("ignore:the matrix subclass")
def test_matrices_and_arrays_without_a_masked_value_are_plain_arrays_here() -> None:
    for odd in (np.matrix([[1.0, 2.0]]), np.ma.masked_less([[1.0, 2.0]], 0.5)):
        dataset = Dataset.from_array(odd)
        assert type(dataset.stored) is np.ndarray
        np.testing.assert_array_equal(dataset.matrix, [[1, 2]])


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float64])
def test_rows_of_other_kinds_become_float32(dtype: type) -> None:
    dataset = Dataset(np.array([[0, 51], [102, 255]], dtype=dtype), (1, 2), ("a", "b"), white=255.0)
    assert dataset.rows(0, 2).dtype == np.float32
    np.testing.assert_allclose(dense(dataset.rows(0, 2)), [[0, 0.2], [0.4, 1]], rtol=1e-6)
    assert dataset.brightest == 1


def test_a_stack_of_pictures_keeps_their_shape() -> None:
    dataset = Dataset.from_array(noise(3, 4, 5))
    assert dataset.sample_shape == (4, 5)
    np.testing.assert_array_equal(dataset.sample_image(2), noise(3, 4, 5)[2])


@pytest.mark.parametrize(
    ("array", "reason"),
    [
        ([1.0, 2.0], "shape \\(2,\\)"),
        (np.zeros((2, 2, 2, 3)), "shape \\(2, 2, 2, 3\\)"),
        (3.0, "shape \\(\\)"),
        ([[1 + 2j, 0]], "complex"),
        ([["a", "b"]], "<U1"),
        (np.array([[None, 1]], dtype=object), "object"),
        ([[1.0, 2.0], [3.0]], "do not form an array"),
        (np.zeros((0, 3)), "empty"),
        (np.zeros((3, 0)), "empty"),
        (np.zeros((0, 3, 4)), "empty"),
        ([[1e300, 0.0]], "not finite"),
        ([[0.0, -1.0]], "negative"),
        (csr_array([[0.0, -1.0]]), "negative"),
        (csr_array([[0.0, np.nan]]), "not finite"),
        (csr_array([[0.0, 1e300]]), "not finite"),
        (csr_array([[1j, 0]]), "complex"),
        (csr_array((0, 3)), "empty"),
    ],
)
def test_an_array_that_cannot_be_used_is_refused_with_the_reason(array: Any, reason: str) -> None:
    with pytest.raises(DataError, match=reason):
        Dataset.from_array(array)


def test_sizes_are_written_as_width_times_height() -> None:
    assert size_text((13, 8)) == size_text((13, 8, 3)) == "8 x 13"


@pytest.mark.parametrize("name", [known.path.name for known in SAMPLE_SETS])
def test_all_sample_sets_are_mostly_black(name: str) -> None:
    assert load(sample_images() / name).is_mostly_black


@pytest.mark.parametrize("wrap", [np.asarray, csr_array])
@pytest.mark.parametrize(("share", "expected"), [(0.45, True), (0.35, False)])
def test_a_set_is_mostly_black_by_the_share_of_its_dark_values(
    wrap: Callable[[NDArray[np.float64]], Any],
    share: float,
    expected: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    values = np.full((6, 100), 0.5)
    values[:, : round(share * 100)] = 0.009  # below 2 % of the brightest
    values[:, 0] = 0
    values[0, -1] = 1
    assert Dataset.from_array(wrap(values)).is_mostly_black is expected


def test_black_values_are_counted_all_over_a_large_set() -> None:
    values = np.zeros((1000, 3000), dtype=np.uint8)
    values[:700] = 255
    assert not Dataset.from_array(values).is_mostly_black
    values[:] = 0
    values[:, 2000:] = 255
    assert Dataset.from_array(values).is_mostly_black
    values = np.full((2, 1_000_000), 255, dtype=np.uint8)
    assert not Dataset.from_array(values).is_mostly_black
    values[:, 500_000:] = 0
    assert Dataset.from_array(values).is_mostly_black

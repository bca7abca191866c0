"""The axis that counts the images of an array is guessed with a reason, shown, and can be turned."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.io import savemat

from nmf_explorer.dataset.load import load
from nmf_explorer.dataset.load_report import AxisChoice
from nmf_explorer.errors import SourceError
from tests.dataset.archives import COMPRESSORS
from tests.dataset.array_kinds import dense
from tests.dataset.images import noise

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray


def smooth(n: int, height: int, width: int) -> NDArray[np.uint8]:
    """Return images whose neighbouring pixels are alike, and which differ from one another."""
    rng = np.random.default_rng(0)
    rows, columns = np.mgrid[:height, :width]
    phases = rng.random((n, 2, 1, 1)) * 2 * np.pi
    waves = np.sin(rows / 9 + phases[:, 0]) + np.sin(columns / 9 + phases[:, 1])
    return np.asarray(64 * (waves + 2), np.uint8)


def write_npy(path: Path, array: NDArray[Any]) -> Path:
    """Write a .npy file."""
    np.save(path / "a.npy", array)
    return path / "a.npy"


def write_packed(path: Path, array: NDArray[Any]) -> Path:
    """Write a gzipped .npy file."""
    written = io.BytesIO()
    np.save(written, array)
    (path / "a.npy.gz").write_bytes(COMPRESSORS[".gz"](written.getvalue()))
    return path / "a.npy.gz"


def write_npz(path: Path, array: NDArray[Any]) -> Path:
    """Write a .npz file."""
    np.savez_compressed(path / "a.npz", x=array)
    return path / "a.npz"


def write_mat(path: Path, array: NDArray[Any]) -> Path:
    """Write a MATLAB file."""
    savemat(path / "a.mat", {"x": array}, do_compression=True)
    return path / "a.mat"


WRITERS = [write_npy, write_packed, write_npz, write_mat]


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("order", ["C", "F"])
def test_images_are_found_along_any_axis_by_their_smoothness(
    tmp_path: Path, write: Callable[[Path, NDArray[Any]], Path], axis: int, order: Any
) -> None:
    images = smooth(20, 24, 32)
    dataset = load(write(tmp_path, np.asarray(np.moveaxis(images, 0, axis), order=order)))
    np.testing.assert_array_equal(dataset.stored, images.reshape(20, -1))
    assert dataset.sample_shape == (24, 32)
    (advice,) = [a for a in dataset.report.advice if "neighbouring numbers differ most" in a.message]
    assert f"axis {axis} counts them" in advice.message
    assert "20 images of 32 x 24 pixels" in advice.message
    assert dataset.report.samples_axes[0] == AxisChoice(axis, 20, 24, 32)
    assert {way.axis for way in dataset.report.samples_axes} == {0, 1, 2}
    assert {"samples_axis"} == dataset.report.relevant_options & {"samples_axis", "samples_in", "array"}


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("axis", [0, 1, 2])
def test_a_stack_can_be_turned(tmp_path: Path, write: Callable[[Path, NDArray[Any]], Path], axis: int) -> None:
    array = noise(12, 14, 10)
    path = write(tmp_path, array)
    turned = np.moveaxis(array, axis, 0)
    dataset = load(path, samples_axis=axis)
    np.testing.assert_array_equal(dataset.stored, turned.reshape(len(turned), -1))
    assert dataset.sample_shape == turned.shape[1:]
    assert not any("counts them" in note for note in dataset.notes)
    assert dataset.report.samples_axes[0] == AxisChoice(axis, *turned.shape)
    with pytest.raises(SourceError, match="3 axes, 0 to 2; axis 3 cannot count"):
        load(path, samples_axis=3)


def test_noise_is_read_as_is_usual_and_the_report_offers_to_turn_it(tmp_path: Path) -> None:
    array = noise(12, 14, 10)
    dataset = load(write_npy(tmp_path, array))
    assert dataset.sample_shape == (14, 10)
    (advice,) = [a for a in dataset.report.advice if "counts them" in a.message]
    assert advice.message == (
        "An array of 12 x 14 x 10 numbers was read as 12 images of 10 x 14 pixels: "
        "axis 0 counts them in most such files."
    )
    assert advice.action == "Let axis 2 count them"
    assert load(tmp_path / "a.npy", **advice.changes).sample_shape == (12, 14)
    assert load(write_mat(tmp_path, array)).sample_shape == (12, 14)


@pytest.mark.parametrize(
    ("shape", "axis", "reason"),
    [
        ((10, 10, 7), 2, "makes them square"),
        ((7, 10, 10), 0, "makes them square"),
        ((10, 7, 10), 0, "in most such files"),
        ((9, 9, 9), 0, "in most such files"),
        ((12, 11, 45), 2, "narrow strips"),
        ((12, 11, 44), 0, "in most such files"),
        ((2, 3, 50), 2, "narrow strips"),
        ((2, 9, 50), 0, "in most such files"),
    ],
)
def test_lengths_decide_where_smoothness_does_not(
    tmp_path: Path, shape: tuple[int, ...], axis: int, reason: str
) -> None:
    dataset = load(write_npy(tmp_path, noise(*shape)))
    (message,) = [a.message for a in dataset.report.advice if "counts them" in a.message]
    assert f"axis {axis} counts them" in message
    assert reason in message


def test_a_film_is_not_turned_though_its_frames_are_alike(tmp_path: Path) -> None:
    rows, columns = np.mgrid[:48, :64]
    film = np.stack([100 + 90 * np.sin((columns + t / 2) / 6) * np.cos((rows - t / 3) / 7) for t in range(40)])
    assert load(write_npy(tmp_path, film.astype(np.uint8))).sample_shape == (48, 64)


@pytest.mark.parametrize(
    ("order", "axis"),
    [((0, 1, 2, 3), 0), ((0, 3, 1, 2), 0), ((1, 2, 3, 0), 3), ((3, 1, 2, 0), 3), ((1, 2, 0, 3), 2), ((3, 0, 1, 2), 1)],
)
@pytest.mark.parametrize("write", WRITERS)
def test_colours_may_be_the_first_or_the_last_axis(
    tmp_path: Path, write: Callable[[Path, NDArray[Any]], Path], order: tuple[int, ...], axis: int
) -> None:
    images = np.stack([smooth(20, 24, 32), smooth(20, 24, 32) // 2, smooth(20, 24, 32) // 3], axis=-1)
    path = write(tmp_path, images.transpose(order))
    for given in ({}, {"samples_axis": axis}):
        dataset = load(path, colour=True, **given)  # type: ignore[arg-type]
        assert dataset.report.samples_axes[0] == AxisChoice(axis, 20, 24, 32)
        np.testing.assert_array_equal(dataset.stored, images.reshape(20, -1))
    without_colours = next(i for i, source in enumerate(order) if source == 3)
    with pytest.raises(SourceError, match="no other can be that of colours"):
        load(path, samples_axis=without_colours)


def test_one_grey_channel_is_dropped_wherever_it_is(tmp_path: Path) -> None:
    images = smooth(20, 24, 32)
    for shape in ((20, 24, 32, 1), (20, 1, 24, 32), (1, 20, 24, 32)):
        dataset = load(write_npy(tmp_path, images.reshape(shape)))
        np.testing.assert_array_equal(dataset.stored, images.reshape(20, -1))


def test_as_many_labels_as_an_axis_is_long_decide(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x=noise(12, 14, 10), y=np.arange(10.0))
    dataset = load(tmp_path / "a.npz")
    assert dataset.sample_shape == (12, 14)
    assert dataset.labels == tuple(map(str, range(10)))
    assert any("axis 2 counts them, since there are as many labels" in note for note in dataset.notes)


def test_black_first_rows_are_no_evidence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nmf_explorer.dataset.readers.arrays.npz_file._COMPARED_BYTES", 1)
    images = smooth(20, 24, 32)
    images[:, :5] = 0
    dataset = load(write_npz(tmp_path, np.moveaxis(images, 0, -1)))
    np.testing.assert_array_equal(dataset.stored, images.reshape(20, -1))


def test_the_columns_of_a_table_are_its_second_axis(tmp_path: Path) -> None:
    table = noise(12, 6)
    path = write_npy(tmp_path, table)
    np.testing.assert_array_equal(load(path, samples_axis=1).stored, table.T)
    np.testing.assert_array_equal(load(path, samples_axis=0).stored, table)
    with pytest.raises(SourceError, match="2 axes, 0 to 1; axis 2 cannot count"):
        load(path, samples_axis=2)


def test_an_idx_file_counts_along_its_first_axis_unless_another_is_chosen(tmp_path: Path) -> None:
    images = noise(5, 8, 3)
    head = b"\0\0\x08\x03" + b"".join(n.to_bytes(4, "big") for n in images.shape)
    (tmp_path / "a.idx").write_bytes(head + images.tobytes())
    assert load(tmp_path / "a.idx").sample_shape == (8, 3)
    turned = load(tmp_path / "a.idx", samples_axis=2)
    np.testing.assert_array_equal(dense(turned.stored).reshape(3, 5, 8), np.moveaxis(images, 2, 0))

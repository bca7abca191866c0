"""Many files become one dataset: sizes, depths, colours, and one outcome for every file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

import nmf_explorer as nx
from nmf_explorer.dataset.loading import target_size
from nmf_explorer.errors import Cancelled, SourceError
from nmf_explorer.resource_files import sample_images
from tests.dataset.array_kinds import dense
from tests.dataset.images import noise, write_image

if TYPE_CHECKING:
    from pathlib import Path

    from nmf_explorer.dataset.loading.load_progress import LoadProgress


def grey(path: Path, value: int, size: tuple[int, int] = (4, 3), mark: int = 0) -> Path:
    """Write a PNG of one value with one other pixel; `size` is (width, height)."""
    image = Image.new("L", size, value)
    image.putpixel((0, 0), mark)
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)
    return path


def test_a_folder_becomes_a_matrix_in_natural_order(tmp_path: Path) -> None:
    for i in (10, 2, 1):
        grey(tmp_path / "set" / f"image {i}.png", 10 * i)
    grey(tmp_path / "set" / "inner" / "image 1.png", 200)
    dataset = nx.load(tmp_path / "set")
    assert dataset.sample_names == ("image 1.png", "image 2.png", "image 10.png", "inner/image 1.png")
    assert dense(dataset.matrix)[:, 1].tolist() == pytest.approx([10 / 255, 20 / 255, 100 / 255, 200 / 255])
    assert (dataset.name, dataset.sample_shape, dataset.stored.dtype) == ("set", (3, 4), np.dtype(np.uint8))
    assert dataset.skipped == ()
    assert dataset.notes == ()


def test_other_sizes_are_resized_to_the_most_frequent_and_that_is_reported(tmp_path: Path) -> None:
    for i in range(3):
        grey(tmp_path / f"{i}.png", 100)
    grey(tmp_path / "large.png", 50, (8, 8), 50)
    dataset = nx.load(tmp_path)
    assert dataset.sample_shape == (3, 4)
    assert dense(dataset.matrix)[3].tolist() == pytest.approx([50 / 255] * 12)
    assert any("1 of 4 images had another size and were resized to 4 x 3 pixels" in note for note in dataset.notes)


@pytest.mark.parametrize(("size", "shape"), [(6, (6, 6)), ((2, 5), (2, 5))])
def test_a_size_can_be_requested(tmp_path: Path, size: int | tuple[int, int], shape: tuple[int, int]) -> None:
    grey(tmp_path / "a.png", 100)
    grey(tmp_path / "b.png", 200)
    assert nx.load(tmp_path, size=size).sample_shape == shape


def test_colours_are_kept_on_request(tmp_path: Path) -> None:
    for i in range(2):
        Image.new("RGB", (4, 3), (255, 128, 0)).save(tmp_path / f"{i}.png")
    dataset = nx.load(tmp_path, colour=True)
    assert dataset.sample_shape == (3, 4, 3)
    assert dataset.sample_image(0)[0, 0].tolist() == pytest.approx([1, 128 / 255, 0])
    assert nx.load(tmp_path).sample_shape == (3, 4)


@pytest.mark.parametrize("deep_first", [True, False])
def test_eight_bit_and_finer_pictures_share_one_scale(tmp_path: Path, deep_first: bool) -> None:  # noqa: FBT001 - a parameter of the test
    Image.fromarray(np.full((3, 4), 32768, dtype=np.uint16)).save(tmp_path / ("a.png" if deep_first else "c.png"))
    grey(tmp_path / "b.png", 51, mark=51)
    dataset = nx.load(tmp_path)
    values = sorted(dense(dataset.matrix)[:, 0].tolist())
    assert values == pytest.approx([0.2, 32768 / 65535])
    assert dataset.white == 65535


def test_sets_too_large_for_memory_are_reduced_and_that_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(target_size, "MAX_VALUES", 60)
    for i in range(3):
        grey(tmp_path / f"{i}.png", 100, (10, 8))
    dataset = nx.load(tmp_path)
    assert dataset.n_samples * dataset.n_features <= 60
    assert any("10 x 8 pixels were reduced to 5 x 4" in note for note in dataset.notes)


def test_a_set_that_no_memory_can_hold_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(*_given: object, **_more: object) -> None:
        raise MemoryError

    for i in range(2):
        grey(tmp_path / f"{i}.png", 100)
    monkeypatch.setattr(np, "zeros", no_memory)
    with pytest.raises(SourceError, match="neither memory nor disk has as much"):
        nx.load(tmp_path)


def test_the_programs_own_sets_need_no_notes() -> None:
    assert nx.load(sample_images() / "led_digits").notes == ()


def test_omitted_frames_and_uniform_images_are_reported(tmp_path: Path) -> None:
    frames = [Image.new("L", (4, 3), value) for value in (0, 90)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    grey(tmp_path / "b.png", 100)
    notes = " ".join(nx.load(tmp_path).notes)
    assert "1 of 2 images have several frames; the first one was taken" in notes
    assert "1 of 2 images show nothing" in notes
    assert "a.gif" in notes


def test_an_array_file_gives_many_samples_with_numbers(tmp_path: Path) -> None:
    np.save(tmp_path / "digits.npy", np.arange(24, dtype=np.uint8).reshape(2, 3, 4))
    dataset = nx.load(tmp_path / "digits.npy")
    assert dataset.sample_names == ("digits 1", "digits 2")
    assert dataset.sample_shape == (3, 4)


def test_files_that_cannot_be_used_are_listed_with_reasons(tmp_path: Path) -> None:
    for i in range(2):
        grey(tmp_path / f"{i}.png", 100)
    whole = write_image(tmp_path / "half.png", noise(3, 4)).read_bytes()
    (tmp_path / "half.png").write_bytes(whole[: len(whole) - 30])
    (tmp_path / "notes.txt").write_text("no image")
    skipped = {row.path.name: row.reason for row in nx.load(tmp_path).skipped}
    assert set(skipped) == {"half.png", "notes.txt"}
    assert "damaged" in skipped["half.png"]
    assert "not a picture" in skipped["notes.txt"]


def test_fewer_than_two_images_is_a_clear_error(tmp_path: Path) -> None:
    grey(tmp_path / "set" / "only.png", 100)
    (tmp_path / "set" / "notes.txt").write_text("no image")
    with pytest.raises(
        SourceError, match=r"“set”: 1; at least 2 are needed.*Skipped files: 1\. notes\.txt: not a picture"
    ):
        nx.load(tmp_path / "set")


def test_images_that_break_while_being_decoded_count_as_missing(tmp_path: Path) -> None:
    whole = write_image(tmp_path / "a.png", noise(3, 4)).read_bytes()
    (tmp_path / "b.png").write_bytes(whole[: len(whole) - 30])
    with pytest.raises(SourceError, match=r"b\.png: damaged"):
        nx.load(tmp_path)


def test_an_empty_folder_and_an_empty_list(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"0; at least 2 are needed"):
        nx.load(tmp_path)
    with pytest.raises(SourceError, match="list of files and folders is empty"):
        nx.load([])


def test_several_sources_are_named_after_their_folder(tmp_path: Path) -> None:
    one, two = grey(tmp_path / "mine" / "a.png", 100), grey(tmp_path / "mine" / "b.png", 100)
    assert nx.load([one, str(two)]).name == "mine"


def test_progress_counts_every_image(tmp_path: Path) -> None:
    for i in range(3):
        grey(tmp_path / f"{i}.png", 100)
    reports: list[LoadProgress] = []
    nx.load(tmp_path, on_progress=reports.append)
    assert reports[-1][:2] == (3, 3)


def test_loading_stops_on_request_at_every_check(tmp_path: Path) -> None:
    for i in range(3):
        grey(tmp_path / f"{i}.png", 100)
    for n_answers in range(1000):
        answers = iter([False] * n_answers)
        try:
            dataset = nx.load(tmp_path, should_stop=lambda answers=answers: next(answers, True))  # type: ignore[misc]
        except Cancelled:
            continue
        assert dataset.n_samples == 3
        assert n_answers >= 4  # while files are listed, measured, read and inspected
        return
    pytest.fail("loading never ends")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents=st.lists(st.binary(max_size=60), min_size=1, max_size=4), cut=st.integers(1, 70))
def test_every_file_has_exactly_one_outcome(
    tmp_path_factory: pytest.TempPathFactory, contents: list[bytes], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for i in range(2):
        grey(folder / f"good {i}.png", 100)
    whole = (folder / "good 0.png").read_bytes()
    for i, content in enumerate([*contents, whole[:-cut], b"\x93NUMPY" + contents[0]]):
        (folder / f"file {i}").write_bytes(content)
    dataset = nx.load(folder)
    loaded, skipped = set(dataset.sample_names), {row.path.name for row in dataset.skipped}
    assert loaded | skipped == {file.name for file in folder.iterdir()}
    assert not loaded & skipped

"""Advice on a set: each piece appears from its limit on and not before, and only what matters can be chosen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pytest

from nmf_explorer.dataset.load_options import LoadOptions
from nmf_explorer.dataset.loading import target_size
from nmf_explorer.dataset.loading.advice import LoadContext, give_advice, relevant_options
from nmf_explorer.dataset.loading.data_quality import DataQuality
from nmf_explorer.dataset.loading.finalize import _choose_white
from nmf_explorer.dataset.loading.target_size import choose_target_format, reduction_advice
from nmf_explorer.dataset.readers.images.resizing import reduce_size
from nmf_explorer.dataset.readers.samples.file_samples import FileInfo
from nmf_explorer.dataset.readers.samples.target_format import TargetFormat

if TYPE_CHECKING:
    from nmf_explorer.dataset.load_report import Advice

NONE = np.array([], dtype=np.intp)
FINE = DataQuality(200.0, NONE, NONE, NONE, NONE, has_bright_background=False)
PLAIN = FileInfo(1, 4, 5)


def context(*infos: FileInfo, quality: DataQuality | None = FINE, **changes: Any) -> LoadContext:
    """Make what is known about a set of 10 images of 4 x 5 pixels that needs no advice, unless something differs."""
    options = LoadOptions()
    files = [PLAIN, *infos]
    sizes = Counter({(4, 5): 10})
    target = TargetFormat(4, 5, (4, 5), options)
    names = [f"{i}.png" for i in range(10)]
    plain = LoadContext(options, target, files, sizes, names, quality, white=255.0, is_16_bit=False)
    return plain._replace(**changes)


def texts(advice: tuple[Advice, ...]) -> list[str]:
    """Give the texts."""
    return [str(entry.message) for entry in advice]


def test_a_usual_set_gets_no_advice_and_offers_no_choice() -> None:
    assert give_advice(context()) == ()
    assert relevant_options(context()) == frozenset()
    assert give_advice(context(quality=None)) == ()


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        (PLAIN._replace(is_colour=True), {"colour"}),
        (PLAIN._replace(has_alpha=True), {"background"}),
        (PLAIN._replace(depth="float"), {"white"}),
        (PLAIN._replace(depth="16-bit"), set()),
        (PLAIN._replace(n_frames=2), {"frames"}),
        (PLAIN._replace(is_table=True), {"samples_in", "table_size", "transpose"}),
        (PLAIN._replace(is_table=True, depth="float"), {"samples_in", "table_size", "transpose"}),
    ],
)
def test_a_file_decides_which_options_matter(info: FileInfo, expected: set[str]) -> None:
    assert relevant_options(context(info)) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (LoadOptions(size=(4, 5)), {"size"}),
        (LoadOptions(resize="fit"), {"background"}),
        (LoadOptions(resize="stretch"), set()),
        (LoadOptions(invert=True), {"invert"}),
        (LoadOptions(white="maximum"), {"white"}),
        (LoadOptions(transpose=True), {"transpose"}),
    ],
)
def test_what_was_requested_can_be_changed_again(options: LoadOptions, expected: set[str]) -> None:
    assert relevant_options(context(requested=options)) == expected


def test_what_else_makes_an_option_matter() -> None:
    assert relevant_options(context(is_16_bit=True)) == {"white"}
    assert relevant_options(context(sizes=Counter({(4, 5): 9, (4, 6): 1}))) == {"size", "resize"}
    assert relevant_options(context(target=TargetFormat(4, 5, (8, 10), LoadOptions()))) == {"size"}
    tiled = LoadOptions(tile_size=(4, 5))
    assert relevant_options(context(target=TargetFormat(4, 5, None, tiled))) == {"tile_size", "tile_step"}
    assert relevant_options(context(quality=FINE._replace(has_bright_background=True))) == {"invert"}


def test_inverting_is_advised_once() -> None:
    bright = FINE._replace(has_bright_background=True)
    (advice,) = give_advice(context(quality=bright))
    assert advice.changes == {"invert": True}
    assert give_advice(context(quality=bright, requested=LoadOptions(invert=True))) == ()


def test_other_sizes_are_counted() -> None:
    (advice,) = give_advice(context(sizes=Counter({(4, 5): 8, (4, 6): 1, (9, 9): 2})))
    assert advice.message == "3 of 11 images had another size and were resized to 5 x 4 pixels."
    assert advice.changes == {"resize": "leave out"}


@pytest.mark.parametrize(
    ("white", "is_16_bit", "chosen", "is_advised"),
    [
        (4080.0, True, "auto", True),
        (65534.0, True, "auto", True),
        (65535.0, True, "auto", False),
        (4080.0, False, "auto", False),
        (4080.0, True, "maximum", False),
    ],
)
def test_a_low_white_of_16_bits_is_reported(white: float, *, is_16_bit: bool, chosen: str, is_advised: bool) -> None:
    requested = LoadOptions.from_mapping({"white": chosen})
    advice = give_advice(context(white=white, is_16_bit=is_16_bit, requested=requested))
    assert [entry.changes for entry in advice] == ([{"white": 65535.0}] if is_advised else [])


@pytest.mark.parametrize(("highest", "expected"), [(0.0, 65535.0), (1.0, 1.0), (16383.0, 16383.0), (16384.0, 65535.0)])
def test_up_to_14_bits_in_16_the_highest_value_is_white(highest: float, expected: float) -> None:
    assert _choose_white(LoadOptions(), 65535.0, highest, is_16_bit=True) == expected
    assert _choose_white(LoadOptions(), 65535.0, highest, is_16_bit=False) == 65535.0


def test_files_whose_frames_were_left_out_are_counted() -> None:
    film = PLAIN._replace(n_frames=2)
    taken = PLAIN._replace(n_frames=2, n_samples=2)
    assert give_advice(context(taken)) == ()
    (advice,) = give_advice(context(film, film, taken))
    assert advice.message == "2 of 10 images have several frames; the first one was taken."
    assert advice.changes == {"frames": "all"}
    tiled = TargetFormat(4, 5, None, LoadOptions(tile_size=(4, 5)))
    assert give_advice(context(film, target=tiled)) == ()


BLACK_TEXT = "{} of 20 pixels are black in every image; no part contains them."
FLOOR_TEXT = "{} of 20 pixels are the same in every image, but not black; the parts add up to them in each."


@pytest.mark.parametrize(("n_constant", "is_advised"), [(0, False), (1, False), (2, True), (20, True)])
@pytest.mark.parametrize(("value", "text"), [(0, BLACK_TEXT), (1, FLOOR_TEXT), (200, FLOOR_TEXT)])
def test_constant_pixels_are_reported_from_a_tenth_on(
    n_constant: int, value: int, text: str, *, is_advised: bool
) -> None:
    advice = give_advice(context(quality=FINE._replace(constant_values=np.full(n_constant, value))))
    assert texts(advice) == ([text.format(n_constant)] if is_advised else [])


def test_constant_pixels_that_are_black_are_told_from_others() -> None:
    quality = FINE._replace(constant_values=np.array([0, 0, 100, 0, 7]))
    assert texts(give_advice(context(quality=quality))) == [BLACK_TEXT.format(3), FLOOR_TEXT.format(2)]
    inverted = context(quality=quality, black=100.0)
    assert texts(give_advice(inverted)) == [FLOOR_TEXT.format(4)]


@pytest.mark.parametrize(("background", "value", "other"), [("white", 200, "black"), ("black", 0, "white")])
def test_drawings_that_are_lost_in_what_is_behind_them_name_the_background(
    background: Literal["white", "black"], value: int, other: str
) -> None:
    quality = FINE._replace(uniform=np.arange(9), uniform_values=np.full(9, value))
    see_through, requested = PLAIN._replace(has_alpha=True), LoadOptions(background=background)
    advice = give_advice(context(see_through, quality=quality, requested=requested))
    assert texts(advice) == [
        f"9 of 10 images show nothing: they are {background}, and so is what is put behind transparent pixels."
    ]
    assert (str(advice[0].action), advice[0].changes) == (f"Put {other} behind", {"background": other})


def test_uniform_images_of_other_values_are_counted_beside_the_lost_ones() -> None:
    quality = FINE._replace(uniform=np.array([1, 2, 7]), uniform_values=np.array([200, 30, 200]))
    lost, plain = texts(give_advice(context(PLAIN._replace(has_alpha=True), quality=quality)))
    assert lost.startswith("2 of 10 images show nothing: they are white")
    assert plain.startswith("1 of 10 images show nothing, every pixel is the same")
    assert len(give_advice(context(quality=quality))) == 1


def test_uniform_images_and_duplicates_are_counted_and_the_first_is_named() -> None:
    quality = FINE._replace(uniform=np.array([3, 5]), duplicates=np.array([2, 4, 8]))
    assert texts(give_advice(context(quality=quality))) == [
        "2 of 10 images show nothing, every pixel is the same (the first is “3.png”).",
        "3 of 10 images are the same as one before them (the first is “2.png”).",
    ]


@pytest.mark.parametrize(("n_uniform", "n_messages"), [(9, 2), (10, 1)])
def test_pixels_are_no_topic_where_no_image_shows_anything(n_uniform: int, n_messages: int) -> None:
    quality = FINE._replace(uniform=np.arange(n_uniform), constant_values=np.zeros(20))
    assert len(give_advice(context(quality=quality))) == n_messages


def test_advice_comes_most_important_first() -> None:
    quality = DataQuality(200.0, np.array([1]), np.array([9]), np.zeros(5), np.array([2]), has_bright_background=True)
    film = PLAIN._replace(n_frames=2)
    target = TargetFormat(221, 295, (300, 400), LoadOptions())
    everything = context(film, quality=quality, target=target, white=4080.0, is_16_bit=True)
    everything = everything._replace(target=target, sizes=Counter({(300, 400): 9, (4, 6): 1}))
    advice = give_advice(everything)
    changes = [{"invert": True}, {"size": (300, 400)}, {"resize": "leave out"}, {"white": 65535.0}, {"frames": "all"}]
    assert [entry.changes for entry in advice] == [*changes, {}, {}]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((256, 256), (256, 256)),
        ((256, 257), (255, 256)),
        ((1, 65537), (1, 65536)),
        ((300, 400), (221, 295)),
        ((1, 300), (1, 300)),
        ((65537, 1), (65536, 1)),
    ],
)
def test_images_are_reduced_only_above_256_times_256_pixels(size: tuple[int, int], expected: tuple[int, int]) -> None:
    target = choose_target_format([FileInfo(1, *size)], 1, LoadOptions())
    assert (target.height, target.width) == expected
    assert bool(reduction_advice(target)) is (size != expected)
    assert choose_target_format([FileInfo(1, *size, is_table=True)], 1, LoadOptions())[:2] == size


def test_a_set_is_reduced_only_above_the_limit_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(target_size, "MAX_VALUES", 10 * 20)
    infos = [FileInfo(1, 4, 5)]
    assert choose_target_format(infos, 10, LoadOptions())[:2] == (4, 5)
    reduced = choose_target_format(infos, 11, LoadOptions())
    assert reduced[:2] == reduce_size((4, 5), 200 / 11) == (3, 4)
    (advice,) = reduction_advice(reduced)
    assert advice.action is None
    assert choose_target_format(infos, 3, LoadOptions(colour=True))[:2] == (4, 5)
    assert choose_target_format(infos, 4, LoadOptions(colour=True))[:2] != (4, 5)
    assert choose_target_format([], 0, LoadOptions())[:2] == (1, 1)


def test_the_limit_of_memory_is_2_gb_of_floats() -> None:
    n_largest = 512 * 1024**2 // 65536
    infos = [FileInfo(1, 256, 256)]
    assert choose_target_format(infos, n_largest, LoadOptions())[:2] == (256, 256)
    assert choose_target_format(infos, n_largest + 1, LoadOptions())[:2] != (256, 256)


VIVID, GREY = FileInfo(1, 4, 5, is_colour=True, is_vivid=True), FileInfo(1, 4, 5)
PALE = VIVID._replace(is_vivid=False)


@pytest.mark.parametrize(
    ("infos", "is_advised"),
    [
        ((VIVID, VIVID, PALE, PALE), True),
        ((VIVID, PALE, PALE, PALE), False),
        ((VIVID,), True),
        ((VIVID, VIVID, GREY, GREY), True),
        ((VIVID, VIVID, GREY, GREY, GREY), False),
        ((PALE, PALE), False),
        ((), False),
    ],
)
def test_colour_is_offered_where_it_is_seen(infos: tuple[FileInfo, ...], *, is_advised: bool) -> None:
    advice = give_advice(context(file_infos=list(infos)))
    expected = [{"colour": True}] if is_advised else []
    assert [entry.changes for entry in advice if "colour" in entry.changes] == expected
    in_colour = give_advice(context(file_infos=list(infos), requested=LoadOptions(colour=True)))
    assert not [entry for entry in in_colour if "colour" in entry.changes]

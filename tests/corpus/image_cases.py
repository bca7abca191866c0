"""Image files of many depths, byte orders and layouts, three of a kind in a folder."""

from __future__ import annotations

import io
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from tests.corpus.case import Case, random_values
from tests.corpus.image_writers import ByteOrder, Page, png, tiff

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

_SHAPE = (7, 6)
_GREY = np.array([0.299, 0.587, 0.114])  # ITU-R BT.601, the weights of luma
_ORDERS: tuple[ByteOrder, ...] = ("<", ">")
_NAMES = ("1", "2", "3")
_ANIMATIONS: dict[str, dict[str, Any]] = {
    "gif": {"format": "GIF"},
    "png": {"format": "PNG"},
    "webp": {"format": "WEBP", "lossless": True},
}


def image_cases() -> Iterator[Case]:
    """Return all cases of image files."""
    yield from _png_cases()
    yield from _png_channel_cases()
    yield from _png_palette_and_narrow_cases()
    yield from _tiff_grey_cases()
    yield from _tiff_colour_cases()
    yield from _pillow_cases()
    yield from _netpbm_cases()
    yield from _multi_page_cases()


def _case(name: str, values: NDArray[Any], write: Callable[[NDArray[Any]], bytes], **fields: Any) -> Case:
    """Return a case of three images; their numbers are the values unless given."""
    files = {number: write(image) for number, image in zip(_NAMES, values, strict=True)}
    numbers = fields.pop("numbers", values)
    return Case(name=name, files=files, numbers=np.reshape(numbers, (3, -1)), is_scaled=True, **fields)


def _three(name: str, highest: int, n_channels: int = 0) -> NDArray[np.int64]:
    return random_values(name, (3, *_SHAPE, *((n_channels,) if n_channels else ())), highest)


def _png_cases() -> Iterator[Case]:
    for bits in (1, 2, 4, 8, 16):
        name = f"png grey {bits} bits"
        yield _case(name, _three(name, 2**bits - 1), partial(png, bits=bits))
        name = f"png grey {bits} bits, one value transparent"
        values = _three(name, 2**bits - 1)
        on_white = np.where(values == 1, 2**bits - 1, values)
        yield _case(name, values, partial(png, bits=bits, transparent=[1]), numbers=on_white)


def _png_channel_cases() -> Iterator[Case]:
    for bits in (8, 16):
        highest = 2**bits - 1
        name = f"png colour {bits} bits"
        values = _three(name, highest, 3)
        yield _case(f"{name}, as colour", values, partial(png, bits=bits), options={"colour": True})
        yield _case(f"{name}, as grey", values, partial(png, bits=bits), numbers=values @ _GREY, tolerance=0.005)
        name = f"png grey and alpha {bits} bits"
        values = _three(name, highest, 2)
        alpha = values[..., 1] / highest
        on_white = values[..., 0] * alpha + highest * (1 - alpha)
        yield _case(name, values, partial(png, bits=bits), numbers=on_white, tolerance=0.006)
        yield _case(
            f"{name}, on black",
            values,
            partial(png, bits=bits),
            numbers=values[..., 0] * alpha,
            tolerance=0.006,
            options={"background": "black"},
        )
        name = f"png colour and alpha {bits} bits"
        values = _three(name, highest, 4)
        alpha = values[..., 3:] / highest
        on_white = values[..., :3] * alpha + highest * (1 - alpha)
        yield _case(name, values, partial(png, bits=bits), numbers=on_white, tolerance=0.006, options={"colour": True})
        name = f"png colour {bits} bits, one colour transparent"
        values = _three(name, highest, 3)
        values[:, 0, :3] = 1, 2, 3
        on_white = np.where((values == (1, 2, 3)).all(axis=-1, keepdims=True), highest, values)
        yield _case(
            name,
            values,
            partial(png, bits=bits, transparent=[1, 2, 3]),
            numbers=on_white,
            options={"colour": True},
        )


def _png_palette_and_narrow_cases() -> Iterator[Case]:
    for bits in (1, 2, 4, 8):
        name = f"png palette {bits} bits"
        values = _three(name, 2**bits - 1)
        palette = random_values(f"{name} colours", (2**bits, 3))
        yield _case(
            name,
            values,
            partial(png, bits=bits, palette=palette.astype(np.uint8).tobytes()),
            numbers=palette[values],
            options={"colour": True},
        )
    for n_bits, bits in ((10, 16), (12, 16), (14, 16)):
        name = f"png grey {n_bits} bits in {bits}"
        yield _case(name, _three(name, 2**n_bits - 1), partial(png, bits=bits))
        name = f"png colour {n_bits} bits in {bits}"
        yield _case(name, _three(name, 2**n_bits - 1, 3), partial(png, bits=bits), options={"colour": True})


def _tiff_grey_cases() -> Iterator[Case]:
    depths = ("u1", "u2", "u4", "i1", "i2", "i4", "f2", "f4", "f8")
    for depth, order, is_compressed, photometric in product(depths, _ORDERS, (False, True), (1, 0)):
        dtype = np.dtype(depth)
        if photometric == 0 and dtype.kind != "u":
            continue  # the standard does not say where white is
        highest = 255 if dtype.kind == "f" else min(int(np.iinfo(dtype).max), 60_000)
        name = f"tiff {dtype} {order} {'deflate' if is_compressed else 'plain'} photometric {photometric}"
        values = _three(name, highest)
        white = int(np.iinfo(dtype).max) if dtype.kind == "u" else 0
        stored = (white - values if photometric == 0 else values).astype(dtype)
        page = Page(stored[0], photometric=photometric, is_compressed=is_compressed, rows_per_strip=3)
        yield _case(
            name,
            stored,
            partial(_one_page, page, order),
            numbers=values,
            tolerance=2e-4 if depth == "f2" else 1e-6,
        )


def _one_page(page: Page, order: ByteOrder, pixels: NDArray[Any]) -> bytes:
    return tiff([page._replace(pixels=pixels)], order)


def _tiff_colour_cases() -> Iterator[Case]:
    for depth, order, is_compressed, is_planar in product(("u1", "u2", "f4"), _ORDERS, (False, True), (False, True)):
        layout = f"{'planar' if is_planar else 'contiguous'} {'deflate' if is_compressed else 'plain'}"
        name = f"tiff colour {np.dtype(depth)} {order} {layout}"
        values = _three(name, 255 if depth != "u2" else 65535, 3).astype(depth)
        page = Page(values[0], 2, is_planar, is_compressed, rows_per_strip=4)
        yield _case(
            name,
            values,
            partial(_one_page, page, order),
            options={"colour": True},
        )


def _pillow(pixels: NDArray[Any], **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(buffer, **options)
    return buffer.getvalue()


def _pillow_cases() -> Iterator[Case]:
    lossless: dict[str, dict[str, Any]] = {
        "bmp": {"format": "BMP"},
        "tiff lzw": {"format": "TIFF", "compression": "tiff_lzw"},
        "tiff packbits": {"format": "TIFF", "compression": "packbits"},
        "tiff big": {"format": "TIFF", "big_tiff": True},
        "webp": {"format": "WEBP", "lossless": True},
        "jpeg 2000": {"format": "JPEG2000"},
    }
    for kind, options in lossless.items():
        name = f"{kind} colour"
        values = _three(name, 255, 3)
        yield _case(name, values, partial(_pillow, **options), options={"colour": True})
        name = f"{kind} grey"
        values = _three(name, 255)
        yield _case(name, values, partial(_pillow, **options), tolerance=0.001)
    name = "gif grey"
    yield _case(name, _three(name, 255), partial(_pillow, format="GIF"))
    name = "jpeg grey, smooth"
    ramp = np.add.outer(np.arange(24) * 4, np.arange(24) * 5)
    yield _case(
        name,
        np.stack([ramp, ramp[::-1], ramp[:, ::-1]]),
        partial(_pillow, format="JPEG", quality=98),
        tolerance=0.02,
    )
    for orientation in range(1, 9):
        name = f"png turned by orientation {orientation}"
        values = random_values(name, (3, 7, 7))
        yield _case(
            name,
            values,
            partial(_with_orientation, orientation),
            numbers=np.stack([_upright(image, orientation) for image in values]),
        )


def _with_orientation(orientation: int, pixels: NDArray[Any]) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return _pillow(pixels, format="PNG", exif=exif)


def _upright(pixels: NDArray[Any], orientation: int) -> NDArray[Any]:
    """Return the pixels as EXIF says that they are seen: which side of the stored image is the top, and the left."""
    turned = {
        1: pixels,
        2: pixels[:, ::-1],
        3: pixels[::-1, ::-1],
        4: pixels[::-1],
        5: pixels.T,
        6: pixels[::-1].T,
        7: pixels[::-1, ::-1].T,
        8: pixels.T[::-1],
    }
    return turned[orientation]


def _netpbm(head: bytes, dtype: str, pixels: NDArray[Any]) -> bytes:
    return head + pixels.astype(dtype).tobytes()


def _netpbm_text(head: bytes, pixels: NDArray[Any]) -> bytes:
    return head + " ".join(map(str, pixels.ravel())).encode()


def _netpbm_cases() -> Iterator[Case]:
    for highest in (255, 1023, 65535):
        dtype = ">u1" if highest == 255 else ">u2"
        head = f"7 {highest}\n".encode()
        name = f"pgm binary, highest {highest}"
        values = _three(name, highest)
        yield _case(name, values, partial(_netpbm, b"P5\n6 " + head, dtype), tolerance=1e-4)
        name = f"pgm text, highest {highest}"
        values = _three(name, highest)
        yield _case(name, values, partial(_netpbm_text, b"P2\n6 " + head), tolerance=1e-4)
        name = f"ppm binary, highest {highest}"
        values = _three(name, highest, 3)
        yield _case(
            name,
            values,
            partial(_netpbm, b"P6\n6 " + head, dtype),
            options={"colour": True},
            tolerance=0.005,
        )


def _multi_page_cases() -> Iterator[Case]:
    for order in _ORDERS:
        values = random_values(f"pages {order}", (5, 20, 16)).astype(np.uint8)
        small = values[:, ::2, ::2]
        rows = values.reshape(5, -1)
        pages = [Page(image) for image in values]
        yield Case(name=f"tiff of 5 pages {order}", files={"a.tif": tiff(pages, order)}, numbers=rows, is_scaled=True)
        thumbnails = [p for page, s in zip(pages, small, strict=True) for p in (page, Page(s, tags=((254, 4, 1),)))]
        yield Case(
            name=f"tiff pages with a reduced copy each {order}",
            files={"a.tif": tiff(thumbnails, order)},
            numbers=rows,
            is_scaled=True,
        )
        masks = [p for page in pages for p in (page, Page(page.pixels // 128 * 255, 4, tags=((254, 4, 4),)))]
        yield Case(
            name=f"tiff pages with a mask each {order}",
            files={"a.tif": tiff(masks, order)},
            numbers=rows,
            is_scaled=True,
        )
        for depth in ("u1", "u2", "f4"):
            stack = random_values(f"stack {order} {depth}", (6, 12, 10)).astype(depth)
            for description in ("ImageJ=1.53t\nimages=6\nslices=6\n", '{"shape": [6, 12, 10]}'):
                page = Page(stack[0], description=description, planes_behind=tuple(stack[1:]))
                yield Case(
                    name=f"tiff planes behind one directory {order} {depth} {description[:6]}",
                    files={"a.tif": tiff([page], order)},
                    numbers=stack.reshape(6, -1),
                    is_scaled=True,
                )
    frames = random_values("frames", (6, 8, 9)).astype(np.uint8)
    for kind, options in _ANIMATIONS.items():
        yield Case(
            name=f"animated {kind}",
            files={f"a.{kind}": _animation(frames, **options)},
            numbers=frames.reshape(6, -1),
            is_scaled=True,
        )
    still = np.zeros((8, 9), np.uint8)
    yield Case(
        name="animated png with a still that is no frame",
        files={"a.png": _animation(np.concatenate([still[np.newaxis], frames]), format="PNG", default_image=True)},
        numbers=frames.reshape(6, -1),
        is_scaled=True,
    )


def _animation(frames: NDArray[np.uint8], **options: Any) -> bytes:
    buffer = io.BytesIO()
    first, *following = map(Image.fromarray, frames)
    first.save(buffer, save_all=True, append_images=following, duration=50, **options)
    return buffer.getvalue()

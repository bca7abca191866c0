"""Text tables of many dialects, headers and roles of columns."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.corpus.case import Case, random_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

_N_ROWS = 14
_N_PIXELS = 16
_CLASSES = ("cat", "dog")


def table_cases() -> Iterator[Case]:
    """Return all cases of tables."""
    yield from _dialect_cases()
    yield from _encoding_cases()
    yield from _mark_cases()
    yield from _header_cases()
    yield from _label_cases()
    yield from _layout_cases()
    yield from _shape_cases()
    yield from _refused_cases()


def _text(rows: Iterable[Iterable[object]], delimiter: str = ",", end: str = "\n", tail: str = "") -> str:
    return "".join(delimiter.join(map(str, row)) + tail + end for row in rows)


def _pixels(name: str, n_rows: int = _N_ROWS, n_pixels: int = _N_PIXELS, highest: int = 255) -> NDArray[np.int64]:
    return random_values(name, (n_rows, n_pixels), highest)


def _case(name: str, content: str | bytes, numbers: NDArray[Any] | None, **fields: Any) -> Case:
    suffix = "tsv" if "tab" in name.split() else "csv"
    data = content.encode() if isinstance(content, str) else content
    return Case(name=name, files={fields.pop("file", f"a.{suffix}"): data}, numbers=numbers, **fields)


def _dialect_cases() -> Iterator[Case]:
    delimiters = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "bar": "|"}
    for (word, delimiter), has_header, end in product(delimiters.items(), (False, True), ("\n", "\r\n", "\r")):
        name = f"table {word} {'header' if has_header else 'bare'} {end!r}"
        numbers = _pixels(name)
        header = [[f"pixel{i}" for i in range(_N_PIXELS)]] if has_header else []
        yield _case(name, _text([*header, *numbers.tolist()], delimiter, end), numbers)
    for (word, delimiter), has_header in product(delimiters.items(), (False, True)):
        if word == "space":
            continue
        name = f"table {word} one more at each end {'header' if has_header else 'bare'}"
        numbers = _pixels(name)
        header = [[f"p{i}" for i in range(_N_PIXELS)]] if has_header else []
        yield _case(name, _text(header, delimiter) + _text(numbers.tolist(), delimiter, tail=delimiter), numbers)
    for word, delimiter in delimiters.items():
        name = f"table {word} quoted"
        numbers = _pixels(name)
        rows = [[f'"{value}"' for value in row] for row in numbers.tolist()]
        yield _case(name, _text([[f'"p{i}"' for i in range(_N_PIXELS)], *rows], delimiter), numbers)


def _encoding_cases() -> Iterator[Case]:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"):
        name = f"table semicolon in {encoding}"
        numbers = _pixels(name)
        names = [f"Größe {i}" for i in range(_N_ROWS)]
        rows = [[names[i], *row] for i, row in enumerate(numbers.tolist())]
        text = _text([["Name", *(f"p{i}" for i in range(_N_PIXELS))], *rows], ";")
        yield _case(name, text.encode(encoding), numbers, names=tuple(names))


def _mark_cases() -> Iterator[Case]:
    writers: dict[str, tuple[str, str, Callable[[float], str]]] = {
        "point, comma": (",", "{:.3f}", str),
        "comma, semicolon": (";", "{:.3f}", str),
        "comma, tab": ("\t", "{:.3f}", str),
        "exponent": (",", "{:.6e}", str),
        "capital exponent": (";", "{:.6E}", str),
    }
    for word, (delimiter, pattern, _) in writers.items():
        name = f"table decimal {word}"
        decimals = np.round(random_values(name, (_N_ROWS, _N_PIXELS), 9000) / 1000 + 0.001, 3)
        cells = [[pattern.format(value) for value in row] for row in decimals]
        if word.startswith("comma"):
            cells = [[cell.replace(".", ",") for cell in row] for row in cells]
        yield _case(name, _text(cells, delimiter), decimals)
    thousands: dict[str, tuple[str, Callable[[int], str]]] = {
        "comma, tab": ("\t", lambda value: f"{value:,}"),
        "comma, semicolon": (";", lambda value: f"{value:,}"),
        "comma, quoted": (",", lambda value: f'"{value:,}"'),
        "point, semicolon": (";", lambda value: f"{value:,}".replace(",", ".")),
    }
    for word, (delimiter, write) in thousands.items():
        name = f"table thousands {word}"
        numbers = _pixels(name, highest=9000)
        numbers[:, 3] %= 900
        numbers[0, 5] = 1_234_567  # two marks in a number: nothing else can be meant
        yield _case(name, _text([map(write, row) for row in numbers.tolist()], delimiter), numbers)
    name = "table european, point and comma"
    prices = np.round(random_values(name, (_N_ROWS, _N_PIXELS), 900_000) / 100 + 1000, 2)
    cells = [[f"{v:,.2f}".translate({44: ".", 46: ","}) for v in row] for row in prices]
    yield _case(name, _text(cells, ";"), prices)


def _header_cases() -> Iterator[Case]:
    patterns = {
        "pixel0": [f"pixel{i}" for i in range(_N_PIXELS)],
        "pixel1": [f"pixel{i + 1}" for i in range(_N_PIXELS)],
        "p_0_0": [f"p_{i}_{j}" for i in range(4) for j in range(4)],
        "1x1": [f"{i + 1}x{j + 1}" for i in range(4) for j in range(4)],
        "V1": [f"V{i + 1}" for i in range(_N_PIXELS)],
        "counted from 0": [str(i) for i in range(_N_PIXELS)],
        "counted from 1": [str(i + 1) for i in range(_N_PIXELS)],
    }
    for word, header in patterns.items():
        name = f"table header {word}"
        numbers = _pixels(name)
        yield _case(name, _text([header, *numbers.tolist()]), numbers)
        name = f"table header {word}, identifiers and classes before"
        numbers = _pixels(name)
        ids = 10_000 + np.random.default_rng(0).permutation(500)[:_N_ROWS]
        labels = random_values(f"{name} labels", (_N_ROWS,), 4)
        rows = [[i, label, *row] for i, label, row in zip(ids, labels, numbers.tolist(), strict=True)]
        yield _case(
            name,
            _text([["image_id", "label", *header], *rows]),
            numbers,
            names=tuple(map(str, ids)),
            labels=tuple(map(str, labels)),
        )
        name = f"table header {word}, class last"
        numbers = _pixels(name)
        rows = [[*row, label] for label, row in zip(labels, numbers.tolist(), strict=True)]
        yield _case(name, _text([[*header, "class"], *rows]), numbers, labels=tuple(map(str, labels)))
    for first, step in ((400, 5), (400.5, 2.5), (4000, -20)):
        for has_names in (True, False):
            name = f"spectra {first} {step} {'named' if has_names else 'bare'}"
            spectra: NDArray[Any] = np.round(random_values(name, (8, 100), 1000) / 1000, 3)
            header = [str(first + step * i) for i in range(100)]
            rows = [[*([f"s{i}"] if has_names else []), *map(str, row)] for i, row in enumerate(spectra.tolist())]
            names = tuple(f"s{i}" for i in range(8)) if has_names else None
            text = _text([[*(["sample"] if has_names else []), *header], *rows])
            yield _case(name, text, spectra, names=names)


def _label_cases() -> Iterator[Case]:
    n_rows = 60
    for at, order, writing, has_header in product(
        ("first", "last"), ("mixed", "sorted"), ("{}", "{}.0", "{:.4f}", "class {}"), (False, True)
    ):
        name = f"table of 64 pixels, label {at}, {order}, written {writing}, {'header' if has_header else 'bare'}"
        numbers = _pixels(name, n_rows, 64)
        labels = np.arange(n_rows) % 10
        if order == "sorted":
            labels = np.sort(labels)
        cells = [writing.format(label) for label in labels]
        header = [f"pixel{i}" for i in range(64)]
        titles = ["label", *header] if at == "first" else [*header, "label"]
        rows = [[c, *row] if at == "first" else [*row, c] for c, row in zip(cells, numbers.tolist(), strict=True)]
        plain = tuple(str(label) if "class" not in writing else f"class {label}" for label in labels)
        yield _case(name, _text([*([titles] if has_header else []), *rows]), numbers, labels=plain)


def _layout_cases() -> Iterator[Case]:
    name = "pixels in one cell"
    numbers = _pixels(name)
    labels = [str(i % 7) for i in range(_N_ROWS)]
    rows = [
        [labels[i], " ".join(map(str, row)), "Training" if i < 9 else "PublicTest"]
        for i, row in enumerate(numbers.tolist())
    ]
    yield _case(name, _text([["emotion", "pixels", "Usage"], *rows]), numbers, labels=tuple(labels))
    quoted = [[row[0], f'"{row[1]}"', row[2]] for row in rows]
    yield _case(f"{name}, quoted", _text([["emotion", "pixels", "Usage"], *quoted]), numbers, labels=tuple(labels))
    name = "written by R, header one shorter"
    numbers = _pixels(name)
    names = tuple(f"row{i}" for i in range(_N_ROWS))
    rows = [[f'"{names[i]}"', *row] for i, row in enumerate(numbers.tolist())]
    header = [f'"V{i + 1}"' for i in range(_N_PIXELS)]
    yield _case(name, _text([header, *rows], " "), numbers, names=names)
    name = "written by R, empty first title"
    yield _case(name, _text([['""', *header], *rows]), numbers, names=names)


def _shape_cases() -> Iterator[Case]:
    name = "separator named in the first line"
    numbers = _pixels(name)
    yield _case(name, "sep=;\n" + _text([[f"p{i}" for i in range(_N_PIXELS)], *numbers.tolist()], ";"), numbers)
    name = "comments before the table"
    yield _case(name, "# made by hand\n#\n" + _text(numbers.tolist(), ";"), numbers)
    name = "blank lines between"
    yield _case(name, _text(numbers.tolist(), end="\n\n"), numbers)
    name = "white space at the end of lines"
    yield _case(name, _text(numbers.tolist(), " ", tail="  "), numbers)
    name = "aligned with spaces"
    yield _case(name, _text([[f"{v:6d}" for v in row] for row in numbers.tolist()], " "), numbers)
    name = "semeion, classes one of ten"
    bits = random_values(name, (40, 256), 1)
    digits = np.arange(40) % 10
    rows = [[*(f"{b:.4f}" for b in row), *np.eye(10, dtype=int)[d]] for d, row in zip(digits, bits, strict=True)]
    text = _text(rows, " ", tail=" ")
    yield _case(name, text, bits, file="semeion.data", labels=tuple(map(str, digits)))
    name = "samples in columns, chosen"
    yield _case(name, _text(numbers.T.tolist()), numbers, options={"samples_in": "columns"})


def _refused_cases() -> Iterator[Case]:
    numbers = _pixels("refused")
    for word, cell in {
        "empty": "",
        "a dash": "-",
        "NA": "NA",
        "negative": "-3",
        "infinite": "inf",
        "text": "x1",
    }.items():
        rows = [list(map(str, row)) for row in numbers.tolist()]
        rows[5][7] = cell
        yield _case(f"table with a cell that is {word}", _text(rows), None, reason="row 6|column 8")
    rows = [row if i != 6 else row[:-1] for i, row in enumerate(numbers.tolist())]
    yield _case("table with a short row", _text(rows), None, reason="row 7")
    yield _case("table of words", _text([["a", "b"], ["c", "d"], ["e", "f"]]), None, reason="number")
    yield _case("empty table", "", None, reason="empty|Usable")

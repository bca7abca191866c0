"""The form of load options; it first shows only those that affect the open set."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFormLayout, QWidget

from nmf_explorer.dataset.load_options import DEFAULT_MAX_PIXELS
from nmf_explorer.dataset.load_report import NO_REPORT
from nmf_explorer.dataset.size_text import size_text
from nmf_explorer.ui.loading.column_table import ColumnTable
from nmf_explorer.ui.loading.image_shape_list import ImageShapeList
from nmf_explorer.ui.theme.texts import printable
from nmf_explorer.ui.widgets.form_fields import Choice, ChoiceField, NumberField, SizeField, SwitchField

if TYPE_CHECKING:
    from nmf_explorer.dataset.dataset import Dataset
    from nmf_explorer.dataset.load_options import LoadOptions
    from nmf_explorer.dataset.load_report import LoadReport
    from nmf_explorer.session.loading.import_preview import ImportPreview
    from nmf_explorer.session.session import Session

Field = ChoiceField | SwitchField | NumberField | SizeField | ImageShapeList | ColumnTable
_COMMON_SIZES = ((32, 32), (64, 64), (128, 128))
_COMMON_TILES = ((8, 8), (16, 16), (32, 32), (64, 64))
_MAX_SIZES = 4  # sizes of the set's own files that are offered
_MEGAPIXEL = 1024 * 1024
_MAX_MEGAPIXELS = 1024
_MAX_TILE_STEP = 4096


class LoadForm(QWidget):
    """One field for each attribute of `LoadOptions`."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._import_preview: ImportPreview = session.import_preview
        self._shows_all = False
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._fields = self._table_fields() | self._size_fields() | self._value_fields() | self._file_fields()
        for name, field in self._fields.items():
            if isinstance(field, (SwitchField, ColumnTable)):  # with titles of their own
                self._form.addRow(field)
            else:
                self._form.addRow(self._title(name), field)
            field.chosen.connect(partial(self._on_chosen, name))
        self._import_preview.changed.connect(self._on_changed)
        session.dataset_changed.connect(self._on_dataset_changed)
        self._on_dataset_changed()

    def show_all(self, shows_all: bool) -> None:  # noqa: FBT001 - a slot of a button that is checked or not
        """Show all options, or only those that affect the open set."""
        self._shows_all = shows_all
        self._show_what_matters()

    # the fields

    def _title(self, name: str) -> str:
        titles = {
            "array": self.tr("Array"),
            "samples_axis": self.tr("Images are counted by"),
            "samples_in": self.tr("Images are"),
            "table_size": self.tr("Each is"),
            "size": self.tr("Size"),
            "resize": self.tr("Other sizes"),
            "background": self.tr("Background"),
            "white": self.tr("White is"),
            "frames": self.tr("Frames"),
            "tile_size": self.tr("Tiles"),
            "tile_step": self.tr("Next tile after"),
            "max_pixels": self.tr("Refuse above"),
        }
        return titles[name]

    def _table_fields(self) -> dict[str, Field]:
        where = [
            Choice("auto", self.tr("the rows of the table")),
            Choice("rows", self.tr("the rows, always")),
            Choice("columns", self.tr("the columns of the table")),
        ]
        return {
            "columns": ColumnTable(self._session),
            "array": ChoiceField(self._title("array"), []),
            "samples_axis": ChoiceField(self._title("samples_axis"), []),
            "samples_in": ChoiceField(self._title("samples_in"), where),
            "table_size": ImageShapeList(self._session),
            "transpose": SwitchField(self.tr("Exchange rows and columns of each image")),
        }

    def _size_fields(self) -> dict[str, Field]:
        ways = [
            Choice("crop", self.tr("Fill, and cut at the edges")),
            Choice("fit", self.tr("Show whole, on the background")),
            Choice("stretch", self.tr("Stretch")),
            Choice("leave out", self.tr("Leave out")),
        ]
        step = NumberField(self._title("tile_step"), 0, _MAX_TILE_STEP, none=self.tr("one tile"))
        step.setSuffix(self.tr(" pixels"))
        return {
            "tile_size": SizeField(self._title("tile_size"), self.tr("Automatic")),
            "tile_step": step,
            "size": SizeField(self._title("size"), self.tr("As most of them")),
            "resize": ChoiceField(self._title("resize"), ways),
        }

    def _value_fields(self) -> dict[str, Field]:
        backgrounds = [Choice("white", self.tr("White")), Choice("black", self.tr("Black"))]
        whites = [
            Choice("auto", self.tr("Automatic, by the depth")),
            Choice("maximum", self.tr("The largest value of the set")),
            *(Choice(float(value), self.locale().toString(value)) for value in (1, 255, 4095, 65535)),
        ]
        return {
            "background": ChoiceField(self._title("background"), backgrounds),
            "colour": SwitchField(self.tr("Keep colours")),
            "invert": SwitchField(self.tr("Invert: dark becomes bright")),
            "white": ChoiceField(self._title("white"), whites),
        }

    def _file_fields(self) -> dict[str, Field]:
        frames = [
            Choice("auto", self.tr("Automatic: all of a single file")),
            Choice("first", self.tr("The first of each file")),
            Choice("all", self.tr("All of each file")),
        ]
        largest = NumberField(self._title("max_pixels"), 1, _MAX_MEGAPIXELS, unit=_MEGAPIXEL)
        largest.setSuffix(self.tr(" million pixels"))
        largest.describe(self.tr("Usual are {n}").format(n=DEFAULT_MAX_PIXELS // _MEGAPIXEL))
        return {"frames": ChoiceField(self._title("frames"), frames), "max_pixels": largest}

    # signals

    def _on_chosen(self, name: str, value: object) -> None:
        self._import_preview.request_preview({name: value})

    def _on_dataset_changed(self) -> None:
        if dataset := self._session.dataset:
            self._offer_sizes(dataset)
            self._offer_arrays(dataset.report)
        self._on_changed()

    def _offer_sizes(self, dataset: Dataset) -> None:
        own = [size for size, _ in dataset.report.sizes[:_MAX_SIZES]]
        height, width = dataset.sample_shape[:2]
        for name, sizes in (("size", (*own, *_COMMON_SIZES)), ("tile_size", _COMMON_TILES)):
            field = self._fields[name]
            assert isinstance(field, SizeField)  # noqa: S101 - as it was made
            field.offer(tuple(dict.fromkeys(sizes)))
            field.suggest((height, width))

    def _offer_arrays(self, report: LoadReport) -> None:
        """Offer the arrays of the file, and the axes that may count samples; the first one of each was taken."""
        arrays = [Choice(name, printable(name)) for name in report.arrays]
        title = self.tr("axis {axis}: {n} of {size} pixels")
        axes = [
            Choice(
                way.axis,
                title.format(
                    axis=way.axis, n=self.locale().toString(way.n_samples), size=size_text((way.height, way.width))
                ),
            )
            for way in report.samples_axes
        ]
        axes.sort(key=lambda choice: str(choice.value))
        for name, automatic, choices in (("array", None, arrays), ("samples_axis", "auto", axes)):
            field = self._fields[name]
            assert isinstance(field, ChoiceField)  # noqa: S101 - as it was made
            field.offer([Choice(automatic, self.tr("Automatic")), *choices])

    def _on_changed(self) -> None:
        options: LoadOptions = self._import_preview.options
        for name, field in self._fields.items():
            field.show_value(getattr(options, name))
        self._show_what_matters()

    def _show_what_matters(self) -> None:
        dataset = self._session.dataset
        report = dataset.report if dataset else NO_REPORT
        names = report.relevant_options
        chosen = self._import_preview.options
        if chosen.resize == "fit":
            names |= {"background"}
        has_table = bool(report.table_sizes)
        possible = {"samples_in": has_table, "table_size": has_table, "array": bool(report.arrays)}
        possible |= {"samples_axis": bool(report.samples_axes), "columns": report.table is not None}
        for name, field in self._fields.items():
            self._form.setRowVisible(field, possible.get(name, True) and (self._shows_all or name in names))

"""Options of the next fit: method, start, loss and seed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QWidget,
)

from nmf_explorer.session.state.fit_settings import FitSettings, refusal
from nmf_explorer.ui.widgets.flow_layout import FlowLayout
from nmf_explorer.ui.widgets.number_boxes import WholeNumberBox

if TYPE_CHECKING:
    from PySide6.QtGui import QStandardItemModel

    from nmf_explorer.session.session import Session

_MAX_SEED = 999_999
_MIN_LETTERS = 14  # letters of a choice that are always visible


class OptionChoice(NamedTuple):
    """One choice: the value in the API, its title and a sentence about it on screen."""

    value: str
    title: str
    description: str


class OptionsRow(QWidget):
    """The boxes “Method”, “Start”, “Loss” and “Seed”; incompatible choices are disabled and say why."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._row = FlowLayout()
        self._boxes: dict[str, QComboBox] = {}
        self._choices = {"solver": self._methods(), "start": self._starts(), "loss": self._losses()}
        self._names = {"solver": self.tr("Method"), "start": self.tr("Start"), "loss": self.tr("Loss")}
        self._seed = WholeNumberBox()
        self._lay_out()
        session.fit_settings_changed.connect(self._on_changed)
        session.dataset_changed.connect(self._on_changed)
        session.preferences.options_shown_changed.connect(self.setVisible)
        self.setVisible(session.preferences.options_shown())
        self._on_changed()

    def _methods(self) -> list[OptionChoice]:
        return [
            OptionChoice(
                "auto",
                self.tr("Automatic"),
                self.tr("Alternating least squares; multiplicative updates where the loss is not squared differences"),
            ),
            OptionChoice(
                "hals",
                self.tr("Alternating least squares (HALS)"),
                self.tr("Improves one part after the other, and goes a bit further than it must: fast"),
            ),
            OptionChoice(
                "coordinate-descent",
                self.tr("Coordinate descent"),
                self.tr("Improves one part after the other, once in each iteration: scikit-learn's way"),
            ),
            OptionChoice(
                "multiplicative",
                self.tr("Multiplicative updates (Lee and Seung)"),
                self.tr("Multiplies every number by what makes the loss smaller: simple, slow, good for every loss"),
            ),
            OptionChoice(
                "scikit-learn",
                self.tr("Exactly as scikit-learn"),
                self.tr("Gives the numbers of sklearn.decomposition.NMF, and stops where it does"),
            ),
        ]

    def _starts(self) -> list[OptionChoice]:
        return [
            OptionChoice(
                "auto",
                self.tr("Automatic: try several, keep the best"),
                self.tr("Begins in several places, keeps the best fit, and tells whether the others found its parts"),
            ),
            OptionChoice(
                "pixels",
                self.tr("Pixels that belong to one part"),
                self.tr("Looks for pixels that only one part lights up, and begins with them"),
            ),
            OptionChoice("random", self.tr("Random"), self.tr("Begins with random numbers; another seed gives others")),
            OptionChoice(
                "nndsvd",
                self.tr("Singular vectors (NNDSVD)"),
                self.tr("Begins with the positive halves of the singular vectors"),
            ),
            OptionChoice(
                "nndsvda",
                self.tr("Singular vectors with the mean (NNDSVDa)"),
                self.tr("Begins with singular vectors, in which the mean of all pixels stands for zeros"),
            ),
            OptionChoice(
                "nndsvdar",
                self.tr("Singular vectors with small random numbers (NNDSVDar)"),
                self.tr("Begins with singular vectors, in which small random numbers stand for zeros"),
            ),
        ]

    def _losses(self) -> list[OptionChoice]:
        return [
            OptionChoice(
                "frobenius",
                self.tr("Squared differences"),
                self.tr("An error counts by its square, wherever it is: right for most pictures"),
            ),
            OptionChoice(
                "kullback-leibler",
                self.tr("Kullback-Leibler divergence (counts)"),
                self.tr("An error counts more where it is dark: right where pixels count something, such as photons"),
            ),
            OptionChoice(
                "itakura-saito",
                self.tr("Itakura-Saito divergence (ratios)"),
                self.tr("Only ratios count, and no pixel may be 0: right where brightness spans powers of ten"),
            ),
        ]

    def _lay_out(self) -> None:
        self.setLayout(self._row)
        labels = (self.tr("Meth&od"), self.tr("S&tart"), self.tr("&Loss"))
        for (field, choices), label in zip(self._choices.items(), labels, strict=True):
            box = QComboBox()
            box.setAccessibleName(self._names[field])
            box.setMinimumWidth(self.fontMetrics().averageCharWidth() * _MIN_LETTERS)
            for choice in choices:
                box.addItem(choice.title, choice.value)
            view = box.view()
            # The popup list shows whole texts even if the box is narrow.
            view.setMinimumWidth(view.sizeHintForColumn(0) + 2 * view.frameWidth())
            box.activated.connect(partial(self._choose, field))
            self._boxes[field] = box
            self._row.addWidget(_labelled(label, box))
        self._seed.setAccessibleName(self.tr("Seed"))
        self._seed.describe(self.tr("Which random numbers are used: the same seed gives the same parts again"))
        self._seed.setRange(0, _MAX_SEED)
        self._seed.lineEdit().setAcceptDrops(False)  # a dropped file must reach the window
        self._seed.valueChanged.connect(self._on_seed_changed)
        self._row.addWidget(_labelled(self.tr("See&d"), self._seed))

    def changes(self) -> str:
        """Return the options that differ from the usual ones, such as “Start: Random; Seed: 3”."""
        chosen, usual = self._session.fit_settings, FitSettings()
        template = self.tr("{title}: {about}")
        texts = [
            template.format(title=self._names[field], about=box.currentText())
            for field, box in self._boxes.items()
            if getattr(chosen, field) != getattr(usual, field)
        ]
        if chosen.random_state != usual.random_state:
            texts.append(template.format(title=self._seed.accessibleName(), about=self._seed.text()))
        return "; ".join(texts)

    def _choose(self, field: str, index: int) -> None:
        value = self._boxes[field].itemData(index)
        self._session.set_fit_settings(self._session.fit_settings._replace(**{field: value}))

    def _on_seed_changed(self, seed: int) -> None:
        self._session.set_fit_settings(self._session.fit_settings._replace(random_state=seed))

    def _on_changed(self) -> None:
        for field, box in self._boxes.items():
            value = getattr(self._session.fit_settings, field)
            box.setCurrentIndex(box.findData(value))
            chosen = next(choice for choice in self._choices[field] if choice.value == value)
            box.setToolTip(self.tr("{title}: {about}").format(title=chosen.title, about=chosen.description))
            box.setAccessibleDescription(chosen.description)
        if self._session.dataset:
            for field, box in self._boxes.items():
                self._disable_incompatible(field, box)
        self._seed.setValue(self._session.fit_settings.random_state)

    def _disable_incompatible(self, field: str, box: QComboBox) -> None:
        items: QStandardItemModel = box.model()  # type: ignore[assignment] # the default model of a combo box
        for row, choice in enumerate(self._choices[field]):
            conflict = self._conflict_text(field, choice.value)
            items.item(row).setEnabled(not conflict)
            box.setItemData(row, conflict or choice.description, Qt.ItemDataRole.ToolTipRole)

    def _conflict_text(self, field: str, value: str) -> str:
        """Return why a value is incompatible with the other options, or an empty text."""
        chosen = self._session.fit_settings
        for other, name in self._names.items():
            pair = FitSettings()._replace(**{other: getattr(chosen, other), field: value})
            if other != field and refusal(pair):
                index = self._boxes[other].currentIndex()
                text = self.tr("Does not go together with {name}: {title}")
                return text.format(name=name, title=self._boxes[other].itemText(index))
        return ""


def _labelled(text: str, box: QWidget) -> QWidget:
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    label = QLabel(text)
    label.setBuddy(box)
    row.addWidget(label)
    row.addWidget(box, 1)
    return pair

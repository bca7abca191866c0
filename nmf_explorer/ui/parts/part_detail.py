"""More about the part that is chosen: large, with facts and the samples that use it most, or beside another part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from nmf_explorer.ui.images.array_image import residual_qimage
from nmf_explorer.ui.images.image_view import ImageView
from nmf_explorer.ui.images.session_images import part_qimage
from nmf_explorer.ui.parts.top_samples import TopSamples
from nmf_explorer.ui.theme.texts import number, percent, title_of_part
from nmf_explorer.ui.widgets.word_wrap_label import WordWrapLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.session.session import Session

_MOST_SAMPLES = 12
_FIGURES, _SIDE = 2, 3  # shares of the width; two parts take all but what the words need


class PartDetail(QWidget):
    """The panel “About the chosen part”; there only while one is chosen, and closed with Esc."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._told: tuple[NmfModel | None, int | None] = (None, None)
        self.setAccessibleName(self.tr("About the chosen part"))
        self._title = _line()
        self._first = _Figure(self.tr("Chosen part"), session)
        self._second = _Figure(self.tr("Part beside it"), session)
        self._difference = _Figure(self.tr("Difference of the parts"), session)
        self._facts = WordWrapLabel()
        self._samples_title = WordWrapLabel(self.tr("Samples that use it most:"))
        self._samples = TopSamples(session)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        parts = session.parts
        for signal in (parts.selected_changed, parts.changed, session.model_changed, session.activity_changed):
            signal.connect(self._tell)
        session.preferences.display_changed.connect(self._tell)
        self._tell()

    def _lay_out(self) -> None:
        close = QToolButton()
        close.setAutoRaise(True)
        close.setText("×")
        close.setMinimumSize(24, 24)
        close.setAccessibleName(self.tr("Close what is told about the part"))
        close.setToolTip(self.tr("Close (Esc)"))
        close.clicked.connect(self._close)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(close)
        figures = QHBoxLayout()
        for figure in (self._first, self._second, self._difference):
            figures.addWidget(figure)
        side = QVBoxLayout()
        side.addWidget(self._facts)
        side.addWidget(self._samples_title)
        side.addWidget(self._samples, 1)
        self._row.addLayout(figures)
        self._row.addLayout(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addLayout(self._row, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def _close(self) -> None:
        self._session.parts.select(None)

    # what is told

    def _tell(self) -> None:
        """Say it all; while a fit goes on the pictures follow, and the rest waits for its end."""
        parts, model = self._session.parts, self._session.model
        chosen, compared = parts.selected, parts.compared
        self.setVisible(chosen is not None and model is not None)
        if chosen is None or model is None:
            if self._told != (None, None):
                self._told = (None, None)
                self._samples.show_samples([])  # another set may come, which has no such samples
            return
        is_pair = compared is not None
        for widget in (self._second, self._difference):
            widget.setVisible(is_pair)
        are_known = self._told != (None, None) or not self._session.is_fitting_on
        self._samples.setVisible(not is_pair and are_known)
        self._samples_title.setVisible(not is_pair and are_known)
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if is_pair else QBoxLayout.Direction.LeftToRight)
        self._row.setStretch(0, _FIGURES)
        self._row.setStretch(1, 0 if is_pair else _SIDE)
        self._title.setText(self._heading(chosen, compared))
        self._show_part(self._first, chosen)
        if compared is None:
            self._tell_about_one(model, chosen)
        else:
            self._show_part(self._second, compared)
            self._tell_about_two(model, chosen, compared)

    def _heading(self, chosen: int, compared: int | None) -> str:
        first = self._title_of(chosen)
        if compared is not None:
            return self.tr("{first} beside {second}").format(first=first, second=self._title_of(compared))
        text = self.tr("{part}, {i} of {n}") if self._session.parts.name_of(chosen) else self.tr("{part} of {n}")
        return text.format(part=first, i=chosen + 1, n=len(self._session.part_layout.places))

    def _title_of(self, part: int) -> str:
        return title_of_part(part, self._session.parts.name_of(part))

    def _show_part(self, figure: _Figure, part: int) -> None:
        title = self._title_of(part)
        figure.view.show_image(part_qimage(self._session, part), title)
        figure.caption.setText(title)

    def _tell_about_one(self, model: NmfModel, part: int) -> None:
        from nmf_explorer.factorize.model.part_facts import top_samples

        if self._session.is_fitting_on:
            self._facts.setText(self.tr("The fit goes on."))
            return
        facts = self._session.parts.facts()
        if facts is None:
            return
        told = [
            self.tr("explains {share}").format(share=percent(facts.shares[part])),
            self.tr("sparseness {value}").format(value=number(facts.sparseness[part], 2)),
            self.tr("used by {n} of {all} samples").format(n=int(facts.n_users[part]), all=len(model.weights)),
        ]
        if part in self._session.parts.hidden:
            told.append(self.tr("hidden: the sum goes on without it"))
        self._facts.setText(", ".join(told))
        if (model, part) != self._told:
            self._told = (model, part)
            self._samples.show_samples(top_samples(model, part, _MOST_SAMPLES))

    def _tell_about_two(self, model: NmfModel, first: int, second: int) -> None:
        from nmf_explorer.factorize.model.part_facts import difference_image, likeness

        self._difference.view.show_image(
            residual_qimage(difference_image(model, first, second), 1.0),
            self.tr("blue: the first is brighter, red: the second"),
            is_signed=True,
        )
        self._difference.caption.setText(self.tr("difference"))
        if self._session.is_fitting_on:
            self._facts.setText(self.tr("The fit goes on."))
            return
        found = likeness(model, first, second)
        text = self.tr(
            "cosine {cosine} (0: no pixel in common, 1: the same), used together by {both} of {all} samples, "
            "{first} alone by {n_first}, {second} alone by {n_second}"
        )
        numbers = {"both": found.n_both, "n_first": found.n_first, "n_second": found.n_second}
        names = {"first": self._title_of(first), "second": self._title_of(second)}
        self._facts.setText(text.format(cosine=number(found.cosine, 2), all=len(model.weights), **numbers, **names))


class _Figure(QWidget):
    """A picture with a caption."""

    def __init__(self, name: str, session: Session) -> None:
        super().__init__()
        self.view = ImageView(name, session=session)
        self.caption = _line()
        self.caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view, 1)
        column.addWidget(self.caption)


def _line() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return label

"""Details of the selected part: image, facts and the samples that use it most, or a comparison with a second part."""

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

_MAX_SAMPLES = 12
_IMAGES_STRETCH, _FACTS_STRETCH = 2, 3  # stretch of the images and of the facts


class PartDetail(QWidget):
    """The panel “About the chosen part”, visible only while a part is selected; Esc closes it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._described: tuple[NmfModel | None, int | None] = (None, None)
        self.setAccessibleName(self.tr("About the chosen part"))
        self._title = _one_line_label()
        self._first = _CaptionedImage(self.tr("Chosen part"), session)
        self._second = _CaptionedImage(self.tr("Part beside it"), session)
        self._difference = _CaptionedImage(self.tr("Difference of the parts"), session)
        self._facts = WordWrapLabel()
        self._samples_title = WordWrapLabel(self.tr("Samples that use it most:"))
        self._samples = TopSamples(session)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        parts = session.parts
        for signal in (parts.selected_changed, parts.changed, session.model_changed, session.activity_changed):
            signal.connect(self._refresh)
        parts.errors_computed.connect(self._refresh)
        session.preferences.display_changed.connect(self._refresh)
        self._refresh()

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

    # contents

    def _refresh(self) -> None:
        """Show all details; during a fit only the images, until it ends."""
        parts, model = self._session.parts, self._session.model
        selected, compared = parts.selected, parts.compared
        self.setVisible(selected is not None and model is not None)
        if selected is None or model is None:
            if self._described != (None, None):
                self._described = (None, None)
                self._samples.show_samples([])  # samples of another dataset may not exist
            return
        is_pair = compared is not None
        for widget in (self._second, self._difference):
            widget.setVisible(is_pair)
        are_known = self._described != (None, None) or not self._session.is_model_changing
        self._samples.setVisible(not is_pair and are_known)
        self._samples_title.setVisible(not is_pair and are_known)
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if is_pair else QBoxLayout.Direction.LeftToRight)
        self._row.setStretch(0, _IMAGES_STRETCH)
        self._row.setStretch(1, 0 if is_pair else _FACTS_STRETCH)
        self._title.setText(self._heading(selected, compared))
        self._show_part(self._first, selected)
        if compared is None:
            self._describe_part(model, selected)
        else:
            self._show_part(self._second, compared)
            self._describe_pair(model, selected, compared)

    def _heading(self, selected: int, compared: int | None) -> str:
        first = self._title_of(selected)
        if compared is not None:
            return self.tr("{first} beside {second}").format(first=first, second=self._title_of(compared))
        text = self.tr("{part}, {i} of {n}") if self._session.parts.name_of(selected) else self.tr("{part} of {n}")
        return text.format(part=first, i=selected + 1, n=len(self._session.part_layout.parts_in_order))

    def _title_of(self, part: int) -> str:
        return title_of_part(part, self._session.parts.name_of(part))

    def _show_part(self, figure: _CaptionedImage, part: int) -> None:
        title = self._title_of(part)
        figure.view.show_image(part_qimage(self._session, part), title)
        figure.caption.setText(title)

    def _describe_part(self, model: NmfModel, part: int) -> None:
        from nmf_explorer.factorize.model.part_statistics import top_samples

        if self._session.is_model_changing:
            self._facts.setText(self.tr("The fit goes on."))
            return
        facts = self._session.parts.facts()
        if facts is None:
            return
        n_users = number(facts.n_users[part], 0)
        phrases = [
            self.tr("{share} of the sum").format(share=percent(facts.shares[part])),
            self.tr("sparseness {value}").format(value=number(facts.sparseness[part], 2)),
            self._usage_text().format(n=n_users, all=number(len(model.weights), 0)),
        ]
        if part in self._session.parts.hidden:
            phrases.append(self.tr("hidden: the sum goes on without it"))
        error = self._session.parts.error_without(part)
        if error is not None:
            text = self.tr("{error} of all images is not explained, without this part {more}")
            phrases.append(text.format(error=percent(model.relative_error), more=percent(error)))
        self._facts.setText(", ".join(phrases))
        if (model, part) != self._described:
            self._described = (model, part)
            self._samples.show_samples(top_samples(model, part, _MAX_SAMPLES))

    def _usage_text(self) -> str:
        dataset = self._session.dataset
        is_single = dataset is not None and dataset.n_samples == 1
        return self.tr("used by {n} of 1 sample") if is_single else self.tr("used by {n} of {all} samples")

    def _describe_pair(self, model: NmfModel, first: int, second: int) -> None:
        from nmf_explorer.factorize.model.part_statistics import difference_image, part_similarity

        self._difference.view.show_image(
            residual_qimage(difference_image(model, first, second), 1.0),
            self.tr("blue: the first is larger, red: the second"),
            is_signed=True,
        )
        self._difference.caption.setText(self.tr("difference"))
        if self._session.is_model_changing:
            self._facts.setText(self.tr("The fit goes on."))
            return
        found = part_similarity(model, first, second)
        text = self.tr(
            "cosine {cosine} (0: no pixel in common, 1: the same), used together by {both} of {all} samples, "
            "{first} alone by {n_first}, {second} alone by {n_second}"
        )
        numbers = {"both": found.n_both, "n_first": found.n_first, "n_second": found.n_second}
        names = {"first": self._title_of(first), "second": self._title_of(second)}
        self._facts.setText(text.format(cosine=number(found.cosine, 2), all=len(model.weights), **numbers, **names))


class _CaptionedImage(QWidget):
    """An image with a caption."""

    def __init__(self, name: str, session: Session) -> None:
        super().__init__()
        self.view = ImageView(name, session=session)
        self.caption = _one_line_label()
        self.caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view, 1)
        column.addWidget(self.caption)


def _one_line_label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return label

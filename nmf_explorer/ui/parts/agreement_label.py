"""The line about how many parts were found again from other starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.ui.widgets.word_wrap_label import WordWrapLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from nmf_explorer.factorize.model.nmf_model import NmfModel
    from nmf_explorer.factorize.model.restarts import RestartReport
    from nmf_explorer.session.session import Session


class AgreementLabel(WordWrapLabel):
    """The line “Agreement of starts” below the parts, visible only if restarts were compared."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._session = session
        self.setAccessibleName(self.tr("Agreement of starts"))
        self.setToolTip(
            self.tr(
                "The fit was begun anew from other places: what comes out each time lies in the images, what does not "
                "lies in the start."
            )
        )
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the grid above keeps its size while a fit is watched
        self.setSizePolicy(policy)
        self.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        session.model_changed.connect(self._on_model_changed)
        self._on_model_changed()

    def _on_model_changed(self) -> None:
        model = self._session.model
        text = self._text_for(model, model.restarts) if model and model.restarts else ""
        self.setText(text)
        self.setAccessibleDescription(text)
        self.setVisible(bool(text))

    def _text_for(self, model: NmfModel, report: RestartReport) -> str:
        found, n_parts, n_starts = report.n_determined, model.n_components, report.n_as_good
        if not n_starts:
            n_others = len(report.names) - 1
            if n_others == 1:
                return self.tr("the other start did not come as low")
            return self.tr("none of %n other starts came as low", "", n_others)
        if n_starts == 1:
            text = self.tr("{found} of {n} parts found again from the one other start that came as low")
        else:
            text = self.tr(
                "{found} of {n} parts found again from each of %n other starts that came as low", "", n_starts
            )
        if not found:
            text = self.tr("{finding}: these images do not tell the parts apart").format(finding=text)
        elif found < n_parts:
            text = self.tr("{finding}; the others depend on the start").format(finding=text)
        return text.format(found=found, n=n_parts)

"""The line about how many parts are needed, and how many of these were found again from other starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nmf_explorer.session.session import Activity
from nmf_explorer.ui.theme.texts import number, percent
from nmf_explorer.ui.widgets.word_wrap_label import WordWrapLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from nmf_explorer.factorize.model.agreement import Agreement
    from nmf_explorer.session.session import Session


class AgreementLabel(WordWrapLabel):
    """The line “Agreement of starts” below the parts: visible after a fit with restarts or with spare parts."""

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
        for signal in (session.model_changed, session.activity_changed, session.replay.changed):
            signal.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        text = self._text()
        self.setText(text)
        self.setAccessibleDescription(text)
        self.setVisible(bool(text))

    def _text(self) -> str:
        session = self._session
        model, facts = session.model, None
        if model and session.activity is not Activity.FITTING and not session.replay.is_before_end:
            facts = session.parts.facts()
        if model is None or facts is None:
            return ""
        from nmf_explorer.factorize.model.agreement import agreement

        found = agreement(model, facts)
        texts = [self._agreement_text(found) if model.restarts else "", self._spare_text(found)]
        return "; ".join(text for text in texts if text)

    def _agreement_text(self, found: Agreement) -> str:
        """Return how many of the needed parts were found again, and why not more."""
        if not found.n_needed:
            return ""
        if not found.n_starts:
            if found.n_higher_starts == 1:
                return self.tr("the other start did not come as low")
            return self.tr("none of %Ln other starts came as low", "", found.n_higher_starts)
        if found.n_starts == 1:
            text = self.tr("{found} of {parts} found again from the one other start that came as low")
        else:
            text = self.tr(
                "{found} of {parts} found again from each of %Ln other starts that came as low", "", found.n_starts
            )
        if not found.n_found and found.is_explained:
            text = self.tr("{finding}: these images do not tell the parts apart").format(finding=text)
        elif not found.n_found:
            text = self.tr("{finding}; {error} of the images is not explained, more parts may help").format(
                finding=text, error=percent(found.relative_error)
            )
        elif found.n_found < found.n_needed:
            text = self.tr("{finding}; the others depend on the start").format(finding=text)
        parts = self.tr("1 part") if found.n_needed == 1 else self.tr("%Ln parts", "", found.n_needed)
        return text.format(found=number(found.n_found, 0), parts=parts)

    def _spare_text(self, found: Agreement) -> str:
        """Return how many parts are enough, and why."""
        if not found.n_spare or not found.n_needed:
            return ""
        is_single = found.n_needed == 1
        enough = self.tr("1 part is enough") if is_single else self.tr("%Ln parts are enough", "", found.n_needed)
        reasons = []
        if found.n_unused:
            is_single = found.n_unused == 1
            unused = (
                self.tr("1 is used by no image")
                if is_single
                else self.tr("%Ln are used by no image", "", found.n_unused)
            )
            reasons.append(unused)
        if found.n_copies:
            is_single = found.n_copies == 1
            copies = (
                self.tr("1 is a copy of another")
                if is_single
                else self.tr("%Ln are copies of others", "", found.n_copies)
            )
            reasons.append(copies)
        return self.tr("{enough}: {reasons}").format(enough=enough, reasons=", ".join(reasons))

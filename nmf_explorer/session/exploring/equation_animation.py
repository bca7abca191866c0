"""What moves by itself so that it can be followed: the sum that is added up, weights that go to where they are best."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QObject, QTimer, QVariantAnimation, Signal

from nmf_explorer.errors import Message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nmf_explorer.session.session import Session

_MOST_SECONDS = 6.0  # to add up a long sum
_TERM_SECONDS = 0.7  # at most, for one term
_GLIDE_MS = 450


class EquationAnimation(QObject):
    """Moves of the equation. Where a system asks for less motion they jump, or wait for the next press.

    Signals: ``changed()`` when adding up begins or ends.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._add_next)
        self._glide = QVariantAnimation(self)
        self._glide.setDuration(_GLIDE_MS)
        self._glide.setEasingCurve(QEasingCurve.Type.InOutQuad)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.valueChanged.connect(self._on_glide)
        self._ends: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None
        session.equation.changed.connect(self._on_equation_changed)

    @property
    def is_adding(self) -> bool:
        """Whether a sum is being added up."""
        return self._timer.isActive()

    def add_up(self, *, moves: bool) -> None:
        """Add the terms up one after the other, or stop doing so; without motion each call adds the next term."""
        equation = self._session.equation
        n_terms = len(equation.added_terms())
        if self.is_adding:
            self.stop()
        elif n_terms and moves:
            equation.show_first(0)
            self._timer.start(round(1000 * min(_TERM_SECONDS, _MOST_SECONDS / n_terms)))
            self.changed.emit()
        elif n_terms:
            following = 0 if equation.n_added is None else equation.n_added + 1
            equation.show_first(following if following < n_terms else None)

    def stop(self) -> None:
        """Show the whole sum at once."""
        if self.is_adding:
            self._timer.stop()
            self._session.equation.show_first(None)
            self.changed.emit()
        self._glide.stop()
        self._end_glide()

    def find_best_weights(self, *, moves: bool) -> None:
        """Move the weights to where they give the picture back best; one step of undo."""
        equation = self._session.equation
        before, best = equation.weights, equation.best_weights()
        if before is None or best is None or not equation.can_be_moved:
            return
        self.stop()
        equation.set_weights(best, Message("Best weights"))
        if moves:
            self._ends = (before, best)
            self._glide.start()

    def _on_glide(self, share: float) -> None:
        if self._ends:
            before, best = self._ends
            if share < 1:
                self._session.equation.preview(before + (best - before) * share)
            else:
                self._end_glide()

    def _end_glide(self) -> None:
        if self._ends:
            self._ends = None
            self._session.equation.preview(None)

    def _add_next(self) -> None:
        equation = self._session.equation
        following = (equation.n_added or 0) + 1
        if following < len(equation.added_terms()):
            equation.show_first(following)
        else:
            self.stop()

    def _on_equation_changed(self) -> None:
        """Stop when something else was done meanwhile."""
        if self.is_adding and self._session.equation.n_added is None:
            self._timer.stop()
            self.changed.emit()
        if self._ends and not self._session.equation.is_previewed:
            self._ends = None
            self._glide.stop()

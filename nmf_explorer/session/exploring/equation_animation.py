"""Animations of the equation: terms are added up one by one, weights move to the best ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QObject, QTimer, QVariantAnimation, Signal

from nmf_explorer.errors import Message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from nmf_explorer.session.exploring.equation import Equation

_MAX_SECONDS = 6.0  # for a long sum
_MAX_TERM_SECONDS = 0.7  # at most, for one term
_GLIDE_MS = 450


class EquationAnimation(QObject):
    """Animates the equation; with reduced motion there is one step per call instead."""

    changed = Signal()  # adding up has started or ended

    def __init__(self, equation: Equation) -> None:
        super().__init__(equation)
        self._equation = equation
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._add_next)
        self._glide = QVariantAnimation(self)
        self._glide.setDuration(_GLIDE_MS)
        self._glide.setEasingCurve(QEasingCurve.Type.InOutQuad)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.valueChanged.connect(self._on_glide)
        self._glide_ends: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None
        equation.changed.connect(self._on_equation_changed)

    @property
    def is_adding(self) -> bool:
        """Whether terms are being added up."""
        return self._timer.isActive()

    def add_up(self, *, animated: bool) -> None:
        """Start or stop adding up the terms one by one; without motion each call adds one term."""
        n_terms = len(self._equation.added_terms())
        if self.is_adding:
            self.stop()
        elif n_terms and animated:
            self._equation.show_partial_sum(0)
            self._timer.start(round(1000 * min(_MAX_TERM_SECONDS, _MAX_SECONDS / n_terms)))
            self.changed.emit()
        elif n_terms:
            following = 0 if self._equation.n_added is None else self._equation.n_added + 1
            self._equation.show_partial_sum(following if following < n_terms else None)

    def stop(self) -> None:
        """Stop, and show the whole sum."""
        if self.is_adding:
            self._timer.stop()
            self._equation.show_partial_sum(None)
            self.changed.emit()
        self._glide.stop()
        self._end_glide()

    def find_best_weights(self, *, animated: bool) -> None:
        """Move the weights to the best ones; one step of undo."""
        before, best = self._equation.weights, self._equation.best_weights()
        if before is None or best is None or not self._equation.can_move_weights:
            return
        self.stop()
        self._equation.set_weights(best, Message("Best weights"))
        if animated:
            self._glide_ends = (before, best)
            self._glide.start()

    def _on_glide(self, share: float) -> None:
        if self._glide_ends:
            before, best = self._glide_ends
            if share < 1:
                self._equation.preview(before + (best - before) * share)
            else:
                self._end_glide()

    def _end_glide(self) -> None:
        if self._glide_ends:
            self._glide_ends = None
            self._equation.preview(None)

    def _add_next(self) -> None:
        following = (self._equation.n_added or 0) + 1
        if following < len(self._equation.added_terms()):
            self._equation.show_partial_sum(following)
        else:
            self.stop()

    def _on_equation_changed(self) -> None:
        """Stop when something else has changed the equation."""
        if self.is_adding and self._equation.n_added is None:
            self._timer.stop()
            self.changed.emit()
        if self._glide_ends and not self._equation.is_previewed:
            self._glide_ends = None
            self._glide.stop()

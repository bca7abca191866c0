"""Buttons of the equation: add up, best weights, fitted weights, draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from nmf_explorer.ui.theme.reduced_motion import is_motion_allowed

if TYPE_CHECKING:
    from nmf_explorer.session.session import Session


class EquationButtons(QObject):
    """The buttons “Draw”, “Add Up”, “Best Weights” and “Fitted Weights”; the equation row lays them out."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.draw = QPushButton(self.tr("Draw"))
        self.add_up = QPushButton()
        self.best = QPushButton(self.tr("Best Weights"))
        self.fitted = QPushButton(self.tr("Fitted Weights"))
        self._lay_out()
        for signal in (session.equation.changed, session.activity_changed, session.equation_animation.changed):
            signal.connect(self._on_changed)
        self._on_changed()

    def all(self) -> list[QPushButton]:
        """Return the buttons in the order in which Tab reaches them."""
        return [self.draw, self.add_up, self.best, self.fitted]

    def _lay_out(self) -> None:
        self.add_up.setToolTip(self.tr("Add the terms up one after the other (Ctrl+U)"))
        self.best.setToolTip(self.tr("Move the weights to where they give this picture back best (Ctrl+B)"))
        self.fitted.setToolTip(self.tr("Bring the weights of the fit back (Ctrl+Shift+B)"))
        self.draw.setToolTip(self.tr("Draw a picture, and see it as a sum of these parts (Ctrl+D)"))
        self.draw.setCheckable(True)
        session = self._session
        self.add_up.clicked.connect(lambda: session.equation_animation.add_up(animated=is_motion_allowed()))
        self.best.clicked.connect(lambda: session.equation_animation.find_best_weights(animated=is_motion_allowed()))
        self.fitted.clicked.connect(session.equation.reset_weights)
        self.draw.clicked.connect(lambda checked: session.drawing.open(is_open=checked))

    def _on_changed(self) -> None:
        equation, motion = self._session.equation, self._session.equation_animation
        self.add_up.setText(self.tr("Whole Sum") if motion.is_adding else self.tr("Add Up"))
        self.add_up.setEnabled(equation.can_add_up)
        self.best.setEnabled(equation.can_move_weights)
        self.fitted.setEnabled(equation.can_reset_weights)
        self.draw.setEnabled(self._session.dataset is not None)
        self.draw.setChecked(equation.is_of_drawing)

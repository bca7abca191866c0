"""The menu “Equation”: actions on the shown sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from nmf_explorer.ui.menus.menu import Menu
from nmf_explorer.ui.theme.reduced_motion import is_motion_allowed

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.session.session import Session


class EquationMenu(Menu):
    """Add up, best and fitted weights, and drawing an image of one's own."""

    def __init__(self, window: QMainWindow, session: Session) -> None:
        super().__init__(QCoreApplication.translate("EquationMenu", "E&quation"), window, session)
        self._add_up = self.add(
            self.tr("&Add Up"), lambda: session.equation_animation.add_up(animated=is_motion_allowed()), "Ctrl+U"
        )
        self._best = self.add(
            self.tr("&Best Weights"),
            lambda: session.equation_animation.find_best_weights(animated=is_motion_allowed()),
            "Ctrl+B",
        )
        self._fitted = self.add(self.tr("&Fitted Weights"), session.equation.reset_weights, "Ctrl+Shift+B")
        self.addSeparator()
        self._draw = self.add(self.tr("&Draw"), self._draw_or_not, "Ctrl+D", needs_set=True)
        self._draw.setCheckable(True)
        self._clear = self.add(self.tr("&Clear the Picture"), session.drawing.clear, "Ctrl+Shift+X")
        self.add(self.tr("&Start from the Sample"), session.drawing.start_from_sample, "Ctrl+Alt+D", needs_set=True)
        for signal in (session.equation.changed, session.activity_changed, session.equation_animation.changed):
            signal.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        equation = self._session.equation
        self._add_up.setText(
            self.tr("Whole S&um") if self._session.equation_animation.is_adding else self.tr("&Add Up")
        )
        self._add_up.setEnabled(equation.can_add_up)
        self._best.setEnabled(equation.can_move_weights)
        self._fitted.setEnabled(equation.can_reset_weights)
        self._draw.setChecked(equation.is_of_drawing)
        self._clear.setEnabled(equation.is_of_drawing)

    def _draw_or_not(self) -> None:
        drawing = self._session.drawing
        drawing.open(is_open=not drawing.is_open)

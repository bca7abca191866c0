"""The menu “Samples”: moving through the samples."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from nmf_explorer.session.exploring.sample_values import SortKey
from nmf_explorer.ui.menus.menu import Keys, Menu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.menus.window_actions import WindowActions


class SamplesMenu(Menu):
    """Next and previous sample in the shown order, search, and the sample with the largest error."""

    def __init__(self, window: QMainWindow, session: Session, window_actions: WindowActions) -> None:
        super().__init__(QCoreApplication.translate("SamplesMenu", "&Samples"), window, session)
        order = session.sample_view
        self.add(self.tr("&Next Sample"), partial(order.step, 1), "Ctrl+Right", needs_set=True)
        self.add(self.tr("&Previous Sample"), partial(order.step, -1), "Ctrl+Left", needs_set=True)
        self.addSeparator()
        self.add(self.tr("&Find Sample"), window_actions.find_sample, Keys.Find, needs_set=True)
        self._worst = self.add(self.tr("&Worst Explained"), order.show_worst, "Ctrl+E")
        session.model_changed.connect(self._on_model_changed)
        self._on_model_changed()

    def _on_model_changed(self) -> None:
        self._worst.setEnabled(self._session.sample_view.can_sort_by(SortKey.ERROR))

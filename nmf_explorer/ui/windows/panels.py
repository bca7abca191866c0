"""All panels of a window that the welcome page does not need; imported when they are built."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nmf_explorer.ui.fit.fit_panel import FitPanel
from nmf_explorer.ui.loading.load_panel import LoadPanel
from nmf_explorer.ui.messages.message_bar import MessageBar
from nmf_explorer.ui.widgets.side_panel_layout import SidePanelLayout
from nmf_explorer.ui.windows.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from nmf_explorer.session.session import Session


class Panels(NamedTuple):
    """The rows above the pages, and the page on which a set is explored."""

    fit_panel: FitPanel
    message_bar: MessageBar
    workspace: Workspace
    page: SidePanelLayout  # the workspace, and the load panel beside it

    @classmethod
    def build(cls, session: Session, parent: QWidget) -> Panels:
        """Build the panels for the present state of the session.

        All get their parent at once: some show themselves, which without a parent would open a window.
        """
        fit_panel, message_bar = FitPanel(session, parent), MessageBar(session, parent)
        workspace = Workspace(session, parent)
        page = SidePanelLayout(workspace, LoadPanel(session, parent), workspace.min_content_width)
        return cls(fit_panel, message_bar, workspace, page)

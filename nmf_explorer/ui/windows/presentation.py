"""For the last row of a classroom: the equation, the parts, or both, alone on the whole screen in large letters.

It is a window of its own on the same session, so that everything stands as before when it is left.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QFont, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from nmf_explorer.ui.equation.equation_row import EquationLayout, EquationRow
from nmf_explorer.ui.images.pixel_line import PixelLine
from nmf_explorer.ui.images.scale_line import ScaleLine
from nmf_explorer.ui.parts.part_grid import PartGrid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QScreen, QShowEvent

    from nmf_explorer.session.session import Session

EQUATION, PARTS, BOTH = "equation", "parts", "both"
VIEWS = (EQUATION, PARTS, BOTH)
_LINES = 24  # of text on a screen: 24 points where it is 768 pixels high
_LEAST_POINTS = 24.0
_POINTS_PER_INCH = 72


class Presentation(QWidget):
    """The full screen; digits switch between views, Page Up and Page Down between samples, Esc leaves."""

    def __init__(
        self, window: QWidget, session: Session, view: str, shared: Sequence[QAction], *, screen: QScreen
    ) -> None:
        super().__init__(window, Qt.WindowType.Window)
        self._session = session
        self.view = view
        self._panels: list[QWidget] = []
        self._foot: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # never larger than the screen
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._points = _points_for(screen)  # asked for a screen, a window that is not there yet gives its parent's
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.addActions(shared)
        self._add_actions()
        self._pixel = PixelLine(session)
        self._build()
        session.dataset_changed.connect(self._on_dataset_changed)
        session.pointer.changed.connect(self._on_pointer_changed)

    def show_view(self, view: str) -> None:
        """Show one of `VIEWS`."""
        self.view = view
        self._build()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc, where nothing inside has taken it for itself."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            QTimer.singleShot(0, self, self._build)

    def showEvent(self, event: QShowEvent) -> None:
        """Watch over the screen: a projector may be unplugged."""
        super().showEvent(event)
        if not event.spontaneous():
            self.windowHandle().screenChanged.connect(self._on_screen_changed)

    def _on_screen_changed(self, screen: QScreen | None) -> None:
        """Fill the other screen, in letters of its size."""
        if screen is not None:  # there is none while the last one is being exchanged
            self._points = _points_for(screen)
            self.setGeometry(screen.geometry())
            QTimer.singleShot(0, self, self._build)

    def _add_actions(self) -> None:
        sequences = QKeySequence.keyBindings(QKeySequence.StandardKey.FullScreen) or [QKeySequence("F11")]
        self._on_keys(self.close, *sequences)
        for number, view in enumerate(VIEWS, 1):
            self._on_keys(partial(self.show_view, view), str(number))
        self._on_keys(partial(self._step, 1), "PgDown", "Ctrl+Right")
        self._on_keys(partial(self._step, -1), "PgUp", "Ctrl+Left")

    def _on_keys(self, slot: Callable[[], object], *keys: QKeySequence | str) -> None:
        action = QAction(self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _checked=False: slot())
        self.addAction(action)

    def _build(self) -> None:
        for old in [*self._panels, *self._foot]:
            self._column.removeWidget(old)  # at once: some keep their room while they are hidden
            old.hide()
            old.deleteLater()
        self._panels = self._panels_of_view()
        keys = QLabel(self.tr("1: equation, 2: parts, 3: both; Page Up and Page Down: another sample; Esc: leave"))
        keys.setForegroundRole(keys.palette().ColorRole.PlaceholderText)
        keys.setWordWrap(True)
        scales = ScaleLine(self._session)
        self._pixel = PixelLine(self._session)
        policy = self._pixel.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing moves when the mouse comes over a picture
        self._pixel.setSizePolicy(policy)
        self._foot = [self._pixel, scales, keys]
        for panel in self._panels:
            self._column.addWidget(panel, 1)
        for widget in self._foot:
            self._column.addWidget(widget)
        large = self._points / self.font().pointSizeF()
        for widget in (*self._panels, self._pixel):
            _enlarge(widget, large)
        for widget in (scales, keys):
            _enlarge(widget, large / 2)
        self.setWindowTitle(self.tr("Presentation — NMF Explorer"))
        for widget in (*self._panels, scales, keys):
            widget.show()
        self._on_pointer_changed()
        self._panels[0].setFocus()
        if self._panels[0].focusPolicy() is Qt.FocusPolicy.NoFocus:
            self.focusNextChild()

    def _panels_of_view(self) -> list[QWidget]:
        if self.view == EQUATION:
            return [EquationRow(self._session, EquationLayout.TWO_ROWS)]
        parts = PartGrid(self._session)
        return (
            [parts] if self.view == PARTS else [EquationRow(self._session, EquationLayout.ROW_WITHOUT_BUTTONS), parts]
        )

    def _on_pointer_changed(self) -> None:
        self._pixel.setVisible(self._session.pointer.pixel is not None)

    def _step(self, step: int) -> None:
        self._session.sample_view.step(step)

    def _on_dataset_changed(self) -> None:
        if self._session.dataset is None:
            self.close()


def _points_for(screen: QScreen) -> float:
    """Size of letters that the last row can read, for the height of the screen."""
    line = screen.geometry().height() / _LINES
    return max(_LEAST_POINTS, line * _POINTS_PER_INCH / screen.logicalDotsPerInch())


def _enlarge(panel: QWidget, factor: float) -> None:
    """Make all letters of a panel larger, those that have a size of their own in proportion."""
    sized = [w for w in panel.findChildren(QWidget) if w.testAttribute(Qt.WidgetAttribute.WA_SetFont)]
    own = {widget: widget.font().pointSizeF() for widget in sized}
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    panel.setFont(font)
    for widget, points in own.items():
        font = widget.font()
        font.setPointSizeF(points * factor)
        widget.setFont(font)

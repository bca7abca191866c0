"""The presentation: equation, parts or both on a full screen, readable from the last row of a classroom.

It is a second window on the same session, so the main window keeps its state.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QFont, QKeySequence, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from nmf_explorer.ui.equation.equation_row import EquationLayout, EquationRow
from nmf_explorer.ui.images.pixel_line import PixelLine
from nmf_explorer.ui.images.scale_line import ScaleLine
from nmf_explorer.ui.parts.part_grid import PartGrid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent, QScreen, QShowEvent

    from nmf_explorer.session.session import Session

EQUATION, PARTS, BOTH = "equation", "parts", "both"
VIEWS = (EQUATION, PARTS, BOTH)
_LINES = 24  # of text on a screen: 24 points where it is 768 pixels high
_MIN_POINTS = 24.0
_POINTS_PER_INCH = 72


class Presentation(QWidget):
    """The full-screen window: digits switch views, Page Up and Page Down samples, Esc closes."""

    def __init__(
        self, window: QWidget, session: Session, view: str, shared: Sequence[QAction], *, screen: QScreen
    ) -> None:
        super().__init__(window, Qt.WindowType.Window)
        self._session = session
        self.view = view
        self._panels: list[QWidget] = []
        self._foot: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # never grows beyond the screen
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._points = _font_points_for(screen)  # not self.screen(): before the window exists that is its parent's
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.addActions(shared)
        self._add_actions()
        self._pixel = PixelLine(session)
        self._blank = self._black_screen()
        self._build()
        session.dataset_changed.connect(self._on_dataset_changed)
        session.pointer.changed.connect(self._on_pointer_changed)

    def show_view(self, view: str) -> None:
        """Show one of `VIEWS`."""
        self.view = view
        self._build()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc, unless a panel has handled it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Rebuild in the new language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            QTimer.singleShot(0, self, self._build)

    def showEvent(self, event: QShowEvent) -> None:
        """Watch for a change of screen: a projector may be unplugged."""
        super().showEvent(event)
        if not event.spontaneous():
            self.windowHandle().screenChanged.connect(self._on_screen_changed)

    def _on_screen_changed(self, screen: QScreen | None) -> None:
        """Fill the new screen, with a font size for it."""
        if screen is not None:  # None while the only screen is being replaced
            self._points = _font_points_for(screen)
            self.setGeometry(screen.geometry())
            QTimer.singleShot(0, self, self._build)

    def _add_actions(self) -> None:
        sequences = QKeySequence.keyBindings(QKeySequence.StandardKey.FullScreen) or [QKeySequence("F11")]
        self._on_keys(self.close, *sequences)
        for number, view in enumerate(VIEWS, 1):
            self._on_keys(partial(self.show_view, view), str(number))
        self._on_keys(self._toggle_blank, "B", ".")
        self._on_keys(partial(self._step, 1), "PgDown", "Ctrl+Right")
        self._on_keys(partial(self._step, -1), "PgUp", "Ctrl+Left")

    def _on_keys(self, slot: Callable[[], object], *keys: QKeySequence | str) -> None:
        action = QAction(self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _checked=False: slot())
        self.addAction(action)

    def _black_screen(self) -> QWidget:
        blank = QWidget(self)
        blank.setAccessibleName(self.tr("Black screen"))
        blank.setPalette(QPalette(Qt.GlobalColor.black))
        blank.setAutoFillBackground(True)
        blank.setCursor(Qt.CursorShape.BlankCursor)
        blank.hide()
        return blank

    def _toggle_blank(self) -> None:
        """Hide all behind black, so that the class looks at the teacher; the same key brings it back."""
        self._blank.setGeometry(self.rect())
        self._blank.setVisible(self._blank.isHidden())
        self._blank.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the black screen as large as the window."""
        super().resizeEvent(event)
        self._blank.setGeometry(self.rect())

    def _build(self) -> None:
        for old in [*self._panels, *self._foot]:
            self._column.removeWidget(old)  # now: some keep their space while hidden
            old.hide()
            old.deleteLater()
        self._panels = self._panels_of_view()
        keys = QLabel(
            self.tr(
                "1: equation, 2: parts, 3: both; Page Up and Page Down: another sample; B: black; F1: keys; Esc: leave"
            )
        )
        keys.setForegroundRole(keys.palette().ColorRole.PlaceholderText)
        keys.setWordWrap(True)
        scales = ScaleLine(self._session)
        self._pixel = PixelLine(self._session)
        policy = self._pixel.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing moves when the mouse enters an image
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
        self._blank.raise_()
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


def _font_points_for(screen: QScreen) -> float:
    """Return the font size in points that is readable from the last row, for the screen's height."""
    line = screen.geometry().height() / _LINES
    return max(_MIN_POINTS, line * _POINTS_PER_INCH / screen.logicalDotsPerInch())


def _enlarge(panel: QWidget, factor: float) -> None:
    """Scale the font of a panel, and in proportion the fonts that some of its widgets set themselves."""
    sized = [w for w in panel.findChildren(QWidget) if w.testAttribute(Qt.WidgetAttribute.WA_SetFont)]
    own = {widget: widget.font().pointSizeF() for widget in sized}
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    panel.setFont(font)
    for widget, points in own.items():
        font = widget.font()
        font.setPointSizeF(points * factor)
        widget.setFont(font)

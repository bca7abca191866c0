"""Find layout faults in a window: texts that are cut off, widgets that overlap."""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QSplitterHandle,
    QStackedWidget,
    QWidget,
)

from nmf_explorer.ui.loading.drop_overlay import DropOverlay
from nmf_explorer.ui.widgets.elided_label import ElidedLabel

_TOUCHING = 1  # pixel


def faults(window: QWidget) -> list[str]:
    """Return a line for each visible widget that is cut off and each pair that overlaps."""
    seen = [w for w in window.findChildren(QWidget) if w.isVisible() and w.window() is window]
    found = [f"cut off: {_told(widget)}" for widget in seen if is_cut_off(widget, window)]
    for parent in (window, *seen):
        found += [f"overlap: {_told(one)} and {_told(other)}" for one, other in _overlapping(parent)]
    return found


def is_cut_off(widget: QWidget, window: QWidget) -> bool:
    """Return whether the text has less room than it needs, or the widget lies beyond the edge of the window."""
    if widget.objectName().startswith("qt_") or isinstance(widget.parent(), (QAbstractSpinBox, QComboBox, QLineEdit)):
        return False
    if isinstance(widget, ElidedLabel) or not isinstance(widget, (QLabel, QAbstractButton, QAbstractSpinBox)):
        return False
    if isinstance(widget, QLabel):
        needs_more = _label_is_cut_off(widget)
    else:
        least = widget.minimumSizeHint()
        own = widget.minimumSize()  # an explicit minimum size takes precedence
        least = QSize(own.width() or least.width(), own.height() or least.height())
        needs_more = widget.width() < least.width() or widget.height() < least.height()
    reaches_out = widget.mapTo(window, QPoint(widget.width(), 0)).x() > window.width()
    return needs_more or reaches_out or _lies_beyond_its_parent(widget)


def _lies_beyond_its_parent(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent.parentWidget(), QAbstractScrollArea):
        corner = widget.mapTo(parent, QPoint(widget.width(), widget.height()))
        if corner.y() > parent.height() + _TOUCHING or corner.x() > parent.width() + _TOUCHING:
            return True
        parent = None if parent.isWindow() else parent.parentWidget()
    return False


def _label_is_cut_off(label: QLabel) -> bool:
    if not label.text():
        return False
    room = label.contentsRect()
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height()
    words = label.text().replace("&", "") if label.buddy() is not None else label.text()
    needed = label.fontMetrics().boundingRect(words)
    return needed.width() > room.width() + 1 or label.fontMetrics().height() > room.height() + 1


def _overlapping(parent: QWidget) -> list[tuple[QWidget, QWidget]]:
    if isinstance(parent, (QAbstractScrollArea, QStackedWidget, QAbstractSpinBox, QComboBox, QLineEdit)):
        return []
    children = [child for child in parent.children() if isinstance(child, QWidget) and child.isVisible()]
    laid_out = [
        child
        for child in children
        if not (child.isWindow() or isinstance(child, (DropOverlay, QSplitterHandle)))
        and not child.objectName().startswith("qt_")
    ]
    inner = -_TOUCHING
    return [
        (one, other)
        for one, other in combinations(laid_out, 2)
        if one.geometry().adjusted(-inner, -inner, inner, inner).intersects(other.geometry())
    ]


def _told(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
    return f"{type(widget).__name__} “{widget.accessibleName() or words}” {widget.geometry().getRect()}"

"""Find widgets by class and accessible name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QAbstractButton, QDoubleSpinBox, QListView, QPushButton, QWidget

from nmf_explorer.ui.equation.term_view import TermView

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QColor

W = TypeVar("W", bound=QWidget)


def child(parent: QObject, kind: type[W]) -> W:
    """Return the only widget of this class below `parent`, visible or not."""
    found = parent.findChildren(kind)
    assert len(found) == 1, (kind, found)
    return found[0]


def name_of(widget: QWidget) -> str:
    """Return the accessible name of a widget, or the text of a button."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


def find(parent: QObject, kind: type[W], name: str) -> W:
    """Return the one visible widget of this class and name."""
    found = [w for w in parent.findChildren(kind) if name_of(w) == name and w.isVisible()]
    assert len(found) == 1, (name, found)
    return found[0]


def fit_button(parent: QObject) -> QPushButton:
    """Return the button that starts a fit; it names the number of parts where that has changed."""
    found = [w for w in parent.findChildren(QPushButton) if re.match(r"Fit( \d+ parts?)?$", w.text()) and w.isVisible()]
    assert len(found) == 1
    return found[0]


def texts(view: QListView) -> list[str]:
    """Return the captions of a list."""
    model = view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def terms(parent: QWidget) -> list[tuple[str, str]]:
    """Return the visible terms of the sum: the text of the weight, and the title of the part."""
    views = [view for view in parent.findChildren(TermView) if view.isVisible()]
    views.sort(key=TermView.x)
    fields = [child(view, QDoubleSpinBox) for view in views]
    return [
        (field.text(), view.accessibleName().removeprefix("Term with "))
        for view, field in zip(views, fields, strict=True)
    ]


def labels(parent: QWidget) -> str:
    """Return the text of all visible labels."""
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in parent.findChildren(QLabel) if label.isVisible())


def rgb(colour: QColor) -> tuple[int, int, int]:
    """Return red, green and blue, 0..255 each."""
    return colour.red(), colour.green(), colour.blue()

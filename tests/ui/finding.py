"""Finds widgets as a screen reader would: by kind and name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QAbstractButton, QDoubleSpinBox, QListView, QPushButton, QWidget

from nmf_explorer.ui.equation.term_view import TermView

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

W = TypeVar("W", bound=QWidget)


def child(parent: QObject, kind: type[W]) -> W:
    """Return the only widget of this class below `parent`, visible or not."""
    found = parent.findChildren(kind)
    assert len(found) == 1, (kind, found)
    return found[0]


def name_of(widget: QWidget) -> str:
    """Give the name that is told: the accessible one, or a button's text."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


def find(parent: QObject, kind: type[W], name: str) -> W:
    """Give the one visible widget of this kind and name."""
    found = [w for w in parent.findChildren(kind) if name_of(w) == name and w.isVisible()]
    assert len(found) == 1, (name, found)
    return found[0]


def fit_button(parent: QObject) -> QPushButton:
    """Give the button that fits; it says of how many parts, where that is something new."""
    found = [w for w in parent.findChildren(QPushButton) if re.match(r"Fit( \d+ parts?)?$", w.text()) and w.isVisible()]
    assert len(found) == 1
    return found[0]


def texts(view: QListView) -> list[str]:
    """Give the captions of a list."""
    model = view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def terms(parent: QWidget) -> list[tuple[str, str]]:
    """Give the terms of the sum that are seen: the weight as it is written, and the part's title."""
    views = [view for view in parent.findChildren(TermView) if view.isVisible()]
    views.sort(key=TermView.x)
    fields = [child(view, QDoubleSpinBox) for view in views]
    return [
        (field.text(), view.accessibleName().removeprefix("Term with "))
        for view, field in zip(views, fields, strict=True)
    ]


def labels(parent: QWidget) -> str:
    """Give all visible text of labels, to look for words in."""
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in parent.findChildren(QLabel) if label.isVisible())

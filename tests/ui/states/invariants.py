"""Invariants of a window and its session."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDoubleSpinBox, QLabel, QLineEdit, QMenu, QSpinBox, QWidget

from nmf_explorer.session.session import Activity
from nmf_explorer.session.state.history import MAX_STEPS
from nmf_explorer.ui.equation.term_view import TermView
from nmf_explorer.ui.samples.sample_bar import SampleBar
from nmf_explorer.ui.theme.texts import printable
from tests.ui.finding import child

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nmf_explorer.session.session import Session
    from nmf_explorer.session.state.snapshot import Snapshot
    from nmf_explorer.ui.windows.main_window import MainWindow

# A template without its values, or the text of a missing number.
_UNFINISHED = re.compile(r"\{[a-z_]+\}|%n|%[0-9]|\bNone\b|\bnan\b|\binf\b")


def check(window: MainWindow) -> None:
    """Check that the session is consistent, and that the window shows its state."""
    session = window._session
    _check_set(window, session)
    _check_explored(session)
    _check_looked_at(session)
    _check_seen(window, session)
    _remember_first_state(window, session)


def _remember_first_state(window: MainWindow, session: Session) -> None:
    """Store the state to which undo leads back."""
    n_steps, is_fitting = session.history.n_steps, session.activity is Activity.FITTING
    if n_steps == 0:
        first = session.fit_controller.last.before if is_fitting and session.fit_controller.last else now(session)
        # Undo does not lead back beyond the first fit of a set.
        window._first_state = None if is_fitting and first.model is None else first  # type: ignore[attr-defined]
    elif n_steps >= MAX_STEPS:
        window._first_state = None  # type: ignore[attr-defined] # from here on the oldest steps are dropped


def now(session: Session) -> Snapshot:
    """Return the present state, also during a replay."""
    return session.present


def _check_set(window: MainWindow, session: Session) -> None:
    dataset, model = session.dataset, session.model
    assert (session.worker._task is None) == (session.activity is Activity.IDLE)
    if dataset is None:
        assert model is None
        assert session.history.n_steps == 0
        return
    assert dataset.name in window.windowTitle()
    assert 0 <= session.selected_sample < dataset.n_samples
    assert 1 <= session.n_components <= dataset.max_components
    if model is not None:
        assert model.weights.shape == (dataset.n_samples, model.n_components)
        assert model.components.shape[1] == dataset.n_features


def _check_explored(session: Session) -> None:
    explored, dataset, model = session.shown, session.dataset, session.model
    n_parts = model.n_components if model else 0
    assert all(0 <= part < n_parts for part in (*explored.hidden, *explored.names))
    assert all(explored.names.values())
    for weights in explored.weights.values():
        assert weights.shape == (n_parts,)
        assert np.isfinite(weights).all()
        assert (weights >= 0).all()
    if explored.drawing is not None:
        assert dataset is not None
        assert explored.drawing.shape == dataset.sample_shape
        assert (explored.drawing >= 0).all()


def _check_looked_at(session: Session) -> None:
    model, parts, order, dataset = session.model, session.parts, session.sample_view, session.dataset
    n_parts, n_samples = (model.n_components if model else 0), (dataset.n_samples if dataset else 0)
    assert sorted(session.part_layout.parts_in_order) == list(range(n_parts))
    assert parts.selected is None or parts.selected < n_parts
    assert parts.compared is None or (parts.compared < n_parts and parts.compared != parts.selected is not None)
    rows = np.asarray(order.rows)
    assert len(np.unique(rows)) == len(rows)
    assert not len(rows) or (rows.min() >= 0 and rows.max() < n_samples)
    explanation = session.equation.explanation()
    assert (explanation is None) == (model is None)
    if explanation:
        assert (explanation.reconstruction >= 0).all()
        assert np.isfinite(explanation.residual).all()
        assert sorted(session.equation.terms()) == sorted(set(range(n_parts)) - parts.hidden)


def _check_seen(window: MainWindow, session: Session) -> None:
    """Check that widgets show the session's state, and that no text has an unfilled placeholder."""
    names = _own_names(session)
    for action in (action for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()):
        assert action.isSeparator() or action.text(), (action, action.parent())
        assert is_finished(action.text(), names), action.text()
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            _check_words(widget, names)
    history = session.history
    assert (history.undo_message is not None) or not history.can_undo
    assert (history.redo_message is not None) or not history.can_redo
    for bar in window.findChildren(SampleBar):
        assert bar.search.text() == session.sample_view.text
    if session.is_model_changing or session.equation.is_previewed:
        return
    weights = session.equation.shown_weights
    for view in window.findChildren(TermView):
        field = child(view, QDoubleSpinBox)
        if view.isVisible() and weights is not None and view._term:
            assert view._term.part not in session.parts.hidden
            assert abs(field.value() - weights[view._term.part]) <= 10.0 ** -field.decimals()


def _own_names(session: Session) -> list[str]:
    """Return the user's own names of parts, samples and sets that look like an unfilled template."""
    given = {*session.shown.names.values(), *now(session).names.values()}
    given.update((session.dataset.name, *session.dataset.sample_names) if session.dataset else ())
    return [name for name in map(printable, given) if _UNFINISHED.search(name)]


def is_finished(words: str, own_names: Iterable[str] = ()) -> bool:
    """Return whether a text has no unfilled placeholder, apart from the user's own names in it."""
    for name in own_names:
        for written in (name, html.escape(name, quote=False), name.replace("&", "&&")):  # as in a tool tip, in a menu
            words = words.replace(written, "")
    return not _UNFINISHED.search(words)


def _check_words(widget: QWidget, names: Iterable[str]) -> None:
    if isinstance(widget, QAbstractButton) and not widget.objectName().startswith(("qt_", "ScrollLeft", "ScrollRight")):
        in_a_field = isinstance(widget.parent(), QLineEdit)  # Qt's clear button
        assert widget.text() or widget.accessibleName() or in_a_field, (widget, widget.parent())
    text = widget.text() if isinstance(widget, (QAbstractButton, QLabel)) else ""
    for words in (text, widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()):
        assert is_finished(words, names), words
    if isinstance(widget, QComboBox):
        assert widget.currentText(), widget.accessibleName()
        assert widget.accessibleName()
    if isinstance(widget, (QSpinBox, QDoubleSpinBox)):
        assert widget.accessibleName()


def check_way_back(window: MainWindow) -> None:
    """Undo everything and redo it: the first state comes back, and then the last."""
    session = window._session
    history, last = session.history, now(session)
    n_steps, n_back = history.n_steps, 0
    while history.can_undo:
        history.undo()
        n_back += 1
        _check_explored(session)
    if session.is_busy or n_back == 0:
        return
    assert n_back == n_steps
    assert history.n_steps == 0
    first = getattr(window, "_first_state", None)
    # False when the recorded first state belongs to a closed set
    is_known = first is not None and first.open_dataset is session.shown.open_dataset
    if first is not None and is_known and n_steps < MAX_STEPS:
        assert alike(session.shown, first)
    for _ in range(n_back):
        assert history.can_redo
        history.redo()
    assert alike(session.shown, last)


def alike(one: Snapshot, other: Snapshot) -> bool:
    """Return whether two snapshots have equal contents."""
    has_same_weights = one.weights.keys() == other.weights.keys() and all(
        np.array_equal(weights, other.weights[key]) for key, weights in one.weights.items()
    )
    has_same_drawing = np.array_equal(_drawn(one), _drawn(other))
    is_same_model = one.model is other.model and dict(one.names) == dict(other.names) and one.hidden == other.hidden
    return is_same_model and has_same_weights and has_same_drawing


def _drawn(explored: Snapshot) -> np.ndarray:
    """Return the drawing; an empty canvas, which needs no undo step, equals no drawing."""
    drawing = explored.drawing
    return drawing if drawing is not None and drawing.any() else np.zeros(0)

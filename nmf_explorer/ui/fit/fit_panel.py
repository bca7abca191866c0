"""Controls of the fit: open, number of parts, fit, pause, step, cancel, options, and progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nmf_explorer.dataset.loading.load_progress import LoadProgress
from nmf_explorer.session.session import Activity
from nmf_explorer.session.state.activity import FitProgress
from nmf_explorer.ui.fit.options_row import OptionsRow
from nmf_explorer.ui.theme.reduced_motion import is_motion_allowed
from nmf_explorer.ui.theme.texts import describe_set, describe_widget, exact_percent, number
from nmf_explorer.ui.widgets.busy_bar import BusyBar
from nmf_explorer.ui.widgets.elided_label import ElidedLabel
from nmf_explorer.ui.widgets.flow_layout import FlowLayout
from nmf_explorer.ui.widgets.number_boxes import WholeNumberBox

if TYPE_CHECKING:
    from nmf_explorer.session.session import Session

_TYPICAL_ITERATION = 999  # largest iteration that fits the usual width
_MIN_LETTERS = 14  # letters of a text that are always visible
_MIN_PROGRESS_WIDTH = 48  # pixels
_BUTTON_PADDING = 24  # pixels beside the text of a button


class FitPanel(QWidget):
    """Buttons, number of parts, progress, iteration and relative error.

    Signals: ``focus_freed()`` when the button with the keyboard focus became disabled.
    """

    focus_freed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.open_button = _CompactButton(self.tr("Open…"))
        self._set_label = ElidedLabel(_MIN_LETTERS)
        self._n_components = WholeNumberBox()
        self._fit = QPushButton(self.tr("Fit"))
        self._watch = _CompactButton(self.tr("Watch"))
        self._pause = _CompactButton(self.tr("Resume"))
        self._step = _CompactButton(self.tr("Step"))
        self._cancel = _CompactButton(self.tr("Cancel"))
        self._options = _CompactButton(self.tr("Options"))
        self._options_row = OptionsRow(session, self)
        self._progress = BusyBar()
        self._iteration = ElidedLabel(_MIN_LETTERS)
        self._error = QLineEdit()
        self._describe()
        self._lay_out()
        self._connect()

    def _describe(self) -> None:
        self._n_components.setAccessibleName(self.tr("Number of parts"))
        self._n_components.lineEdit().setAcceptDrops(False)  # a dropped file must reach the window
        self._fit.setToolTip(self.tr("Find the parts (Ctrl+Return)"))
        self._fit.setMinimumWidth(_text_width(self, self._fit_text(100)))
        self._watch.setToolTip(self.tr("Watch the parts form from random numbers (Ctrl+Shift+L)"))
        self._pause.setMinimumWidth(_text_width(self, self._pause.text()))  # same width for “Pause”
        self._step.setToolTip(self.tr("Go on for one iteration, and pause (Ctrl+Shift+Return)"))
        self._cancel.setToolTip(self.tr("Stop and keep what has been found (Esc)"))
        self._options.setAccessibleName(self.tr("Options"))
        self._show_changed_options()
        self._options.setCheckable(True)
        self._progress.setAccessibleName(self.tr("Progress"))
        self._iteration.setAccessibleName(self.tr("Iteration"))
        self._error.setAccessibleName(self.tr("Relative error"))
        self._error.setToolTip(
            self.tr(
                "What is not explained of all images: the size of the residuals, relative to the images; 0 % is exact"
            )
        )
        self._error.setReadOnly(True)
        self._error.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._error.setFixedWidth(_text_width(self, exact_percent(0.1)))

    def _lay_out(self) -> None:
        self._progress.setMinimumWidth(_MIN_PROGRESS_WIDTH)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)  # the layout stays the same when a fit begins
        self._progress.setSizePolicy(policy)
        row = FlowLayout()
        for item in (
            self.open_button,
            self._set_label,
            _grouped(*_labelled(self.tr("Number of parts"), self._n_components)),
            self._fit,
            self._watch,
            self._pause,
            self._step,
            self._cancel,
            self._options,
            self._progress,
            _grouped(self._iteration, *_labelled(self.tr("Relative error"), self._error)),
        ):
            row.addWidget(item)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._options_row)

    def _connect(self) -> None:
        session = self._session
        self._show_n_components()
        self._n_components.valueChanged.connect(session.set_n_components)
        self._n_components.lineEdit().returnPressed.connect(self._start_fit)
        self._fit.clicked.connect(self._start_fit)
        self._watch.clicked.connect(self._watch_fit)
        self._pause.clicked.connect(self._on_pause_clicked)
        self._step.clicked.connect(session.step_fit)
        self._cancel.clicked.connect(session.cancel)
        self._options.setChecked(session.preferences.options_shown())
        self._options.toggled.connect(session.preferences.set_options_shown)
        session.preferences.options_shown_changed.connect(self._options.setChecked)
        session.n_components_changed.connect(self._show_n_components)
        session.fit_settings_changed.connect(self._enable_buttons)
        session.fit_settings_changed.connect(self._show_changed_options)
        session.dataset_changed.connect(self._on_dataset_changed)
        session.model_changed.connect(self._on_model_changed)
        session.activity_changed.connect(self._on_activity_changed)
        session.progress_changed.connect(self._on_progress_changed)
        session.replay.changed.connect(self._enable_buttons)
        self._on_dataset_changed()
        self._on_model_changed()
        self._on_progress_changed(session.progress)

    def _show_changed_options(self) -> None:
        """Say on the button that options are not the usual ones: they stay for the next sets, too."""
        changes = self._options_row.changes()
        self._options.setText(self.tr("Options, changed") if changes else self.tr("Options"))
        tip = self.tr("Method, start, loss and seed of the next fit (Ctrl+Shift+F)")
        changed = self.tr("Changed: {changes}").format(changes=changes)
        describe_widget(self._options, f"{tip}\n{changed}" if changes else tip, description=changed if changes else tip)

    def _start_fit(self) -> None:
        self._session.start_fit(is_watched=is_motion_allowed())

    def _watch_fit(self) -> None:
        self._session.next_fit.watch(is_slow=is_motion_allowed())

    def _on_pause_clicked(self) -> None:
        self._session.resume() if self._session.is_paused else self._session.pause()

    def _on_dataset_changed(self) -> None:
        dataset = self._session.dataset
        self._set_label.setText(describe_set(dataset) if dataset else "")
        self.open_button.setVisible(dataset is not None)
        self._on_activity_changed()

    def _show_n_components(self) -> None:
        dataset = self._session.dataset
        with QSignalBlocker(self._n_components):  # a value clamped by the new range is not a choice of the user
            self._n_components.setRange(1, dataset.max_components if dataset else 1)
            self._n_components.setValue(self._session.n_components)
        reason = self.tr("At most {limit} parts: there are {images}.")
        self._n_components.describe(
            self.tr("How many parts the images are to be made of"),
            highest_reason=reason.replace("{images}", describe_set(dataset)) if dataset else "",
        )
        self._update_fit_button()

    def _update_fit_button(self) -> None:
        """Show the number of parts in bold on the default button if a fit would give a new result."""
        session, font = self._session, self.font()
        is_offered = session.next_fit.differs_from_model
        font.setBold(is_offered)
        self._fit.setFont(font)
        self._fit.setDefault(is_offered)
        self._fit.setText(self._fit_text(session.n_components) if is_offered else self.tr("Fit"))
        self._enable_buttons()

    def _fit_text(self, n: int) -> str:
        return self.tr("Fit 1 part") if n == 1 else self.tr("Fit %Ln parts", "", n)

    def _on_model_changed(self) -> None:
        self._update_fit_button()
        self._show_state_of_fit()

    def _show_state_of_fit(self) -> None:
        model, progress = self._session.model, self._session.progress
        error = exact_percent(model.relative_error) if model else ""
        self._error.setText(error)
        self._error.setAccessibleDescription(error)
        is_at_end = not self._session.replay.is_before_end
        is_fitting_at_end = self._session.activity is Activity.FITTING and is_at_end
        searching = is_fitting_at_end and isinstance(progress, FitProgress) and progress.compares_restarts
        template = self.tr("iteration {n}, trying other starts") if searching else self.tr("iteration {n}")
        iteration = template.format(n=number(self._session.replay.iteration, 0)) if model else ""
        self._reserve_iteration_width(iteration)
        self._iteration.setText(iteration)
        self._iteration.setAccessibleDescription(iteration)

    def _reserve_iteration_width(self, iteration: str) -> None:
        """Keep a fixed width while the text fits: else each model would repeat the layout of the panel."""
        label, metrics = self._iteration, self._iteration.fontMetrics()
        usual = metrics.horizontalAdvance(self.tr("iteration {n}").format(n=_TYPICAL_ITERATION))
        needed = metrics.horizontalAdvance(iteration)
        room = QSize(usual if needed <= usual else needed + metrics.horizontalAdvance("00"), metrics.height())
        is_enough = needed <= label.minimumWidth() <= room.width() and label.minimumHeight() == room.height()
        if not is_enough:
            label.setFixedSize(room)

    def _on_activity_changed(self) -> None:
        self._enable_buttons()
        self._show_state_of_fit()
        self._update_progress_text()
        self._progress.setVisible(self._session.is_busy)

    def _enable_buttons(self) -> None:
        activity, is_open = self._session.activity, self._session.dataset is not None
        idle = activity is Activity.IDLE
        buttons = (self._fit, self._watch, self._pause, self._step, self._cancel)
        focused = next((button for button in buttons if button.hasFocus()), None)
        self._n_components.setEnabled(is_open)
        self._fit.setEnabled(self._session.next_fit.can_start)
        self._watch.setEnabled(idle and is_open)
        self._pause.setEnabled(activity is Activity.FITTING)
        self._step.setEnabled(is_open and activity is not Activity.LOADING)
        self._cancel.setEnabled(not idle or self._session.replay.is_playing)
        if focused and not focused.isEnabled():
            self.focus_freed.emit()

    def _update_progress_text(self) -> None:
        paused = self._session.is_paused
        self._pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        self._pause.setToolTip(
            self.tr("Go on with the fit (Ctrl+Shift+P)") if paused else self.tr("Let the fit wait (Ctrl+Shift+P)")
        )
        texts = {Activity.LOADING: self.tr("Loading…"), Activity.FITTING: self.tr("Fitting…")}
        self._progress.setRange(0, 1 if paused else 0)  # a running fit has no known end
        self._progress.setValue(0)
        self._progress.setFormat(self.tr("Paused") if paused else texts.get(self._session.activity, ""))

    def _on_progress_changed(self, progress: LoadProgress | FitProgress | None) -> None:
        if isinstance(progress, LoadProgress):
            self._progress.setRange(0, progress.total)
            self._progress.setValue(progress.done)
            self._progress.setFormat(self.tr("Loading %v of %m"))


class _CompactButton(QPushButton):
    """A button that may become as narrow as its text."""

    def minimumSizeHint(self) -> QSize:
        """Return a size for the text."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), _text_width(self, self.text())), hint.height())


def _text_width(widget: QWidget, texts: str) -> int:
    return widget.fontMetrics().horizontalAdvance(texts) + _BUTTON_PADDING


def _labelled(text: str, field: QWidget) -> tuple[QWidget, QWidget]:
    label = QLabel(text)
    label.setBuddy(field)
    return label, field


def _grouped(*widgets: QWidget) -> QWidget:
    """Return a widget that keeps these widgets in one line."""
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget)
    return group

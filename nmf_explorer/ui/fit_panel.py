"""The row of controls: open, number of parts, fit, cancel; and how far the worker is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QProgressBar, QPushButton, QSpinBox, QWidget

from nmf_explorer.session.session import Activity
from nmf_explorer.session.work import LoadProgress
from nmf_explorer.ui.texts import describe_set, number

if TYPE_CHECKING:
    from nmf_explorer.session.session import Session
    from nmf_explorer.session.work import FitProgress


class FitPanel(QWidget):
    """Buttons “Open…”, “Fit” and “Cancel”, the number of parts, progress and relative error."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.open_button = QPushButton(self.tr("Open…"))
        self._set_label = QLabel()
        self._n_components = QSpinBox()
        self._fit = QPushButton(self.tr("Fit"))
        self._cancel = QPushButton(self.tr("Cancel"))
        self._progress = QProgressBar()
        self._iteration = QLabel()
        self._error = QLineEdit()
        self._error_label = QLabel(self.tr("Relative error"))
        self._describe()
        self._lay_out()
        self._connect()

    def _describe(self) -> None:
        self._n_components.setAccessibleName(self.tr("Number of parts"))
        self._n_components.setToolTip(self.tr("How many parts the images are to be made of"))
        self._n_components.lineEdit().setAcceptDrops(False)  # a file dropped here is meant for the window
        self._fit.setToolTip(self.tr("Find the parts (Ctrl+Return)"))
        self._cancel.setToolTip(self.tr("Stop and keep what has been found (Esc)"))
        self._progress.setAccessibleName(self.tr("Progress"))
        self._iteration.setAccessibleName(self.tr("Iteration"))
        self._error.setAccessibleName(self.tr("Relative error"))
        self._error.setToolTip(self.tr("Size of all residuals together, relative to the images: 0 is exact"))
        self._error.setReadOnly(True)
        self._error.setMaximumWidth(self.fontMetrics().horizontalAdvance("0.00000") + 24)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        label = QLabel(self.tr("Number of parts"))
        label.setBuddy(self._n_components)
        self._set_label.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(self.open_button)
        row.addWidget(self._set_label)
        row.addSpacing(16)
        row.addWidget(label)
        row.addWidget(self._n_components)
        row.addWidget(self._fit)
        row.addWidget(self._cancel)
        row.addWidget(self._progress, 1)
        row.addStretch(0)
        row.addWidget(self._iteration)
        row.addWidget(self._error_label)
        row.addWidget(self._error)

    def _connect(self) -> None:
        session = self._session
        self._n_components.valueChanged.connect(session.set_n_components)
        self._fit.clicked.connect(session.start_fit)
        self._cancel.clicked.connect(session.cancel)
        session.n_components_changed.connect(self._n_components.setValue)
        session.dataset_changed.connect(self._on_dataset_changed)
        session.model_changed.connect(self._on_model_changed)
        session.activity_changed.connect(self._on_activity_changed)
        session.progress_changed.connect(self._on_progress_changed)
        self._on_dataset_changed()
        self._on_model_changed()
        self._on_activity_changed()

    def _on_dataset_changed(self) -> None:
        dataset = self._session.dataset
        self._n_components.setRange(1, dataset.max_components if dataset else 1)
        self._set_label.setText(describe_set(dataset) if dataset else "")
        self.open_button.setVisible(dataset is not None)
        self._on_activity_changed()

    def _on_model_changed(self) -> None:
        model = self._session.model
        error = number(model.relative_error, 4) if model else ""
        self._error.setText(error)
        self._error.setAccessibleDescription(error)
        iteration = self.tr("iteration {n}").format(n=model.n_iterations) if model else ""
        self._iteration.setText(iteration)
        self._iteration.setAccessibleDescription(iteration)

    def _on_activity_changed(self) -> None:
        activity = self._session.activity
        idle = activity is Activity.IDLE
        self._n_components.setEnabled(self._session.dataset is not None)
        self._fit.setEnabled(idle and self._session.dataset is not None)
        self._cancel.setEnabled(not idle)
        self._progress.setVisible(not idle)
        if not idle:
            self._progress.setRange(0, 0)
            self._progress.setFormat(self.tr("Loading…") if activity is Activity.LOADING else self.tr("Fitting…"))

    def _on_progress_changed(self, progress: LoadProgress | FitProgress) -> None:
        if isinstance(progress, LoadProgress):
            self._progress.setRange(0, progress.total)
            self._progress.setValue(progress.done)
            self._progress.setFormat(self.tr("Loading %v of %m"))

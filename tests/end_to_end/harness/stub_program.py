"""A small window to test the harness itself: one of each widget that it must read and operate."""

import sys
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QWidget,
)


class DropLabel(QLabel):
    """Shows what is dragged over it and what was dropped on it."""

    def __init__(self, show: Callable[[str], None]) -> None:
        super().__init__("Drop here")
        self.show_text = show
        self.setAcceptDrops(True)
        self.setMinimumHeight(120)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Accept anything with URLs."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.show_text("over")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """Show that the drag has left."""
        event.accept()
        self.show_text("left")

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Show what was dropped."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.show_text("dropped " + " ".join(url.toLocalFile() for url in event.mimeData().urls()))


class StubWindow(QMainWindow):
    """The window."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Stub – window")
        self.told = QLineEdit("nothing yet")
        self.told.setReadOnly(True)
        recent = self.menuBar().addMenu("&File").addMenu("&Recent")
        recent.addAction("&Digits", lambda: self.told.setText("menu: Digits"))
        form = QFormLayout()
        form.addRow("Told", self.told)
        form.addRow("Method", self._choice())
        form.addRow("Count", self._spin_box())
        form.addRow("Words", QLineEdit())
        for name, answer in (("Say", self._say), ("Ask", self._ask)):
            button = QPushButton("&" + name)
            button.clicked.connect(answer)
            form.addRow(button)
        form.addRow("Fruit", self._list())
        form.addRow(self._picture())
        form.addRow(DropLabel(self.told.setText))
        middle = QWidget()
        middle.setLayout(form)
        self.setCentralWidget(middle)

    def _choice(self) -> QComboBox:
        choice = QComboBox()
        choice.addItems(["slow", "fast"])
        return choice

    def _spin_box(self) -> QSpinBox:
        box = QSpinBox()
        box.setRange(1, 20)
        box.setValue(4)
        return box

    def _list(self) -> QListWidget:
        fruit = QListWidget()
        fruit.addItems(["apple", "pear", "plum"])
        fruit.setMaximumHeight(80)
        return fruit

    def _picture(self) -> QLabel:
        picture = QLabel()
        picture.setAccessibleName("Picture")
        pixels = QPixmap(80, 40)
        pixels.fill(Qt.GlobalColor.red)
        picture.setPixmap(pixels)
        return picture

    def _say(self) -> None:
        self.told.setText("said")

    def _ask(self) -> None:
        QMessageBox.question(self, "Question", "Really?")
        self.told.setText("answered")


def main() -> int:
    """Show the window until it is closed."""
    if "--complain" in sys.argv:
        sys.stderr.write("[warning] default: something is odd\n")
    application = QApplication(sys.argv)
    window = StubWindow()
    window.resize(420, 560)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())

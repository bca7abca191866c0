"""A row of controls that goes on in the next line where a window is narrow or its font large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QStyle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayoutItem


class FlowLayout(QLayout):
    """Lays out items in as few lines as their least widths allow; what is left over goes to who can use it."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Put an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Give an item; Qt asks beyond the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Use all the width there is."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow row is high."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines in a room of this width."""
        heights = [max(item.sizeHint().height() for item in line) for line in self._lines(width)]
        return sum(heights) + self.spacing() * max(0, len(heights) - 1)

    def minimumSize(self) -> QSize:
        """Room for the widest item."""
        least = QSize()
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return least

    def sizeHint(self) -> QSize:
        """Room for everything in one line."""
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Give each item its place, mirrored where one reads from right to left."""
        super().setGeometry(rect)
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
        top = rect.top()
        for line in self._lines(rect.width()):
            height = max(item.sizeHint().height() for item in line)
            left = rect.left()
            for item, width in zip(line, self._widths(line, rect.width()), strict=True):
                item.setGeometry(QStyle.visualRect(direction, rect, QRect(left, top, width, height)))
                left += width + self.spacing()
            top += height + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        taken = 0
        for item in self._shown():
            needed = item.minimumSize().width() + self.spacing()
            if lines and taken + needed - self.spacing() <= width:
                lines[-1].append(item)
                taken += needed
            else:
                lines.append([item])
                taken = needed
        return lines

    def _widths(self, line: list[QLayoutItem], width: int) -> list[int]:
        """Every item its least; then each a share of what it would like more; then all to those that grow."""
        widths = [min(item.minimumSize().width(), width) for item in line]
        spare = width - sum(widths) - self.spacing() * (len(line) - 1)
        for wish in (_liked, _most):
            wanted = [max(0, wish(item) - given) for item, given in zip(line, widths, strict=True)]
            share = min(1.0, spare / max(1, sum(wanted)))
            more = [int(want * share) for want in wanted]
            widths = [given + extra for given, extra in zip(widths, more, strict=True)]
            spare -= sum(more)
        return widths


def _liked(item: QLayoutItem) -> int:
    return item.sizeHint().width()


def _most(item: QLayoutItem) -> int:
    grows = bool(item.expandingDirections() & Qt.Orientation.Horizontal)
    return item.maximumSize().width() if grows else 0

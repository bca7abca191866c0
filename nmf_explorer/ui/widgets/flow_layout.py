"""A row of widgets that continues in the next line where the window is narrow or the font large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QStyle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayoutItem


class FlowLayout(QLayout):
    """Lays out items in as few lines as their minimum widths allow, and shares out the remaining width."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Append an item."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None beyond the end, where Qt asks too."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return an item."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Return the horizontal direction."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Return that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at this width."""
        heights = [max(item.sizeHint().height() for item in line) for line in self._lines(width)]
        return sum(heights) + self.spacing() * max(0, len(heights) - 1)

    def minimumSize(self) -> QSize:
        """Return the size of the widest item."""
        minimum = QSize()
        for item in self._visible_items():
            minimum = minimum.expandedTo(item.minimumSize())
        return minimum

    def sizeHint(self) -> QSize:
        """Return the size of all items in one line."""
        hints = [item.sizeHint() for item in self._visible_items()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Place all items, mirrored in right-to-left languages."""
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

    def _visible_items(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        taken = 0
        for item in self._visible_items():
            needed = item.minimumSize().width() + self.spacing()
            if lines and taken + needed - self.spacing() <= width:
                lines[-1].append(item)
                taken += needed
            else:
                lines.append([item])
                taken = needed
        return lines

    def _widths(self, line: list[QLayoutItem], width: int) -> list[int]:
        """Return minimum widths, plus shares of what items prefer, plus the rest for those that expand."""
        widths = [min(item.minimumSize().width(), width) for item in line]
        spare = width - sum(widths) - self.spacing() * (len(line) - 1)
        for wish in (_preferred_width, _max_width):
            wanted = [max(0, wish(item) - given) for item, given in zip(line, widths, strict=True)]
            share = min(1.0, spare / max(1, sum(wanted)))
            more = [int(want * share) for want in wanted]
            widths = [given + added for given, added in zip(widths, more, strict=True)]
            spare -= sum(more)
        return widths


def _preferred_width(item: QLayoutItem) -> int:
    return item.sizeHint().width()


def _max_width(item: QLayoutItem) -> int:
    grows = bool(item.expandingDirections() & Qt.Orientation.Horizontal)
    return item.maximumSize().width() if grows else 0

"""The error curve: painting, reading by mouse, keyboard and screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication

from nmf_explorer.ui.widgets.error_plot import ErrorPlot, percent_labels, tick_labels, ticks

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LOSSES = [1.0, 0.6, 0.4, 0.3, 0.25, 0.22, 0.21, 0.2, 0.2, 0.2]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def plot(qtbot: QtBot) -> ErrorPlot:
    """Return a plot with ten iterations, of which the last is shown."""
    plot = ErrorPlot()
    qtbot.addWidget(plot)
    plot.resize(400, 120)
    plot.show()
    plot.show_curve(LOSSES, 10)
    QApplication.processEvents()
    return plot


def place(plot: ErrorPlot, iteration: int) -> QPoint:
    """Return the position of an iteration."""
    return place_of(plot, iteration, LOSSES[iteration - 1])


def place_of(plot: ErrorPlot, iteration: int, loss: float) -> QPoint:
    """Return the position of a loss."""
    area = plot._plot()
    return QPoint(round(plot._x(iteration, area)), round(plot._y(loss, area)))


def ink(image: QImage, x: int, y: int, colour: QColor) -> bool:
    """Whether this colour is near a point."""
    around = [(x + i, y + j) for i in range(-2, 3) for j in range(-2, 3)]
    return any(image.pixelColor(*p).rgb() == colour.rgb() for p in around if image.valid(QPoint(*p)))


@pytest.mark.parametrize(
    ("top", "most", "expected"),
    [
        (1.0, 5, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (0.83, 2, [0, 0.5]),
        (52, 6, [0, 10, 20, 30, 40, 50]),
        (7, 10, [0, 1, 2, 3, 4, 5, 6, 7]),
        (1000, 1, [0, 1000]),
        (0.0, 5, [0]),
        (3.0, 0, [0]),
    ],
)
def test_ticks_are_round_numbers_from_0(top: float, most: int, expected: list[float]) -> None:
    assert ticks(top, most) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 0.5, 1.0], ["0.0", "0.5", "1.0"]),
        ([0, 0.0004, 0.0008, 0.0012], ["0.0000", "0.0004", "0.0008", "0.0012"]),
        ([0, 5e-7, 1e-6, 1.5e-6], ["0", "5e-07", "1e-06", "1.5e-06"]),
        ([0, 20, 40], ["0.0", "20.0", "40.0"]),
        ([0], ["0"]),
    ],
)
def test_tick_labels_are_distinct(values: list[float], expected: list[str]) -> None:
    assert tick_labels(values) == expected


def test_there_are_never_too_many_ticks() -> None:
    for top in (3e-7, 0.0199, 0.9, 1.0, 4.9, 99.0, 12345.0):
        for most in range(1, 12):
            found = ticks(top, most)
            assert len(found) <= most + 1
            assert found[-1] <= top * (1 + 1e-9)


def test_the_curve_falls_from_left_to_right_and_ends_in_a_dot(plot: ErrorPlot) -> None:
    image = plot.grab().toImage()
    text, highlight = (plot.palette().color(role) for role in (QPalette.ColorRole.Text, QPalette.ColorRole.Highlight))
    points = [place(plot, i) for i in (1, 5, 10)]
    assert points[0].y() < points[1].y() < points[2].y() < plot._plot().bottom()
    assert ink(image, points[2].x(), points[2].y(), highlight)
    assert not ink(image, points[0].x(), points[0].y(), highlight)
    axis = plot._plot().bottomLeft().toPoint()
    assert ink(image, axis.x(), axis.y(), text)


def test_the_mouse_moves_the_cursor_and_a_click_requests_the_iteration(qtbot: QtBot, plot: ErrorPlot) -> None:
    qtbot.mouseMove(plot, place(plot, 3))
    qtbot.waitUntil(lambda: plot.cursor_iteration() == 3)
    assert plot.reading() == plot.accessibleDescription() == "iteration 3: error 40.00 %"
    with qtbot.waitSignal(plot.iteration_requested) as asked:
        qtbot.mouseClick(plot, LEFT, pos=place(plot, 4))
    assert asked.args == [4]
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert plot.cursor_iteration() is None
    assert plot.reading() == "iteration 10: error 20.00 %"


def test_arrow_keys_move_the_cursor_and_return_requests_the_iteration(qtbot: QtBot, plot: ErrorPlot) -> None:
    plot.setFocus()
    for key, iteration in (("Left", 9), ("Home", 1), ("Right", 2), ("PageUp", 10), ("End", 10), ("PageDown", 1)):
        qtbot.keyClick(plot, getattr(Qt.Key, f"Key_{key}"))
        assert plot.cursor_iteration() == iteration, key
    assert plot.accessibleDescription() == "iteration 1: error 100.00 %"
    with qtbot.waitSignal(plot.iteration_requested) as asked:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert asked.args == [1]
    plot.clearFocus()
    assert plot.cursor_iteration() is None


def test_the_description_has_both_ends_of_the_curve(plot: ErrorPlot) -> None:
    assert plot.accessibleName() == "Error curve"
    assert plot.accessibleDescription() == "error 100.00 % at iteration 1, 20.00 % at iteration 10"


def test_the_cursor_stays_on_the_curve_when_a_shorter_one_is_shown(qtbot: QtBot, plot: ErrorPlot) -> None:
    for _ in range(2):
        qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert plot.cursor_iteration() == 8
    plot.show_curve([*LOSSES, 0.1], 11)
    assert plot.cursor_iteration() == 8
    plot.show_curve(LOSSES[:5], 5)
    assert plot.cursor_iteration() == 5
    plot.show_curve([], 0)
    assert plot.cursor_iteration() is None


def test_other_losses_are_called_loss(plot: ErrorPlot) -> None:
    plot.show_curve(LOSSES, 10, is_error=False)
    assert plot.accessibleDescription() == "loss 1.0000 at iteration 1, 0.2000 at iteration 10"
    assert plot.reading() == "iteration 10: loss 0.2000"


@pytest.mark.parametrize(
    ("losses", "is_error", "top"),
    [
        ([0.3, 0.2], True, 0.3),
        ([0.051, 0.05], True, 0.051),
        ([0.05, 0.02], True, 0.05),
        ([0.049, 0.02], True, 0.05),
        ([4e-8], True, 0.05),
        ([1e-7, 2e-7], True, 0.05),
        ([0.04, 0.02], False, 0.04),
        ([1e-7], False, 0.0005),
    ],
)
def test_the_axis_spans_what_can_be_seen(plot: ErrorPlot, losses: list[float], top: float, *, is_error: bool) -> None:
    plot.show_curve(losses, 1, is_error=is_error)
    area = plot._plot()
    assert plot._y(top, area) == pytest.approx(area.top())
    assert plot._y(0, area) == pytest.approx(area.bottom())


def test_rounding_looks_level(plot: ErrorPlot) -> None:
    plot.show_curve([1e-8, 1e-7], 2)
    area = plot._plot()
    assert abs(plot._y(1e-8, area) - plot._y(1e-7, area)) < 0.01
    assert plot.accessibleDescription() == "error 0.00 % at iteration 1, 0.00 % at iteration 2"


@pytest.mark.parametrize("height", [70, 120, 300, 900])
@pytest.mark.parametrize("losses", [[4e-8], [0.6, 0.3], [0.0512, 0.01], [1.0], [7.3, 2.0]])
def test_the_labels_of_errors_are_few_distinct_percentages(plot: ErrorPlot, losses: list[float], height: int) -> None:
    plot.resize(400, height)
    plot.show_curve(losses, 1)
    values = plot._losses_at_axis(plot._plot())
    labels = percent_labels(values)
    assert len(set(labels)) == len(labels) <= 7
    assert [float(label.removesuffix(" %")) for label in labels] == pytest.approx([100 * value for value in values])
    assert all(len(label) <= 6 for label in labels)


def test_a_single_iteration_is_a_dot_inside_the_plot(plot: ErrorPlot) -> None:
    plot.show_curve([0.02], 0)
    spot, image = place_of(plot, 1, 0.02), plot.grab().toImage()
    assert plot.rect().adjusted(4, 4, -4, -4).contains(spot)
    assert ink(image, spot.x(), spot.y(), plot.palette().color(QPalette.ColorRole.Text))


def test_time_runs_to_the_right_in_every_language(qtbot: QtBot, plot: ErrorPlot) -> None:
    plot.clearFocus()
    before = plot.grab().toImage()
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        other = ErrorPlot()
        qtbot.addWidget(other)
        other.resize(plot.size())
        other.show_curve(LOSSES, 10)
        other.show()
        other.clearFocus()
        assert other.grab().toImage() == before
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize(
    "losses", [[], [0.3], [0.0, 0.0], [1e-7, 1e-9], [2000.0, 10.0], [1 / n for n in range(1, 5000)]]
)
@pytest.mark.parametrize("size", [(400, 120), (30, 20), (1, 1)])
def test_any_curve_is_painted_at_any_size(
    qtbot: QtBot, plot: ErrorPlot, losses: list[float], size: tuple[int, int]
) -> None:
    plot.setMinimumSize(1, 1)
    plot.resize(*size)
    plot.show_curve(losses, len(losses))
    assert not plot.grab().isNull()
    qtbot.mouseMove(plot, QPoint(0, 0))
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert plot.cursor_iteration() == (1 if losses else None)
    plot.show_curve([], 0)
    assert plot.reading() == ""


def test_the_curve_has_the_text_colour_of_the_palette(plot: ErrorPlot) -> None:
    palette = plot.palette()
    palette.setColor(QPalette.ColorRole.Base, QColor("black"))
    palette.setColor(QPalette.ColorRole.Text, QColor("white"))
    plot.setPalette(palette)
    image, area = plot.grab().toImage(), plot._plot()
    assert image.pixelColor(round(area.center().x()), round(area.top()) + 2) == QColor("black")
    assert ink(image, round(area.left()), round(area.center().y()), QColor("white"))

"""What is looked at, on one page of paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import QWidget

from nmf_explorer.session.state.fit_settings import FitSettings
from nmf_explorer.ui.printing.page_facts import fit_line, scale_line
from nmf_explorer.ui.printing.printed_page import PrintedPage
from nmf_explorer.ui.theme.texts import number
from tests.session.fixtures import PATIENCE, fit_and_wait, image_folder, open_and_wait
from tests.ui.finding import find
from tests.ui.windows.test_main_window import action

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow

DOTS_PER_METRE = 4000


def n_pages(content: bytes) -> int:
    """Count the pages of a PDF file."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", content))


def on_paper(session: Session, *, width: int = 800, height: int = 1100) -> QImage:
    """Draw the page into memory."""
    paper = QImage(width, height, QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    paper.setDotsPerMeterX(DOTS_PER_METRE)
    paper.setDotsPerMeterY(DOTS_PER_METRE)
    assert PrintedPage(session, paper).draw()  # type: ignore[arg-type] # any device will do
    return paper


@pytest.mark.usefixtures("stripes")
@pytest.mark.parametrize("orientation", QPageLayout.Orientation)
def test_it_is_one_page_with_text_as_text(
    session: Session, tmp_path: Path, orientation: QPageLayout.Orientation
) -> None:
    file = tmp_path / "page.pdf"
    writer = QPdfWriter(str(file))
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), orientation, QMarginsF(10, 10, 10, 10)))
    assert PrintedPage(session, writer).draw()
    content = file.read_bytes()
    assert n_pages(content) == 1
    assert b"/FontFile" in content
    assert b"DCTDecode" not in content  # JPEG, which smears sharp pixels
    assert content.count(b"/Subtype /Image") + content.count(b"/Subtype/Image") >= 9  # 3 parts twice, and 3 more


@pytest.mark.parametrize(("size", "n_components"), [((4, 60), 3), ((60, 4), 5), ((7, 7), 40)])
def test_any_number_of_parts_of_any_shape_fits(
    qtbot: QtBot, session: Session, tmp_path: Path, size: tuple[int, int], n_components: int
) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "mine", 60, size))
    session.set_n_components(n_components)
    fit_and_wait(qtbot, session)
    paper = on_paper(session)
    used = [paper.pixelColor(x, y) != QColor("white") for x in range(0, 800, 3) for y in range(0, 1100, 3)]
    assert 0.02 < sum(used) / len(used) < 0.9
    edge = [paper.pixelColor(799, y).lightness() for y in range(1100)]
    assert min(edge) == 255  # nothing is cut off


def test_the_page_says_how_the_parts_were_found_and_how_they_are_shown(
    qtbot: QtBot, stripes: MainWindow, session: Session
) -> None:
    session.set_fit_settings(FitSettings(solver="multiplicative", start="random", random_state=3))
    fit_and_wait(qtbot, session)
    dataset, model = session.dataset, session.model
    assert stripes.isVisible()
    assert dataset is not None
    assert model is not None
    line = fit_line(session, model)
    assert line.startswith("method: multiplicative; loss: frobenius; start: random; seed: 3; iterations: ")
    assert line.endswith(f" {number(session.replay.iteration, 0)}")
    assert scale_line(session, dataset) == (
        "scales: images 0 to 1.00; each part 0 to its largest pixel; residual −1.00 to +1.00"
    )
    session.preferences.set_display(session.preferences.display._replace(scale="shared"))
    assert "parts at their largest weights 0 to 1.00" in scale_line(session, dataset)


@pytest.mark.usefixtures("stripes")
def test_paper_is_white_in_every_appearance(session: Session) -> None:
    session.parts.rename(0, "first & best")
    session.parts.hide(1, hidden=True)
    paper = on_paper(session)
    assert paper.pixelColor(paper.width() - 1, 0) == QColor("white")


def test_a_page_without_a_sum_has_a_foot_only(session: Session) -> None:
    paper = on_paper(session)
    assert all(paper.pixelColor(x, 0) == QColor("white") for x in range(paper.width()))


def test_the_preview_shows_one_page(qtbot: QtBot, stripes: MainWindow) -> None:
    action(stripes, "Print Preview…").trigger()
    (dialog,) = stripes.findChildren(QPrintPreviewDialog)
    (pages,) = dialog.findChildren(QPrintPreviewWidget)
    qtbot.waitUntil(lambda: pages.pageCount() == 1, timeout=PATIENCE)
    dialog.close()


def test_what_is_chosen_in_the_dialog_is_printed(
    stripes: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    action(stripes, "Print…").trigger()
    (dialog,) = stripes.findChildren(QPrintDialog)
    dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    dialog.printer().setOutputFileName(str(tmp_path / "page.pdf"))
    dialog.accepted.emit(dialog.printer())
    assert n_pages((tmp_path / "page.pdf").read_bytes()) == 1
    messages = find(stripes, QWidget, "Messages")
    assert messages.accessibleDescription() == f"The page was printed to the file “{tmp_path / 'page.pdf'}”."
    monkeypatch.setattr(PrintedPage, "draw", lambda _self: False)
    dialog.accepted.emit(dialog.printer())
    dialog.close()
    assert "could not be printed" in messages.accessibleDescription()


def test_a_preview_after_printing_to_a_file_tells_of_no_file(
    qtbot: QtBot, stripes: MainWindow, session: Session, tmp_path: Path
) -> None:
    action(stripes, "Print…").trigger()
    (chosen,) = stripes.findChildren(QPrintDialog)
    chosen.printer().setOutputFileName(str(tmp_path / "page.pdf"))
    chosen.close()
    session.dismiss_notice()
    action(stripes, "Print Preview…").trigger()
    (dialog,) = stripes.findChildren(QPrintPreviewDialog)
    (pages,) = dialog.findChildren(QPrintPreviewWidget)
    qtbot.waitUntil(lambda: pages.pageCount() == 1, timeout=PATIENCE)
    dialog.close()
    assert session.notice is None


def test_there_is_nothing_to_print_without_parts(stripes: MainWindow, session: Session) -> None:
    assert action(stripes, "Print…").isEnabled()
    session.close_set()
    assert not action(stripes, "Print…").isEnabled()
    assert not action(stripes, "Print Preview…").isEnabled()

"""What is pasted, dragged over the window, and seen while it is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QPoint, QPointF, QSysInfo, Qt, QUrl
from PySide6.QtGui import QColor, QDragMoveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QListView, QToolButton

import nmf_explorer
from nmf_explorer.dataset.dataset import Dataset
from nmf_explorer.dataset.files.image_suffixes import IMAGE_SUFFIXES
from nmf_explorer.dataset.loading.load_progress import LoadProgress
from nmf_explorer.session.session import Activity
from nmf_explorer.ui.loading.drop_overlay import DropOverlay
from nmf_explorer.ui.loading.mime_sources import can_accept, is_single_image, problem_in, sources_in
from tests.current import current
from tests.session.fixtures import PATIENCE, image_folder, open_and_wait, wait_for_stop, wait_until_idle
from tests.ui.finding import find, labels, terms, texts
from tests.ui.windows.test_main_window import action, drop, enter, urls

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from nmf_explorer.session.session import Session
    from nmf_explorer.ui.windows.main_window import MainWindow


def sheet(side: int = 64) -> QImage:
    """Draw a picture that can be cut into tiles."""
    image = QImage(side, side, QImage.Format.Format_RGB32)
    for y in range(side):
        for x in range(side):
            image.setPixelColor(x, y, QColor(x * 3, y * 3, (x * y) % 256))
    return image


def as_png(image: QImage) -> bytes:
    """Write a picture as a file in memory."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # the stub wants bytes, PySide takes text
    return bytes(buffer.data().data())


@pytest.mark.parametrize("suffix", IMAGE_SUFFIXES)
def test_a_dropped_file_with_a_suffix_of_an_image_format_is_a_single_image(tmp_path: Path, suffix: str) -> None:
    assert is_single_image([tmp_path / f"photo{suffix}"])
    assert is_single_image([tmp_path / f"PHOTO{suffix.upper()}"])
    assert not is_single_image([tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"])
    assert not is_single_image([tmp_path / f"photo{suffix}.zip"])


ODD_URLS = {
    "file:///a%00b": "it holds a zero byte",
    "file://HOST/etc": "is on another computer, host. Copy it",
    "file:": "names no file or folder",
    "file:photos": "names no file or folder",
}


@pytest.mark.parametrize("url", ODD_URLS)
def test_an_address_that_names_nothing_here_is_refused_in_words(
    stripes: MainWindow, session: Session, tmp_path: Path, url: str
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(image_folder(tmp_path / "good"))), QUrl(url)])
    before = session.dataset
    enter(stripes, data)
    drop(stripes, data)
    assert session.activity is Activity.IDLE
    assert session.dataset is before
    assert session.notice is not None
    assert ODD_URLS[url] in session.notice.messages[0]
    session.dismiss_notice()
    QGuiApplication.clipboard().setMimeData(data)
    action(stripes, "Paste").trigger()
    assert session.activity is Activity.IDLE
    assert ODD_URLS[url] in current(session.notice).messages[0]


@pytest.mark.parametrize("host", ["localhost", QSysInfo.machineHostName()])
def test_an_address_with_the_name_of_this_computer_is_a_file_of_it(tmp_path: Path, host: str) -> None:
    data = QMimeData()
    data.setUrls([QUrl(f"file://{host}{tmp_path}")])
    assert problem_in(data) is None
    assert sources_in(data) == [tmp_path]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_return_opens_a_sample_set_as_space_does(
    qtbot: QtBot, window: MainWindow, session: Session, key: Qt.Key
) -> None:
    card = find(window, QToolButton, "Stripes")
    card.setFocus()
    qtbot.keyClick(card, key)
    wait_until_idle(qtbot, session)
    assert session.dataset is not None
    assert session.dataset.name == "stripes"


def test_a_pasted_picture_is_cut_into_tiles(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    QGuiApplication.clipboard().setImage(sheet())
    action(window, "Paste").trigger()
    wait_until_idle(qtbot, session)
    assert session.dataset is not None
    assert session.dataset.n_samples > 1
    assert window.windowTitle() == "pasted picture — NMF Explorer"
    assert session.import_preview.is_shown
    assert "tile_size" in session.dataset.report.relevant_options
    assert session.preferences.recent() == []


def test_pasted_files_are_one_set(qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path) -> None:
    QGuiApplication.clipboard().setMimeData(urls(image_folder(tmp_path / "a"), image_folder(tmp_path / "b", 2)))
    action(window, "Paste").trigger()
    wait_until_idle(qtbot, session)
    assert session.dataset is not None
    assert session.dataset.n_samples == 8
    assert set(session.dataset.labels) == {"a", "b"}


def test_nothing_at_all_in_the_clipboard_is_nothing_to_open() -> None:
    assert sources_in(None) == []


def test_an_empty_clipboard_is_told(window: MainWindow, session: Session) -> None:
    QGuiApplication.clipboard().setText("only words")
    action(window, "Paste").trigger()
    assert session.activity is Activity.IDLE
    assert "neither a picture nor files" in labels(window)


def test_files_come_before_a_picture_of_them_and_bytes_before_pixels(tmp_path: Path) -> None:
    data = QMimeData()
    data.setImageData(sheet())
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    assert sources_in(data) == [tmp_path]
    packed = QMimeData()
    packed.setImageData(sheet())
    packed.setData("image/png", as_png(sheet(8)))
    (found,) = sources_in(packed)
    with found.open() as file:
        assert file.read() == as_png(sheet(8))
    assert can_accept(packed)


def test_what_says_that_it_is_a_picture_and_is_none_gives_nothing() -> None:
    data = QMimeData()
    data.setImageData("no picture")
    assert sources_in(data) == []
    assert sources_in(QMimeData()) == []
    assert not can_accept(QMimeData())


def test_a_picture_can_be_dropped(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    data = QMimeData()
    data.setImageData(sheet())
    assert enter(window, data).isAccepted()
    drop(window, data)
    wait_until_idle(qtbot, session)
    assert session.dataset is not None


@pytest.mark.parametrize(
    ("folders", "told"),
    [(["photos"], "Drop to open 6 images from “photos”"), (["photos", "more"], "Drop to open 8 images as one set")],
)
def test_pictures_are_counted_while_they_hang_over_the_window(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, folders: list[str], told: str
) -> None:
    image_folder(tmp_path / "photos")
    image_folder(tmp_path / "more", 2)
    overlay = window._overlay
    enter(window, urls(*(tmp_path / name for name in folders)))
    qtbot.waitUntil(lambda: overlay.text() == told, timeout=PATIENCE)
    assert overlay.accessibleDescription() == told
    overlay.dismiss()


def test_what_cannot_be_counted_is_welcome_all_the_same(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "table.csv").write_text("1,2")
    overlay = window._overlay
    with qtbot.waitSignal(session.file_count.counted, timeout=PATIENCE):
        enter(window, urls(tmp_path / "table.csv"))
    assert overlay.text() == "Drop to open “table.csv”"
    enter(window, urls(tmp_path / "gone"))
    qtbot.waitUntil(lambda: not session.file_count._task.is_busy, timeout=PATIENCE)
    assert overlay.isVisible()


@pytest.fixture
def partial_dataset(monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """Make loading that shows three images and goes on until it is stopped."""
    first = Dataset.from_array(np.random.default_rng(0).uniform(size=(3, 4, 4)), name="first")

    def load(
        _sources: Sequence[Path],
        *,
        on_progress: Callable[[LoadProgress], object],
        should_stop: Callable[[], bool],
        **_options: object,
    ) -> Dataset:
        on_progress(LoadProgress(3, 100, first))
        wait_for_stop(should_stop)
        raise AssertionError

    monkeypatch.setattr(nmf_explorer, "load", load)
    return first


@pytest.mark.usefixtures("partial_dataset")
def test_the_first_images_are_seen_while_the_rest_is_loaded(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    session.open([tmp_path])
    qtbot.waitUntil(lambda: session.partial_dataset is not None, timeout=PATIENCE)
    assert texts(find(window, QListView, "Samples")) == ["sample 1", "sample 2", "sample 3"]
    assert not window._contents.workspace.splitter.isEnabled()
    session.cancel()
    wait_until_idle(qtbot, session)
    assert window._contents.is_welcoming
    assert "nothing was changed" in labels(window)


def test_stopping_brings_the_old_set_back(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    open_and_wait(qtbot, session, image_folder(tmp_path / "old"))
    session.select_sample(4)
    request.getfixturevalue("partial_dataset")
    session.open([tmp_path])
    samples = find(window, QListView, "Samples")
    qtbot.waitUntil(lambda: len(texts(samples)) == 3, timeout=PATIENCE)
    samples.setCurrentIndex(samples.model().index(1, 0))
    assert session.selected_sample == 4
    session.cancel()
    wait_until_idle(qtbot, session)
    assert len(texts(samples)) == 6
    assert samples.currentIndex().row() == 4
    assert window._contents.workspace.splitter.isEnabled()


def test_the_picture_cache_can_be_cleared(
    window: MainWindow, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (cache_folder / "x.rows").touch()
    action(window, "Clear Picture Cache").trigger()
    assert list(cache_folder.iterdir()) == []
    assert "The picture cache is empty." in labels(window)

    def refuse(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("nmf_explorer.dataset.loading.image_cache.clear_cache", refuse)
    action(window, "Clear Picture Cache").trigger()
    assert "could not be cleared: Permission denied" in labels(window)


def one_picture(folder: Path) -> Path:
    """Make a picture of the first stripe."""
    pixels = np.zeros((8, 8), dtype=np.uint8)
    pixels[1] = 255
    Image.fromarray(pixels).save(folder / "mine.png")
    return folder / "mine.png"


def move(window: MainWindow, data: QMimeData, x: float) -> None:
    """Move what is dragged to another place."""
    none = Qt.KeyboardModifier.NoModifier
    event = QDragMoveEvent(QPoint(int(x), 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(window, event)


def drop_at(window: MainWindow, data: QMimeData, x: float) -> None:
    """Let go of it there."""
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(x, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(window, event)


def test_one_picture_dropped_on_the_left_is_taken_apart(
    qtbot: QtBot, stripes: MainWindow, session: Session, tmp_path: Path
) -> None:
    data = urls(one_picture(tmp_path))
    enter(stripes, data)
    overlay = find(stripes, DropOverlay, "Drop here")
    assert "as a sum of these parts" in overlay.accessibleDescription()
    move(stripes, data, stripes.width() - 20)
    assert not current(overlay.explains)
    move(stripes, data, 20)
    assert overlay.explains
    frame = overlay.grab().toImage().pixelColor(overlay.width() // 4, overlay.height() // 2)
    assert frame.isValid()
    drop_at(stripes, data, 20)
    qtbot.waitUntil(lambda: session.drawing.is_open, timeout=PATIENCE)
    assert stripes.windowTitle() == "stripes — NMF Explorer"
    assert terms(stripes)[0] == ("1.00", "part 1")


def test_one_picture_dropped_on_the_right_is_a_new_set(
    qtbot: QtBot, stripes: MainWindow, session: Session, tmp_path: Path
) -> None:
    sheet().save(str(tmp_path / "sheet.png"))
    data = urls(tmp_path / "sheet.png")
    enter(stripes, data)
    move(stripes, data, 20)
    drop_at(stripes, data, stripes.width() - 20)
    qtbot.waitUntil(lambda: stripes.windowTitle() == "sheet.png — NMF Explorer", timeout=PATIENCE)
    assert not session.drawing.is_open


def test_a_pasted_picture_is_taken_apart_where_there_are_parts(
    qtbot: QtBot, stripes: MainWindow, session: Session, tmp_path: Path
) -> None:
    QGuiApplication.clipboard().setMimeData(urls(one_picture(tmp_path)))
    action(stripes, "Paste").trigger()
    qtbot.waitUntil(lambda: session.drawing.is_open, timeout=PATIENCE)
    session.history.undo()
    QGuiApplication.clipboard().setImage(sheet())
    action(stripes, "Paste as New Set").trigger()
    qtbot.waitUntil(lambda: stripes.windowTitle() == "pasted picture — NMF Explorer", timeout=PATIENCE)
    assert not session.drawing.is_open


def test_a_folder_offers_no_choice(stripes: MainWindow, tmp_path: Path) -> None:
    data = urls(image_folder(tmp_path / "many"))
    enter(stripes, data)
    move(stripes, data, 20)
    overlay = find(stripes, DropOverlay, "Drop here")
    assert not overlay.explains
    assert overlay.text()

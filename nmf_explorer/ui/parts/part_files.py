"""Parts that leave the window: pictures for the clipboard, files for a drag, a file where the user wants one."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMimeData, QUrl
from PySide6.QtWidgets import QFileDialog

from nmf_explorer.errors import ExportError
from nmf_explorer.session.state.notice import Level
from nmf_explorer.ui.images.array_image import to_grey_qimage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from tempfile import TemporaryDirectory

    from PySide6.QtWidgets import QWidget

    from nmf_explorer.session.session import Session


def mime_of(session: Session, parts: Sequence[int], words: Sequence[str]) -> QMimeData:
    """Parts as one picture, each pixel a square of several, and as text, a line for each."""
    from nmf_explorer.export.part_picture import part_pixels
    from nmf_explorer.export.parts_picture import parts_sheet

    data = QMimeData()
    if session.model and parts:
        sheet = part_pixels(session.model, parts[0]) if len(parts) == 1 else parts_sheet(session.model, parts)
        data.setImageData(to_grey_qimage(sheet))
        data.setText("\n".join(words))
    return data


def files_of(session: Session, parts: Sequence[int]) -> list[QUrl]:
    """Write one file for each part; what cannot be written is told, and none are given."""
    from nmf_explorer.export.part_picture import save_part

    if session.model is None:
        return []
    try:
        folder = _new_folder()
        paths = [folder / _name(session, part) for part in parts]
        for part, path in zip(parts, paths, strict=True):
            save_part(path, session.model, part)
    except ExportError as error:
        session.show_notice(error.message, Level.ERROR)
        return []
    return [QUrl.fromLocalFile(str(path)) for path in paths]


def _new_folder() -> Path:
    """Make a folder for one drag: who took an earlier one may not have copied its files yet."""
    from tempfile import mkdtemp

    try:
        return Path(mkdtemp(dir=_temporary_folder().name))
    except OSError as error:
        raise ExportError("No files could be made of the parts: {why}.", why=error.strerror or error) from error


@cache
def _temporary_folder() -> TemporaryDirectory[str]:
    """The one folder of the program for files that are dragged; made when it is needed, and gone with the program."""
    from tempfile import TemporaryDirectory

    folder = TemporaryDirectory(prefix="nmf-explorer-")
    atexit.register(folder.cleanup)
    return folder


def ask_where_to_save(session: Session, part: int, parent: QWidget) -> None:
    """Let the user choose a file for a part; the window goes on meanwhile."""
    dialog = QFileDialog(parent, QCoreApplication.translate("PartFiles", "Save the part as a picture"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(QCoreApplication.translate("PartFiles", "PNG pictures (*.png)"))
    dialog.setDefaultSuffix("png")
    dialog.selectFile(_name(session, part))
    model = session.model

    def save(name: str) -> None:
        from nmf_explorer.export.part_picture import save_part

        try:
            if model:
                save_part(Path(name), model, part)
        except ExportError as error:
            session.show_notice(error.message, Level.ERROR)

    dialog.fileSelected.connect(save)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _name(session: Session, part: int) -> str:
    from nmf_explorer.export.part_picture import part_file_name

    n_parts = session.model.n_components if session.model else 0
    return part_file_name(part, n_parts, session.parts.name_of(part))

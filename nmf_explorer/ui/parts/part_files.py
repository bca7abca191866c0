"""Export of parts: image and text for the clipboard, files for a drag, and a save dialog."""

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

    from PySide6.QtWidgets import QWidget

    from nmf_explorer.session.session import Session


def parts_mime_data(session: Session, parts: Sequence[int], words: Sequence[str]) -> QMimeData:
    """Return the parts as one enlarged image and as text with one line per part."""
    from nmf_explorer.export.part_image import part_pixels
    from nmf_explorer.export.parts_image import parts_sheet

    data = QMimeData()
    if session.model and parts:
        sheet = part_pixels(session.model, parts[0]) if len(parts) == 1 else parts_sheet(session.model, parts)
        data.setImageData(to_grey_qimage(sheet))
        data.setText("\n".join(words))
    return data


def write_part_files(session: Session, parts: Sequence[int]) -> list[QUrl]:
    """Write one file per part for a drag and return their URLs; after an error show a notice and return none."""
    from nmf_explorer.export.part_image import save_part

    if session.model is None:
        return []
    try:
        folder = _new_folder()
        paths = [folder / _file_name(session, part) for part in parts]
        for part, path in zip(parts, paths, strict=True):
            save_part(path, session.model, part)
    except ExportError as error:
        session.show_notice(error.message, Level.ERROR)
        return []
    return [QUrl.fromLocalFile(str(path)) for path in paths]


def _new_folder() -> Path:
    """Create a new folder for one drag: files of an earlier one may not have been copied yet."""
    from tempfile import mkdtemp

    try:
        return Path(mkdtemp(dir=_temporary_folder()))
    except OSError as error:
        raise ExportError("No files could be made of the parts: {why}.", why=error.strerror or error) from error


@cache
def _temporary_folder() -> Path:
    """Return the folder for dragged files, created when first needed and deleted at exit."""
    import shutil

    from nmf_explorer.temporary_places import new_temporary_folder, remove_abandoned_folders

    remove_abandoned_folders()
    folder = new_temporary_folder()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def open_save_dialog(session: Session, part: int, parent: QWidget) -> None:
    """Open a dialog, not modal, that saves a part to a file."""
    dialog = QFileDialog(parent, QCoreApplication.translate("PartFiles", "Save the part as a picture"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(QCoreApplication.translate("PartFiles", "PNG pictures (*.png)"))
    dialog.setDefaultSuffix("png")
    dialog.selectFile(_file_name(session, part))
    model = session.model

    def save(name: str) -> None:
        from nmf_explorer.export.part_image import save_part

        try:
            if model:
                save_part(Path(name), model, part)
        except ExportError as error:
            session.show_notice(error.message, Level.ERROR)

    dialog.fileSelected.connect(save)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _file_name(session: Session, part: int) -> str:
    from nmf_explorer.export.part_image import part_file_name

    n_parts = session.model.n_components if session.model else 0
    return part_file_name(part, n_parts, session.parts.name_of(part))

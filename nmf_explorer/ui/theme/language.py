"""Makes the program speak another language, also while it runs; each window then builds its contents anew."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTranslator

from nmf_explorer.resource_files import resource

_WRITTEN_IN = "en"  # the language of the texts in the source
_TRANSLATED_TO = ("de",)


def apply_language(language: str) -> None:
    """Speak one of `LANGUAGES`, and write numbers as its speakers do."""
    application = QCoreApplication.instance()
    assert application is not None  # noqa: S101 - nothing is shown without one
    wanted = QLocale.system() if language == "system" else QLocale(language)
    spoken = _spoken(wanted)
    # Somebody in Vienna who asks for German writes numbers as the system says.
    QLocale.setDefault(QLocale.system() if QLocale.system().language() is wanted.language() else wanted)
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
        translator.deleteLater()
    if spoken != _WRITTEN_IN:
        for catalogue, folder in (
            ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
            ("nmf_explorer", str(resource("translations"))),
        ):
            translator = QTranslator(application)
            translator.load(f"{catalogue}_{spoken}", folder)
            application.installTranslator(translator)
    QCoreApplication.sendEvent(application, QEvent(QEvent.Type.LanguageChange))  # also if only numbers have changed


def _spoken(locale: QLocale) -> str:
    """Which of the program's languages a reader of this locale likes best."""
    known = (_WRITTEN_IN, *_TRANSLATED_TO)
    liked = (name.split("-")[0] for name in locale.uiLanguages())
    return next((language for language in liked if language in known), _WRITTEN_IN)

"""Translation of the program, also while it runs; each window then rebuilds its contents."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTranslator

from nmf_explorer.resource_files import resource

_SOURCE_LANGUAGE = "en"  # the language of the source texts
_TRANSLATIONS = ("de",)


def apply_language(language: str) -> None:
    """Install the translators of one of `LANGUAGES` and its number format."""
    application = QCoreApplication.instance()
    assert application is not None  # noqa: S101 - nothing is shown without one
    wanted = QLocale.system() if language == "system" else QLocale(language)
    chosen = _best_language(wanted)
    # If the system has the same language, its number format is kept: Austria differs from Germany.
    numbers = QLocale(QLocale.system() if QLocale.system().language() is wanted.language() else wanted)
    numbers.setNumberOptions(QLocale.NumberOption.DefaultNumberOptions)  # the C locale would not group thousands
    QLocale.setDefault(numbers)
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
        translator.deleteLater()
    if chosen != _SOURCE_LANGUAGE:
        for catalogue, folder in (
            ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
            ("nmf_explorer", str(resource("translations"))),
        ):
            translator = QTranslator(application)
            translator.load(f"{catalogue}_{chosen}", folder)
            application.installTranslator(translator)
    # Also if only the number format has changed.
    QCoreApplication.sendEvent(application, QEvent(QEvent.Type.LanguageChange))


def _best_language(locale: QLocale) -> str:
    """Return the available language that a user of this locale prefers."""
    known = (_SOURCE_LANGUAGE, *_TRANSLATIONS)
    preferred = (name.split("-")[0] for name in locale.uiLanguages())
    return next((language for language in preferred if language in known), _SOURCE_LANGUAGE)

"""The words of the window in the person's language.

English is what stands in the code and is its own catalogue. `tr` looks a text up in the one that is installed, then
fills in the `{names}`; so translators see whole sentences and may turn them round. Texts that stand in tables or
constants are translated where they are shown, with `tr(row.title)`. `packaging/translations.py` gathers them all.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from refseg_annotator import settings
from refseg_annotator.ui.number_words import Filling, write_as

CONTEXT: Final = "refseg"
LANGUAGES: Final = {"en": "English", "de": "Deutsch", "zh_CN": "简体中文"}
"""The languages of the window, each by its own name."""
CATALOGUES: Final = ("de", "zh_CN")
"""The languages that there are translations for, beside English."""

_installed: Final[list[QTranslator]] = []
_filling: Final = Filling()


def tr(text: str, /, **values: object) -> str:
    """A text in the person's language, with `values` put in for its `{names}`."""
    words = QCoreApplication.translate(CONTEXT, text) if text else text
    return _filling.vformat(words, (), values) if values else words


def language_of(choice: str, wanted: list[str] | None = None) -> str:
    """The language that a choice of the settings means: "en" or one of `CATALOGUES`.

    Args:
        choice: a language, or "system" for the first that we have of those the person reads.
        wanted: what the person reads, best first ("de-AT", "zh-Hans-CN"); None asks the system.
    """
    if choice != "system":
        return choice if choice in CATALOGUES else "en"
    for name in QLocale.system().uiLanguages() if wanted is None else wanted:
        parts = name.replace("_", "-").split("-")
        if parts[0] in ("en", "C", "de"):
            return "de" if parts[0] == "de" else "en"
        # Traditional characters are another catalogue, which we do not have; English serves better than the wrong ones.
        if parts[0] == "zh" and not {"Hant", "TW", "HK", "MO"} & set(parts):
            return "zh_CN"
    return "en"


def speak(choice: str) -> str:
    """Use the language of a choice of the settings from now on, in what is made from now on; returns the language.

    Numbers are written as it writes them, whatever the system does.
    """
    application = QCoreApplication.instance()
    language = language_of(choice)
    write_as(language)
    if application is None:
        return language
    for former in _installed:
        application.removeTranslator(former)
    _installed.clear()
    if language == "en":
        return language
    ours = settings.resources_folder() / "translations" / f"refseg_{language}.qm"
    qt = f"{QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)}/qtbase_{language}.qm"
    for file in (qt, str(ours)):
        translator = QTranslator(application)
        if translator.load(file):
            application.installTranslator(translator)
            _installed.append(translator)
    return language


def is_translated() -> bool:
    """Whether the window speaks another language than the code."""
    return bool(_installed)


def tr_count(count: int, one: str, many: str, /, **values: object) -> str:
    """Of two texts the one that fits a number, which is their `{count}`."""
    return tr(one if count == 1 else many, count=count, **values)


def later(text: str) -> str:
    """Mark a text in a table or constant for the catalogues; it is translated with `tr` where it is shown."""
    return text

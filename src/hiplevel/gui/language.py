"""Speaking another language: our own words and numbers, and Qt's for keys and file dialogs."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from hiplevel.gui import words

_qt: list[QTranslator] = []  # those installed, which Qt does not keep alive


def speak(language: str) -> None:
    """From now on; what is on the screen already stays. An unknown language is English."""
    words.use(language)
    QLocale.setDefault(QLocale(words.current()))  # numbers are typed as they are shown
    while _qt:
        QCoreApplication.removeTranslator(_qt.pop())
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if words.current() != "en" and translator.load(f"qtbase_{words.current()}", folder):
        QCoreApplication.installTranslator(translator)
        _qt.append(translator)

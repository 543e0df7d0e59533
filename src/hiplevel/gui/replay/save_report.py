"""The report of the recording that is looked at, as a file to be printed or sent: worked out in a thread."""

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from hiplevel.gui.sentences import of_error
from hiplevel.gui.words import current, tr
from hiplevel.model.errors import HiplevelError
from hiplevel.recording.whole_file import whole_file

KINDS = "PDF (*.pdf);;HTML (*.html);;CSV (*.csv)"


class ReportSaver(QObject):
    """Signals (queued): said (a sentence: where it is, or why it is not)."""

    said = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: list[threading.Thread] = []

    def ask(self, recording: Path, parent: QWidget) -> None:
        """Where to."""
        name = str(recording.with_suffix(".pdf"))
        path, _ = QFileDialog.getSaveFileName(parent, tr("clinic.save_report"), name, KINDS)
        if path:
            self.save(recording, Path(path))

    def save(self, recording: Path, path: Path) -> None:
        """With what was corrected by now; what kind, its ending says."""
        thread = threading.Thread(target=self._write, args=(recording, path, current()), name="hiplevel-report")
        self._threads = [*(one for one in self._threads if one.is_alive()), thread]
        thread.start()

    def wait(self) -> None:
        """Until everything is written."""
        for thread in self._threads:
            thread.join()

    def _write(self, recording: Path, path: Path, language: str) -> None:
        from hiplevel.report import figures, render
        from hiplevel.report.session_data import session_report

        try:
            told, kind = session_report(recording), path.suffix.lower()
            if kind == ".csv":
                data = figures.session_csv(told).encode()
            elif kind == ".html":
                data = render.session_html(told, language=language).encode()
            else:
                data = render.session_pdf(told, language=language)
            with whole_file(path, overwrite=True) as part:
                part.write_bytes(data)
        except HiplevelError as error:
            self.said.emit(of_error(error))
            return
        self.said.emit(tr("clinic.written", path=path.name))

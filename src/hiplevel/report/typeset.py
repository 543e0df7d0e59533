"""Typst: a document to PDF, or to pictures of its pages, with typst's own fonts and nothing of the computer's."""

import contextlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hiplevel.report.svg import FONT

SERIF = "Libertinus Serif"
PPI = 90.0  # of pictures


@dataclass(frozen=True)
class Document:
    """Typst source, and the drawings it names. at_ns: what the file says of when it was made."""

    source: str
    drawings: Mapping[str, str]
    at_ns: int


def pdf(document: Document) -> bytes:
    """The same document is the same file on every computer."""
    import typst  # here: HTML, CSV and JSON need none of it

    with _laid_out(document) as main:
        stamp = int(document.at_ns // 10**9)
        return typst.compile(main, root=main.parent, ignore_system_fonts=True, format="pdf", timestamp=stamp)


def pictures(document: Document) -> list[bytes]:
    """Each page as a PNG."""
    import typst

    with _laid_out(document) as main:
        made: bytes | list[bytes] = typst.compile(
            main, root=main.parent, ignore_system_fonts=True, format="png", ppi=PPI
        )
    return [made] if isinstance(made, bytes) else list(made)


@contextlib.contextmanager
def _laid_out(document: Document) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="hiplevel-") as name:
        folder = Path(name)
        for file, drawing in document.drawings.items():
            (folder / file).write_text(drawing.replace(FONT, SERIF), encoding="utf-8")
        main = folder / "report.typ"
        main.write_text(document.source, encoding="utf-8")
        yield main

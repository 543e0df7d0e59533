"""The first lines of a text file, to recognise whose it is before it is read."""

import csv
from collections.abc import Iterator
from pathlib import Path

HEAD_BYTES = 8192


def head_lines(path: Path) -> Iterator[list[str]]:
    """Fields of the first lines; none for what is no text or cannot be read."""
    try:
        with path.open("rb") as file:
            text = file.read(HEAD_BYTES)
    except OSError:
        return
    if b"\x00" in text:
        return
    for line in text.decode("utf-8-sig", errors="replace").splitlines():
        yield [field.strip() for field in next(csv.reader([line]), [])]

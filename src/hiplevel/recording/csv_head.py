"""The first lines of a text file, to recognise whose it is, and at which rate, before it is read."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

HEAD_BYTES = 8192
_RATE = re.compile(
    r"\b(?:update|output|data|sampl(?:e|ing))[ _]?(?:rate|frequency)\W{0,4}(\d+(?:\.\d+)?) ?Hz", re.IGNORECASE
)


def head_text(path: Path) -> str:
    """The beginning as text; empty for what is no text or cannot be read."""
    try:
        with path.open("rb") as file:
            text = file.read(HEAD_BYTES)
    except OSError:
        return ""
    return "" if b"\x00" in text else text.decode("utf-8-sig", errors="replace")


def head_lines(path: Path) -> Iterator[list[str]]:
    """Fields of the first lines; none for what is no text or cannot be read."""
    for line in head_text(path).splitlines():
        yield [field.strip() for field in next(csv.reader([line]), [])]


def rate_in_head_hz(path: Path) -> float | None:
    """The sampling rate that stands above a table ('Update Rate: 100.0Hz'); None without one, or with several."""
    told = {float(rate) for rate in _RATE.findall(head_text(path))}
    return told.pop() if len(told) == 1 else None

"""The streams of an XDF file, read by pyxdf, which also brings the clocks of the computers together."""

import importlib.util
import logging
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import numpy as np

from hiplevel.model.errors import Reason, RecordingError, UsageError
from hiplevel.model.samples import Floats

MAGIC = b"XDF:"
_DAMAGE = (struct.error, zlib.error, ParseError)
UNEVEN = 0.5  # of a period: stamps that stray further tell when a packet came, not when its samples were measured


@dataclass(frozen=True)
class XdfStream:
    """One stream.

    Attributes
    ----------
    labels, units : of the channels; '' where the stream does not tell
    time_s : (n,) LSL's clock, s
    values : (n, channels)
    evened : its stamps told arrival and were drawn onto a line by pyxdf
    """

    name: str
    type: str
    labels: tuple[str, ...]
    units: tuple[str, ...]
    time_s: Floats
    values: Floats
    evened: bool = False

    def __str__(self) -> str:
        labels = ", ".join(filter(None, self.labels)) or f"{len(self.labels)} channels"
        return f"{self.name} ({self.type or 'no type'}: {labels})"


@dataclass(frozen=True)
class XdfFile:
    """Streams of numbers; when the recording was begun (ns since 1970), if that is told; damaged: parts are lost."""

    streams: tuple[XdfStream, ...]
    begun_ns: int | None
    damaged: bool


def is_xdf(path: Path) -> bool:
    """By what is in it, or by its name when it is compressed."""
    if path.suffix.lower() == ".xdfz":
        return True
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def read_xdf(path: Path) -> XdfFile:
    """What is in a file, as far as it can be read.

    Raises
    ------
    UsageError
        NOT_FOUND when pyxdf is not installed.
    RecordingError
        DAMAGED_FILE when pyxdf cannot read it.
    """
    if importlib.util.find_spec("pyxdf") is None:
        raise UsageError(
            f"{path.name} is an XDF file, and pyxdf, which reads those, is not installed.",
            Reason.NOT_FOUND,
            "Type: python -m pip install pyxdf",
        )
    import pyxdf

    with _listening() as complaints:
        try:
            as_stamped, head = pyxdf.load_xdf(str(path), dejitter_timestamps=False)
            uneven = [_id(stream) for stream in as_stamped if _has_numbers(stream) and _is_uneven(stream)]
            lines, _ = pyxdf.load_xdf(str(path), select_streams=uneven) if uneven else ([], head)
        except (ArithmeticError, LookupError, OSError, EOFError, ValueError, TypeError, *_DAMAGE) as error:
            raise RecordingError(
                f"{path.name} cannot be read as XDF ({error}).", Reason.DAMAGED_FILE, "Is it whole? Copy it again."
            ) from error
    evened = {_id(stream): stream for stream in lines}
    found = tuple(
        _stream(evened.get(_id(stream), stream), _id(stream) in evened) for stream in as_stamped if _has_numbers(stream)
    )
    damaged = any(record.levelno >= logging.ERROR or "corruption" in record.getMessage() for record in complaints)
    return XdfFile(found, _begun(head), damaged)


class _Kept(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _listening() -> Iterator[list[logging.LogRecord]]:
    """What pyxdf complains of is kept, for it would print it among what hiplevel says."""
    logger, kept = logging.getLogger("pyxdf"), _Kept()
    logger.addHandler(kept)
    before, logger.propagate = logger.propagate, False
    try:
        yield kept.records
    finally:
        logger.propagate = before
        logger.removeHandler(kept)


def _id(stream: Any) -> int:
    return int(stream["info"]["stream_id"])


def _has_numbers(stream: Any) -> bool:
    values = stream["time_series"]
    return isinstance(values, np.ndarray) and values.ndim == 2 and values.shape[0] > 1 and values.dtype.kind in "iuf"


def _is_uneven(stream: Any) -> bool:
    steps = np.diff(stream["time_stamps"])
    period = float(np.median(steps))
    strays = np.abs(steps - period) > UNEVEN * period
    return bool((steps <= 0.0).any() or np.mean(strays) > 0.05)


def _stream(stream: Any, evened: bool) -> XdfStream:
    info = stream["info"]
    channels = _channels(info, int(info["channel_count"][0]))
    return XdfStream(
        name=_text(info, "name"),
        type=_text(info, "type"),
        labels=tuple(_text(channel, "label") for channel in channels),
        units=tuple(_text(channel, "unit") for channel in channels),
        time_s=np.asarray(stream["time_stamps"], dtype=np.float64),
        values=np.asarray(stream["time_series"], dtype=np.float64),
        evened=evened,
    )


def _channels(info: Any, count: int) -> Sequence[Any]:
    """The descriptions of the channels; empty ones where there are none, or not one for each."""
    try:
        told = info["desc"][0]["channels"][0]["channel"]
    except (KeyError, IndexError, TypeError):
        told = []
    return told if len(told) == count else [{}] * count


def _text(of: Any, name: str) -> str:
    told = (of or {}).get(name) or [""]
    return str(told[0] or "").strip()


def _begun(head: Any) -> int | None:
    try:
        return round(datetime.fromisoformat(_text(head["info"], "datetime")).timestamp() * 1e9)
    except (KeyError, TypeError, ValueError):
        return None

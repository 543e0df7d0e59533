"""Which streams of an XDF file are an accelerometer and a gyroscope, and the samples they make.

By the meta-data pages of XDF (sccn/xdf) a stream has a type, and each of its channels a label and a unit. One stream
may hold both, or each has its own, as with Muse headbands (types ACC and GYRO, channels X, Y, Z, in g and dps).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from hiplevel.model.errors import InputError, Reason, UsageError
from hiplevel.model.samples import Floats
from hiplevel.recording.csv_bad_rows import ABSURD
from hiplevel.recording.csv_columns import Columns
from hiplevel.recording.csv_guess import guess_columns, unit_in_name
from hiplevel.recording.csv_load import Loaded
from hiplevel.recording.csv_rows import CsvOptions
from hiplevel.recording.measured import measured
from hiplevel.recording.streams import Stream, joined
from hiplevel.recording.xdf_file import XdfStream, read_xdf

MAKER = "LSL"
TYPES = {"acc": ("acc", "accel", "accelerometer"), "gyr": ("gyr", "gyro", "gyroscope")}


def load_xdf(path: Path, told: Mapping[str, Any], options: CsvOptions) -> Loaded:
    """The samples of one stream with both kinds of values, or of a pair of streams.

    Parameters
    ----------
    told : `stream`, the names of the streams to read; `acc_unit` and `gyr_unit` where the file does not tell them
    options : of which bad_rows counts

    Raises
    ------
    UsageError
        USAGE with a list of the streams, when none or more than one will do.
    InputError
        with a reason of its own, when the values cannot be used as they are.
    """
    if set(told) - {"stream", "acc_unit", "gyr_unit"} or options.rate_hz is not None:
        raise UsageError(
            f"{path.name} is an XDF file: it has streams with a time of their own, not columns.",
            Reason.USAGE,
            "Leave out columns, their time and the rate; --stream NAME chooses among several streams.",
        )
    file = read_xdf(path)
    damaged = (f"{path.name} is damaged, and only what could be read of it is here.",) if file.damaged else ()
    names = tuple(told.get("stream") or ())
    streams = [stream for stream in file.streams if not names or stream.name in names]
    both = [stream for stream in streams if {"acc", "gyr"} <= set(guess_columns(stream.labels))]
    alone = {kind: [one for one in streams if one not in both and _is_only(one, kind)] for kind in TYPES}
    if len(both) == 1 and not any(alone.values()):
        loaded = _of_one(both[0], told, options, file.begun_ns)
        return replace(loaded, notices=(*damaged, *loaded.notices))
    if not both and all(len(found) == 1 for found in alone.values()):
        acc, gyr = (_as_stream(alone[kind][0], kind, told, options) for kind in TYPES)
        loaded = joined(acc, gyr, MAKER, file.begun_ns)
        return replace(loaded, notices=(*damaged, *loaded.notices))
    raise UsageError(
        f"{path.name} does not make clear which streams are the accelerometer and the gyroscope. Its streams are: "
        f"{'; '.join(map(str, file.streams)) or 'none with numbers'}.{' '.join(('', *damaged))}",
        Reason.USAGE,
        "One stream with channels like acc_x and gyr_x is needed, or one of type ACC and one of type GYRO; "
        "--stream NAME chooses among several.",
    )


def _is_only(stream: XdfStream, kind: str) -> bool:
    if len(stream.labels) != 3:
        return False
    return stream.type.lower() in TYPES[kind] or kind in guess_columns(stream.labels)


def _of_one(stream: XdfStream, told: Mapping[str, Any], options: CsvOptions, begun_ns: int | None) -> Loaded:
    guessed = guess_columns(stream.labels)
    triples = {kind: [stream.labels.index(name) for name in guessed[kind]] for kind in TYPES}
    time_s, values = _usable(stream, [*triples["acc"], *triples["gyr"]], options)
    units = {kind: _unit(stream, at, kind, told) for kind, at in triples.items()}
    found = measured(time_s - time_s[0], values[:, :3], values[:, 3:], units["acc"], units["gyr"], stream.name)
    return Loaded(
        samples=found.samples,
        columns=Columns("time stamp", guessed["acc"], guessed["gyr"], "s", found.acc_unit, found.gyr_unit),
        how=f"of the stream {stream.name}",
        header=(),
        rows=stream.time_s.size,
        bad_rows=stream.time_s.size - time_s.size,
        repeated_rows=0,
        started_ns=begun_ns,
        notices=(*_remarks(stream, time_s), *found.notices),
    )


def _as_stream(stream: XdfStream, kind: str, told: Mapping[str, Any], options: CsvOptions) -> Stream:
    order = _axes(stream.labels)
    time_s, values = _usable(stream, order, options)
    x, y, z = (stream.labels[at] or f"channel {at + 1}" for at in order)
    return Stream(
        name=stream.name,
        columns=("time stamp", x, y, z),
        since_ns=round(time_s[0] * 1e9),
        time_s=time_s - time_s[0],
        time_unit="s",
        values=values,
        unit=_unit(stream, order, kind, told),
        total=stream.time_s.size,
        bad=stream.time_s.size - time_s.size,
        notices=_remarks(stream, time_s),
    )


def _axes(labels: Sequence[str]) -> list[int]:
    """Where x, y and z are; as they come where the labels do not say."""
    ends = [label[-1:].lower() for label in labels]
    return [ends.index(axis) for axis in "xyz"] if sorted(ends) == ["x", "y", "z"] else [0, 1, 2]


def _unit(stream: XdfStream, at: Sequence[int], kind: str, told: Mapping[str, Any]) -> str:
    """As told, or as the stream says; '' where it does not, which the data must then show."""
    said = {
        unit_in_name(f"{kind} ({stream.units[index]})", kind) or unit_in_name(stream.labels[index], kind)
        for index in at
    }
    return told.get(f"{kind}_unit") or (said.pop() if len(said) == 1 else "")


def _usable(stream: XdfStream, at: Sequence[int], options: CsvOptions) -> tuple[Floats, Floats]:
    """(n,) increasing time and (n, channels) numbers of the channels `at`."""
    values = stream.values[:, at]
    good = (np.abs(values) < ABSURD).all(axis=1)  # NaN compares as False
    bad = int(np.sum(~good))
    if bad == good.size or (bad and options.bad_rows == "refuse"):
        raise InputError(
            f"The stream {stream.name} has NaN, infinite or absurd values (samples like this: {bad}, of {good.size}).",
            Reason.EMPTY if bad == good.size else Reason.NOT_FINITE,
            "Record again." if bad == good.size else "Leave such samples out as gaps.",
        )
    time_s = stream.time_s[good]
    if (np.diff(time_s) <= 0.0).any():
        raise InputError(
            f"The time of the stream {stream.name} goes backwards.",
            Reason.SHAPE,
            "Export that stream as CSV and import it with a rate.",
        )
    return time_s, values[good]


def _remarks(stream: XdfStream, time_s: Floats) -> tuple[str, ...]:
    bad = stream.time_s.size - time_s.size
    left_out = (f"{bad} samples with NaN, infinite or absurd values were left out as gaps.",) if bad else ()
    if not stream.evened:
        return left_out
    evened = "its time stamps told when packets came and were evened out, so gaps shorter than a second do not show."
    return (*left_out, evened)

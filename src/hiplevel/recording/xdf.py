"""Which streams of an XDF file are an accelerometer and a gyroscope, and the samples they make.

By the meta-data pages of XDF (sccn/xdf) a stream has a type, and each of its channels a label and a unit. One stream
may hold both, or each has its own, as with Muse headbands (types ACC and GYRO, channels X, Y, Z, in g and dps).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hiplevel.model.errors import InputError, Reason, UsageError
from hiplevel.recording.csv_columns import Columns
from hiplevel.recording.csv_guess import guess_columns, unit_in_name
from hiplevel.recording.csv_load import Loaded
from hiplevel.recording.measured import measured
from hiplevel.recording.streams import Stream, joined
from hiplevel.recording.xdf_file import XdfStream, read_xdf

MAKER = "LSL"
TYPES = {"acc": ("acc", "accel", "accelerometer"), "gyr": ("gyr", "gyro", "gyroscope")}


def load_xdf(path: Path, told: Mapping[str, Any]) -> Loaded:
    """The samples of one stream with both kinds of values, or of a pair of streams.

    Parameters
    ----------
    told : `stream`, the names of the streams to read; `acc_unit` and `gyr_unit` where the file does not tell them

    Raises
    ------
    UsageError
        UNKNOWN_COLUMN with a list of the streams, when none or more than one will do.
    InputError
        with a reason of its own, when the values cannot be used as they are.
    """
    file = read_xdf(path)
    damaged = (f"{path.name} is damaged, and only what could be read of it is here.",) if file.damaged else ()
    names = tuple(told.get("stream") or ())
    streams = [stream for stream in file.streams if not names or stream.name in names]
    both = [stream for stream in streams if {"acc", "gyr"} <= set(guess_columns(stream.labels))]
    alone = {kind: [one for one in streams if one not in both and _is_only(one, kind)] for kind in TYPES}
    if len(both) == 1 and not any(alone.values()):
        loaded = _of_one(both[0], told, path, file.begun_ns)
        return replace(loaded, notices=(*damaged, *loaded.notices))
    if not both and all(len(found) == 1 for found in alone.values()):
        acc, gyr = (_as_stream(alone[kind][0], kind, told, path) for kind in TYPES)
        loaded = joined(acc, gyr, MAKER, file.begun_ns)
        return replace(loaded, notices=(*damaged, *loaded.notices))
    raise UsageError(
        f"{path.name} does not make clear which streams are the accelerometer and the gyroscope. Its streams are: "
        f"{'; '.join(map(str, file.streams)) or 'none with numbers'}.{' '.join(('', *damaged))}",
        Reason.UNKNOWN_COLUMN,
        "One stream with channels like acc_x and gyr_x is needed, or one of type ACC and one of type GYRO; "
        "--stream NAME chooses among several.",
    )


def _is_only(stream: XdfStream, kind: str) -> bool:
    if len(stream.labels) != 3:
        return False
    return stream.type.lower() in TYPES[kind] or kind in guess_columns(stream.labels)


def _of_one(stream: XdfStream, told: Mapping[str, Any], path: Path, begun_ns: int | None) -> Loaded:
    guessed = guess_columns(stream.labels)
    triples = {kind: [stream.labels.index(name) for name in guessed[kind]] for kind in TYPES}
    acc, gyr = (stream.values[:, triples[kind]] for kind in TYPES)
    _check_usable(stream, path)
    time_s = stream.time_s - stream.time_s[0]
    units = {kind: _unit(stream, at, kind, told) for kind, at in triples.items()}
    found = measured(time_s, acc, gyr, units["acc"], units["gyr"], path.name)
    return Loaded(
        samples=found.samples,
        columns=Columns("time stamp", guessed["acc"], guessed["gyr"], "s", found.acc_unit, found.gyr_unit),
        how=f"of the stream {stream.name}",
        header=(),
        rows=len(found.samples),
        bad_rows=0,
        repeated_rows=0,
        started_ns=begun_ns,
        notices=(*_evened(stream), *found.notices),
    )


def _as_stream(stream: XdfStream, kind: str, told: Mapping[str, Any], path: Path) -> Stream:
    _check_usable(stream, path)
    order = _axes(stream.labels)
    x, y, z = (stream.labels[at] or f"channel {at + 1}" for at in order)
    return Stream(
        name=stream.name,
        columns=("time stamp", x, y, z),
        since_ns=round(stream.time_s[0] * 1e9),
        time_s=stream.time_s - stream.time_s[0],
        time_unit="s",
        values=stream.values[:, order],
        unit=_unit(stream, order, kind, told),
        total=stream.time_s.size,
        notices=_evened(stream),
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


def _evened(stream: XdfStream) -> tuple[str, ...]:
    if not stream.evened:
        return ()
    return ("its time stamps told when packets came and were evened out, so gaps shorter than a second do not show.",)


def _check_usable(stream: XdfStream, path: Path) -> None:
    if (stream.time_s[1:] <= stream.time_s[:-1]).any():
        raise InputError(
            f"The time of the stream {stream.name} in {path.name} goes backwards.",
            Reason.TIME_BACKWARDS,
            "Export that stream as CSV and import it with --rate HZ.",
        )
    if not (abs(stream.values) < 1e9).all():
        raise InputError(
            f"The stream {stream.name} in {path.name} has NaN, infinite or absurd values.",
            Reason.NOT_FINITE,
            "Export that stream as CSV and import it with --bad-rows gap.",
        )

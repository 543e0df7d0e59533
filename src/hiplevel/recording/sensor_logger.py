"""Tables of the phone app Sensor Logger: a folder or an archive with a file for each sensor, and `Metadata.csv`.

Each file of three axes has the header `time,seconds_elapsed,z,y,x`, `time` in ns since 1970: only its name tells what
it holds. Units and signs are those of the app's pages UNITS.md and CROSSPLATFORM.md (awesome-sensor-logger):
`Accelerometer` has no gravity in it; `TotalAcceleration`, which Android has, is in m/s2; `AccelerometerUncalibrated` is
in m/s2, on iOS in g; on iOS all accelerations have the opposite sign. With "Standardise Units & Frames" iOS is as
Android. Gyroscopes are in rad/s and agree.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from hiplevel.model.errors import InputError, Reason
from hiplevel.recording.csv_decode import read_text
from hiplevel.recording.csv_head import head_lines
from hiplevel.recording.csv_rows import CsvOptions
from hiplevel.recording.stream_csv import read_stream
from hiplevel.recording.streams import Stream

MAKER = "Sensor Logger"
COLUMNS = ("time", "x", "y", "z")
TOTAL, RAW, FREE = "totalacceleration", "accelerometeruncalibrated", "accelerometer"
GYROSCOPES = ("gyroscope", "gyroscopeuncalibrated")
KINDS = {TOTAL: "acc", RAW: "acc", FREE: "free", "gravity": "gravity", **dict.fromkeys(GYROSCOPES, "gyr")}


def kind(path: Path) -> str | None:
    """'acc', 'gyr', 'free' (no gravity), 'gravity', 'other', or None for a file that is not by Sensor Logger."""
    if not any({*COLUMNS, "seconds_elapsed"} <= {*fields} for fields in head_lines(path)):
        return None
    return KINDS.get(_stem(path), "other")


def preferred(paths: Sequence[Path]) -> list[Path]:
    """One file a kind: where the phone kept a calibrated one as well, that."""
    order = (TOTAL, RAW, *GYROSCOPES)
    first: dict[str | None, Path] = {}
    for path in sorted(paths, key=lambda path: order.index(_stem(path))):
        first.setdefault(kind(path), path)
    return list(first.values())


def read(path: Path, options: CsvOptions) -> Stream:
    """What a file of the kind 'acc' or 'gyr' holds; an accelerometer reads positive along the axis that points up.

    Raises
    ------
    InputError
        UNITS when units and signs depend on the phone and `Metadata.csv` does not lie beside the file.
    """
    stem = _stem(path)
    if stem in GYROSCOPES:
        return read_stream(path, COLUMNS, "ns", "rad/s", options)
    platform, standard = _phone(path)
    apple = platform == "ios" and not standard
    if platform not in ("android", "ios") and stem == RAW:
        raise InputError(
            f"{path.name} is in other units and of the opposite sign on an iPhone, and no Metadata.csv beside it tells "
            "the phone.",
            Reason.UNITS,
            "Name the whole folder or archive that Sensor Logger wrote.",
        )
    stream = read_stream(path, COLUMNS, "ns", "g" if apple and stem == RAW else "m/s2", options)
    return _turned(stream) if apple else stream


def total(free: Path, gravity: Path | None, options: CsvOptions) -> Stream:
    """The accelerometer of an iPhone, which is the sum of `Accelerometer` and `Gravity` (UNITS.md) at equal times.

    Raises
    ------
    InputError
        UNITS when there is no such sum.
    """
    platform, standard = _phone(free)
    if gravity is None or platform != "ios":
        raise _no_gravity(free)
    parts = [read_stream(path, COLUMNS, "ns", "m/s2", options) for path in (free, gravity)]
    if parts[0].since_ns != parts[1].since_ns or not np.array_equal(parts[0].time_s, parts[1].time_s):
        raise _no_gravity(free)
    stream = replace(
        parts[0], name=f"{free.name} + {gravity.name}", values=parts[0].values + parts[1].values, unit="m/s2"
    )
    return stream if standard else _turned(stream)


def _turned(stream: Stream) -> Stream:
    note = "its sign was turned: an iPhone's acceleration points the other way."
    return replace(stream, values=-stream.values, notices=(*stream.notices, note))


def _no_gravity(path: Path) -> InputError:
    return InputError(
        f"{path.name} by Sensor Logger has no gravity in it, so no angle can be measured from it.",
        Reason.UNITS,
        "Name TotalAcceleration.csv (Android) or AccelerometerUncalibrated.csv (iPhone: switch on 'Accelerometer "
        "Uncalibrated' before recording) and Gyroscope.csv, or their folder.",
    )


def _stem(path: Path) -> str:
    return re.sub(r"[^a-z]", "", path.stem.lower())


def _phone(path: Path) -> tuple[str, bool]:
    """The platform, '' when nothing tells it, and whether units and frames were standardised."""
    beside = next((other for other in path.parent.iterdir() if other.name.lower() == "metadata.csv"), None)
    if beside is None:
        return "", False
    told = next(csv.DictReader(read_text(beside).splitlines()), {})
    return (told.get("platform") or "").strip().lower(), (told.get("standardisation") or "").strip().lower() == "true"

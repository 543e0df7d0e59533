"""Tables of MetaMotion by MbientLab's MetaBase app: each sensor in a file of its own.

The app writes `epoc (ms),timestamp (ZONE),elapsed (s),x-axis (UNIT),y-axis (UNIT),z-axis (UNIT)`, in g for the
accelerometer and deg/s for the gyroscope (MetaBase, SensorConfig.swift); `epoc` is the time of day in ms since 1970.
Other versions write `epoch (ms)`, with decimals, and `X-Axis` (mbientlab.com/tutorials/Topology.html).

What was logged on the sensor has a stamp a sample; what was streamed has that of its packet's arrival, so two or three
samples share one (MetaWear-SDK-iOS-macOS-tvOS, issue 1).
"""

import re
from pathlib import Path

from hiplevel.recording.csv_head import head_lines
from hiplevel.recording.csv_rows import CsvOptions
from hiplevel.recording.stream_csv import read_stream
from hiplevel.recording.streams import Stream

MAKER = "MetaMotion's app"
TIMES = ("epoc (ms)", "epoch (ms)")
WIDEST = 7  # columns: those of a quaternion; a wider table was put together from several
KINDS = {"g": "acc", "deg/s": "gyr"}


def kind(path: Path) -> str | None:
    """'acc', 'gyr', 'other' (a magnetometer, a quaternion), or None for a file that is not by MetaBase."""
    header = _header(path)
    return None if header is None else KINDS.get(_unit(header), "other")


def read(path: Path, options: CsvOptions) -> Stream:
    """What a file of the kind 'acc' or 'gyr' holds."""
    header = _header(path) or []
    unit = _unit(header)
    time, _, _, x, y, z = header
    return read_stream(path, (time, x, y, z), "ms", unit, options, packets=True)


def _header(path: Path) -> list[str] | None:
    header = next((fields for fields in head_lines(path) if fields and fields[0].lower() in TIMES), None)
    return None if header is None or len(header) > WIDEST else header


def _unit(header: list[str]) -> str:
    """What stands in brackets behind each of the three axes; '' when that is not one unit."""
    axes = [re.fullmatch(rf"{axis}-axis \((.*)\)", name.lower()) for axis, name in zip("xyz", header[3:], strict=False)]
    units = {"" if found is None else found[1] for found in axes}
    return units.pop() if len(header) == 6 and len(units) == 1 else ""

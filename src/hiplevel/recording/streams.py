"""Accelerometer and gyroscope from files or streams of their own, brought onto one time axis."""

from dataclasses import dataclass

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.samples import Floats
from hiplevel.motion.merge import Merger
from hiplevel.recording.csv_columns import Columns
from hiplevel.recording.csv_load import Loaded
from hiplevel.recording.measured import measured


@dataclass(frozen=True)
class Stream:
    """Values of one kind.

    Attributes
    ----------
    name : of the file or stream
    columns : of time, x, y and z
    since_ns, time_s : (n,) increasing seconds after since_ns, which both streams count from the same zero
    values : (n, 3) in `unit`; '' where nothing tells it
    total, bad, repeated : rows there were, and how many of them were left out
    """

    name: str
    columns: tuple[str, str, str, str]
    since_ns: int
    time_s: Floats
    time_unit: str
    values: Floats
    unit: str
    total: int
    bad: int = 0
    repeated: int = 0
    notices: tuple[str, ...] = ()


def joined(acc: Stream, gyr: Stream, maker: str, started_ns: int | None) -> Loaded:
    """One sample where the gyroscope was read, with the accelerometer between its neighbours there (see `Merger`).

    Time begins with the first sample; started_ns is the wall clock where the earlier of the two began.

    Raises
    ------
    InputError
        SHAPE when the two do not overlap in time; UNITS when their values cannot be in the units told.
    """
    zero_ns = min(acc.since_ns, gyr.since_ns)
    merger, both = Merger(), f"{acc.name} and {gyr.name}"
    parts = [
        merger.acc((acc.since_ns - zero_ns) * 1e-9 + acc.time_s, acc.values),
        merger.gyr((gyr.since_ns - zero_ns) * 1e-9 + gyr.time_s, gyr.values),
        merger.finish(),
    ]
    raw = parts[0].joined(*parts[1:])
    if not len(raw):
        raise InputError(f"{both} do not overlap in time.", Reason.SHAPE, "Name the two files of one session.")
    time_s = raw.time_s - raw.time_s[0]
    found = measured(time_s, raw.acc_m_s2, raw.gyr_rad_s, acc.unit, gyr.unit, both)
    left_out = gyr.time_s.size - len(raw)
    notices = (
        f"{both} were brought together: the gyroscope's {gyr.time_s.size} samples, "
        f"the accelerometer's {acc.time_s.size} between them.",
        *(f"{stream.name}: {notice}" for stream in (acc, gyr) for notice in stream.notices),
        *found.notices,
    )
    if left_out:
        notices = (*notices, f"{left_out} samples of the gyroscope have none of the accelerometer near: left out.")
    return Loaded(
        samples=found.samples,
        columns=Columns(
            time=gyr.columns[0],
            acc=acc.columns[1:],
            gyr=gyr.columns[1:],
            time_unit=gyr.time_unit,
            acc_unit=found.acc_unit,
            gyr_unit=found.gyr_unit,
        ),
        how=f"as {maker} writes them",
        header=(),
        rows=gyr.total,
        bad_rows=gyr.bad,
        repeated_rows=gyr.repeated,
        started_ns=None if started_ns is None else started_ns + round(float(raw.time_s[0]) * 1e9),
        notices=notices,
    )

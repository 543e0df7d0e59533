"""Which column is what, in which unit."""

import dataclasses
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from hiplevel.model.errors import InputError, Reason, UsageError
from hiplevel.model.samples import ACC_UNITS_M_S2, GYR_UNITS_RAD_S

TICKS_PER_S = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
ISO = "iso8601"
SAMPLES = "samples"  # a column that counts them: with a rate it dates the rows, and shows which were lost
UNITS = {"time": (*TICKS_PER_S, ISO, SAMPLES), "acc": tuple(ACC_UNITS_M_S2), "gyr": tuple(GYR_UNITS_RAD_S)}


@dataclass(frozen=True)
class Columns:
    """Names of the columns, x, y, z in turn.

    A unit left empty is read from the header or found from the data; no time means that a rate dates the rows.
    """

    time: str | None
    acc: tuple[str, str, str]
    gyr: tuple[str, str, str]
    time_unit: str = ""
    acc_unit: str = ""
    gyr_unit: str = ""

    def __post_init__(self) -> None:
        for kind, known in UNITS.items():
            unit = getattr(self, f"{kind}_unit")
            if unit and unit not in known:
                raise InputError(f"Unknown {kind} unit {unit!r}.", Reason.UNITS, f"Use one of: {', '.join(known)}.")
        for kind in ("acc", "gyr"):
            names = tuple(getattr(self, kind))
            if len(names) != 3:
                raise UsageError(f"{kind} needs three columns, x, y and z, not {len(names)}.", Reason.UNKNOWN_COLUMN)
            object.__setattr__(self, kind, names)

    def names(self) -> list[str]:
        """All columns: time first unless there is none."""
        return [*([] if self.time is None else [self.time]), *self.acc, *self.gyr]

    def to_json(self) -> dict[str, Any]:
        """A JSON object."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What `to_json` gave."""
        return cls(**{**data, "acc": tuple(data["acc"]), "gyr": tuple(data["gyr"])})

    def __str__(self) -> str:
        time = "by rate" if self.time is None else f"{self.time!r} ({self.time_unit or '?'})"
        acc, gyr = (", ".join(map(repr, names)) for names in (self.acc, self.gyr))
        return f"time {time}; accelerometer {acc} ({self.acc_unit or '?'}); gyroscope {gyr} ({self.gyr_unit or '?'})"


def check_present(columns: Columns, header: Sequence[str], file: str) -> None:
    """Every column told is in the header, once.

    Raises
    ------
    UsageError
        with reason UNKNOWN_COLUMN, naming the nearest and all there are.
    """
    for name in columns.names():
        if header.count(name) == 1:
            continue
        listed = ", ".join(header)
        if name in header:
            raise UsageError(f"{file} has the column {name!r} more than once: {listed}.", Reason.UNKNOWN_COLUMN)
        raise UsageError(
            f"{file} has no column {name!r}.{_nearest(name, header)} Its columns are: {listed}.", Reason.UNKNOWN_COLUMN
        )


def _nearest(name: str, header: Sequence[str]) -> str:
    lower = {column.lower(): column for column in header}
    near = difflib.get_close_matches(name.lower(), lower, n=1, cutoff=0.5)
    return f" Did you mean {lower[near[0]]!r}?" if near else ""

"""Tables in which a phone or a watch tells gravity and the rest of acceleration apart: their sum is what is needed.

Apple's Core Motion gives `userAcceleration` and `gravity` in g, both pointing the other way than a sensor's reading:
face up, gravity is -1 along z (CMDeviceMotion). Android's `linear acceleration` and `gravity` are in m/s2, and at rest
face up +9.81 along z. Which of the two it is shows in the length of gravity.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hiplevel.model.errors import InputError, Reason
from hiplevel.recording.csv_guess import name_in_words
from hiplevel.recording.csv_rows import Rows

Triple = tuple[str, str, str]
_NAME = re.compile(r"(.*?)_?(gravity|(?:user_|linear_)?acceleration|rotation_rate|gyroscope)_?([xyz])")
_TOTAL = 0.5  # of gravity in the acceleration: it has 1 where gravity was never taken out, 0 where it was
_APPLE_G, _ANDROID_M_S2 = (0.9, 1.1), (8.8, 10.8)


@dataclass(frozen=True)
class Parts:
    """Names of the columns, x, y, z in turn; free is the acceleration without gravity."""

    free: Triple
    gravity: Triple
    gyr: Triple


def parts(header: Sequence[str]) -> Parts | None:
    """The columns of the one device that has all three; None without such, or with several."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for name in header:
        if match := _NAME.fullmatch(name_in_words(name)):
            kind = "gyr" if match[2] in ("rotation_rate", "gyroscope") else match[2].rpartition("_")[2]
            axes = found.setdefault(match[1], {}).setdefault(kind, {})
            axes["twice" if match[3] in axes else match[3]] = name
    whole = [
        Parts(*(_triple(kinds[kind]) for kind in ("acceleration", "gravity", "gyr")))
        for kinds in found.values()
        if all(len(kinds.get(kind, {})) == 3 for kind in ("acceleration", "gravity", "gyr"))
    ]
    return whole[0] if len(whole) == 1 else None


def _triple(axes: dict[str, str]) -> Triple:
    return axes["x"], axes["y"], axes["z"]


def summed(free: Rows, gravity: Rows, file: str) -> tuple[Rows, str]:
    """Rows with what an accelerometer reads, and its unit.

    Raises
    ------
    InputError
        UNITS when gravity is of no known length, SHAPE when one of the two is missing in some rows.
    """
    if len(free.time_s) != len(gravity.time_s):
        raise InputError(f"Gravity and acceleration of {file} are not in the same rows.", Reason.SHAPE)
    length = float(np.median(np.linalg.norm(gravity.acc, axis=1)))
    apple = _APPLE_G[0] <= length <= _APPLE_G[1]
    if not apple and not _ANDROID_M_S2[0] <= length <= _ANDROID_M_S2[1]:
        raise InputError(f"Gravity in {file} reads {length:g}, neither 1 g nor 9.81 m/s2.", Reason.UNITS)
    kept = float(np.sum(free.acc * gravity.acc) / np.sum(gravity.acc**2)) > _TOTAL
    note = "The acceleration has gravity in it" if kept else "The accelerometer is the sum of gravity and the rest"
    note += ", turned round: a phone or watch by Apple tells it the other way." if apple else "."
    acc = (free.acc if kept else free.acc + gravity.acc) * (-1.0 if apple else 1.0)
    return replace(free, acc=acc, notices=(*free.notices, note)), "g" if apple else "m/s2"

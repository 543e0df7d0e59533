"""What decoding gives: samples, and for every packet that gave none the reason why."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hiplevel.model.samples import Floats

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

CHARACTERISTIC = "characteristic"
NO_FRAME = "no-frame"
LENGTH = "length"
NOT_FINITE = "not-finite"
TIME = "time"
JOIN = "join"
SYNC = "sync"
REASONS = (CHARACTERISTIC, NO_FRAME, LENGTH, NOT_FINITE, TIME, JOIN, SYNC)

ACC, GYR = 1, 2


@dataclass(frozen=True)
class DecodeError:
    """A notification that could not be used as it came: `reason` for programs, `sentence` for people.

    packet is its place in the call. With NOT_FINITE the samples are there; with all other reasons they are not.
    """

    reason: str
    sentence: str
    packet: int = 0


@dataclass(frozen=True, eq=False)
class Packets:
    """The packets of samples within a `Decoded`, in order: what the clock needs to know.

    Attributes
    ----------
    notification : (p,) place in the call of the notification that completed the packet
    count : (p,) samples in it
    stamp_ns : (p,) device time of the sample `anchor`, or None without a device clock
    anchor : (p,) which sample of the packet the stamp belongs to
    restarted : (p,) the device's clock or counter began anew with this packet
    lost : (p,) samples lost just before it, as far as counter or clock tell
    carries : (p,) ACC, GYR or both added: what its samples have
    """

    notification: Ints
    count: Ints
    stamp_ns: Ints | None
    anchor: Ints
    restarted: Bools
    lost: Ints
    carries: Ints

    def __getitem__(self, rows: slice | Ints) -> "Packets":
        return Packets(
            self.notification[rows],
            self.count[rows],
            None if self.stamp_ns is None else self.stamp_ns[rows],
            self.anchor[rows],
            self.restarted[rows],
            self.lost[rows],
            self.carries[rows],
        )


@dataclass(frozen=True, eq=False)
class Decoded:
    """The samples of one or many notifications, oldest first.

    Attributes
    ----------
    time_ns : (n,) the device's own clock, unwrapped; None when the sensor tells no time
    acc_m_s2, gyr_rad_s : (n, 3) in the frame printed on the sensor; None when no packet of the call carries it
    clipped : (n,) the sample reached the end of the range
    lost : samples missing before those here; None when the sensor gives no way to know
    battery_percent : the last charge told, 0 to 100
    counter : the packet counter of the last packet
    duplicates, late : packets dropped because they came twice, or after a later one
    restarts : times the device began anew
    """

    time_ns: Ints | None
    acc_m_s2: Floats | None
    gyr_rad_s: Floats | None
    clipped: Bools
    lost: int | None
    packets: Packets
    battery_percent: float | None = None
    counter: int | None = None
    duplicates: int = 0
    late: int = 0
    restarts: int = 0
    errors: tuple[DecodeError, ...] = field(default=())

    def __len__(self) -> int:
        return int(self.clipped.size)

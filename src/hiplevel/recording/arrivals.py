"""Stamps that tell when packets came: their samples are dated as those of a sensor that tells no time."""

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.sensors.clock.arrival import ArrivalClock
from hiplevel.sensors.decode.time import NS
from hiplevel.sensors.decode.types import GYR, Packets

FEWEST_PACKETS = 8


def are_arrivals(time_s: Floats) -> bool:
    """Whether samples (n,) share their stamps, as those of one packet do."""
    return bool((np.diff(time_s) == 0.0).any()) and np.unique(time_s).size >= FEWEST_PACKETS


def evened(time_s: Floats) -> Floats:
    """(n,) s, increasing, from 0, of samples whose stamps (n,) are those of their packets, in order.

    Their rate is learned from when packets come; where they stall there is a gap (see `ArrivalClock`).
    """
    starts = np.flatnonzero(np.diff(time_s, prepend=-np.inf) > 0.0)
    count = np.diff(starts, append=time_s.size)
    period_s = float(np.median(np.diff(time_s[starts])) / np.median(count))
    none = np.zeros(count.size, dtype=np.int64)
    packets = Packets(
        notification=np.arange(count.size),
        count=count,
        stamp_ns=None,
        anchor=none,
        restarted=none.astype(np.bool_),
        lost=none,
        carries=np.full(count.size, GYR),
    )
    return ArrivalClock(1.0 / period_s).date(packets, np.round(time_s[starts] * NS).astype(np.int64)) / NS

"""How much faster than the host's the sensor's clock runs: a line through the least latencies. Only reported."""

import numpy as np

from hiplevel.sensors.decode.time import NS
from hiplevel.sensors.decode.types import Ints

WINDOW_NS = 10 * NS
LEAST_WINDOWS = 6


class Drift:
    """Per 10 s of device time the least arrival - stamp, which the radio's jitter hardly touches."""

    def __init__(self) -> None:
        self._least: dict[int, int] = {}

    def restart(self) -> None:
        """The device's clock began anew."""
        self._least.clear()

    def add(self, stamp_ns: Ints, offset_ns: Ints) -> None:
        """Many packets with rising stamps."""
        window = stamp_ns // WINDOW_NS
        starts = np.flatnonzero(np.diff(window, prepend=window[0] - 1))
        for place, least in zip(window[starts].tolist(), np.minimum.reduceat(offset_ns, starts).tolist(), strict=True):
            self._least[place] = min(self._least.get(place, least), least)

    def add_one(self, stamp: int, offset: int) -> None:
        """One packet."""
        place = stamp // WINDOW_NS
        self._least[place] = min(self._least.get(place, offset), offset)

    @property
    def ppm(self) -> float | None:
        """Positive: the sensor's clock runs faster than the host's. None before a minute of whole windows."""
        places = sorted(self._least)[1:-1]
        if len(places) < LEAST_WINDOWS:
            return None
        first = self._least[places[0]]
        time_s = np.array([(place - places[0]) * (WINDOW_NS / NS) for place in places])
        offset_s = np.array([(self._least[place] - first) / NS for place in places])
        time_s -= time_s.mean()
        return float(-1e6 * np.dot(time_s, offset_s) / np.dot(time_s, time_s))

"""Leaning forward in the band walk: tilt of each step beyond that of the second before the first one."""

import numpy as np

from hiplevel.detect.pass_params import PassParams
from hiplevel.detect.pass_way import Way
from hiplevel.model.compensating import Compensation, CompensationStarted
from hiplevel.model.events import Step


class Lean:
    """Of one pass."""

    def __init__(self, way: Way, params: PassParams) -> None:
        self._way, self._params = way, params
        self._base_deg = 0.0
        self._span_s: tuple[float, float] | None = None
        self._leans_deg: list[float] = []

    def stood(self, until_s: float) -> None:
        """What goes on is compared with the second before."""
        self._base_deg = self._way.tilt_deg(until_s - 1.0, until_s)

    def leans(self, start_s: float, end_s: float) -> float:
        """By how much, degrees; 0 is less than is told."""
        lean_deg = self._way.tilt_deg(start_s, end_s) - self._base_deg
        return lean_deg if lean_deg >= self._params.lean_deg else 0.0

    def add(self, start_s: float, step: Step, lean_deg: float) -> list[CompensationStarted]:
        """A step that was made leaning."""
        first = self._span_s is None
        self._span_s = (start_s if self._span_s is None else self._span_s[0], step.time_s)
        self._leans_deg.append(lean_deg)
        started = CompensationStarted(start_s, "tilt", lean_deg, self._params.lean_deg, known_s=step.known_s)
        return [started] if first else []

    def close(self, known_s: float) -> list[Compensation]:
        """The pass is over."""
        if self._span_s is None:
            return []
        worst_deg, mean_deg = max(self._leans_deg), float(np.cumsum(self._leans_deg)[-1]) / len(self._leans_deg)
        return [Compensation(*self._span_s, "tilt", worst_deg, mean_deg, self._params.lean_deg, known_s=known_s)]

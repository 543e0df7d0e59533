"""Sideways hops: in flight the sensor feels next to nothing, then the landing; the push tells which way.

Counted at the landing, told whole when the pelvis has come to rest. Running flies as well, but lands for too short.
"""

from dataclasses import dataclass

import numpy as np

from hiplevel.detect.hop_set import HopSet
from hiplevel.detect.hop_signal import HopSignal
from hiplevel.detect.traces import extent
from hiplevel.model.events import Event, Rep
from hiplevel.model.rules import Stance
from hiplevel.motion.block import MotionBlock
from hiplevel.motion.posture import Posture


@dataclass(frozen=True)
class HopParams:
    """Forces in g; rows are cells of 10 ms.

    Attributes
    ----------
    flight_g, flight, torn : below this for so many rows is flight; a flight torn for fewer rows is one
    impact_g, impact : the landing reaches this within so many rows
    push, catch : rows before the take-off and after the landing in which the body is pushed and caught sideways
    sideways_m_s : the speed that both give it; less is jumping up and down
    ground, cycle : fewer rows from a landing to the next take-off, or to the next landing, are running; who hops to
        the side and holds it, however quick, takes 0.6 s and more
    fall : rows after the landing in which the unsupported side falls furthest
    steady, steady_m_s2, steady_rad_s : so many rows, quieter than both, are standing steady
    longest : rows after the landing; who is not steady then is so no more
    dip : rows before the take-off at most that belong to the hop
    """

    flight_g: float = 0.4
    flight: int = 8
    torn: int = 4
    impact_g: float = 1.5
    impact: int = 15
    push: int = 30
    catch: int = 25
    sideways_m_s: float = 0.4
    ground: int = 27
    cycle: int = 50
    fall: tuple[int, int] = (10, 40)
    steady: int = 20
    steady_m_s2: float = 1.2
    steady_rad_s: float = 0.35
    longest: int = 200
    dip: int = 80


@dataclass
class Hop:
    """Rows of take-off and landing; runs: it took off too soon after landing before; told: the landing was."""

    off: int
    land: int
    runs: bool = False
    left_m_s: float = 0.0
    told: bool = False


class Hops:
    """`process(block)` gives the repetitions and sets that became certain, in order of known_s."""

    def __init__(self, stance: Stance, params: HopParams | None = None) -> None:
        self.params, self._stance = params or HopParams(), stance
        self._signal, self._set = HopSignal(), HopSet()
        self._low = False
        self._forget()

    def process(self, block: MotionBlock, *_: object) -> list[Event]:
        """Events of these cells."""
        out: list[Event] = []
        if block.posture is not Posture.UPRIGHT:
            return out
        first = self._signal.rows
        low = self._signal.append(block) < self.params.flight_g
        turned = np.flatnonzero(low != np.concatenate([[self._low], low[:-1]]))
        self._low = bool(low[-1])
        for row in [*(turned + first).tolist(), self._signal.rows]:
            self._upto(int(row), out)
            if row < self._signal.rows:
                self._edge(int(row), bool(low[int(row) - first]), out)
        out += self._set.passed(float(block.time_s[-1]))
        return out

    def restart(self, known_s: float) -> list[Event]:
        """A gap or another posture: a hop that is not over is none."""
        out = self._set.withdrawn(known_s) if self._hop is not None and self._hop.told else []
        self._signal.restart()
        self._forget()
        return out

    def finish(self, known_s: float, *_: object) -> list[Event]:
        """The end: a landing that was told counts, steady or not."""
        out: list[Event] = []
        if self._hop is not None and self._hop.told:
            self._close(self._hop, self._signal.rows - 1, known_s, out)
        return [*out, *self._set.finish(known_s)]

    def _forget(self) -> None:
        self._low = False
        self._off: int | None = None  # the last take-off
        self._fell: int | None = None  # the last end of a flight, however short
        self._land_row: int | None = None  # the last landing
        self._hop: Hop | None = None
        self._done = 0  # rows that were looked at for rest
        self._ended = 0  # row in which the hop before ended

    def _edge(self, row: int, low: bool, out: list[Event]) -> None:
        if low:
            torn = self._fell is not None and row - self._fell < self.params.torn
            self._off = self._off if torn else row
            return
        self._fell = row
        if self._off is None or row - self._off < self.params.flight:
            return
        hop, off = self._hop, self._off
        if hop is not None and hop.off == off:  # the flight before was torn here
            self._hop = Hop(off, row, runs=hop.runs)
            return
        before = self._land_row
        runs = before is not None and (off - before < self.params.ground or row - before < self.params.cycle)
        if hop is not None and hop.told:
            if runs:
                out += self._set.withdrawn(self._signal.time_s(row))
            else:
                # It never came to rest: it ends half way to the next take-off.
                self._close(hop, (hop.land + off) // 2, self._signal.time_s(row), out, off)
        self._hop, self._land_row, self._done = Hop(off, row, runs=runs), row, 0

    def _upto(self, stop: int, out: list[Event]) -> None:
        """Judge what these rows decide about the hop that has landed."""
        params, hop = self.params, self._hop
        if hop is None:
            return
        if not hop.told and stop >= hop.land + params.catch:
            self._land(hop, out)
        if self._hop is None or not hop.told:
            return
        begin, last = max(hop.land + params.fall[1], self._done), hop.land + params.longest
        rows = self._signal.quiet(begin, min(stop, last), params.steady, params.steady_m_s2, params.steady_rad_s)
        self._done = max(begin, stop)
        if len(rows):
            self._close(hop, int(rows[0]) - params.steady + 1, self._signal.time_s(int(rows[0])), out)
        elif stop > last:
            self._close(hop, last, self._signal.time_s(last), out)

    def _land(self, hop: Hop, out: list[Event]) -> None:
        params, signal = self.params, self._signal
        caught = hop.land + params.catch
        pushed = signal.leftward_m_s(hop.off - params.push, hop.off) - signal.leftward_m_s(hop.land, caught)
        hop.left_m_s = 0.5 * pushed
        hard = signal.peak_g(hop.land, hop.land + params.impact) >= params.impact_g
        if hop.runs or not hard or abs(hop.left_m_s) < params.sideways_m_s:
            self._hop = None
            return
        hop.told = True
        out += self._set.landed(signal.time_s(hop.land), signal.time_s(caught - 1), self._way(hop))

    def _close(self, hop: Hop, end: int, known_s: float, out: list[Event], off: int | None = None) -> None:
        """off: the next take-off, when that came first."""
        signal, params = self._signal, self.params
        stop = max(end, hop.land + 1)
        earliest = max(hop.off - params.dip, self._ended)
        quiet = signal.quiet(earliest, hop.off - 10, 10, 1.0, 1.0)
        start = int(quiet[-1]) if len(quiet) else earliest
        self._ended = stop
        list_deg, lean_deg = extent(signal.obliquity_deg(hop.off, stop)), extent(signal.tilt_deg(hop.off, stop))
        fallen = signal.obliquity_deg(*(min(hop.land + row, off or signal.rows) for row in params.fall))
        leg = self._stance if self._stance in ("left", "right") else self._way(hop)
        fall = fallen if leg == "left" else -fallen
        land_s = signal.time_s(hop.land)
        rep = Rep(
            min(signal.time_s(start), land_s),
            land_s,
            signal.time_s(min(stop, signal.rows - 1)),
            list_deg,
            side=self._way(hop),
            peak_drop_deg=max(float(fall.max(initial=0.0)), 0.0),
            obliquity_rom_deg=list_deg,
            tilt_rom_deg=lean_deg,
            # Angles around a landing are 3 to 4 degrees uncertain: graded coarsely.
            confidence=0.5 + 0.4 * min(abs(hop.left_m_s) / (2.0 * params.sideways_m_s), 1.0),
            known_s=known_s,
        )
        out += self._set.rep(rep)
        self._hop = None

    def _way(self, hop: Hop) -> str:
        return "left" if hop.left_m_s > 0.0 else "right"

"""Repetitions of one exercise: swings of its count signal that pass the catalogue's gates."""

import math
from bisect import bisect_left

import numpy as np

from hiplevel.detect.history import History
from hiplevel.detect.rest import Rest
from hiplevel.detect.sets import Sets
from hiplevel.detect.smooth import DELAY_S, Smooth
from hiplevel.detect.swings import Beat, StopFinder, Swing, SwingParams, Swings
from hiplevel.model.events import Event, Rep
from hiplevel.model.exercise import Exercise
from hiplevel.model.rules import Stance
from hiplevel.model.samples import Floats
from hiplevel.motion import height
from hiplevel.motion.chain import MotionBlock
from hiplevel.motion.frame import dot
from hiplevel.motion.grid import GRID_HZ

DEG = 180.0 / math.pi
ANGLE_FIELD = {"obliquity": "obliquity_rad", "tilt": "tilt_rad", "roll": "roll_rad"}
BEYOND_SHARE = 0.2  # of a swing's size: so far beyond neutral is on purpose
# A squat has 1.3 to 2.5 times the rms acceleration of a sine of its height and duration; walking has 10 times and more.
EXPLAINED_FACTOR, UNEXPLAINED_M_S2 = 3.5, 0.4
# A turn is noise below this, degrees (cm of height).
REVERSAL = {"obliquity": 0.75, "tilt": 0.75, "roll": 0.75, "height": 2.0}


class RepCounter:
    """Counts one exercise; knows nothing of any other."""

    def __init__(self, exercise: Exercise, stance: Stance) -> None:
        counting = exercise.counting
        self._counting, self._stance = counting, stance
        self._history, self._rest, self._smooth, self._stops = History(), Rest(), Smooth(), StopFinder()
        self._sets = Sets()
        fades = counting.signal == "height"
        params = SwingParams(counting.min_swing, REVERSAL[counting.signal], counting.rep_s[1], fades=fades)
        signs = (counting.direction,) if counting.direction else (1, -1)
        self._machines = [Swings(params, sign) for sign in signs]
        # Standing on the left leg the right side falls, which is obliquity going up.
        self._favoured = -1 if stance == "right" else 1
        # The standing neutral means nothing to a signal in another posture: there, lying still before the set is home.
        self._rests: tuple[list[float], list[float], list[bool]] = ([], [], [])
        self._own_neutral, self._neutral = exercise.posture == "side-lying", 0.0

    def process(self, block: MotionBlock) -> list[Event]:
        """Repetitions and sets that this block made certain, in order of known_s."""
        self._history.append(block)
        x = self._smooth.process(self._signal(block))
        rests = self._rest.process(block)
        rows = list(rests)
        lean_deg = _lean_deg(block, rows)
        beats = {row: Beat(rests[row], lean) for row, lean in zip(rows, lean_deg, strict=True)}
        stops = self._stops.process(x, rows)
        swings = [s for machine in self._machines for s in machine.process(block.time_s, x, stops, beats)]
        swings.sort(key=lambda swing: swing.known_s)
        self._rests = (block.time_s[rows].tolist(), x[rows].tolist(), list(rests.values()))
        return self._told(swings)

    def restart(self) -> None:
        """A gap: nothing may span it. The set goes on."""
        self._history.clear()
        self._rest.restart()
        self._smooth.restart()
        self._stops.restart()
        for machine in self._machines:
            machine.restart()

    def finish(self, known_s: float) -> list[Event]:
        """Close the set."""
        return list(self._sets.finish(known_s))

    def _signal(self, block: MotionBlock) -> Floats:
        if self._counting.signal == "height":
            return block.height_m * 100.0
        return np.asarray(getattr(block, ANGLE_FIELD[self._counting.signal])) * DEG

    def _told(self, swings: list[Swing]) -> list[Event]:
        """Walk through beats and swings in time order: a set may end before the next repetition."""
        out: list[Event] = []
        done = 0
        for swing in swings:
            upto = bisect_left(self._rests[0], swing.known_s, done)
            out += self._pass(done, upto)
            done = upto
            if self._one_sided(swing):
                self._count(swing, out)
        return out + self._pass(done, len(self._rests[0]))

    def _pass(self, first: int, upto: int) -> list[Event]:
        """Let these beats of the block go by."""
        times, values, rests = self._rests
        out: list[Event] = []
        if self._sets.open:
            first = bisect_left(times, self._sets.over_s, first, upto)
            if first < upto:
                out += self._sets.finish(times[first])
        if self._own_neutral and not self._sets.open:
            lying_still = [value for value, rest in zip(values[first:upto], rests[first:upto], strict=True) if rest]
            self._neutral = lying_still[-1] if lying_still else self._neutral
        return out

    def _one_sided(self, swing: Swing) -> bool:
        """Whether this swing is the repetition, when the opposite one, half a cycle later, could be meant as well.

        It must turn beyond neutral. When the movement crosses neutral both ways, the favoured direction counts.
        """
        if self._counting.direction:
            return True
        beyond = BEYOND_SHARE * swing.size
        direction = 1 if swing.top > swing.home else -1
        home, top, bottom = (direction * (value - self._neutral) for value in (swing.home, swing.top, swing.bottom))
        if top < beyond:
            return False
        return direction == self._favoured or max(-home, -bottom) < beyond

    def _count(self, swing: Swing, out: list[Event]) -> None:
        rep = self._accepted(swing)
        if rep is None:
            return
        out += self._sets.rep(rep.start_s, rep.end_s, rep.known_s)
        out.append(
            Rep(
                rep.start_s,
                rep.turn_s,
                rep.end_s,
                rep.rom_deg,
                side=rep.side,
                number=self._sets.reps,
                set_number=self._sets.number,
                peak_drop_deg=rep.peak_drop_deg,
                obliquity_rom_deg=rep.obliquity_rom_deg,
                tilt_rom_deg=rep.tilt_rom_deg,
                known_s=rep.known_s,
            )
        )

    def _accepted(self, swing: Swing) -> Rep | None:
        """The swing as a repetition, or None when a gate of the catalogue says it is something else."""
        counting = self._counting
        late_s = DELAY_S
        if counting.signal == "height":
            late_s -= height.lead_s(max(swing.end_s - swing.start_s, counting.rep_s[0]))
        start_s, turn_s, end_s = (t - late_s for t in (swing.start_s, swing.turn_s, swing.end_s))
        end_s = min(end_s, swing.known_s)
        if not counting.rep_s[0] <= end_s - start_s <= counting.rep_s[1]:
            return None
        look = self._history.between
        acc, rate = look("acc_m_s2", start_s, end_s), look("rate_rad_s", start_s, end_s)
        if acc.size == 0:
            return None
        obliquity, tilt = look("obliquity_rad", start_s, end_s) * DEG, look("tilt_rad", start_s, end_s) * DEG
        angle = look(ANGLE_FIELD[counting.angle], start_s, end_s) * DEG
        rom_deg, tilt_rom_deg = _range(angle), _range(tilt)
        turned_deg = abs(float(rate[2].sum())) / GRID_HZ * DEG
        acc_rms = math.sqrt(float(dot(acc, acc).mean()))
        if (
            acc_rms > self._most_acc(swing, end_s - start_s)
            or tilt_rom_deg > counting.max_tilt_deg
            or turned_deg > counting.max_turn_deg
            or _range(look("height_m", start_s, end_s)) * 100.0 > counting.max_rise_cm
            or rom_deg < counting.min_angle_deg
        ):
            return None
        return Rep(
            start_s,
            turn_s,
            end_s,
            rom_deg,
            side=self._stance,
            peak_drop_deg=self._worst_drop(obliquity),
            obliquity_rom_deg=_range(obliquity),
            tilt_rom_deg=tilt_rom_deg,
            known_s=swing.known_s,
        )

    def _most_acc(self, swing: Swing, duration_s: float) -> float:
        """The acceleration a repetition may have, rms: steps and impacts shake more than the swing itself explains."""
        most = self._counting.max_acc_m_s2
        if self._counting.signal != "height":
            return most
        omega = 2.0 * math.pi / duration_s
        explained = swing.size / 100.0 / 2.0 * omega * omega / math.sqrt(2.0)
        return min(most, UNEXPLAINED_M_S2 + EXPLAINED_FACTOR * explained)

    def _worst_drop(self, obliquity_deg: Floats) -> float:
        right, left = float(obliquity_deg.max()), float(-obliquity_deg.min())
        worst = {"left": right, "right": left}.get(self._stance, max(left, right))
        return max(0.0, worst)


def _lean_deg(block: MotionBlock, rows: list[int]) -> list[float]:
    """Inclination from neutral at these cells, whichever way, degrees."""
    up = np.cos(block.obliquity_rad[rows]) * np.cos(block.tilt_rad[rows])
    lean: list[float] = (np.arccos(np.minimum(up, 1.0)) * DEG).tolist()
    return lean


def _range(x: Floats) -> float:
    return float(x.max() - x.min())

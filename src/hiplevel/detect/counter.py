"""Repetitions of one exercise: swings of its count signal that pass the catalogue's gates."""

import math

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

DEG = 180.0 / math.pi
ANGLE_FIELD = {"obliquity": "obliquity_rad", "tilt": "tilt_rad", "roll": "roll_rad"}
BEYOND_SHARE = 0.2  # of a swing's size: so far beyond neutral is on purpose
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
        self._own_neutral, self._neutral = exercise.posture == "side-lying", 0.0

    def process(self, block: MotionBlock) -> list[Event]:
        """Repetitions and sets that this block made certain, in order of known_s."""
        self._history.append(block)
        x = self._smooth.process(self._signal(block))
        beats = {row: Beat(rest, _lean_deg(block, row)) for row, rest in self._rest.process(block).items()}
        stops = self._stops.process(x, list(beats))
        swings = [s for machine in self._machines for s in machine.process(block.time_s, x, stops, beats)]
        swings.sort(key=lambda swing: swing.known_s)
        return self._told([(float(block.time_s[row]), float(x[row]), beats[row].rest) for row in beats], swings)

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

    def _told(self, beats: list[tuple[float, float, bool]], swings: list[Swing]) -> list[Event]:
        """Walk through beats and swings in time order: a set may end before the next repetition."""
        out: list[Event] = []
        for swing in swings:
            while beats and beats[0][0] < swing.known_s:
                out += self._beat(*beats.pop(0))
            if self._one_sided(swing):
                self._count(swing, out)
        for beat in beats:
            out += self._beat(*beat)
        return out

    def _beat(self, time_s: float, value: float, rest: bool) -> list[Event]:
        if self._own_neutral and rest and not self._sets.open:
            self._neutral = value
        return list(self._sets.beat(time_s))

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
        if len(acc) == 0:
            return None
        obliquity, tilt = look("obliquity_rad", start_s, end_s) * DEG, look("tilt_rad", start_s, end_s) * DEG
        angle = look(ANGLE_FIELD[counting.angle], start_s, end_s) * DEG
        rom_deg, tilt_rom_deg = _range(angle), _range(tilt)
        turned_deg = abs(math.fsum(rate[:, 2])) / 100.0 * DEG
        acc_rms = math.sqrt(math.fsum((acc * acc).ravel()) / len(acc))
        if (
            acc_rms > counting.max_acc_m_s2
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

    def _worst_drop(self, obliquity_deg: Floats) -> float:
        right, left = float(obliquity_deg.max()), float(-obliquity_deg.min())
        worst = {"left": right, "right": left}.get(self._stance, max(left, right))
        return max(0.0, worst)


def _lean_deg(block: MotionBlock, row: int) -> float:
    """Inclination from neutral, whichever way, degrees."""
    return math.acos(min(1.0, math.cos(block.obliquity_rad[row]) * math.cos(block.tilt_rad[row]))) * DEG


def _range(x: Floats) -> float:
    return float(x.max() - x.min())

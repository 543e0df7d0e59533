"""The whole of motion: samples in, calibrated pelvis motion out, with the gaps and the neutrals between."""

import math
from bisect import insort

import numpy as np

from hiplevel.model.calibration import Calibration
from hiplevel.model.events import Clipped, Gap, Note, Rezero
from hiplevel.model.samples import Floats, Samples
from hiplevel.motion.block import Break, Item
from hiplevel.motion.body import Body
from hiplevel.motion.clipping import ClipWatch
from hiplevel.motion.frame import levelling, obliquity_rad, rotated, tilt_rad
from hiplevel.motion.grid import AFTER_S, CELL_S, Cells, Grid, between, joined
from hiplevel.motion.late import LateNeutral, Stand, elsewhere
from hiplevel.motion.posture import Posture, classify
from hiplevel.motion.scale import ScaleWatch
from hiplevel.motion.start import Start, StartGate, StartParams
from hiplevel.motion.stillness import BEAT_S, STILL_BEATS

DEG = math.pi / 180.0
# A gap this short is bridged by the gyroscope alone: the pelvis keeps turning about as it did.
RIDE_S = 1.0
# After a longer one the attitude starts anew, from gravity averaged over this long.
SETTLE_CELLS = round(1.0 / CELL_S)
# Known exactly, a calibration needs no neutral: moving from the first, it is followed as soon as gravity is known.
HURRY_BEATS = 1

# One sigma of what a clip's turn about the vertical is: placed by hand, found by hinging, given as a matrix.
ASSUMED_TURN_RAD, FOUND_TURN_RAD, EXACT_TURN_RAD = (math.radians(deg) for deg in (8.0, 2.0, 0.3))

# People stand so differently from one day to another.
STOOD_RAD = math.radians(4.0)

NO_NEUTRAL = (
    "The recording does not begin with a still second: the neutral is taken from its quietest moment, so angles may be "
    "off by several degrees."
)
NO_BIAS = "The recording does not begin with a still second: angles may be off by several degrees for some seconds."
NOT_STILL = (
    "The new level that was asked for was not taken: there was no still second, standing upright, within 10 s. The "
    "level from before holds. Stand still and ask again."
)
STAND_STILL = "Stand still for 3 to 5 s at the start."


class Motion:
    """Samples to pelvis motion. Causal: what comes out depends on the samples so far, not on how they were cut."""

    def __init__(self, calibration: Calibration | None = None, *, may_lie: bool = False) -> None:
        """may_lie: what is done may begin lying on the side; otherwise who seems to has turned the clip."""
        # Angles are relative to a neutral unless the calibration is known exactly.
        self._relative = calibration is None or calibration.source != "matrix"
        self._may_lie = may_lie
        self._stood_before = calibration is not None and calibration.source == "movements"
        self._grid = Grid()
        self._clip_watch, self.clipped = ClipWatch(), list[Clipped]()
        self._gate: StartGate | None = StartGate(StartParams(hurry_beats=None if self._relative else HURRY_BEATS))
        self._body = Body(np.eye(3) if calibration is None else calibration.matrix, _turned_rad(calibration))
        self._settling: list[Cells] | None = None
        self._lost_s = 0.0
        self._open_s = -np.inf
        self._last: Cells | None = None
        self._late: LateNeutral | None = None
        self._scale = ScaleWatch()
        self._asked_s: list[float] = []  # when a new neutral was asked for, not yet reached

    @property
    def grid(self) -> Grid:
        """For its counts of samples, gaps and bridged holes."""
        return self._grid

    @property
    def open_s(self) -> float:
        """When the start was judged: nothing was known before."""
        return self._open_s

    @property
    def waiting(self) -> bool:
        """Whether the start is still being looked at, so that nothing comes out yet."""
        return self._gate is not None

    def ask(self, time_s: float) -> None:
        """Take the neutral anew at the first still second after this time, which is not before the samples so far."""
        insort(self._asked_s, time_s)

    def process(self, samples: Samples) -> list[Item]:
        """What these samples made known, in time order; `clipped` the stretches at the sensor's limit that they ended.

        Raises
        ------
        InputError
            when time does not increase, or gravity shows that the units are wrong.
        """
        runs = self._grid.process(samples)
        self.clipped = self._clip_watch.process(samples)
        self._body.miss(self._clip_watch.missed)
        return [item for cells in runs for item in self._admit(cells)]

    def finish(self) -> list[Item]:
        """What was held back."""
        self.clipped = self._clip_watch.finish()
        return self._opened(self._gate.finish()) if self._gate is not None else []

    def _admit(self, item: Cells | Gap) -> list[Item]:
        if self._gate is not None:
            return self._opened(self._gate.process(item))
        return self._advance(item)

    def _opened(self, opened: tuple[Start, list[Cells | Gap]] | None) -> list[Item]:
        if opened is None:
            return []
        start, held = opened
        self._gate = None
        self._open_s = start.known_s
        self._body.orientation.set_bias(start.bias_rad_s, start.bias_sigma_rad_s)
        self._body.gravity_m_s2 = start.gravity_m_s2
        judged = [item for item in held if isinstance(item, Cells)][-1]
        up = self._body.orientation.gravity(judged, start.rows).up_between(start.quiet)
        lying = self._lies(up)
        out = [] if lying else self._level(start, up)
        if start.calm:
            out += self._scale.look(start.gravity_m_s2, start.known_s, still=start.still)
        for at, item in enumerate(held):
            if not isinstance(item, Cells):
                # What a stand was cut off by is a gap like any later one.
                out += self._advance(item) if at == len(held) - 1 else [item]
                continue
            rows, still = (start.rows, start.still) if item is judged else (slice(None), False)
            # What came after the judgement takes the way of all later cells.
            known = int(np.searchsorted(item.time_s, start.known_s)) + 1
            self._body.begin(item, rows, still=still, relative=self._relative and not lying and item is judged)
            self._last = item[:known].row(-1)
            out += self._body.process(item[:known])
            if known < len(item.time_s):
                out += self._advance(item[known:])
        return out

    def _lies(self, up: Floats) -> bool:
        """Whether a clip whose place is known shows a wearer who lies: the level then is how it was calibrated."""
        if not (self._may_lie and self._stood_before) or classify(self._body.matrix @ up) in (Posture.UPRIGHT, None):
            return False
        self._body.doubt_level(STOOD_RAD)
        return True

    def _level(self, start: Start, up: Floats) -> list[Item]:
        known_s = start.known_s
        out: list[Item] = []
        if self._relative:
            out.append(self._relevel(up, start.start_s, start.end_s, known_s, "still" if start.still else "assumed"))
        if not start.still:
            self._late = LateNeutral(known_s, up)
            text = NO_NEUTRAL if self._relative else NO_BIAS
            out.append(Note(known_s, f"{text} {STAND_STILL}", "no-still-start", "warning", known_s=known_s))
        return out

    def _relevel(self, up: Floats, start_s: float, end_s: float, known_s: float, source: str) -> Rezero:
        """Make this vertical (3,), sensor frame, the pelvis' own."""
        worn = rotated(self._body.matrix, up[:, None])
        obliquity, tilt = float(obliquity_rad(worn)[0]), float(tilt_rad(worn)[0])
        self._body.matrix = levelling(worn[:, 0]) @ self._body.matrix
        self._body.hung(abs(obliquity) if self._stood_before and source != "asked" else 0.0)
        return Rezero(start_s, end_s, obliquity / DEG, tilt / DEG, source, known_s=known_s)

    def _advance(self, item: Cells | Gap) -> list[Item]:
        if isinstance(item, Gap):
            self._lost_s += item.end_s - item.start_s  # a lone sample between two gaps gives no cell
            if self._lost_s > RIDE_S or self._settling is not None:
                self._settling = []
            self._body.interrupt()
            if self._late is not None:
                self._late.interrupt()
            return [item]
        return self._listen(item)

    def _listen(self, cells: Cells) -> list[Item]:
        """Cut where a new neutral was asked for."""
        if not self._asked_s or cells.time_s[-1] <= self._asked_s[0] + AFTER_S:
            return self._seek(cells)
        asked_s = self._asked_s.pop(0)
        row = int(np.searchsorted(cells.time_s, asked_s + AFTER_S, side="right"))
        before = self._seek(cells[:row]) if row else []
        if self._body.lying:
            self._body.lie_anew()
        else:
            level = np.ascontiguousarray(self._body.matrix[2])  # the vertical of the neutral so far
            self._late = LateNeutral(max(asked_s, self._open_s), level, asked=True)
        return [*before, *self._listen(cells[row:])]

    def _seek(self, cells: Cells) -> list[Item]:
        """Take the neutral at the first still second, when there was none at the start or one was asked for."""
        late = self._late
        if late is None:
            return self._follow(cells)
        within = int(np.searchsorted(cells.time_s, late.until_s, side="right"))
        stand = late.process(cells[:within]) if within else None
        out: list[Item] = []
        done = 0
        if within and late.elsewhere is not None and self._relative:
            row, by_rad = late.elsewhere
            done = row + 1
            out = self._follow(cells[:done])
            self._body.doubt_level(by_rad)
            out.append(elsewhere(by_rad, float(cells.time_s[row])))
        if stand is not None:
            self._late, until = None, stand.row + 1
            out += self._follow_some(cells[done:until])
            out += self._stood(stand, float(cells.time_s[stand.row]), asked=late.asked)
            return [*out, *self._follow_some(cells[until:])]
        if within == len(cells.time_s):
            return [*out, *self._follow_some(cells[done:])]
        self._late = None
        now_s = float(cells.time_s[within])
        out += self._follow_some(cells[done:within])
        if late.asked:
            out.append(Note(now_s, NOT_STILL, "rezero-refused", "warning", known_s=now_s))
        return [*out, *self._follow(cells[within:])]

    def _follow_some(self, cells: Cells) -> list[Item]:
        return self._follow(cells) if len(cells.time_s) else []

    def _stood(self, stand: Stand, now_s: float, *, asked: bool) -> list[Item]:
        """What a still second teaches that came late: bias, gravity, and the neutral where one is wanted."""
        relative = self._relative or asked
        self._body.stood(stand, first=not asked, relative=relative)
        off = self._scale.look(stand.gravity_m_s2, now_s, still=True)
        if not relative:
            return list(off)
        before = self._body.matrix
        told = self._relevel(stand.up, now_s - STILL_BEATS * BEAT_S, now_s, now_s, "asked" if asked else "still")
        turn = self._body.matrix @ before.T
        return [Break(now_s, turn), told, *off]

    def _follow(self, item: Cells) -> list[Item]:
        lost_s, self._lost_s = self._lost_s, 0.0
        if self._settling is not None:
            return self._settle(item)
        if lost_s > 0.0 and self._last is not None:
            self._body.ride(between(self._last, item.row(0)))
        self._last = item.row(-1)
        return self._body.process(item)

    def _settle(self, cells: Cells) -> list[Item]:
        """After a long gap find the attitude anew; the moments this takes are not given out."""
        held = joined([*(self._settling or []), cells])
        if len(held.time_s) <= SETTLE_CELLS:
            self._settling = [held]
            return []
        self._settling = None
        self._body.begin(held[:SETTLE_CELLS], slice(None), still=False, relative=False)
        self._body.ride(held[:SETTLE_CELLS])
        self._last = held.row(-1)
        return self._body.process(held[SETTLE_CELLS:])


def _turned_rad(calibration: Calibration | None) -> float:
    """How far the calibration may be turned about the vertical, one sigma."""
    if calibration is None or calibration.source not in ("matrix", "movements"):
        return ASSUMED_TURN_RAD
    if calibration.source == "matrix":
        return EXACT_TURN_RAD
    return FOUND_TURN_RAD if calibration.axis_sd_deg is None else math.radians(calibration.axis_sd_deg)

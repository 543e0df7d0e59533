"""Has the clip slipped? Standing quietly the pelvis reads as it read before, unless the clip sits otherwise.

People do not stand alike each time: relaxed on one hip the pelvis is some degrees off, sitting it is tipped backward,
and who holds one side up stands quietly too. So it takes several quiet stands that agree with each other, and between
them the pelvis must not come back: a clip that has slipped stays where it is, a drop that is held does not.
"""

from dataclasses import dataclass, field
from itertools import groupby
from statistics import fmean

import numpy as np

from hiplevel.model.events import Note
from hiplevel.model.samples import Floats
from hiplevel.motion.frame import obliquity_rad, tilt_rad
from hiplevel.motion.rest import Beats
from hiplevel.motion.stillness import BEAT_S

QUIET_BEATS = round(2.0 / BEAT_S)
LONG_BEATS = round(4.0 / BEAT_S)
# Two stands have at least this much movement between them.
APART_BEATS = round(1.0 / BEAT_S)
SWAY_DEG = 2.0


@dataclass(frozen=True)
class SlipParams:
    """So many stands in a row, each off by so many degrees in the frontal plane, and within agree_deg of each other."""

    frontal_deg: tuple[tuple[int, float], ...] = ((2, 9.0), (3, 6.0))
    long_frontal_deg: float = 12.0  # one stand of 4 s: further than anybody holds a side up or lets it hang
    sagittal_deg: tuple[tuple[int, float], ...] = ((3, 12.0),)
    agree_deg: float = 4.0
    back_share: float = 0.5  # of the way: a moment of rest nearer to where it was


@dataclass
class SlipState:
    """The stand under way: its angles, and beats of movement since; the angles that are usual; stands that were not."""

    stand: list[tuple[float, float]] = field(default_factory=list)
    moved: int = APART_BEATS
    told: bool = False  # of this stand
    usual: tuple[float, float] | None = None
    odd: list[tuple[float, float]] = field(default_factory=list)


class SlipWatch:
    """`process` gives the rows at which a slip became certain, and how far it was: degrees to the side, and forward."""

    def __init__(self, params: SlipParams | None = None) -> None:
        self.params = params or SlipParams()
        self.state = SlipState()

    def restart(self) -> None:
        """Another neutral: what is usual is to be seen anew."""
        self.state = SlipState()

    def interrupt(self) -> None:
        """A gap, or another posture: a stand does not span it."""
        self.state.stand, self.state.moved = [], APART_BEATS

    def process(self, up: Floats, beats: Beats) -> list[tuple[int, float, float]]:
        """From the vertical (3, m) in the pelvis frame, upright."""
        out, state, rest = list[tuple[int, float, float]](), self.state, beats.rest
        if True not in rest:
            state.moved += len(rest)
            return out
        ends = up[:, beats.ends]
        angles = list(zip(np.degrees(obliquity_rad(ends)).tolist(), np.degrees(tilt_rad(ends)).tolist(), strict=True))
        at = 0
        for quiet, run in groupby(rest):
            first, at = at, at + len(list(run))
            if not quiet:
                state.moved += at - first
                continue
            if state.moved >= APART_BEATS:
                state.stand, state.told = [], False
            state.moved = 0
            stand = state.stand
            for row in range(first, at):
                if len(stand) == LONG_BEATS:
                    break
                frontal, forward = here = angles[row]
                if state.odd and self._came_back(here):
                    state.odd = []
                if stand and (abs(frontal - stand[0][0]) >= SWAY_DEG or abs(forward - stand[0][1]) >= SWAY_DEG):
                    stand.clear()  # shifted: the stand is what comes now
                stand.append(here)
                if len(stand) in (QUIET_BEATS, LONG_BEATS) and (by := self._judge()) is not None:
                    out.append((beats.rows[row], *by))
        return out

    def _judge(self) -> tuple[float, float] | None:
        state, params = self.state, self.params
        frontal, forward = zip(*state.stand, strict=True)
        here = fmean(frontal), fmean(forward)
        if state.usual is None:
            state.usual, state.told = here, True
            return None
        off = here[0] - state.usual[0], here[1] - state.usual[1]
        if not state.told:
            state.told = True
            small = abs(off[0]) < params.frontal_deg[-1][1] and abs(off[1]) < params.sagittal_deg[-1][1]
            state.odd = [] if small else [*state.odd, off]
            if self._agree(0, params.frontal_deg) or self._agree(1, params.sagittal_deg):
                return self._moved(off)
        elif len(state.stand) == LONG_BEATS and abs(off[0]) >= params.long_frontal_deg:
            return self._moved(off)
        return None

    def _came_back(self, here: tuple[float, float]) -> bool:
        """Whether this moment of rest is nearer to what is usual than the stands that were not, or beyond it."""
        params, usual = self.params, self.state.usual or (0.0, 0.0)
        least_deg = params.frontal_deg[-1][1], params.sagittal_deg[-1][1]
        for plane, odd in enumerate(self.state.odd[-1]):
            off = here[plane] - usual[plane]
            if abs(odd) >= least_deg[plane] and off * np.sign(odd) < params.back_share * abs(odd):
                return True
        return False

    def _agree(self, plane: int, rules: tuple[tuple[int, float], ...]) -> bool:
        for count, least_deg in rules:
            last = [off[plane] for off in self.state.odd[-count:]]
            agree = len(last) == count and max(last) - min(last) <= self.params.agree_deg
            if agree and (min(last) >= least_deg or max(last) <= -least_deg):
                return True
        return False

    def _moved(self, off: tuple[float, float]) -> tuple[float, float]:
        usual = self.state.usual or (0.0, 0.0)
        self.state.usual, self.state.odd = (usual[0] + off[0], usual[1] + off[1]), []
        return off


def slipped(time_s: float, frontal_deg: float, forward_deg: float) -> Note:
    """What the user is told: by how much, + = right and forward."""
    how = []
    if abs(frontal_deg) >= 3.0:
        how.append(f"{abs(frontal_deg):.0f} degrees to the {'right' if frontal_deg > 0.0 else 'left'}")
    if abs(forward_deg) >= 3.0:
        how.append(f"{abs(forward_deg):.0f} degrees {'forward' if forward_deg > 0.0 else 'backward'}")
    text = (
        f"Standing quietly, the pelvis reads {' and '.join(how)} of where it was: the clip seems to have slipped. Set "
        "it right, stand still, and take the level anew."
    )
    return Note(time_s, text, "clip-slipped", "warning", known_s=time_s)

"""From contacts to steps: enough of them, as walking makes them, and each foot in its turn."""

import math
from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from hiplevel.detect.gait import GaitParams
from hiplevel.detect.steps_side import SideBelief
from hiplevel.model.events import Step
from hiplevel.motion.grid import CELL_S

# The usual evidence of a side is the median of the last so many.
_EVIDENCE = 5
# Log-odds below which nothing is said about the side.
_NO_EVIDENCE = 0.1
# Less than this share of the usual evidence is no weak step either: standing up, a shift of weight.
_SHOWS = 0.1


class Contact(NamedTuple):
    """A contact in row `row`, judged in row `due`, when the single support after it has been seen.

    rise_m_s: upward velocity gained after it, and what is usual by then; step_cells: since the contact before; first:
    of a new stretch of steps.
    """

    row: int
    time_s: float
    rise_m_s: float
    usual_rise_m_s: float
    step_cells: int
    due: int
    first: bool


def median(values: deque[float]) -> float:
    """The upper one of two."""
    return sorted(values)[len(values) // 2]


@dataclass
class BoutState:
    """gathered: contacts and evidence that do not make a bout yet; None while in one."""

    gathered: list[tuple[Contact, float]] | None = field(default_factory=list)
    evidence: deque[float] = field(default_factory=lambda: deque(maxlen=_EVIDENCE))
    rows: deque[int] = field(default_factory=lambda: deque(maxlen=_EVIDENCE))
    usual_rise_m_s: float = 0.0
    usual_odds: float = 0.0


class Bout:
    """`process(contact, evidence, known_s)` gives the steps that became certain."""

    def __init__(self, params: GaitParams) -> None:
        self.params = params
        self.state = BoutState()
        self._belief = SideBelief(params.alternate)

    @property
    def going(self) -> bool:
        """Whether steps are being made."""
        return self.state.gathered is None

    def due(self, cells: int) -> bool:
        """Whether the next one is due so long after the last one."""
        return self.going and self._usual(cells)

    def restart(self) -> None:
        """Forget everything: a gap."""
        self.state = BoutState()
        self._belief.restart()

    def process(self, contact: Contact, evidence: float, known_s: float) -> list[Step]:
        """One contact more, with its log-odds of left."""
        if contact.first:
            self.restart()
        state = self.state
        state.evidence.append(abs(evidence))
        state.rows.append(contact.row)
        state.usual_rise_m_s, state.usual_odds = contact.usual_rise_m_s, median(state.evidence)
        least = self.params.odds if state.gathered is not None else self.params.odds_kept * self.params.odds
        sides_show = state.usual_odds >= least
        if state.gathered is not None or not (sides_show or self._even()):
            return self._gather(contact, evidence, known_s)
        before = self._belief.log_odds
        if self._weak(contact, evidence) and not self._in_turn(contact.step_cells, evidence, before):
            return []
        return [_step(contact, self._belief.add(evidence), known_s)]

    def _gather(self, contact: Contact, evidence: float, known_s: float) -> list[Step]:
        state, params = self.state, self.params
        gathered = [*(state.gathered or []), (contact, evidence)][-params.bout - 2 :]
        while gathered and gathered[0][0].rise_m_s < params.first_share * state.usual_rise_m_s:
            del gathered[0]
        state.gathered = gathered
        sure = [one for k, one in enumerate(gathered) if not self._weak(*one) or self._fits(gathered, k)]
        turns = [e if k % 2 else -e for k, (_, e) in enumerate(sure[-params.bout :])]
        if len(turns) < params.bout:
            return []
        if abs(math.fsum(turns)) < params.odds * params.bout and not self._even():
            return []
        state.gathered = None
        odds = self._belief.add_together([e for _, e in sure])
        return [_step(c, odd, known_s) for (c, _), odd in zip(sure, odds, strict=True)]

    def _fits(self, gathered: list[tuple[Contact, float]], k: int) -> bool:
        """Whether contact k is in turn with its neighbours; what comes before the first may be getting into place."""
        contact, evidence = gathered[k]
        near = gathered[max(k - 1, 0) : k] + gathered[k + 1 : k + 2]
        return k > 0 and all(self._in_turn(abs(c.row - contact.row), evidence, other) for c, other in near)

    def _even(self) -> bool:
        """Whether the last contacts came as evenly and as fast as steps do."""
        rows = self.state.rows
        if len(rows) < _EVIDENCE:
            return False
        steps = [later - row for row, later in pairwise(rows)]
        return max(steps) <= min(self.params.even_s / CELL_S, (1.0 + self.params.even_share) * min(steps))

    def _in_turn(self, cells: int, evidence: float, other_log_odds: float) -> bool:
        """Whether it says, however weakly, that it is the other foot's than that so many cells away, when it is due."""
        shows = abs(evidence) >= _SHOWS * self.state.usual_odds
        return shows and evidence * other_log_odds < 0.0 and self._usual(cells)

    def _usual(self, cells: int) -> bool:
        """Whether contacts are so far apart, of late."""
        apart = sorted(later - row for row, later in pairwise(self.state.rows))
        usual = apart[len(apart) // 2] if apart else 0
        return abs(cells - usual) < self.params.in_time * usual

    def _weak(self, contact: Contact, evidence: float) -> bool:
        """Whether the pelvis neither rose nor went to one side as it usually does."""
        rise = min(contact.rise_m_s / self.state.usual_rise_m_s, 1.0)
        shows = min(abs(evidence) / max(self.state.usual_odds, _NO_EVIDENCE), 1.0)
        return rise + shows < self.params.least


def _step(contact: Contact, log_odds: float, known_s: float) -> Step:
    return Step(contact.time_s, "left" if log_odds > 0.0 else "right", known_s=known_s)

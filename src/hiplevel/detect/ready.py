"""Is the wearer ready to begin, or walking about? Judged in beats, with no thought of what is counted."""

from dataclasses import dataclass, field
from itertools import compress

from hiplevel.motion.rest import Beats


@dataclass(frozen=True)
class ReadyParams:
    """Counts of beats."""

    quiet: int = 3  # so much rest is standing ready
    window: int = 12  # of the last so many
    steps: int = 9  # so many were shaken: walking


@dataclass
class ReadyState:
    """resting: beats of rest up to now; shaken: numbers of the latest shaken beats; beats: seen so far."""

    resting: int = 0
    shaken: list[int] = field(default_factory=list)
    beats: int = 0


class Ready:
    """`process(beats)` tells when a quiet moment and walking were certain."""

    def __init__(self, params: ReadyParams | None = None) -> None:
        self.params = params or ReadyParams()
        self.state = ReadyState()
        self.quiet: list[bool] = []  # of the beats that were processed last

    def restart(self) -> None:
        """Begin anew: a gap, or another posture."""
        self.state = ReadyState()

    def process(self, beats: Beats) -> list[tuple[int, str]]:
        """Rows at which the wearer became ('quiet') ready, or seemed to be ('walking')."""
        out = self._quiet(beats) + self._walking(beats)
        self.state.beats += len(beats.rows)
        return out

    def _quiet(self, beats: Beats) -> list[tuple[int, str]]:
        """Also, beat for beat, whether it was part of a quiet moment."""
        resting, enough = self.state.resting, self.params.quiet
        out, self.quiet = list[tuple[int, str]](), list[bool]()
        for row, rest in zip(beats.rows, beats.rest, strict=True):
            resting = resting + 1 if rest else 0
            self.quiet.append(resting >= enough)
            if resting == enough:
                out.append((row, "quiet"))
        self.state.resting = resting
        return out

    def _walking(self, beats: Beats) -> list[tuple[int, str]]:
        state, params, out = self.state, self.params, list[tuple[int, str]]()
        for number, row in compress(enumerate(beats.rows, state.beats), beats.shaken):
            state.shaken = [*state.shaken[1 - params.steps :], number]
            if len(state.shaken) == params.steps and number - state.shaken[0] < params.window:
                out.append((row, "walking"))
        return out

"""What was prescribed is done, or the rest is over: told from the count after all corrections."""

from dataclasses import dataclass
from typing import Literal

from hiplevel.model.known import Known

Target = Literal["reps", "sets", "hold", "rest"]


@dataclass(frozen=True)
class TargetReached(Known):
    """At `time_s` so much is `done` as was prescribed: repetitions (or holds) of a set, sets, seconds of a hold, rest.

    It is told again when a correction had taken it back. set_number: 0 for sets.
    """

    time_s: float
    what: Target
    set_number: int = 0
    done: float = 0.0
    target: float = 0.0


@dataclass(frozen=True)
class RestStarted(Known):
    """A set is done: rest from `time_s` to `until_s`. One more repetition begins it anew, the next set ends it."""

    time_s: float
    until_s: float
    set_number: int = 0

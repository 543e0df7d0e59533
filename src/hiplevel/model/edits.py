"""What people say about a session, live or later. It stands beside what the machine said and replaces nothing of it."""

from dataclasses import dataclass
from typing import Literal

from hiplevel.model.known import Known

Action = Literal["undo", "add", "restart", "warm-up", "work", "revoke"]


@dataclass(frozen=True)
class Correction(Known):
    """A person put the count right. `detect.corrections.corrected` says what counts after all corrections.

    undo takes repetition `rep_number` of set `set_number` out, if it turned by `time_s`; add counts one at `time_s`;
    restart takes out what the set had until `time_s`; warm-up and work mark the repetition, or with `rep_number` 0 the
    whole set; revoke takes back the `edit`th thing that a person said in this recording, from 1.

    set_number and rep_number are the machine's own, and stay what they are whatever is corrected. A repetition that was
    added by hand has the negative number of the edit that added it. made_ns: wall clock; 0 when said live, at `time_s`.
    """

    time_s: float
    action: Action
    set_number: int = 0
    rep_number: int = 0
    edit: int = 0
    author: str = ""
    made_ns: int = 0


@dataclass(frozen=True)
class BadSpan(Known):
    """A person says that [start_s, end_s) is not to be trusted: no figure of a summary is taken from it."""

    start_s: float
    end_s: float
    text: str = ""
    author: str = ""
    made_ns: int = 0

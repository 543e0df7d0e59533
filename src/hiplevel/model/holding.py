"""Holds, told while they last: begun, going on, given way, over."""

from dataclasses import dataclass

from hiplevel.model.known import Known


@dataclass(frozen=True)
class HoldStarted(Known):
    """A position is held since `time_s`; number counts the holds from 1. cued: a person said so."""

    time_s: float
    number: int = 0
    side: str = "both"
    cued: bool = False


@dataclass(frozen=True)
class HoldUpdated(Known):
    """Still held at `time_s`, once a second: for how long, where, and how far it has sunk since its best second.

    meant : as of `Hold`, by what was seen so far; a stand that is not meant yet may come to be
    """

    time_s: float
    number: int
    held_s: float
    level_deg: float
    sunk_deg: float
    meant: bool = True


@dataclass(frozen=True)
class HoldBroken(Known):
    """The hold gave way after held_s.

    reason: 'sank' (below half of the raise), 'early' (over before the time asked for), or 'not-raised' (standing on one
    leg, the other side never came 2 degrees up; held_s is 0).
    """

    time_s: float
    number: int
    held_s: float
    reason: str = "sank"


@dataclass(frozen=True)
class Hold(Known):
    """A position held from `start_s` to `end_s`.

    Attributes
    ----------
    side : the leg stood on, or the side lain on
    mean_deg : how far the other side of the pelvis was raised, on average (lying: towards the ribs)
    drift_deg : how far it sank over the hold, + = sank; drift_deg_per_30s: the same for 30 s
    rise_deg : the highest it was for a second
    roll_back_deg : the furthest it rolled back about the long axis, lying on the side
    tremor_deg_s : rate about the forward axis between 4 and 12 Hz, rms: for its trend only
    held_s : until it gave way, or the whole
    failed : how it gave way, as in HoldBroken; '' when it did not
    cued : a person said start; confidence : 0 to 1, that it was a hold at all
    meant : False when nothing shows that it was more than resting on one leg, standing: it is told, and counted apart
    complete : False when a gap or the end of the recording cut it off
    """

    start_s: float
    end_s: float
    side: str = "both"
    mean_deg: float = 0.0
    drift_deg: float = 0.0
    number: int = 0
    drift_deg_per_30s: float = 0.0
    rise_deg: float = 0.0
    roll_back_deg: float = 0.0
    tremor_deg_s: float = 0.0
    held_s: float = 0.0
    failed: str = ""
    cued: bool = False
    confidence: float = 1.0
    complete: bool = True
    meant: bool = True

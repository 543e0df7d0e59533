"""What motion gives to detection."""

from dataclasses import dataclass, fields, replace

from hiplevel.model.events import Gap, Note, Rezero
from hiplevel.model.samples import Floats
from hiplevel.motion.posture import Posture
from hiplevel.motion.rest import NO_BEATS, Beats


@dataclass(frozen=True, eq=False)
class MotionBlock:
    """A contiguous stretch of pelvis motion on the grid, m cells, in one posture and from one neutral.

    time_s, obliquity_rad (+ left side up, from the posture's neutral), tilt_rad (+ anterior), one sigma of both,
    height_m (band-limited): (m,). rate_rad_s, acc_m_s2 (free of gravity) and the vertical, up: (3, m) in the pelvis
    frame. beats: where 0.25 s end within it. roll_rad (m,): about the long axis, + = rolled back; 0 unless lying on the
    side.
    graded: whether the neutral is sure enough to speak of drops.
    """

    time_s: Floats
    obliquity_rad: Floats
    tilt_rad: Floats
    obliquity_sigma_rad: Floats
    tilt_sigma_rad: Floats
    height_m: Floats
    rate_rad_s: Floats
    acc_m_s2: Floats
    up: Floats
    roll_rad: Floats
    beats: Beats = NO_BEATS
    graded: bool = True
    posture: Posture = Posture.UPRIGHT

    def __getitem__(self, cells: slice) -> "MotionBlock":
        """These cells, without their beats."""
        series = {name: getattr(self, name)[..., cells] for name in SERIES}
        return replace(self, beats=NO_BEATS, **series)


SERIES = tuple(f.name for f in fields(MotionBlock) if f.name not in ("beats", "graded", "posture"))


@dataclass(frozen=True, eq=False)
class Break:
    """Another posture or another neutral from here on: no angle may span it.

    turn: (3, 3) from the pelvis' axes before to those from here on, where they lie otherwise in the sensor now; a
    vector spans it only when turned.
    """

    time_s: float
    turn: Floats | None = None


Item = MotionBlock | Gap | Break | Rezero | Note

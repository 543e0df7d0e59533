"""One simulated set of four, the third beyond the limit."""

from hiplevel import Samples
from hiplevel.simulate import exercise

SET = exercise("pelvic-drop", reps=4, drops={2: 11.0}, seed=1)
ASKED = {"exercise": "pelvic-drop", "stance": "left"}


def changed(time_s=None, acc=None, gyr=None) -> Samples:
    """The simulated set with one of its arrays exchanged."""
    s = SET.samples
    return Samples(
        s.time_s if time_s is None else time_s,
        s.acc_m_s2 if acc is None else acc,
        s.gyr_rad_s if gyr is None else gyr,
    )

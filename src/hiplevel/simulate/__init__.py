"""A simulated wearer: pelvis kinematics to sensor samples. Everything made here is called simulated."""

from hiplevel.simulate.calibration import calibration_movements
from hiplevel.simulate.endless import Wearer, wearer
from hiplevel.simulate.imu import ImuErrors, mounting_from_euler, random_mounting
from hiplevel.simulate.limbs import Placement
from hiplevel.simulate.perform import EXERCISES
from hiplevel.simulate.sessions import exercise, session
from hiplevel.simulate.truth import Simulated, TrueDrop, Truth
from hiplevel.simulate.volunteers import PLACEMENTS, Volunteer, volunteer
from hiplevel.simulate.work import MISHAPS, Hinges, Mishap, Rest, Segment, Sit, Still, Stroll, Work

__all__ = [
    "EXERCISES",
    "MISHAPS",
    "PLACEMENTS",
    "Hinges",
    "ImuErrors",
    "Mishap",
    "Placement",
    "Rest",
    "Segment",
    "Simulated",
    "Sit",
    "Still",
    "Stroll",
    "TrueDrop",
    "Truth",
    "Volunteer",
    "Wearer",
    "Work",
    "calibration_movements",
    "exercise",
    "mounting_from_euler",
    "random_mounting",
    "session",
    "volunteer",
    "wearer",
]

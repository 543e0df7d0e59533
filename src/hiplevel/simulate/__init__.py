"""A simulated wearer: pelvis kinematics to sensor samples. Everything made here is called simulated."""

from hiplevel.simulate.calibration import calibration_movements
from hiplevel.simulate.endless import Wearer, wearer
from hiplevel.simulate.imu import ImuErrors, mounting_from_euler, random_mounting
from hiplevel.simulate.perform import EXERCISES
from hiplevel.simulate.sessions import exercise, session
from hiplevel.simulate.truth import Simulated, TrueDrop, Truth
from hiplevel.simulate.work import Hinges, Rest, Segment, Still, Stroll, Work

__all__ = [
    "EXERCISES",
    "Hinges",
    "ImuErrors",
    "Rest",
    "Segment",
    "Simulated",
    "Still",
    "Stroll",
    "TrueDrop",
    "Truth",
    "Wearer",
    "Work",
    "calibration_movements",
    "exercise",
    "mounting_from_euler",
    "random_mounting",
    "session",
    "wearer",
]

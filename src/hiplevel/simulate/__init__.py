"""A simulated wearer: pelvis kinematics to sensor samples. Everything made here is called simulated."""

from hiplevel.simulate.exercise import EXERCISES, exercise, session
from hiplevel.simulate.imu import ImuErrors, mounting_from_euler, random_mounting
from hiplevel.simulate.truth import Simulated, TrueDrop, Truth
from hiplevel.simulate.work import Rest, Segment, Still, Stroll, Work

__all__ = [
    "EXERCISES",
    "ImuErrors",
    "Rest",
    "Segment",
    "Simulated",
    "Still",
    "Stroll",
    "TrueDrop",
    "Truth",
    "Work",
    "exercise",
    "mounting_from_euler",
    "random_mounting",
    "session",
]

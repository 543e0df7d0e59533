"""Movements of a limb that carries the sensor: for `generic`, any placement.

The channels are the pose of the limb at the joint that it turns about; the lever arm leads from there to the sensor.
A limb that hangs points down: its free end goes forward when its tilt is negative.
"""

from dataclasses import dataclass
from typing import Literal

from hiplevel.simulate.movements import OBLIQUITY, ROTATION, TILT, Effort, Movement, Pose, X, Y, Z

Placement = Literal["pelvis", "thigh", "wrist", "shank"]


@dataclass(frozen=True)
class Limb:
    """A movement, on which limb it is felt, and where the sensor sits from its joint, m."""

    placement: Placement
    movement: Movement
    lever_arm_m: tuple[float, float, float]


def _hanging(_: Effort) -> Pose:
    return {OBLIQUITY: 0.0, TILT: 0.0, ROTATION: 0.0, X: 0.0, Y: 0.0, Z: 0.0}


def _movement(turn: Pose, rom_deg: float, tempo_s: float) -> Movement:
    """From hanging to `turn`, whose values are for the usual range."""

    def scaled(effort: Effort) -> Pose:
        turned = {channel: value * effort.rom_deg / rom_deg for channel, value in turn.items()}
        helped = {ROTATION: 8.0 * effort.cheating, X: 0.04 * effort.cheating}
        return {**turned, **{channel: turned.get(channel, 0.0) + more for channel, more in helped.items()}}

    return Movement(_hanging, scaled, rom_deg=rom_deg, fall_deg=0.0, tempo_s=tempo_s, single_leg=False)


_THIGH, _WRIST = (0.07, 0.0, -0.25), (0.03, 0.0, -0.22)
_SHANK_FROM_KNEE, _SHANK_FROM_ANKLE = (0.04, 0.0, -0.25), (0.04, 0.0, 0.15)

LIMBS: dict[str, Limb] = {
    "thigh-squat": Limb("thigh", _movement({TILT: -75.0, Z: -0.35, X: -0.2}, 75.0, 3.0), _THIGH),
    "thigh-raise": Limb("thigh", _movement({TILT: -70.0, OBLIQUITY: 3.0}, 70.0, 2.5), _THIGH),
    "thigh-abduction": Limb("thigh", _movement({OBLIQUITY: 30.0, TILT: -4.0}, 30.0, 3.0), _THIGH),
    "wrist-curl": Limb("wrist", _movement({TILT: -125.0, ROTATION: 10.0}, 125.0, 2.8), _WRIST),
    "wrist-raise": Limb("wrist", _movement({OBLIQUITY: 80.0, Y: 0.25, Z: 0.1}, 80.0, 2.8), (0.03, 0.0, -0.5)),
    "wrist-press": Limb("wrist", _movement({Z: 0.4, TILT: -12.0, ROTATION: 15.0}, 12.0, 2.5), (0.0, 0.0, 0.2)),
    "shank-squat": Limb("shank", _movement({TILT: 28.0, OBLIQUITY: 3.0}, 28.0, 3.0), _SHANK_FROM_ANKLE),
    "shank-extension": Limb("shank", _movement({TILT: -80.0}, 80.0, 2.5), _SHANK_FROM_KNEE),
    "shank-curl": Limb("shank", _movement({TILT: 90.0, X: -0.02}, 90.0, 2.5), _SHANK_FROM_KNEE),
}

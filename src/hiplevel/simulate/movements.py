"""Where the pelvis is at the turn of a repetition, for the exercises made of slow repetitions on the spot."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from hiplevel.simulate.kinematics import Channel

Pose: TypeAlias = dict[Channel, float]
OBLIQUITY, TILT, ROTATION, ROLL, X, Y, Z = Channel
HALF_HIPS_M = 0.085
STEP_HEIGHT_M = 0.1
LYING_HEIGHT_M = 0.18


@dataclass(frozen=True)
class Effort:
    """One repetition as it will be done.

    Attributes
    ----------
    sign : +1 standing (or lying) on the left, -1 on the right
    rom_deg : range of the movement
    fall_deg : how far the non-stance side falls below neutral at the turn (negative: it is raised)
    cheating : 0 to 1, how much the other planes help
    depth : how deep a squat goes, as a multiple of the usual
    """

    sign: float
    rom_deg: float
    fall_deg: float
    cheating: float = 0.0
    depth: float = 1.0


@dataclass(frozen=True)
class Movement:
    """How an exercise of repetitions is done.

    Attributes
    ----------
    ready, turn : the pose a repetition starts and ends in, and where it turns
    rom_deg, fall_deg, tempo_s, hold_s, pause_s : what is usual
    lying : done lying on the side; block_m : height of what is stood upon; single_leg : less steady
    turn_jolt_m_s2 : a light touch-down at the turn; uneven_deg : scatter of the fall, which no one does evenly
    """

    ready: Callable[[Effort], Pose]
    turn: Callable[[Effort], Pose]
    rom_deg: float
    fall_deg: float
    tempo_s: float
    hold_s: float = 0.3
    pause_s: float = 0.4
    lying: bool = False
    block_m: float = 0.0
    single_leg: bool = True
    turn_jolt_m_s2: float = 0.0
    uneven_deg: float = 0.2


def hung(effort: Effort, fall_deg: float, block_m: float = 0.0) -> Pose:
    """On one leg with the other side fallen by fall_deg: the pelvis swings about the stance hip."""
    return {
        OBLIQUITY: effort.sign * fall_deg,
        Y: effort.sign * (0.04 + 0.002 * fall_deg),
        Z: block_m - HALF_HIPS_M * float(np.sin(np.radians(fall_deg))),
    }


def _level(_: Effort) -> Pose:
    return {OBLIQUITY: 0.0, TILT: 0.0, ROTATION: 0.0, X: 0.0, Y: 0.0, Z: 0.0}


def _one_leg(effort: Effort) -> Pose:
    return {TILT: 0.0, ROTATION: 0.0, X: 0.0, **hung(effort, -1.0)}


def _hiked(effort: Effort) -> Pose:
    return {TILT: 0.0, ROTATION: 0.0, X: 0.0, **hung(effort, effort.fall_deg - effort.rom_deg, STEP_HEIGHT_M)}


def _dropped(effort: Effort) -> Pose:
    aside = {TILT: 0.08 * effort.rom_deg + 8.0 * effort.cheating, X: 0.005}
    return {**hung(effort, effort.fall_deg, STEP_HEIGHT_M), **aside, ROTATION: 7.0 * effort.sign * effort.cheating}


def _abducted(effort: Effort) -> Pose:
    pose = hung(effort, effort.fall_deg)
    pose[Y] += effort.sign * (0.004 * effort.rom_deg + 0.02 * effort.cheating)
    return {**pose, ROTATION: -effort.sign * (1.5 + 5.0 * effort.cheating), TILT: 1.0 + 4.0 * effort.cheating}


def lying(effort: Effort, hike_deg: float = 0.0, roll_back_deg: float = 0.0) -> Pose:
    """On the side, the upper half hiked towards the ribs and rolled back by so much."""
    return {
        OBLIQUITY: -effort.sign * (90.0 + hike_deg),
        ROLL: -effort.sign * roll_back_deg,
        TILT: 0.0,
        Z: LYING_HEIGHT_M - 0.95 + 0.0008 * hike_deg,
        Y: 0.0,
    }


def _squatted(effort: Effort, depth_m: float, back_m: float) -> Pose:
    return {
        OBLIQUITY: effort.sign * effort.fall_deg,
        TILT: effort.rom_deg,
        ROTATION: effort.sign * (0.3 * effort.fall_deg + 6.0 * effort.cheating),
        X: -back_m * effort.depth,
        Z: -depth_m * effort.depth,
    }


def _hinged(effort: Effort) -> Pose:
    return {
        OBLIQUITY: effort.sign * effort.fall_deg,
        TILT: effort.rom_deg,
        ROTATION: -effort.sign * (2.0 + 12.0 * effort.cheating),
        X: -0.0018 * effort.rom_deg,
        Z: -0.03,
    }


def _bowed(effort: Effort) -> Pose:
    return {OBLIQUITY: effort.fall_deg, TILT: effort.rom_deg, X: -0.0018 * effort.rom_deg, Z: -0.03}


def _swung(effort: Effort) -> Pose:
    return {TILT: 0.8 * effort.rom_deg, OBLIQUITY: 0.35 * effort.rom_deg, ROTATION: -0.5 * effort.rom_deg}


MOVEMENTS: dict[str, Movement] = {
    "pelvic-drop": Movement(_hiked, _dropped, rom_deg=10.0, fall_deg=4.0, tempo_s=4.0, block_m=STEP_HEIGHT_M),
    "standing-abduction": Movement(_one_leg, _abducted, rom_deg=3.0, fall_deg=-2.5, tempo_s=3.0),
    "side-lying-abduction": Movement(
        lying,
        lambda e: lying(e, e.rom_deg, 2.0 + 12.0 * e.cheating),
        rom_deg=8.0,
        fall_deg=0.0,
        tempo_s=4.0,
        lying=True,
        single_leg=False,
    ),
    "clamshell": Movement(
        lying,
        lambda e: lying(e, 0.3 * e.rom_deg, e.rom_deg + 8.0 * e.cheating),
        rom_deg=3.0,
        fall_deg=0.0,
        tempo_s=3.0,
        lying=True,
        single_leg=False,
    ),
    "single-leg-deadlift": Movement(_one_leg, _hinged, rom_deg=60.0, fall_deg=2.5, tempo_s=4.5),
    "single-leg-squat": Movement(_one_leg, lambda e: _squatted(e, 0.18, 0.06), rom_deg=18.0, fall_deg=4.5, tempo_s=3.5),
    "step-down": Movement(
        lambda e: {**_one_leg(e), Z: 1.5 * STEP_HEIGHT_M},
        lambda e: {**_squatted(e, 0.0, 0.05), Z: 0.02},
        rom_deg=14.0,
        fall_deg=4.5,
        tempo_s=3.5,
        block_m=1.5 * STEP_HEIGHT_M,
        turn_jolt_m_s2=1.2,
    ),
    "squat": Movement(
        _level,
        lambda e: _squatted(e, 0.35, 0.12),
        rom_deg=24.0,
        fall_deg=0.0,
        tempo_s=3.0,
        single_leg=False,
        uneven_deg=1.0,
    ),
    "generic": Movement(_level, _swung, rom_deg=20.0, fall_deg=0.0, tempo_s=2.5, single_leg=False),
}
# Not an exercise: what the mounting is learned from.
HINGE = Movement(_level, _bowed, rom_deg=45.0, fall_deg=0.0, tempo_s=3.2, single_leg=False)

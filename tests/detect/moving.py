"""Pelvis motion drawn by hand: what detection is given, without a sensor."""

import numpy as np

from hiplevel.motion.block import MotionBlock
from hiplevel.motion.posture import Posture
from hiplevel.motion.rest import Beats


def motion(
    obliquity_deg: np.ndarray,
    *,
    roll_deg: np.ndarray | float = 0.0,
    tilt_deg: np.ndarray | float = 0.0,
    acc_m_s2: np.ndarray | None = None,
    posture: Posture = Posture.UPRIGHT,
    start_s: float = 0.0,
) -> MotionBlock:
    """One block, 100 cells a second; the rate about the forward axis agrees with the obliquity."""
    m = len(obliquity_deg)
    rate = np.zeros((3, m))
    rate[0] = np.gradient(np.radians(obliquity_deg)) * 100.0
    zero = np.zeros(m)
    list_rad, lean_rad = np.radians(obliquity_deg), np.radians(tilt_deg) + zero
    up = np.stack([-np.cos(list_rad) * np.sin(lean_rad), np.sin(list_rad), np.cos(list_rad) * np.cos(lean_rad)])
    return MotionBlock(
        start_s + np.arange(1, m + 1) / 100.0,
        list_rad,
        lean_rad,
        zero,
        zero,
        zero,
        rate,
        np.zeros((3, m)) if acc_m_s2 is None else acc_m_s2,
        up,
        np.radians(roll_deg) + zero,
        Beats([], [], []),
        posture=posture,
    )


def cut(block: MotionBlock, size: int) -> list[MotionBlock]:
    """The same in pieces."""
    return [block[at : at + size] for at in range(0, len(block.time_s), size)]


def plateau(*levels: tuple[float, float], ramp_s: float = 1.0) -> np.ndarray:
    """(n,) from level to level (seconds at it, degrees), with smooth ways of ramp_s between."""
    parts, before = [], levels[0][1]
    for lasts_s, level in levels:
        if level != before:
            p = np.linspace(0.0, 1.0, round(100 * ramp_s))
            parts.append(before + (level - before) * p**3 * (10 - 15 * p + 6 * p * p))
        parts.append(np.full(round(100 * lasts_s), level))
        before = level
    return np.concatenate(parts)

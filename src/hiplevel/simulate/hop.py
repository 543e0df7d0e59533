"""Sideways hops on one leg: dip, push-off, flight, landing, and the pelvis dropping just after it."""

import numpy as np

from hiplevel.model.samples import Floats
from hiplevel.simulate.kinematics import CHANNELS, GRAVITY_M_S2, GRID_HZ, Channel
from hiplevel.simulate.script import Script
from hiplevel.simulate.sets import get_ready, rest, stand_up
from hiplevel.simulate.shapes import bump, jolt, window
from hiplevel.simulate.work import Work

TEMPO_S = 2.0
FALL_DEG = 5.0
DISTANCE_M = 0.35
FLIGHT_S = 0.28
# Dip, push-off, (flight), impact, landing, sinking into the knee, rising again: starts and lengths, s.
_DIP = (0.0, 0.36)
_PUSH = (0.30, 0.24)
_OFF_S = 0.54
_LAND_S = _OFF_S + FLIGHT_S
_IMPACT = (_LAND_S - 0.01, 0.06)
_ABSORB = (_LAND_S - 0.02, 0.17)
_SINK = (_LAND_S + 0.10, 0.25)
_RISE = (_LAND_S + 0.30, 0.35)
HOP_S = _LAND_S + 0.70
_OFF_HEIGHT_M = 0.03
_SINKING_M_S = -0.25


def hop_sets(script: Script, work: Work, hops: int) -> None:
    """All sets of hops, out and back by turns, from standing to standing; `drops` is how far a landing falls."""
    usual = FALL_DEG if work.fall_deg is None else work.fall_deg
    tempo_s = TEMPO_S if work.tempo_s is None else work.tempo_s
    script.settle()
    for number in range(work.sets):
        if number:
            rest(script, work.rest_s)
        get_ready(script, work.sign, lying=False, block_m=0.0, single_leg=True)
        script.hold(1.5, 2.0)
        first_s = script.now_s
        for index in range(hops):
            scatter = 1.0 + work.variation * float(np.clip(script.rng.standard_normal(), -2.0, 2.0))
            tired = work.fatigue * index / max(hops - 1, 1)
            fall = work.drops.get(number * hops + index, usual * scatter * (1.0 + tired))
            way = work.sign * (1.0 if index % 2 == 0 else -1.0)
            start_s = script.now_s
            script.play(_hop(script, work, fall, way * DISTANCE_M * scatter), sway=2.0)
            script.marks.reps.append((start_s, start_s + _LAND_S, script.now_s))
            script.marks.steps.append((start_s + _LAND_S, work.stance))
            script.hold(max((tempo_s * scatter - HOP_S) if work.pause_s is None else work.pause_s, 0.05), 2.0)
        script.marks.sets.append((first_s, script.marks.reps[-1][2]))
        script.hold(0.8, 2.0)
        stand_up(script, work.sign, lying=False, block_m=0.0)


def _hop(script: Script, work: Work, fall_deg: float, distance_m: float) -> Floats:
    t = np.arange(1, round(HOP_S * GRID_HZ) + 1) / GRID_HZ
    hard = 1.0 + 0.15 * float(np.clip(script.rng.standard_normal(), -2.0, 2.0))
    offsets = np.zeros((t.size, CHANNELS))
    offsets[:, Channel.Z] = _height(t, 20.0 * hard) + _ringing(t, 4.0 * hard, 12.0)
    offsets[:, Channel.Y] = _sideways(t, distance_m) + np.sign(distance_m) * _ringing(t, 8.0 * hard, 11.0)
    landing = bump(t, _LAND_S - 0.05, _LAND_S + 0.22, HOP_S)
    offsets[:, Channel.OBLIQUITY] = work.sign * (fall_deg + 1.0) * landing
    dipping = bump(t, 0.0, _OFF_S - 0.22, _LAND_S)
    offsets[:, Channel.TILT] = 5.0 * dipping + 8.0 * landing
    offsets[:, Channel.ROTATION] = work.sign * (2.0 + 6.0 * work.cheating) * landing
    return offsets


def _height(t: Floats, impact_m_s2: float) -> Floats:
    """(n,) height over the start: five pulses of acceleration, sized to take off, land and come back."""
    known = impact_m_s2 * _pulse(t, *_IMPACT) - GRAVITY_M_S2 * window(t, _OFF_S, _LAND_S, 0.03)
    pulses = np.stack([_pulse(t, *p) for p in (_DIP, _PUSH, _ABSORB, _SINK, _RISE)])
    velocity, fallen = np.cumsum(pulses, axis=1) / GRID_HZ, np.cumsum(known) / GRID_HZ
    height, fallen_m = np.cumsum(velocity, axis=1) / GRID_HZ, np.cumsum(fallen) / GRID_HZ
    off, absorbed, end = (int(s * GRID_HZ) - 1 for s in (_OFF_S, sum(_ABSORB), HOP_S))
    system = np.stack([velocity[:, off], height[:, off], velocity[:, absorbed], velocity[:, end], height[:, end]])
    take_off_m_s = GRAVITY_M_S2 * FLIGHT_S / 2.0
    wanted = np.array([take_off_m_s, _OFF_HEIGHT_M, _SINKING_M_S, 0.0, 0.0])
    wanted -= [fallen[off], fallen_m[off], fallen[absorbed], fallen[end], fallen_m[end]]
    return np.asarray(np.linalg.solve(system, wanted) @ height + fallen_m, dtype=np.float64)


def _sideways(t: Floats, distance_m: float) -> Floats:
    """(n,) way to the side: pushed off, coasting in flight, caught on landing."""
    acc = _pulse(t, *_PUSH) / _PUSH[1] - _pulse(t, _ABSORB[0], 0.26) / 0.26
    way = np.cumsum(np.cumsum(acc)) / GRID_HZ**2
    return np.asarray(distance_m * way / way[-1], dtype=np.float64)


def _ringing(t: Floats, size_m_s2: float, frequency_hz: float) -> Floats:
    return jolt(t, _LAND_S, -size_m_s2, frequency_hz, 0.05)


def _pulse(t: Floats, start_s: float, length_s: float) -> Floats:
    """(n,) a raised cosine of height 1."""
    p = (t - start_s) / length_s
    return np.where((p > 0.0) & (p < 1.0), 0.5 - 0.5 * np.cos(2.0 * np.pi * p), 0.0)

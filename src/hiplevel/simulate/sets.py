"""Sets of slow repetitions: getting into position, the repetitions with their scatter and fatigue, resting."""

import numpy as np

from hiplevel.simulate.kinematics import CHANNELS, GRID_HZ, Channel
from hiplevel.simulate.movements import HALF_HIPS_M, Effort, Movement, Pose
from hiplevel.simulate.script import Script
from hiplevel.simulate.shapes import jolt
from hiplevel.simulate.work import Mishap, Work

STANDING: Pose = {
    Channel.OBLIQUITY: 0.0,
    Channel.TILT: 0.0,
    Channel.ROTATION: 0.0,
    Channel.ROLL: 0.0,
    Channel.X: 0.0,
    Channel.Y: 0.0,
    Channel.Z: 0.0,
}
LOWERING_SHARE = 0.52
# An attempt that is no repetition stays below the 40 % of the usual range at which counting one begins.
PARTIAL_SHARE = (0.15, 0.3)
STOP_SHARE, STOP_S, LONG_PAUSE_S = (0.35, 0.65), (0.3, 0.9), (3.0, 6.0)


def slow_sets(script: Script, work: Work, movement: Movement, reps: int) -> None:
    """All sets of a work made of slow repetitions, from standing to standing."""
    script.settle()
    for number in range(work.sets):
        if number:
            rest(script, work.rest_s)
        efforts = _efforts(script, work, movement, reps, number)
        get_ready(script, work.sign, lying=movement.lying, block_m=movement.block_m, single_leg=movement.single_leg)
        sway = 1.8 if movement.single_leg else 1.0
        script.hold(1.5, sway if not movement.lying else 0.3)
        script.move(1.2, movement.ready(efforts[0]))
        first_s = script.now_s
        for index, effort in enumerate(efforts):
            after = efforts[min(index + 1, reps - 1)]
            mishap = work.mishaps.get(number * reps + index)
            slower = 1.0 + work.fatigue * index / max(reps - 1, 1)
            _repeat(script, work, movement, effort, after, slower, mishap)
        script.marks.sets.append((first_s, script.marks.reps[-1][2]))
        script.hold(0.8, sway)
        stand_up(script, work.sign, lying=movement.lying, block_m=movement.block_m)


def _efforts(script: Script, work: Work, movement: Movement, reps: int, number: int) -> list[Effort]:
    rom = movement.rom_deg if work.rom_deg is None else work.rom_deg
    usual_fall = movement.fall_deg if work.fall_deg is None else work.fall_deg
    efforts = []
    for index in range(reps):
        tired = work.fatigue * index / max(reps - 1, 1)
        scatter = 1.0 + work.variation * float(np.clip(script.rng.standard_normal(), -2.0, 2.0))
        uneven = movement.uneven_deg * float(np.clip(script.rng.standard_normal(), -2.0, 2.0))
        usual = usual_fall * scatter + abs(usual_fall) * tired + (uneven if work.variation else 0.0)
        fall = work.drops.get(number * reps + index, usual)
        extra = max(0.0, fall - usual_fall)
        range_deg = rom * scatter * (1.0 - 0.3 * tired) + extra
        depth = 1.0 if work.depth is None else work.depth * scatter
        efforts.append(Effort(work.sign, range_deg, fall, work.cheating, depth))
    return efforts


def _repeat(
    script: Script, work: Work, movement: Movement, effort: Effort, after: Effort, slower: float, mishap: Mishap | None
) -> None:
    """One repetition: out, hold, back, pause; and what went wrong with it."""
    scatter = 1.0 + work.variation * float(np.clip(script.rng.standard_normal(), -2.0, 2.0))
    total_s = (movement.tempo_s if work.tempo_s is None else work.tempo_s) * scatter * slower
    hold_s = min(movement.hold_s if work.hold_s is None else work.hold_s, 0.8 * total_s if work.hold_s is None else 1e9)
    moving_s = max(total_s - hold_s, 0.3 * total_s)
    out_s, back_s = LOWERING_SHARE * moving_s, (1.0 - LOWERING_SHARE) * moving_s
    sway = 2.0 if movement.single_leg else 1.2
    ready, turn = movement.ready(effort), _helped(movement.turn(effort), work, movement)
    if mishap == "partial":
        share = float(script.rng.uniform(*PARTIAL_SHARE))
        script.move(share**0.5 * out_s, _between(ready, turn, share), sway)
        script.move(share**0.5 * back_s, ready, sway)
        script.hold(float(script.rng.uniform(0.3, 1.0)), sway)
    start_s = script.now_s
    _way(script, ready, turn, out_s, sway, stops=mishap == "stop-out")
    arrived_s = script.now_s
    if movement.turn_jolt_m_s2:
        _touch(script, movement.turn_jolt_m_s2)
    script.hold(hold_s, sway)
    turn_s = 0.5 * (arrived_s + script.now_s)
    _way(script, turn, movement.ready(after), back_s, sway, stops=mishap == "stop-back")
    script.marks.reps.append((start_s, turn_s, script.now_s))
    pause_s = movement.pause_s if work.pause_s is None else work.pause_s
    if mishap == "pause":
        pause_s += float(script.rng.uniform(*LONG_PAUSE_S))
    if pause_s:
        script.hold(pause_s, sway)


def _way(script: Script, begin: Pose, end: Pose, duration_s: float, sway: float, *, stops: bool) -> None:
    """From one pose to the other, or with a stop between."""
    if stops:
        share = float(script.rng.uniform(*STOP_SHARE))
        script.move(share * duration_s, _between(begin, end, share), sway)
        script.hold(float(script.rng.uniform(*STOP_S)), sway)
        duration_s *= 1.0 - share
    script.move(duration_s, end, sway)


def _between(begin: Pose, end: Pose, share: float) -> Pose:
    return {
        channel: begin.get(channel, 0.0) + share * (value - begin.get(channel, 0.0)) for channel, value in end.items()
    }


def _helped(turn: Pose, work: Work, movement: Movement) -> Pose:
    """The turn with the knee bent and the trunk thrown; the pelvis follows both a little."""
    if movement.lying or not (work.knee_bend or work.trunk_swing):
        return turn
    knee, trunk = work.knee_bend, work.trunk_swing
    helped = {Channel.Z: -0.05 * knee, Channel.TILT: 5.0 * knee + 3.0 * trunk}
    helped |= {Channel.ROTATION: 6.0 * work.sign * trunk, Channel.Y: 0.03 * work.sign * trunk}
    return {**turn, **{channel: turn.get(channel, 0.0) + more for channel, more in helped.items()}}


def _touch(script: Script, size_m_s2: float) -> None:
    t = np.arange(1, round(0.5 * GRID_HZ)) / GRID_HZ
    offsets = np.zeros((t.size, CHANNELS))
    offsets[:, Channel.Z] = jolt(t, 0.0, -size_m_s2, 9.0, 0.05)
    script.add(script.now_s, offsets)


def get_ready(script: Script, sign: float, *, lying: bool, block_m: float, single_leg: bool) -> None:
    """From standing into the position of the exercise."""
    if lying:
        script.move(1.8, {Channel.Z: -0.5, Channel.TILT: 25.0, Channel.X: -0.1})
        script.move(1.2, {Channel.Z: -0.72, Channel.TILT: 5.0})
        script.move(2.2, {Channel.OBLIQUITY: -90.0 * sign, Channel.TILT: 0.0, Channel.Z: -0.77, Channel.Y: 0.2 * sign})
        script.hold(3.0, 0.5)
        return
    if block_m:
        script.move(0.7, {Channel.Y: -0.04 * sign, Channel.OBLIQUITY: -3.0 * sign, Channel.TILT: 6.0})
        script.move(1.0, {Channel.Y: 0.04 * sign, Channel.OBLIQUITY: 2.0 * sign, Channel.Z: block_m, Channel.X: 0.05})
        script.move(0.8, {Channel.OBLIQUITY: 0.0, Channel.TILT: 0.0, Channel.X: 0.0})
    elif single_leg:
        script.move(0.9, {Channel.Y: 0.04 * sign, Channel.OBLIQUITY: -1.0 * sign, Channel.Z: HALF_HIPS_M * 0.02})


def stand_up(script: Script, sign: float, *, lying: bool, block_m: float) -> None:
    """Back to standing on both feet, still for a moment."""
    if lying:
        script.move(2.2, {Channel.OBLIQUITY: 0.0, Channel.ROLL: 0.0, Channel.TILT: 5.0, Channel.Z: -0.72})
        script.move(1.0, {Channel.TILT: 35.0, Channel.Z: -0.5})
        script.move(1.4, STANDING)
    elif block_m:
        script.move(0.9, {**STANDING, Channel.OBLIQUITY: 3.0 * sign, Channel.TILT: 5.0, Channel.Y: -0.03 * sign})
        script.move(0.7, STANDING)
    else:
        script.move(1.0, STANDING)
    script.hold(1.0)


def rest(script: Script, duration_s: float) -> None:
    """Standing about from standing to standing: a weight shift or a look round every few seconds."""
    end_s = script.now_s + duration_s
    rng = script.rng
    while end_s - script.now_s > 6.0:
        side = float(rng.choice((-1.0, 1.0)))
        shifted: Pose = {
            Channel.OBLIQUITY: side * float(rng.uniform(1.0, 4.0)),
            Channel.TILT: float(rng.uniform(-2.0, 5.0)),
            Channel.ROTATION: float(rng.uniform(-20.0, 20.0)),
            Channel.Y: -side * float(rng.uniform(0.02, 0.06)),
        }
        script.move(float(rng.uniform(0.7, 1.4)), shifted)
        script.hold(float(rng.uniform(0.5, 2.5)), 1.5)
    script.move(1.0, STANDING)
    if script.now_s < end_s:
        script.hold(end_s - script.now_s)


def sit(script: Script, duration_s: float) -> None:
    """Down onto a chair, there for so long, leaning back and looking round, and up again."""
    rng = script.rng
    lean_deg = float(rng.uniform(25.0, 45.0))
    script.move(float(rng.uniform(0.8, 1.2)), {Channel.TILT: lean_deg, Channel.Z: -0.25, Channel.X: -0.15})
    seated: Pose = {Channel.TILT: float(rng.uniform(-15.0, 5.0)), Channel.Z: -0.45, Channel.X: -0.25}
    script.move(float(rng.uniform(0.8, 1.2)), seated)
    end_s = script.now_s + duration_s
    while end_s - script.now_s > 4.0:
        script.hold(float(rng.uniform(1.0, 2.5)), 0.5)
        moved = {Channel.TILT: float(rng.uniform(-18.0, 8.0)), Channel.OBLIQUITY: float(rng.uniform(-3.0, 3.0))}
        script.move(float(rng.uniform(0.7, 1.5)), moved)
    script.move(float(rng.uniform(0.8, 1.2)), {Channel.TILT: lean_deg, Channel.OBLIQUITY: 0.0, Channel.Z: -0.3})
    script.move(float(rng.uniform(0.8, 1.2)), STANDING)
    script.hold(1.0)

"""Repetitions of the pelvic drop, from motion whose count is known: every pattern, tempo and side people use."""

from itertools import pairwise

import numpy as np
import pytest

from hiplevel import Analysis, DropRule, Samples, analyze
from hiplevel.simulate import Rest, Still, Stroll, Work, exercise, session, volunteer
from motion.analytic import Curve, clock, lasting, path, worn

Moves = list[tuple[float, float]]
# Where a repetition turns and where it ends, standing on the left: + is the right side fallen.
PATTERNS = {
    "drop only": (8.0, 0.0),
    "hike only": (-8.0, 0.0),
    "drop and hike": (5.0, -5.0),
    "hike and drop": (-5.0, 5.0),
}


def cycle(pattern: str, tempo_s: float, hold_turn_s: float = 0.0, hold_home_s: float = 0.0, size: float = 1.0) -> Moves:
    turn, home = PATTERNS[pattern]
    moves = [(tempo_s / 2.0, size * turn), (hold_turn_s, size * turn)]
    moves += [(tempo_s / 2.0, size * home), (hold_home_s, size * home)]
    return [(lasts_s, to) for lasts_s, to in moves if lasts_s > 0.0]


def seen(moves: Moves, stance: str = "left", exercise_id: str = "pelvic-drop", seed: int = 0) -> Analysis:
    return analyze(standing(moves, stance, seed), exercise=exercise_id, stance=stance)


def standing(moves: Moves, stance: str = "left", seed: int = 0, shaking: Curve | None = None) -> Samples:
    """Still for 3 s, the moves, back to level, still for 3 s; mirrored for the right leg."""
    route = [(3.0, 0.0), *moves, (1.0, 0.0), (3.0, 0.0)]
    time_s = clock(lasting(route))
    angle, rate = path(time_s, route)
    if shaking is not None:
        angle, rate = angle + shaking[0][: len(angle)], rate + shaking[1][: len(angle)]
    side = 1.0 if stance == "left" else -1.0
    return worn(time_s, obliquity=(side * angle, side * rate), noise=1.0, seed=seed).samples


def counts(analysis: Analysis) -> list[int]:
    """Repetitions of each set, and all of them are numbered so."""
    numbers = [(r.set_number, r.number) for r in analysis.reps]
    assert numbers == [(k + 1, n + 1) for k, s in enumerate(analysis.sets) for n in range(s.reps)]
    return [s.reps for s in analysis.sets]


@pytest.mark.parametrize("stance", ["left", "right"])
@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("tempo_s", [1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0])
def test_n_cycles_are_n_repetitions(stance, pattern, tempo_s):
    assert counts(seen(cycle(pattern, tempo_s) * 6, stance)) == [6]


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("tempo_s", [2.0, 4.0])
@pytest.mark.parametrize(("turn_s", "home_s"), [(3.0, 0.0), (0.0, 3.0), (3.0, 3.0), (1.0, 1.0)])
def test_holds_at_either_end_do_not_split_or_join_repetitions(pattern, tempo_s, turn_s, home_s):
    assert counts(seen(cycle(pattern, tempo_s, turn_s, home_s) * 5)) == [5]


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("tempo_s", [2.0, 4.0, 6.0])
def test_tiring_to_half_the_range_loses_none(pattern, tempo_s):
    moves = [m for k in range(12) for m in cycle(pattern, tempo_s, size=1.2 * (1.0 - 0.5 * k / 11.0))]
    assert counts(seen(moves)) == [12]


def test_warming_up_from_half_the_range_loses_none():
    moves = [m for k in range(12) for m in cycle("drop only", 3.0, size=1.2 * (0.5 + 0.5 * k / 11.0))]
    assert counts(seen(moves)) == [12]


@pytest.mark.parametrize("size", [0.5, 1.0, 2.0])
def test_small_and_large_ranges_count_alike_and_are_measured(size):
    reps = seen(cycle("drop only", 3.0, size=size) * 6).reps
    assert len(reps) == 6
    for rep in reps:
        assert rep.rom_deg == pytest.approx(8.0 * size, abs=0.5)
        assert rep.obliquity_rom_deg == rep.rom_deg
        assert rep.peak_drop_deg == pytest.approx(8.0 * size, abs=0.5)


def test_a_hike_reaches_its_range_without_any_drop():
    reps = seen(cycle("hike only", 3.0) * 4).reps
    assert len(reps) == 4
    for rep in reps:
        assert rep.rom_deg == pytest.approx(8.0, abs=0.5)
        assert rep.peak_drop_deg < 0.5


@pytest.mark.parametrize("pattern", ["drop only", "hike only", "drop and hike"])
@pytest.mark.parametrize("shift_deg", [-3.0, 3.0])
@pytest.mark.parametrize("tempo_s", [3.0, 6.0])
def test_standing_a_little_off_neutral_counts_each_cycle_once(pattern, shift_deg, tempo_s):
    """Where both ways out could be meant, one must be chosen and kept: never both, half a cycle apart."""
    moves = [(3.0, shift_deg), (2.0, shift_deg)]
    moves += [(lasts_s, to + shift_deg) for lasts_s, to in cycle(pattern, tempo_s) * 6]
    reps = seen(moves).reps
    assert abs(len(reps) - 6) <= 1
    for before, after in pairwise(reps):
        assert after.start_s > before.end_s - 0.3


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pause_of_4_s_is_within_the_set_and_a_rest_of_15_s_ends_it(pattern):
    half = cycle(pattern, 3.0) * 4
    pause: Moves = [(1.0, 0.0), (4.0, 0.0)]
    rest: Moves = [(1.0, 0.0), (15.0, 0.0)]
    assert counts(seen([*half, *pause, *half])) == [8]
    assert counts(seen([*half, *rest, *half])) == [4, 4]
    assert counts(seen([*half, *pause, *half, *rest, *half])) == [8, 4]


def test_a_slow_repetition_begun_before_the_rest_is_over_goes_on_with_its_set():
    slow = cycle("drop only", 5.0)
    assert counts(seen([*slow * 4, (9.0, 0.0), *slow * 2])) == [6]


def test_a_set_spans_from_its_first_repetition_to_its_last():
    analysis = seen([*cycle("drop only", 4.0) * 3, (15.0, 0.0), *cycle("drop only", 4.0) * 2])
    first, second = analysis.sets
    assert (first.start_s, first.end_s) == (analysis.reps[0].start_s, analysis.reps[2].end_s)
    assert (second.start_s, second.end_s) == (analysis.reps[3].start_s, analysis.reps[4].end_s)
    assert first.known_s - first.end_s == pytest.approx(10.0, abs=0.5)  # 2.5 of its repetitions
    assert first.start_s == pytest.approx(3.0, abs=0.7)
    assert first.end_s == pytest.approx(15.0, abs=0.7)


def test_small_wobbles_before_the_set_and_after_it_do_not_count():
    wobbles: Moves = [(0.8, 1.0), (0.8, -1.0), (1.2, 1.0), (1.0, 0.0), (2.0, 0.0)]
    assert counts(seen([*wobbles, *cycle("drop only", 3.0) * 5, *wobbles])) == [5]
    assert counts(seen(wobbles * 4)) == []


@pytest.mark.parametrize("pattern", PATTERNS)
def test_hesitating_half_way_is_one_repetition(pattern):
    turn, home = PATTERNS[pattern]
    middle = 0.5 * (turn + home)
    hesitant: Moves = [(1.0, middle), (0.5, middle), (1.0, turn), (1.0, middle), (0.5, middle), (1.0, home)]
    assert sum(counts(seen(hesitant * 6))) == 6


@pytest.mark.parametrize("hz", [4.0, 6.0, 9.0])
def test_a_trembling_leg_does_not_add_repetitions(hz):
    time_s = clock(40.0)
    tremor = (0.2 * np.sin(2.0 * np.pi * hz * time_s), 0.4 * np.pi * hz * np.cos(2.0 * np.pi * hz * time_s))
    samples = standing(cycle("drop only", 4.0, 1.0, 0.5) * 5, shaking=tremor)
    assert len(analyze(samples, exercise="pelvic-drop", stance="left").reps) == 5


def test_turning_points_are_where_they_are():
    reps = seen(cycle("drop only", 4.0) * 6).reps
    assert len(reps) == 6
    for k, rep in enumerate(reps):
        assert rep.start_s == pytest.approx(3.0 + 4.0 * k, abs=0.7)  # a slow start is seen late
        assert rep.turn_s == pytest.approx(5.0 + 4.0 * k, abs=0.1)
        assert rep.end_s == pytest.approx(7.0 + 4.0 * k, abs=0.3)
        assert rep.start_s < rep.turn_s < rep.end_s <= rep.known_s


def test_a_repetition_is_known_within_half_a_second_of_its_end():
    """Without any pause between repetitions, at 4 s each: the reversal must be seen, and no more than that."""
    time_s = clock(45.0)
    phase = 2.0 * np.pi * np.clip(time_s - 3.0, 0.0, 40.0) / 4.0
    moving = (time_s >= 3.0) & (time_s <= 43.0)
    angle = 5.0 * (1.0 - np.cos(phase))
    rate = np.where(moving, 5.0 * np.sin(phase) * 2.0 * np.pi / 4.0, 0.0)
    analysis = analyze(worn(time_s, obliquity=(angle, rate), noise=1.0).samples, exercise="pelvic-drop", stance="left")
    assert len(analysis.reps) == 10
    delays = [rep.known_s - (7.0 + 4.0 * k) for k, rep in enumerate(analysis.reps)]
    assert max(delays) < 0.5
    assert min(delays) > -0.1  # nor is it called before it is over


@pytest.mark.parametrize("cut_s", [0.0, 0.1, 0.5])
def test_the_last_repetition_counts_though_the_recording_ends_with_it(cut_s):
    samples = standing(cycle("drop only", 4.0) * 5)
    ended = samples[: round((23.0 + cut_s) * 100)]
    assert counts(analyze(ended, exercise="pelvic-drop", stance="left")) == [5]


def test_a_repetition_broken_off_half_way_does_not_count():
    samples = standing([*cycle("drop only", 4.0) * 3, (2.0, 8.0), (6.0, 8.0)])
    assert counts(analyze(samples[: 20 * 100], exercise="pelvic-drop", stance="left")) == [3]


def test_a_gap_loses_the_repetition_it_cuts_and_no_other():
    samples = standing(cycle("drop only", 4.0) * 6)
    keep = (samples.time_s < 12.5) | (samples.time_s >= 13.0)  # within the third
    cut = Samples(samples.time_s[keep], samples.acc_m_s2[keep], samples.gyr_rad_s[keep])
    assert counts(analyze(cut, exercise="pelvic-drop", stance="left")) == [5]


def test_the_stance_is_passed_on_as_the_side():
    for stance in ("left", "right", "both"):
        assert {r.side for r in seen(cycle("drop only", 3.0) * 3, stance).reps} == {stance}


@pytest.mark.parametrize("seed", range(6))
def test_simulated_sets_of_pelvic_drops_are_counted_exactly(seed):
    rng = np.random.default_rng(seed)
    stance = ("left", "right")[seed % 2]
    how = {"tempo_s": rng.uniform(2.5, 6.0), "hold_s": rng.uniform(0.2, 2.0), "rest_s": 15.0}
    sloppy = {"variation": 0.1, "fatigue": 0.4, "cheating": 0.3}
    made = exercise("pelvic-drop", stance=stance, reps=8, sets=2, seed=seed, **how, **sloppy)
    analysis = analyze(made.samples, exercise="pelvic-drop", stance=stance)
    reps = [r for r in analysis.reps if any(a < r.turn_s < b for a, b in made.truth.sets)]
    assert len(analysis.reps) - len(reps) <= 1  # shifting weight between the sets may look like one
    assert len(reps) == 16
    for rep, (start_s, _, end_s) in zip(reps, made.truth.reps, strict=True):
        assert start_s < rep.turn_s < end_s
        assert rep.known_s < end_s + 0.5


def test_standing_about_for_ten_minutes_is_hardly_ever_a_repetition():
    """Weight shifts of up to 4 degrees and looks over the shoulder, every few seconds: one count in two minutes."""
    false = 0
    for seed in range(10):
        samples = session([Still(4.0), Rest(60.0)], seed=seed).samples
        false += len(analyze(samples, exercise="pelvic-drop", stance="left").reps)
    assert false <= 5


@pytest.mark.parametrize("exercise_id", ["single-leg-deadlift", "generic"])
@pytest.mark.parametrize("seed", range(3))
def test_simulated_hinges_are_counted_by_tilt(exercise_id, seed):
    made = exercise(exercise_id, reps=8, tempo_s=3.0 + seed, variation=0.1, seed=seed)
    assert counts(analyze(made.samples, exercise=exercise_id, stance="left")) == [8]


@pytest.mark.parametrize("seed", range(3))
def test_walking_about_and_resting_is_no_pelvic_drop(seed):
    """Also stepping onto the block and off it: the set holds only what was done on it."""
    pieces = [Still(4.0), Stroll(12, 180.0), Rest(20.0), Work("pelvic-drop", reps=5), Rest(20.0), Stroll(12)]
    made = session(pieces, seed=seed)
    analysis = analyze(made.samples, exercise="pelvic-drop", stance="left")
    assert counts(analysis) == [5]
    work = next(p for p in made.truth.parts if p.exercise == "pelvic-drop")
    assert all(work.start_s < r.start_s and r.end_s < work.end_s for r in analysis.reps)


@pytest.mark.parametrize("stance", ["left", "right"])
def test_simulated_drops_too_far_are_flagged_and_the_good_ones_are_not(stance):
    made = exercise("pelvic-drop", stance=stance, reps=8, drops={2: 9.0, 5: 12.0}, seed=4)
    limit_deg = 6.5
    analysis = analyze(made.samples, exercise="pelvic-drop", stance=stance, rule=DropRule(limit_deg))
    true = made.truth.drops(limit_deg)
    assert [d.side for d in analysis.drops] == [d.side for d in true] == ["right" if stance == "left" else "left"] * 2
    for drop, truth in zip(analysis.drops, true, strict=True):
        assert drop.start_s == pytest.approx(truth.start_s, abs=0.15)
        assert drop.peak_deg == pytest.approx(truth.peak_deg, abs=0.5)
    worst = [k for k, rep in enumerate(analysis.reps) if rep.peak_drop_deg > limit_deg]
    assert worst == [2, 5]


@pytest.mark.parametrize("seed", range(4))
def test_stepping_off_the_block_after_the_last_drop_is_none(seed):
    work = Work("pelvic-drop", reps=6, tempo_s=3.5, rom_deg=14.0, fall_deg=4.0, stance="left")
    made = session([Still(4.0), work, Rest(15.0), work, Rest(12.0)], seed=seed)
    for stance in ("left", "auto"):
        assert [s.reps for s in analyze(made.samples, exercise="pelvic-drop", stance=stance).sets] == [6, 6]


@pytest.mark.parametrize(("exercise_id", "seed"), [("single-leg-deadlift", 240), ("pelvic-drop", 228)])
def test_a_chair_is_no_hinge_and_a_knee_that_gives_is_no_step_off_the_block(exercise_id, seed):
    """Getting up after leaning back on the chair; a hike to a hike that rises more than those before it."""
    who = volunteer(exercise_id, seed)
    told = {"stance": who.stance, "calibration": who.calibration}
    reps = analyze(who.made.samples, exercise=exercise_id, **told).reps
    assert len(reps) == len(who.made.truth.reps)


@pytest.mark.parametrize("seed", range(4))
def test_drops_that_hardly_pass_level_count_once_the_others_did(seed):
    """Alone it would not be clear of one that turns so little below level whether it is on purpose."""
    falls = dict.fromkeys((3, 5, 6), 2.2)
    made = exercise("pelvic-drop", reps=8, rom_deg=16.0, fall_deg=4.5, drops=falls, seed=seed)
    assert len(analyze(made.samples, exercise="pelvic-drop", stance="left").reps) == 8


@pytest.mark.parametrize("stance", ["left", "right"])
def test_a_high_hike_and_a_little_drop_are_one_repetition_however_little_each_drop_is(stance):
    """A drop by less than a fifth of the way, and once by more: each counts, whichever of the two ways is taken."""
    moves = [(1.5, -13.0), (1.0, -13.0)]
    for drop_deg in (3.0, 4.2, 3.1, 4.3, 3.0, 4.2):
        moves += [(2.0, drop_deg), (0.3, drop_deg), (2.0, -13.4), (0.3, -13.4)]
    assert counts(seen(moves, stance)) == [6]


@pytest.mark.parametrize("raised", [-4.0, -6.0])
@pytest.mark.parametrize("fallen", [4.0, 6.0, 9.0])
def test_raising_the_pelvis_before_the_first_drop_is_no_repetition_where_no_side_was_said(raised, fallen):
    """Up and down into the drop is over while the drop is held: a small part of the repetition, and all of its own."""
    moves = [(1.0, raised), *([(0.6, fallen), (2.0, fallen), (1.5, raised), (0.8, raised)] * 6)]
    assert counts(seen(moves, "auto")) == [6]


@pytest.mark.parametrize("stops_at", [0.4, 0.5, 0.6])
def test_a_smaller_repetition_that_stops_half_way_out_is_one(stops_at):
    """Neither half goes as far as a repetition must."""
    full = [(1.5, 10.0), (0.5, 10.0), (1.5, -6.0), (0.8, -6.0)]
    top = -6.0 + 0.65 * 16.0
    stop = -6.0 + stops_at * 0.65 * 16.0
    stopped = [(1.0, stop), (0.8, stop), (1.0, top), (0.5, top), (1.5, -6.0), (0.8, -6.0)]
    assert counts(seen([(1.0, -6.0), (1.0, -6.0), *full * 4, *stopped, *full * 3])) == [8]


@pytest.mark.parametrize("stance", ["left", "right"])
def test_where_no_side_was_said_the_first_turn_is_the_repetitions(stance):
    """Hiked by a little from the first drop to the last: neither leg is taken for the one that stands."""
    moves = [(1.0, -2.5), *[(2.0, 8.0), (1.0, 8.0), (2.0, -2.5), (1.0, -2.5)] * 6]
    analysis = analyze(standing(moves, stance), exercise="pelvic-drop", stance="auto")
    assert counts(analysis) == [6]
    assert [abs(r.peak_deg) for r in analysis.reps] == pytest.approx([8.0] * 6, abs=0.5)


def test_a_movement_that_is_known_may_tilt_a_little_further_than_one_that_is_not():
    """A clip that is turned about the vertical shows a large drop as tilt as well."""
    who = volunteer("pelvic-drop", 355)
    analysis = analyze(who.made.samples, exercise="pelvic-drop", stance=who.stance, calibration=who.calibration)
    assert len(analysis.reps) == len(who.made.truth.reps)


@pytest.mark.parametrize("seed", [297, 427])
def test_large_and_quick_drops_shake_more_than_walking_does_and_count(seed):
    """From hike to drop by 20 degrees within a second, the knee bent and the trunk thrown."""
    who = volunteer("pelvic-drop", seed)
    analysis = analyze(who.made.samples, exercise="pelvic-drop", stance=who.stance, calibration=who.calibration)
    assert len(analysis.reps) == len(who.made.truth.reps)

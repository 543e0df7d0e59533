"""Pelvic drops done as people do them: with drift, half ones, hesitation, a knee that helps, and at any size."""

import numpy as np
import pytest

from hiplevel import Analysis, RepRevised, RepTurned, SetArmed, SetEnded, analyze
from hiplevel.simulate import Rest, Still, Stroll, Work, session
from motion.analytic import clock, lasting, path, worn

Moves = list[tuple[float, float]]
LEAD: Moves = [(3.0, 0.0)]


def seen(moves: Moves, **planes: tuple[np.ndarray, np.ndarray]) -> Analysis:
    time_s = clock(lasting(moves))
    samples = worn(time_s, obliquity=path(time_s, moves), noise=1.0, **planes).samples
    return analyze(samples, exercise="pelvic-drop", stance="left")


def cycles(n: int, tempo_s: float, top: float, home: float = 0.0, shift: float = 0.0) -> Moves:
    """Out to `top` and back to `home`; all of it sinks by `shift` over the set."""
    moves: Moves = []
    for k in range(n):
        drift = shift * k / max(n - 1, 1)
        moves += [(tempo_s / 2.0, top + drift), (tempo_s / 2.0, home + drift)]
    return moves


@pytest.mark.parametrize("tempo_s", [2.0, 3.0, 4.0, 6.0, 8.0])
@pytest.mark.parametrize("rom_deg", [4.0, 8.0, 12.0, 20.0])
@pytest.mark.parametrize("style", ["drop", "hike", "both"])
def test_every_tempo_and_range(tempo_s, rom_deg, style):
    top, home = {"drop": (rom_deg, 0.0), "hike": (-rom_deg, 0.0), "both": (0.5 * rom_deg, -0.5 * rom_deg)}[style]
    lead = [*LEAD, (1.0, home), (1.5, home)] if home else LEAD
    reps = seen([*lead, *cycles(8, tempo_s, top, home), (1.0, home), (2.0, home)]).reps
    assert len(reps) == 8


@pytest.mark.parametrize("shift_deg", [-4.0, 4.0])
@pytest.mark.parametrize("tempo_s", [3.0, 6.0])
def test_a_stance_that_drifts_by_half_the_range_loses_none(shift_deg, tempo_s):
    assert len(seen([*LEAD, *cycles(10, tempo_s, 9.0, 0.0, shift_deg), (2.0, shift_deg)]).reps) == 10


def test_half_repetitions_count_and_a_third_of_one_is_hesitation():
    half: Moves = [(1.5, 5.5), (1.5, 0.0)]
    third: Moves = [(1.0, 3.0), (1.0, 0.0)]
    full = cycles(4, 4.0, 10.0)
    assert len(seen([*LEAD, *full, *half, *full, (2.0, 0.0)]).reps) == 9
    assert len(seen([*LEAD, *full, *third, *full, (2.0, 0.0)]).reps) == 8


@pytest.mark.parametrize("back_deg", [0.5, 1.5, 2.5])
def test_going_back_a_little_on_the_way_is_one_repetition(back_deg):
    hesitant: Moves = [(1.5, 6.0), (0.6, 6.0 - back_deg), (1.5, 11.0), (2.0, 0.0), (0.5, 0.0)]
    assert len(seen([*LEAD, *hesitant * 6, (2.0, 0.0)]).reps) == 6


def test_a_knee_that_helps_is_seen_and_the_repetition_counts():
    """6 cm of bending the knee with each drop of 10 degrees."""
    moves = [*LEAD, *cycles(6, 4.0, 10.0), (2.0, 0.0)]
    time_s = clock(lasting(moves))
    _, sinking = path(time_s, [(lasts_s, -0.006 * to) for lasts_s, to in moves])
    analysis = seen(moves, rise_m_s2=np.gradient(sinking, 0.01))
    assert len(analysis.reps) == 6
    assert all("rise" in rep.faults for rep in analysis.reps)


def test_a_small_swing_before_the_set_is_taken_back_when_the_set_shows_its_range():
    moves: Moves = [*LEAD, (1.0, 3.2), (1.0, 0.0), (1.5, 0.0), *cycles(6, 4.0, 12.0), (2.0, 0.0)]
    analysis = seen(moves)
    assert [rep.number for rep in analysis.reps] == [1, 2, 3, 4, 5, 6]
    assert min(rep.rom_deg for rep in analysis.reps) > 10.0
    assert any(isinstance(e, RepRevised) and not e.kept for e in analysis.events)


def test_a_turn_is_known_within_half_a_second_at_4_s_and_long_before_the_repetition():
    analysis = seen([*LEAD, *cycles(10, 4.0, 12.0), (2.0, 0.0)])
    turns = [e for e in analysis.events if isinstance(e, RepTurned)]
    assert [t.number for t in turns] == list(range(1, 11))
    for turn in turns:
        rep = analysis.reps[turn.number - 1]
        assert turn.time_s == pytest.approx(rep.turn_s, abs=0.15)
        assert turn.known_s - rep.turn_s < 0.5
        assert rep.known_s > turn.known_s + 1.0


def test_the_wearer_is_ready_after_standing_still_and_the_set_says_why_it_ended():
    pieces = [Still(4.0), Work("pelvic-drop", reps=5, fall_deg=6.0), Stroll(12), Rest(15.0)]
    analysis = analyze(session(pieces, seed=2).samples, exercise="pelvic-drop", stance="left")
    armed = [e.time_s for e in analysis.events if isinstance(e, SetArmed)]
    assert armed
    assert armed[0] < analysis.reps[0].start_s
    assert [s.reps for s in analysis.sets] == [5]
    assert {e.reason for e in analysis.events if isinstance(e, SetEnded)} <= {"walking", "stepping", "rest"}

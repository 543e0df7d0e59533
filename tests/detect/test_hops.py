"""Sideways hops: flight, landing, which way, how far the pelvis falls, when it is steady; and what is no hop."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detect.moving import cut, motion
from hiplevel import Gap, Pipeline, Rep, RepRevised, RepTurned, SetEnded, SetStarted, analyze
from hiplevel.detect.hops import Hops
from hiplevel.motion.posture import Posture
from hiplevel.simulate import exercise, volunteer

G = 9.80665


def hop(flight_s=0.28, sideways_m_s=0.8, fall_deg=5.0, ground_s=1.2, impact_g=2.5):
    """Accelerations (3, m) and obliquity (m,) of one: push, flight, landing, standing; left is positive."""
    push, flight, ground = 24, round(100 * flight_s), round(100 * ground_s)
    acc, obliquity = np.zeros((3, push + flight + ground)), np.zeros(push + flight + ground)
    land = push + flight
    pulse = 1.0 - np.cos(np.linspace(0.0, 2.0 * np.pi, push))
    acc[2, :push] = pulse * 0.5 * G * flight_s / (push / 100.0)
    acc[1, :push] = pulse * sideways_m_s / (push / 100.0)
    acc[2, push:land] = -G
    caught = min(20, ground)
    acc[2, land : land + 6] = (impact_g - 1.0) * G
    acc[1, land : land + caught] = -sideways_m_s / (caught / 100.0)
    fallen = min(40, ground)
    obliquity[land : land + fallen] = fall_deg * np.sin(np.linspace(0.0, np.pi, fallen))
    return acc, obliquity


def still(lasts_s):
    return np.zeros((3, round(100 * lasts_s))), np.zeros(round(100 * lasts_s))


def joined(*parts):
    return np.concatenate([a for a, _ in parts], axis=1), np.concatenate([o for _, o in parts])


def found(parts, stance="left", size=30, posture=Posture.UPRIGHT):
    acc, obliquity = joined(*parts)
    finder, out = Hops(stance), []
    for block in cut(motion(obliquity, acc_m_s2=acc, posture=posture), size):
        out += finder.process(block)
    return out + list(finder.finish(len(obliquity) / 100.0))


def reps(events):
    return [event for event in events if isinstance(event, Rep)]


@given(st.floats(0.12, 0.4), st.floats(0.5, 1.5), st.sampled_from([1.0, -1.0]))
def test_a_hop_is_found_with_its_way_and_landing(flight_s, speed, way):
    (rep,) = reps(found([still(2.0), hop(flight_s, way * speed), still(3.0)]))
    assert rep.turn_s == pytest.approx(2.24 + flight_s, abs=0.025)
    assert rep.start_s == pytest.approx(2.0, abs=0.15)
    assert rep.side == ("left" if way > 0.0 else "right")
    assert rep.known_s - rep.turn_s < 1.5


def test_there_and_back_again_is_a_set():
    events = found([still(2.0), *(hop(sideways_m_s=way) for way in (0.8, -0.8, 0.8, -0.8)), still(12.0)])
    assert [rep.side for rep in reps(events)] == ["left", "right", "left", "right"]
    assert [(rep.set_number, rep.number) for rep in reps(events)] == [(1, 1), (1, 2), (1, 3), (1, 4)]
    (ended,) = (event for event in events if isinstance(event, SetEnded))
    assert (ended.reps, ended.reason) == (4, "rest")
    assert sum(isinstance(event, SetStarted) for event in events) == 1


def test_the_landing_counts_at_once_and_the_whole_follows():
    events = found([still(2.0), hop(), still(3.0)])
    turned = next(event for event in events if isinstance(event, RepTurned))
    (rep,) = reps(events)
    assert turned.known_s - turned.time_s <= 0.3
    assert (turned.set_number, turned.number) == (rep.set_number, rep.number)
    assert [e.known_s for e in events] == sorted(e.known_s for e in events)


@pytest.mark.parametrize(("stance", "sign"), [("left", 1.0), ("right", -1.0)])
def test_the_drop_is_that_of_the_unsupported_side_just_after_landing(stance, sign):
    fallen, raised = (
        reps(found([still(2.0), hop(fall_deg=d), still(3.0)], stance))[0] for d in (sign * 8.0, -sign * 8.0)
    )
    assert fallen.peak_drop_deg == pytest.approx(8.0, abs=0.2)
    assert raised.peak_drop_deg < 0.5
    assert fallen.obliquity_rom_deg == pytest.approx(8.0, abs=0.2)


def test_quick_hops_follow_each_other_without_overlap():
    quick = [hop(0.22, 0.9 * (-1.0) ** k, fall_deg=6.0, ground_s=0.16) for k in range(8)]  # 0.62 s each
    found_reps = reps(found([still(2.0), *quick, still(3.0)], "auto"))
    assert len(found_reps) == 8
    for before, after in pairwise(found_reps):
        assert before.start_s < before.turn_s < before.end_s <= after.start_s + 1e-9
        assert after.turn_s - before.turn_s == pytest.approx(0.62, abs=0.03)
    assert [rep.side for rep in found_reps] == ["left", "right"] * 4


def test_where_the_legs_take_turns_the_landing_leg_is_that_of_the_way():
    (rep,) = reps(found([still(2.0), hop(sideways_m_s=-0.8, fall_deg=-7.0), still(3.0)], "auto"))
    assert (rep.side, rep.peak_drop_deg) == ("right", pytest.approx(7.0, abs=0.2))


def test_the_time_to_be_steady_is_the_way_back():
    acc, obliquity = hop(ground_s=3.0)
    shaky = acc.copy()
    shaky[1, 52 + 40 : 52 + 130] += 3.0 * np.sin(np.arange(90) * 0.5)
    quick, slow = (reps(found([still(2.0), (a, obliquity), still(2.0)]))[0] for a in (acc, shaky))
    assert slow.back_s - quick.back_s == pytest.approx(0.9, abs=0.3)


@pytest.mark.parametrize(
    "parts",
    [
        [still(20.0)],
        [still(2.0), hop(sideways_m_s=0.05), still(3.0)],
        [still(2.0), hop(flight_s=0.06), still(3.0)],
        [still(2.0), hop(impact_g=1.1), still(3.0)],
    ],
    ids=["standing", "up and down", "a knock", "no landing"],
)
def test_what_is_no_hop(parts):
    assert reps(found(parts)) == []


def test_running_is_no_hopping():
    steps = [hop(0.12, 0.6 * (-1.0) ** k, ground_s=0.01, impact_g=2.0) for k in range(12)]
    told = found([still(2.0), *steps, still(3.0)])
    assert reps(told) == []
    withdrawn = [event for event in told if isinstance(event, RepRevised)]
    assert len(withdrawn) == sum(isinstance(event, RepTurned) for event in told)
    for seed in range(2):
        made = volunteer("running", seed).made
        assert analyze(made.samples, exercise="sideways-hop", stance="left").reps == ()


def test_lying_down_nothing_hops():
    assert found([still(2.0), hop(), still(3.0)], posture=Posture.LEFT_SIDE) == []


def test_a_gap_just_after_the_landing_takes_the_hop_back():
    acc, obliquity = joined(still(2.0), hop(), still(1.0))
    finder = Hops("left")
    first = finder.process(motion(obliquity[:285], acc_m_s2=acc[:, :285]))
    revised = finder.restart(4.0)
    assert [type(event) for event in first] == [SetStarted, RepTurned]
    assert [type(event) for event in revised] == [RepRevised]
    assert reps(finder.finish(5.0)) == []


@pytest.mark.parametrize("size", [1, 7, 64, 5000])
def test_the_cut_does_not_matter(size):
    parts = [still(2.0), hop(), hop(sideways_m_s=-0.7, ground_s=0.5), hop(0.2), still(10.0), hop(), still(1.0)]
    assert found(parts, size=size) == found(parts, size=33)
    assert len(reps(found(parts))) == 4


@pytest.mark.parametrize("rate_hz", [52.0, 104.0, 200.0])
def test_a_simulated_set_is_counted_whatever_the_rate_and_cut(rate_hz):
    made = exercise("sideways-hop", reps=6, seed=5, rate_hz=rate_hz)
    whole = analyze(made.samples, exercise="sideways-hop", stance="left")
    assert [rep.side for rep in whole.reps] == ["left", "right"] * 3
    np.testing.assert_allclose([rep.turn_s for rep in whole.reps], made.truth.reps[:, 1], atol=0.06)
    pipeline, events = Pipeline(exercise="sideways-hop", stance="left"), []
    for at in range(0, len(made.samples), 11):
        events += pipeline.process(made.samples[at : at + 11]).events
    assert tuple(events) + pipeline.finish().events == whole.events


def test_nothing_spans_a_gap_in_the_samples():
    made = exercise("sideways-hop", reps=4, seed=5)
    _, landing, _ = made.truth.reps[1]
    a = analyze(made.without(landing - 0.1, landing + 0.3).samples, exercise="sideways-hop", stance="left")
    assert sum(isinstance(event, Gap) for event in a.events) == 1
    assert len(a.reps) == 3

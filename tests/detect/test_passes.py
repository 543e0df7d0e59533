"""Passes of the band walk: which way, how many steps, which foot leads, how far each side fell, leaning."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detect.moving import cut, motion
from hiplevel import Compensation, CompensationStarted, Pass, Pipeline, Step, analyze
from hiplevel.detect.passes import Passes
from hiplevel.simulate import exercise

STEP_S = 1.0


def walk(
    ways, *, width_m=0.2, falls=(4.0, 2.0), lean_deg=0.0, forward_m=0.0, still_s=4.0, step_s=STEP_S, bounce_m_s2=0.0
):
    """Each way: (+1 to the left, number of steps), the leading foot first, standing still between; motion and steps.

    The body goes with each step from standing to standing; the moving side falls, the leading one by falls[0].
    """
    length = round(100 * step_s)
    pulse = np.sin(np.linspace(0.0, 2.0 * np.pi, length))
    pulse *= 1.0 / (np.cumsum(np.cumsum(pulse))[-1] * 1e-4)
    hump = np.sin(np.linspace(0.0, np.pi, length)) ** 2
    side, front, obliquity, tilt, steps = ([np.zeros(round(100 * still_s))] for _ in range(5))
    steps, at = [], round(100 * still_s)
    for way, count in ways:
        for k in range(count):
            leads = k % 2 == 0
            moving = way if leads else -way
            side.append(way * width_m * pulse)
            front.append(forward_m * pulse)
            obliquity.append(-moving * falls[0 if leads else 1] * hump)
            tilt.append(np.full(length, lean_deg))
            at += length
            steps.append(Step(at / 100.0 - 0.1, "left" if moving > 0.0 else "right", known_s=at / 100.0 + 0.3))
        for series in (side, front, obliquity, tilt):
            series.append(np.zeros(300))
        at += 300
    acc = np.stack([np.concatenate(front), np.concatenate(side), bounce_m_s2 * np.sin(np.arange(at) * np.pi * 0.05)])
    return motion(np.concatenate(obliquity), tilt_deg=np.concatenate(tilt), acc_m_s2=acc), steps


def found(block, steps, size=50):
    finder, out, steps = Passes(), [], list(steps)
    for piece in cut(block, size):
        due = [step for step in steps if step.known_s <= piece.time_s[-1]]
        steps = steps[len(due) :]
        out += finder.process(piece, (), due)
    return out + finder.finish(float(block.time_s[-1]))


def passes(events):
    return [event for event in events if isinstance(event, Pass)]


@given(st.sampled_from([1.0, -1.0]), st.integers(4, 14), st.floats(0.12, 0.3), st.floats(0.8, 1.4))
def test_a_pass_has_its_way_its_steps_and_its_width(way, count, width_m, step_s):
    (one,) = passes(found(*walk([(way, count)], width_m=width_m, step_s=step_s)))
    assert one.direction == ("left" if way > 0.0 else "right")
    assert one.steps == count
    assert one.width_m == pytest.approx(count * width_m, rel=0.05)
    assert one.step_s == pytest.approx(step_s, abs=0.02)
    assert one.side_sure == 1.0


def test_there_and_back_again_are_two():
    there, back = passes(found(*walk([(1.0, 6), (-1.0, 6)])))
    assert [(one.direction, one.steps, one.number) for one in (there, back)] == [("left", 6, 1), ("right", 6, 2)]


@pytest.mark.parametrize("way", [1.0, -1.0])
def test_the_leading_and_the_trailing_side_are_told_apart(way):
    (one,) = passes(found(*walk([(way, 8)], falls=(6.0, 2.5))))
    assert one.lead_drop_deg == pytest.approx(6.0, abs=0.1)
    assert one.trail_drop_deg == pytest.approx(2.5, abs=0.1)
    assert (one.worst_side, one.worst_drop_deg) == (one.direction, pytest.approx(6.0, abs=0.1))


def test_leaning_forward_is_told_while_it_lasts_and_as_a_change():
    events = found(*walk([(1.0, 8)], lean_deg=9.0))
    started = next(event for event in events if isinstance(event, CompensationStarted))
    over = next(event for event in events if isinstance(event, Compensation))
    assert started.what == over.what == "tilt"
    assert started.known_s < over.known_s
    assert over.peak_deg == pytest.approx(9.0, abs=0.5)
    assert passes(events)[0].tilt_change_deg == pytest.approx(9.0, abs=0.5)
    calm = found(*walk([(1.0, 8)], lean_deg=3.0))
    assert len(passes(calm)) == 1
    assert not any(isinstance(event, (Compensation, CompensationStarted)) for event in calm)


@pytest.mark.parametrize(
    "how",
    [
        {"width_m": 0.02},
        {"width_m": 0.0, "forward_m": 0.6},
        {"width_m": 0.1, "forward_m": 0.6},
        {"step_s": 0.5},
        {"bounce_m_s2": 12.0},
    ],
    ids=["on the spot", "forward", "aslant", "too quick", "running"],
)
def test_what_is_no_pass(how):
    assert passes(found(*walk([(1.0, 8)], **how))) == []


def test_swaying_forward_with_each_step_is_still_going_sideways():
    block, steps = walk([(1.0, 8)])
    sway = np.zeros_like(block.acc_m_s2)
    share = 0.6 * np.std(block.acc_m_s2[1, 400:1200])
    sway[0, 400:1200] = share * np.sqrt(2.0) * np.sin(np.arange(800) * np.pi * 0.02)
    (one,) = passes(found(replace(block, acc_m_s2=block.acc_m_s2 + sway), steps))
    assert (one.direction, one.steps) == ("left", 8)


def test_two_steps_are_getting_into_place():
    assert passes(found(*walk([(1.0, 2)]))) == []


def test_a_contact_without_way_before_the_first_step_is_left_out():
    block, steps = walk([(1.0, 6)])
    extra = Step(steps[0].time_s - STEP_S, "right", known_s=steps[0].known_s)
    (one,) = passes(found(block, [extra, *steps]))
    assert one.steps == 6


def test_a_step_that_was_missed_between_two_of_the_other_foot_is_counted():
    block, steps = walk([(1.0, 9)])
    (one,) = passes(found(block, steps[:4] + steps[5:]))
    assert (one.direction, one.steps) == ("left", 9)


def test_a_step_that_was_missed_when_the_pace_was_hardly_known_is_counted():
    block, steps = walk([(1.0, 9)], step_s=1.6)
    (one,) = passes(found(block, steps[:3] + steps[4:]))
    assert (one.direction, one.steps) == ("left", 9)


def test_a_pelvis_that_leans_and_bounces_goes_sideways_still():
    """Leaning by 30 degrees, half of what goes up and down is along the axis that points forward in standing."""
    block, steps = walk([(1.0, 8)])
    lean = np.radians(30.0)
    bounce = (
        2.0 * np.std(block.acc_m_s2[1, 400:1200]) * np.sqrt(2.0) * np.sin(np.arange(len(block.time_s)) * np.pi * 0.02)
    )
    tilted = np.full_like(bounce, lean)
    acc = np.stack([-np.sin(lean) * bounce, block.acc_m_s2[1], np.cos(lean) * bounce])
    up = np.stack([-np.sin(tilted), np.zeros_like(bounce), np.cos(tilted)])
    (one,) = passes(found(replace(block, tilt_rad=tilted, up=up, acc_m_s2=acc), steps))
    assert (one.direction, one.steps) == ("left", 8)


def test_a_pass_first_seen_with_the_foot_that_follows_began_with_the_one_that_leads():
    block, steps = walk([(-1.0, 8)])
    (one,) = passes(found(block, steps[1:]))
    assert (one.direction, one.steps, one.side_sure) == ("right", 8, 1.0)
    assert one.start_s == pytest.approx(steps[0].time_s - STEP_S, abs=0.1)


def test_nothing_spans_a_gap():
    block, steps = walk([(1.0, 10)])
    finder = Passes()
    finder.process(block[:950], (), [step for step in steps if step.known_s <= 9.5])
    (one,) = passes(finder.restart(10.0))
    assert one.end_s <= 9.5
    assert passes(finder.finish(15.0)) == []


@pytest.mark.parametrize("size", [1, 13, 5000])
@pytest.mark.parametrize("together", [False, True])
def test_the_cut_does_not_matter(size, together):
    """As a bout is found with its third step, the first three may become known together."""
    block, steps = walk([(1.0, 6), (-1.0, 5), (-1.0, 4)], lean_deg=7.0, step_s=1.3)
    if together:
        steps = [replace(step, known_s=steps[2].known_s) if k < 3 else step for k, step in enumerate(steps)]
    assert len(passes(found(block, steps))) == 3
    assert found(block, steps, size) == found(block, steps, 71)


def test_a_simulated_walk_there_and_back_however_it_is_cut():
    made = exercise("lateral-band-walk", stance="right", reps=12, seed=3)
    whole = analyze(made.samples, exercise="lateral-band-walk")
    there, back = passes(whole.events)
    assert [there.direction, back.direction] == ["right", "left"]
    assert abs(there.steps - 6) <= 1
    assert abs(back.steps - 6) <= 1
    for size in (1, 97):
        pipeline, events = Pipeline(exercise="lateral-band-walk"), []
        for at in range(0, len(made.samples), size):
            events += pipeline.process(made.samples[at : at + size]).events
        assert tuple(events) + pipeline.finish().events == whole.events


def test_walking_is_no_band_walk():
    for exercise_id in ("walking", "running"):
        made = exercise(exercise_id, reps=30, seed=2)
        assert passes(analyze(made.samples, exercise="lateral-band-walk").events) == []

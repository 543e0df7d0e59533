"""Promise 1: results do not depend on how samples are cut into blocks, to the last bit, and never look ahead."""

import json
from functools import cache
from itertools import cycle

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hiplevel import Calibration, DropRule, Pipeline, Samples, analyze
from hiplevel.model.schema import event_to_json
from hiplevel.pipeline import Output
from hiplevel.simulate import ImuErrors, Rest, Sit, Still, Stroll, Work, exercise, mounting_from_euler, session

Case = tuple[Samples, dict[str, object]]
JITTER = ImuErrors(jitter_s=0.003)


def spoilt(samples: Samples, rows: list[tuple[int, int]]) -> Samples:
    """The same with some rows turned into what is not a number."""
    acc, gyr = samples.acc_m_s2.copy(), samples.gyr_rad_s.copy()
    for k, (first, last) in enumerate(rows):
        if k % 2:
            gyr[first:last, k % 3] = np.inf
        else:
            acc[first:last, k % 3] = np.nan
    return Samples(samples.time_s, acc, gyr)


def without(samples: Samples, *holes: tuple[float, float]) -> Samples:
    keep = np.ones(len(samples), dtype=bool)
    for start_s, end_s in holes:
        keep &= (samples.time_s < start_s) | (samples.time_s >= end_s)
    return Samples(samples.time_s[keep], samples.acc_m_s2[keep], samples.gyr_rad_s[keep])


def pelvic_drops() -> Case:
    """Jittering stamps, a ridden gap, a long one, bad samples short and long, in the middle of sets."""
    made = exercise("pelvic-drop", reps=4, sets=2, rest_s=12.0, drops={1: 9.0, 5: 12.0}, imu=JITTER, seed=1).samples
    made = without(made, (14.0, 14.12), (17.0, 17.5), (30.0, 33.0))
    made = spoilt(made, [(700, 702), (1200, 1230), (1500, 1501)])
    return made, {"exercise": "pelvic-drop", "stance": "left", "rule": DropRule(6.0, left_deg=4.0)}


def squats() -> Case:
    """A faster sensor on epoch time, no still start, the first gap while the start is judged."""
    made = exercise("squat", reps=5, rate_hz=208.0, start_s=1.7e9, seed=2).samples
    made = made[5 * 208 :]
    first_s = made.time_s[0]
    return without(made, (first_s + 0.4, first_s + 0.8), (first_s + 6.0, first_s + 6.4)), {"exercise": "squat"}


def deadlifts() -> Case:
    """A known, crooked mounting; a slow sensor; absolute angles."""
    mounting = mounting_from_euler(30.0, 40.0, -75.0)
    made = exercise("single-leg-deadlift", stance="right", reps=3, rate_hz=52.0, mounting=mounting, seed=3)
    calibration = Calibration.from_matrix(mounting)
    return made.samples, {"exercise": "single-leg-deadlift", "stance": "right", "calibration": calibration}


def lying() -> Case:
    made = exercise("side-lying-abduction", reps=3, seed=4).samples
    return spoilt(made, [(900, 935)]), {"exercise": "side-lying-abduction", "stance": "left"}


def everyday() -> Case:
    """Walking about, resting, more sets than one kind; negative time; both sides watched."""
    pieces = [Still(2.0), Stroll(8, 90.0), Work("pelvic-drop", reps=2, tempo_s=3.0), Rest(9.0), Work("squat", reps=4)]
    made = session(pieces, start_s=-5.0, rate_hz=60.0, imu=JITTER, seed=5).samples
    return made, {"exercise": "generic", "stance": "both", "rule": DropRule(3.0, min_duration_s=0.0)}


def chair() -> Case:
    """Walking up, sitting down and getting up around single-leg squats."""
    pieces = [Still(3.0), Stroll(8, 90.0), Sit(10.0), Still(1.5), Work("single-leg-squat", reps=3), Sit(9.0)]
    made = session(pieces, imu=JITTER, seed=7).samples
    return without(made, (2.0, 2.3)), {"exercise": "single-leg-squat", "stance": "left"}


def angles_only() -> Case:
    """Bits and pieces: gaps so close that no still second fits between them, then short lone runs."""
    made = exercise("walking", reps=12, seed=6).samples
    holes = [(k * 0.7, k * 0.7 + 0.35) for k in range(1, 16)]
    return without(made, *holes, (13.0, 13.6), (13.61, 14.9)), {}


CASES = {
    "pelvic drops": pelvic_drops,
    "squats": squats,
    "deadlifts": deadlifts,
    "lying": lying,
    "everyday": everyday,
    "chair": chair,
    "angles only": angles_only,
}


@cache
def case(name: str) -> Case:
    return CASES[name]()


def bits(outputs: list[Output]) -> tuple[list[str], bytes, bytes, bytes]:
    """Everything that came out, comparable to the last bit."""
    return (
        [json.dumps(event_to_json(event)) for out in outputs for event in out.events],
        b"".join(out.motion.time_s.tobytes() for out in outputs),
        b"".join(out.motion.obliquity_deg.tobytes() for out in outputs),
        b"".join(out.motion.tilt_deg.tobytes() for out in outputs),
    )


def fed(samples: Samples, options: dict[str, object], sizes: list[int]) -> list[Output]:
    """The pipeline fed in blocks of these sizes, over and over, and finished."""
    pipeline, out, first = Pipeline(**options), list[Output](), 0
    for size in cycle(sizes):
        if first >= len(samples):
            return [*out, pipeline.finish()]
        out.append(pipeline.process(samples[first : first + size]))
        first += size
    raise AssertionError


@cache
def whole(name: str) -> tuple[list[str], bytes, bytes, bytes]:
    samples, options = case(name)
    return bits(fed(samples, options, [len(samples)]))


@pytest.mark.parametrize("name", CASES)
def test_the_sessions_are_worth_cutting(name):
    """Guards the tests below: there are events to compare, and angles."""
    events = whole(name)[0]
    assert len(whole(name)[1]) > 8 * 400
    assert any('"Rep"' in e for e in events) or name == "angles only"
    assert any('"Gap"' in e for e in events) or name in ("deadlifts", "everyday")


@pytest.mark.parametrize(
    ("size", "name"),
    [(size, name) for size in (7, 199) for name in CASES] + [(1, "deadlifts"), (1, "everyday")],
)
def test_blocks_of_one_size_give_the_same_bits(size, name):
    samples, options = case(name)
    assert bits(fed(samples, options, [size])) == whole(name)


@given(
    name=st.sampled_from(list(CASES)),
    sizes=st.lists(st.one_of(st.integers(1, 3), st.integers(4, 40), st.integers(41, 1500)), min_size=1, max_size=12),
)
@example(name="angles only", sizes=[1, 1, 1, 24, 25, 26, 2000])
@settings(max_examples=30, deadline=None)
def test_any_cut_gives_the_same_bits(name, sizes):
    samples, options = case(name)
    sizes = [*sizes, 120]  # not thousands of tiny ones
    assert bits(fed(samples, options, sizes)) == whole(name)


@pytest.mark.parametrize("name", CASES)
def test_analyze_is_the_pipeline_fed_whole(name):
    samples, options = case(name)
    seen = analyze(samples, **options)
    events, *angles = whole(name)
    assert [json.dumps(event_to_json(e)) for e in seen.events] == events
    assert [seen.time_s.tobytes(), seen.obliquity_deg.tobytes(), seen.tilt_deg.tobytes()] == angles


@pytest.mark.parametrize("name", CASES)
def test_the_layout_of_arrays_in_memory_does_not_matter(name):
    samples, options = case(name)
    roomy = np.zeros((len(samples), 10))
    roomy[:, 1], roomy[:, 2:8:2], roomy[:, 3:9:2] = samples.time_s, samples.acc_m_s2, samples.gyr_rad_s
    strided = Samples(roomy[:, 1], np.asfortranarray(roomy)[:, 2:8:2], roomy[:, 3:9:2])
    assert bits(fed(strided, options, [len(samples)])) == whole(name)


@given(name=st.sampled_from(list(CASES)), share=st.floats(0.02, 0.99))
@settings(max_examples=20, deadline=None)
def test_a_prefix_knows_exactly_what_was_known_by_then(name, share):
    samples, options = case(name)
    upto = max(2, round(share * len(samples)))
    told = Pipeline(**options).process(samples[:upto])
    later = Pipeline(**options)
    everything = later.process(samples)
    now_s = float(samples.time_s[upto - 1]) + 1e-6
    assert told.events == tuple(e for e in everything.events if e.known_s <= now_s)
    k = len(told.motion.time_s)
    for field in ("time_s", "obliquity_deg", "tilt_deg"):
        assert getattr(told.motion, field).tobytes() == getattr(everything.motion, field)[:k].tobytes()
    if k and not any(type(e).__name__ == "Gap" for e in everything.events):
        assert told.motion.time_s[-1] > now_s - 0.03


@pytest.mark.parametrize("name", CASES)
def test_events_come_in_the_order_they_were_known_and_from_the_past_only(name):
    samples, options = case(name)
    events = analyze(samples, **options).events
    known = [e.known_s for e in events]
    assert known == sorted(known)
    for event in events:
        times = [v for k, v in event_to_json(event).items() if k in ("start_s", "turn_s", "end_s", "time_s")]
        assert times == sorted(times)
        assert all(samples.time_s[0] - 1e-6 <= t <= event.known_s + 0.011 for t in times)
    assert known[-1] <= samples.time_s[-1] + 1e-6

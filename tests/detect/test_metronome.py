"""The beat leads, the sensor checks: what followed, how late, what was missed, and what cannot be said."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiplevel.detect.metronome import Beat, Metronome, beats, metronome_count
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.events import Event, Mark, Rep, RepRevised
from hiplevel.model.exercise import PelvisMoves
from hiplevel.model.metronome import BeatChecked, MetronomeStarted, MetronomeStopped
from hiplevel.model.samples import Floats
from hiplevel.model.tempo import Tempo
from hiplevel.pipeline import MotionOutput

TEMPO = Tempo(1.5, 1.0, 1.5)  # 4 s, the turn 2 s after the beginning
START_S = 10.0


def motion(obliquity_deg: Floats, tilt_deg: Floats | None = None) -> MotionOutput:
    time_s = np.arange(len(obliquity_deg)) / 100.0
    zero = np.zeros_like(time_s)
    return MotionOutput(time_s, obliquity_deg, zero if tilt_deg is None else tilt_deg, zero, zero)


def rep(number: int, beat: int, late_s: float = 0.0) -> Rep:
    """The repetition that follows a beat, from 1, known 0.3 s after it is back."""
    start_s = START_S + 4.0 * (beat - 1) + late_s
    return Rep(start_s, start_s + 2.0, start_s + 4.0, 9.0, number=number, set_number=1, known_s=start_s + 4.3)


def started(tempo: Tempo = TEMPO) -> MetronomeStarted:
    return MetronomeStarted(START_S, tempo.out_s, tempo.hold_s, tempo.back_s, tempo.home_s, known_s=7.0)


def checked(
    events: list[Event], until_s: float, obliquity_deg: Floats | None = None, moves: PelvisMoves = "clearly"
) -> list[BeatChecked]:
    metronome = Metronome(moves)
    metronome.take(motion(np.zeros(round(100 * until_s)) if obliquity_deg is None else obliquity_deg))
    out = [*metronome.process([started(), *events]), *metronome.advance(until_s), *metronome.finish(until_s)]
    return [event for event in out if isinstance(event, BeatChecked)]


def sine(amplitude_deg: float, seconds: float = 60.0, noise_deg: float = 0.0, seed: int = 1) -> Floats:
    """Swings with the beat, on a slow drift."""
    time_s = np.arange(round(100 * seconds)) / 100.0
    sway = np.cumsum(np.random.default_rng(seed).standard_normal(len(time_s))) * 0.01
    swing = amplitude_deg * np.sin(2.0 * np.pi * (time_s - START_S) / 4.0)
    return np.asarray(swing + noise_deg * sway + 0.02 * time_s)


def test_beats_are_where_the_tempo_says() -> None:
    assert beats(TEMPO, 10.0, 0.0, 15.0) == [
        Beat(10.0, 1, "out"),
        Beat(11.5, 1, "hold"),
        Beat(12.5, 1, "back"),
        Beat(14.0, 2, "out"),
    ]
    assert [beat.phase for beat in beats(Tempo(1.0, 0.5, 1.0, 0.5), 0.0, 0.0, 3.0)] == ["out", "hold", "back", "home"]


def test_beats_that_a_pause_silenced_are_neither_missed_nor_seen() -> None:
    """Beats of 4 s from 10 s on: the pause cuts off the second and the fifth, and silences two between."""
    pause, resume = (Mark(at_s, what, known_s=at_s) for at_s, what in ((17.0, "pause"), (27.0, "resume")))
    told = checked([rep(1, 1), pause, resume, rep(2, 6)], 40.0)
    assert [(beat.number, beat.found) for beat in told] == [(1, "rep"), (6, "rep"), (7, "missed")]
    never_ended = checked([rep(1, 1), pause], 40.0)
    assert [beat.number for beat in never_ended] == [1]


@given(st.lists(st.floats(0.0, 60.0), max_size=6))
def test_asked_piece_by_piece_every_beat_is_heard_once(cuts: list[float]) -> None:
    edges = [0.0, *sorted(cuts), 60.0]
    pieces = [beat for a, b in pairwise(edges) for beat in beats(TEMPO, 3.3, a, b)]
    assert pieces == beats(TEMPO, 3.3, 0.0, 60.0)


def test_each_beat_has_its_repetition_and_how_late_it_was() -> None:
    found = checked([rep(1, 1, 0.1), rep(2, 2, -0.25), rep(3, 3, 0.4), MetronomeStopped(22.0, known_s=27.0)], 60.0)
    assert [(b.number, b.found, b.rep_number) for b in found] == [(1, "rep", 1), (2, "rep", 2), (3, "rep", 3)]
    assert [b.late_s for b in found] == pytest.approx([0.1, -0.25, 0.4])
    assert [b.time_s for b in found] == [10.0, 14.0, 18.0]


def test_a_beat_that_nothing_followed_is_missed_and_told_in_its_place() -> None:
    found = checked([rep(1, 1), rep(2, 3), MetronomeStopped(26.0, known_s=26.0)], 60.0)
    assert [(b.number, b.found) for b in found] == [(1, "rep"), (2, "missed"), (3, "rep"), (4, "missed")]
    assert [b.known_s for b in found] == sorted(b.known_s for b in found)
    assert found[-1].known_s == 22.0 + 2.0 * TEMPO.rep_s


def test_two_repetitions_in_one_beat_are_one_that_followed_it() -> None:
    again = Rep(12.5, 13.0, 13.9, 9.0, number=2, set_number=1, known_s=14.4)
    assert [b.found for b in checked([rep(1, 1), again, MetronomeStopped(14.0, known_s=15.0)], 40.0)] == ["rep"]


def test_where_the_pelvis_hardly_moves_nothing_seen_says_nothing() -> None:
    stopped = MetronomeStopped(30.0, known_s=30.0)
    assert [b.found for b in checked([stopped], 60.0, moves="hardly")] == ["unseen"] * 5
    assert [b.found for b in checked([stopped], 60.0, moves="clearly")] == ["missed"] * 5


def test_movement_far_below_what_can_be_counted_is_seen_in_its_rhythm() -> None:
    found = checked([MetronomeStopped(50.0, known_s=50.0)], 60.0, sine(0.5, noise_deg=1.0), "hardly")
    assert [b.found for b in found] == ["moving"] * 10


def test_movement_in_the_other_angle_is_seen_too() -> None:
    metronome = Metronome("hardly")
    metronome.take(motion(np.zeros(6000), sine(0.5)))
    out = [*metronome.process([started(), MetronomeStopped(30.0, known_s=30.0)]), *metronome.advance(60.0)]
    assert [b.found for b in out if isinstance(b, BeatChecked)] == ["moving"] * 5


def test_sway_is_seldom_taken_for_movement() -> None:
    """A random walk has its power where slow repetitions have it: the worst that standing can look like."""
    found = [
        b.found
        for seed in range(40)
        for b in checked([MetronomeStopped(50.0, known_s=50.0)], 60.0, sine(0.0, noise_deg=2.0, seed=seed), "hardly")
    ]
    assert len(found) == 400
    assert found.count("moving") <= 0.1 * len(found)


def test_another_rhythm_is_not_the_beat() -> None:
    time_s = np.arange(6000) / 100.0
    found = checked([MetronomeStopped(50.0, known_s=50.0)], 60.0, 3.0 * np.sin(2.0 * np.pi * time_s / 6.4), "hardly")
    assert [b.found for b in found].count("moving") <= 1


def test_where_samples_are_missing_nothing_is_said() -> None:
    metronome = Metronome("clearly")
    whole = motion(np.zeros(6000))
    kept = (whole.time_s < 17.0) | (whole.time_s > 20.0)
    metronome.take(
        MotionOutput(*(getattr(whole, n)[kept] for n in ("time_s", "obliquity_deg", "tilt_deg")), *np.zeros((2, 1)))
    )
    out = [*metronome.process([started(), MetronomeStopped(26.0, known_s=26.0)]), *metronome.advance(60.0)]
    assert [b.found for b in out if isinstance(b, BeatChecked)] == ["missed", "unseen", "unseen", "missed"]


def test_a_new_beat_ends_the_one_before() -> None:
    anew = MetronomeStarted(30.0, 1.0, 0.0, 1.0, 0.0, known_s=28.0)
    found = checked([anew, MetronomeStopped(34.0, known_s=34.0)], 60.0)
    assert [(b.time_s, b.number) for b in found] == [
        (10.0, 1),
        (14.0, 2),
        (18.0, 3),
        (22.0, 4),
        (30.0, 1),
        (32.0, 2),
    ]


def test_what_the_beats_came_to() -> None:
    found: list[Event] = list(checked([rep(1, 1, 0.2), rep(2, 2, 0.4), MetronomeStopped(26.0, known_s=26.0)], 60.0))
    count = metronome_count(found)
    assert count is not None
    assert (count.beats, count.reps, count.moving, count.missed, count.unseen) == (4, 2, 0, 2, 0)
    assert count.late_mean_s == pytest.approx(0.3)
    assert count.late_sd_s == pytest.approx(0.1 * np.sqrt(2.0))
    withdrawn = metronome_count([rep(1, 1), *found, RepRevised(1, 1, kept=False)])
    assert withdrawn is not None
    assert withdrawn.reps == 1
    assert metronome_count([]) is None


@given(st.lists(st.floats(0.0, 60.0), max_size=8), st.sets(st.integers(1, 9)), st.sampled_from([0.0, 0.5, 3.0]))
def test_however_the_session_is_cut_the_same_is_found(cuts: list[float], done: set[int], amplitude: float) -> None:
    angles = motion(sine(amplitude, noise_deg=1.0))
    events: list[Event] = [started(), *(rep(n, beat, 0.1) for n, beat in enumerate(sorted(done), 1))]
    events.append(MetronomeStopped(51.0, known_s=max(51.0, events[-1].known_s)))

    def run(edges: list[float]) -> list[Event]:
        metronome = Metronome("hardly")
        out: list[Event] = []
        before = -1.0
        for upto in edges:
            part = (angles.time_s > before) & (angles.time_s <= upto)
            names = ("time_s", "obliquity_deg", "tilt_deg", "obliquity_sigma_deg", "tilt_sigma_deg")
            metronome.take(MotionOutput(*(getattr(angles, name)[part] for name in names)))
            out += metronome.process([event for event in events if before < event.known_s <= upto])
            out += metronome.advance(upto)
            before = upto
        return out

    assert run([*sorted(cuts), 60.0]) == run([60.0])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2-1-2-0", (2.0, 1.0, 2.0, 0.0)),
        ("2-1-3", (2.0, 1.0, 3.0, 0.0)),
        ("1.5-2", (1.5, 0.0, 2.0, 0.0)),
        ("1,5-2", (1.5, 0.0, 2.0, 0.0)),
        ("4", (2.0, 0.0, 2.0, 0.0)),
    ],
)
def test_a_tempo_as_people_write_it(text: str, parts: tuple[float, ...]) -> None:
    tempo = Tempo.parse(text)
    assert (tempo.out_s, tempo.hold_s, tempo.back_s, tempo.home_s) == parts
    assert Tempo.parse(str(tempo)) == tempo


@pytest.mark.parametrize("text", ["", "fast", "1-2-3-4-5", "0-1-2", "0.1-0-0.1", "2--1", "nan", "inf", "50-0-50", "-2"])
def test_what_is_no_tempo_is_said(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        Tempo.parse(text)
    assert refused.value.reason is Reason.PRESCRIPTION

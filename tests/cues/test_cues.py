"""What is heard, and that nothing more is: tones with known pitch and side, chosen from events with known times."""

import numpy as np
import pytest

from cues.ear import Ear, drop
from hiplevel.cues.mixer import Mixer
from hiplevel.cues.policy import Policy
from hiplevel.cues.speaker import Later, Silent, open_speaker
from hiplevel.cues.speech import SpokenNumbers
from hiplevel.cues.tones import DROP_HZ, RATE_HZ, beat_tone, done_tone, drop_tone, ready_tone, tick_tone
from hiplevel.cues.view import CueView
from hiplevel.model.events import Drop, DropWarned, Event, Rep, RepTurned, Rezero, SetEnded, SetStarted
from hiplevel.model.metronome import MetronomeStarted, MetronomeStopped
from hiplevel.model.prescription import Feedback
from hiplevel.model.rules import Side


def rep(number: int, set_number: int = 1) -> Rep:
    return Rep(0.0, 1.0, 2.0, 10.0, number=number, set_number=set_number)


def names(policy: Policy, *events: Event) -> list[str]:
    return [f"{heard.what}{heard.side or ''}" for event in events for heard in policy.hear(event)]


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_side_has_its_pitch_and_its_ear(side: Side) -> None:
    tone = drop_tone(side)
    near, far = (0, 1) if side == "left" else (1, 0)
    assert np.abs(tone[:, near]).max() > 4.0 * np.abs(tone[:, far]).max()
    spectrum = np.abs(np.fft.rfft(tone[:, near], n=RATE_HZ))
    assert abs(int(spectrum.argmax()) - DROP_HZ[side]) <= 2.0


def test_sounds_are_short_soft_at_both_ends_and_within_bounds() -> None:
    for sound in (drop_tone("left"), drop_tone("right"), tick_tone(), beat_tone(), done_tone(), ready_tone()):
        assert len(sound) < 0.5 * RATE_HZ
        assert np.abs(sound).max() <= 1.0
        assert np.abs(sound[0]).max() < 0.05
        assert np.abs(sound[-1]).max() < 0.05


def test_inside_the_limit_it_is_silent() -> None:
    assert names(Policy(ticks=False), DropWarned(1.0, "right", 4.0, 4.0), rep(1)) == []


def test_a_volley_of_drops_is_one_beep() -> None:
    events = [drop(10.0 + 0.1 * i) for i in range(6)]
    assert names(Policy(), *events) == ["dropright"]
    assert names(Policy(), drop(10.0), drop(11.0, "left")) == ["dropright", "dropleft"]


@pytest.mark.parametrize(
    ("feedback", "expected"),
    [
        ("every", [True, True, True, True]),
        ("half", [True, False, True, False]),
        ("set-end", [False, False, False, False]),
    ],
)
def test_feedback_of_the_share_that_was_chosen(feedback: Feedback, expected: list[bool]) -> None:
    policy = Policy(feedback, ticks=False)
    policy.hear(SetStarted(0.0, 1))
    heard = []
    for number in range(1, 5):
        heard.append("dropright" in names(policy, drop(10.0 * number)))
        policy.hear(rep(number))
    assert heard == expected


def test_fading_goes_from_all_to_a_summary_set_by_set() -> None:
    policy = Policy("fading", ticks=False)
    modes = []
    for number in (1, 2, 3, 4):
        policy.hear(SetStarted(0.0, number))
        modes.append(policy.mode)
    assert modes == ["every", "half", "set-end", "set-end"]


def test_without_beeps_the_end_of_a_set_tells_whether_there_were_drops() -> None:
    policy = Policy("set-end", ticks=False)
    assert names(policy, SetStarted(0.0, 1), drop(3.0), SetEnded(0.0, 9.0, 1, 5)) == ["missed"]
    assert names(policy, SetStarted(0.0, 2), SetEnded(0.0, 9.0, 2, 5)) == ["done"]


def test_a_drop_that_was_over_before_it_could_be_told_is_not_sounded_but_counts_at_the_end_of_the_set() -> None:
    late = Drop(0.5, 1.0, 9.0, "right", known_s=3.0, alarmed=False)
    assert names(Policy(), late, Drop(4.0, 5.0, 9.0, "right", known_s=5.0)) == []
    policy = Policy("set-end", ticks=False)
    assert names(policy, SetStarted(0.0, 1), late, SetEnded(0.0, 9.0, 1, 5)) == ["missed"]


def test_a_repetition_is_told_once_at_its_turn_or_when_it_is_back() -> None:
    turned = RepTurned(1.0, 1, 1)
    assert names(Policy(), turned, rep(1)) == ["tick"]
    at_turn = Policy(counts_at_turn=True)
    assert names(at_turn, turned) == ["tick"]
    assert names(at_turn, rep(1)) == []
    assert names(Policy(spoken=True), rep(3)) == ["count"]


def test_the_mixer_adds_and_goes_on_where_it_was_whatever_the_blocks() -> None:
    sound = drop_tone("left")
    whole, parts = Mixer(), Mixer()
    for mixer in (whole, parts):
        mixer.play(sound)
        mixer.play(tick_tone())
    expected = whole.render(20_000)
    got = np.concatenate([parts.render(size) for size in (1, 63, 1000, 8936, 10_000)])
    np.testing.assert_array_equal(got, expected)
    assert np.abs(expected).max() > 0.1
    assert not whole.render(4096).any()


def test_the_metronome_is_exact_to_the_sample() -> None:
    mixer = Mixer()
    mixer.volume = 1.0
    mixer.metronome(0.5, (0.0, 0.2), 0.1)
    got = np.concatenate([mixer.render(441) for _ in range(300)])[:, 0]  # three seconds
    expected = np.zeros(len(got), dtype=np.float32)
    for first, offset in ((True, 0.1), (False, 0.3)):
        beat = beat_tone(first=first)[:, 0]
        for start in range(round(offset * RATE_HZ), len(got), RATE_HZ // 2):
            part = beat[: len(got) - start]
            expected[start : start + len(part)] += part
    np.testing.assert_array_equal(got, expected)
    mixer.metronome(0.0)
    mixer.render(RATE_HZ)  # what sounds already
    assert not mixer.render(RATE_HZ).any()


def test_an_unheard_metronome_stays_in_step() -> None:
    heard, unheard = Mixer(), Mixer()
    for mixer in (heard, unheard):
        mixer.metronome(0.7)
    unheard.beating = False
    heard.render(RATE_HZ)
    assert not unheard.render(RATE_HZ).any()
    unheard.beating = True
    np.testing.assert_array_equal(heard.render(RATE_HZ)[2000:], unheard.render(RATE_HZ)[2000:])


def test_muted_is_silent_and_volume_scales() -> None:
    mixer = Mixer()
    mixer.play(drop_tone("left"))
    mixer.muted = True
    assert not mixer.render(1000).any()
    loud, soft = Mixer(), Mixer()
    loud.volume, soft.volume = 1.0, 0.5
    for one in (loud, soft):
        one.play(tick_tone())
    np.testing.assert_allclose(soft.render(500), 0.5 * loud.render(500))


BEAT = MetronomeStarted(2.0, 1.0, 0.0, 1.0, 0.0, known_s=2.0)


def test_while_paused_nothing_is_heard_and_no_beat_goes_on() -> None:
    ear = Ear()
    view = CueView(ear, Policy())
    view.on_events([Rezero(0.0, 1.0), BEAT])
    assert ear.mixer.render(4410).any()
    heard = len(ear.heard)
    view.pause(True)
    view.on_events([drop(5.0), rep(1)])
    assert len(ear.heard) == heard
    ear.mixer.render(RATE_HZ)
    assert not ear.mixer.render(3 * RATE_HZ).any()
    view.pause(False)
    assert ear.mixer.render(2 * RATE_HZ).any()
    view.on_events([drop(9.0)])
    assert len(ear.heard) == heard + 1
    np.testing.assert_array_equal(ear.heard[-1], drop_tone("right"))


def test_no_beat_between_sets_and_none_after_it_was_stopped() -> None:
    ear = Ear()
    view = CueView(ear, Policy())
    view.on_events([Rezero(0.0, 1.0), BEAT, SetStarted(5.0, 1), SetEnded(5.0, 20.0, 1, 8)])
    assert not ear.mixer.render(4 * RATE_HZ).any()
    view.go_on()
    assert ear.mixer.render(2 * RATE_HZ).any()
    view.on_events([MetronomeStopped(30.0)])
    ear.mixer.render(RATE_HZ)  # what sounds already
    assert not ear.mixer.render(4 * RATE_HZ).any()


def test_a_missing_device_is_a_sentence_and_stops_nothing() -> None:
    told: list[str] = []
    later = Later(told.append, lambda: Silent("No sound: nothing is plugged in."))
    later.play(tick_tone())
    later.wait()
    later.play(tick_tone())
    assert told == ["No sound: nothing is plugged in."]
    later.close()


def test_opening_the_speaker_never_raises() -> None:
    opened = open_speaker()
    opened.play(tick_tone())
    opened.close()
    assert isinstance(opened.problem, str)


def test_numbers_are_not_spoken_where_nothing_speaks() -> None:
    numbers = SpokenNumbers(program="/no/such/program", most=3)
    numbers.wait()
    assert numbers.get(1) is None
    ear = Ear()
    CueView(ear, Policy(spoken=True), numbers).on_events([rep(1)])
    np.testing.assert_array_equal(ear.heard[0], tick_tone())

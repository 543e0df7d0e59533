"""A set in words: what a person reads, from figures with a known answer."""

from dataclasses import replace

from hiplevel.cli.summary.sets import holds_text, left_right_text, metronome_text, set_text, sets_json
from hiplevel.detect.falls import Fall
from hiplevel.detect.figures import LeftRight, Spread, Trend
from hiplevel.detect.metronome import MetronomeCount
from hiplevel.detect.session_summary import HoldsSummary, session_summary
from hiplevel.detect.set_summary import SetSummary
from hiplevel.model.events import Rep, SetEnded, SetStarted

SET = SetSummary(
    2,
    65.0,
    108.0,
    over=True,
    done=11,
    prescribed=12,
    machine_reps=11,
    range_deg=Spread(11, 12.04, 10.2, 13.51, 0.97, 0.081),
    out_s=Spread(11, 1.9, 1.5, 2.2),
    back_s=Spread(11, 2.1, 1.8, 2.4),
    rep_s=Spread(11, 4.0, 3.5, 4.4, 0.24, 0.06),
    hold_s=Spread(11, 0.8, 0.0, 1.0),
    range_trend=Trend(-0.21, 13.1, 11.0),
    falls=(Fall("right", 43.0, 12.3, 3.21, 9.8, 3.24, 0.0753),),
    confidence=0.9,
    faults={"range-short": 1, "too-fast": 3},
)


def lines(one: SetSummary) -> list[str]:
    return [" ".join(line.split()) for line in set_text(one).splitlines()]


def test_a_set_in_lines() -> None:
    assert lines(SET) == [
        "Set 2 1:05.0 - 1:48.0 11 of 12 repetitions",
        "range of motion 12.0° (10.2 to 13.5), variation 8 %",
        "tempo 4.0 s (3.5 to 4.4), variation 6 %; 1.9 s out, 2.1 s back, 0.8 s held",
        "right side peak 12.3°, 95 % below 9.8°, mean 3.2°; 3.2 s beyond the limit (8 % of the set)",
        "first 3 to last 3 range 13.1 to 11.0°, -0.21° a repetition",
        "form too fast in 3, range short in 1",
    ]


def test_what_was_put_right_by_hand_is_said() -> None:
    assert lines(replace(SET, machine_reps=13, added=1, warm_up=2))[0].endswith(
        "11 of 12 repetitions (2 more as warm-up, 1 added by hand, 1 taken out by hand)"
    )
    assert lines(SetSummary(1, 0.0, 9.0, True, 0, warm_up=4))[0].endswith("4 repetitions of warm-up")
    assert lines(SetSummary(1, 0.0, 9.0, True, 1, machine_reps=1))[0].endswith("1 repetition")


def test_where_the_pelvis_showed_little_the_count_says_so() -> None:
    assert "sureness 40 %: the pelvis showed little, so the count may be off" in lines(replace(SET, confidence=0.4))
    assert not any("sureness" in line for line in lines(SET))


def test_a_side_that_never_went_beyond_its_limit() -> None:
    text = set_text(replace(SET, falls=(Fall("left", 43.0, 3.0, 1.0, 2.5, 0.0, 0.0),)))
    assert "never beyond the limit" in text


def test_left_and_right_in_degrees_and_an_index_only_away_from_zero() -> None:
    assert left_right_text(LeftRight(6.0, 4.0)).endswith(
        "left 6.0°, right 4.0°: the left falls 2.0° further (symmetry index -40 %)"
    )
    assert left_right_text(LeftRight(1.0, 2.0)).endswith("left 1.0°, right 2.0°: the right falls 1.0° further")
    assert left_right_text(LeftRight(1.0, 1.0)).endswith(": alike")


def test_holds_in_a_line() -> None:
    holds = HoldsSummary(3, 4, 2, 1, Spread(3, 24.0, 12.0, 30.0), Spread(3, 2.0, 1.0, 3.0), Spread(3, 6.0, 5.0, 7.0))
    assert holds_text(holds) == (
        "Holds: 3 of 4, 24.0 s (12.0 to 30.0) each, 2 as long as asked, 1 gave way early, "
        "raised 6.0°, sank 2.0° in 30 s"
    )
    assert holds_text(HoldsSummary(1, 0, None, 0, None, None, None)) == "Holds: 1"


def test_the_beats_say_what_only_they_know() -> None:
    text = metronome_text(MetronomeCount(12, 8, 2, 0, 2, 0.213, 0.1))
    assert text == (
        "Metronome: 12 beats; 8 followed by a repetition, 0.21 s late on average (SD 0.10 s); "
        "2 by movement too small to count; 2 in which nothing was seen, which says nothing about what was done"
    )
    assert metronome_text(MetronomeCount(2, 0, 0, 2, 0, None, None)).endswith("0 followed by a repetition; 2 missed")


def test_json_has_every_figure_by_name() -> None:
    reps = [Rep(i, i + 0.5, i + 1.0, 8.0 + i, number=i + 1, set_number=1) for i in range(6)]
    events = [SetStarted(0.0, 1), *reps, SetEnded(0.0, 6.0, 1, 6)]
    (told,) = sets_json(session_summary(events, duration_s=9.0))
    assert (told["number"], told["reps"], told["prescribed"], told["out_to_back"]) == (1, 6, 0, 1.0)
    assert told["range_deg"]["mean"] == 10.5
    assert told["range_trend"] == {"per_rep": 1.0, "first": 9.0, "last": 12.0, "change": 3.0}
    assert (told["falls"], told["peaks"]) == ({}, None)

"""The summary: what a person reads after a session, from events with a known answer."""

from typing import Any

from hiplevel.cli.summary.drops import MAX_ROWS
from hiplevel.cli.summary.facts import Summary
from hiplevel.cli.summary.text import summary_text
from hiplevel.exercises import load_exercise
from hiplevel.model.events import Drop, Event, Gap, Hold, LinkLost, Note, Rep, SetEnded, Step
from hiplevel.model.rules import DropRule

SQUAT = load_exercise("squat")
REPS = [Rep(i, i + 0.5, i + 1, rom_deg=8.0 + i, number=i + 1, set_number=1) for i in range(3)]
DROPS = [Drop(1.0, 1.5, 7.0, "right"), Drop(2.0, 3.0, 9.0, "right"), Drop(4.0, 4.25, 6.0, "left")]


def summary(*events: Event, **other: Any) -> Summary:
    values: dict[str, Any] = {
        "exercise": load_exercise("squat"),
        "stance": "both",
        "rule": DropRule(),
        "duration_s": 60.0,
    }
    return Summary(events=events, **(values | other))


def test_numbers_of_the_known_answer() -> None:
    told = summary(*REPS, *DROPS, SetEnded(0.0, 3.0, 1, 3), Gap(10.0, 13.0), LinkLost(10.0)).to_json()
    assert (told["reps"], told["median_rom_deg"]) == (3, 9.0)
    assert told["drops"]["right"] == {"count": 2, "worst_deg": 9.0, "beyond_limit_s": 1.5}
    assert told["drops"]["left"]["count"] == 1
    assert told["data"]["covered"] == 0.95
    assert (told["data"]["gaps"], told["data"]["gap_s"], told["data"]["links_lost"]) == (1, 3.0, 1)


def test_text_names_the_side_that_fell_and_its_own_limit() -> None:
    text = summary_text(summary(*DROPS, rule=DropRule(5.0, left_deg=4.0)))
    assert "left side: 1 (limit 4°), worst 6.0°" in text
    assert "right side: 2 (limit 5°), worst 9.0°, 1.5 s beyond the limit" in text


def test_simulated_lost_and_clipped_are_never_hidden() -> None:
    text = summary_text(summary(simulated=True, lost_samples=12, clipped_samples=1))
    assert "SIMULATED" in text
    assert "12 samples lost on the way" in text
    assert "1 sample at the sensor's limit" in text
    assert "SIMULATED" not in summary_text(summary())


def test_each_notice_is_said_once_the_files_before_the_pipelines() -> None:
    note = Note(1.0, "Weak signal.", "weak")
    assert summary(note, note, notices=("Never closed.",)).all_notices() == ["Never closed.", "Weak signal."]


def test_holds_and_steps_are_counted_where_there_are_any() -> None:
    text = summary_text(summary(Hold(0.0, 5.0), Step(1.0, "left"), Step(2.0, "right")))
    assert "Holds: 1" in text
    assert "Steps: 2" in text
    assert "Holds" not in summary_text(summary())


def test_a_long_list_of_drops_is_cut_and_says_so() -> None:
    drops = [Drop(float(i), i + 0.5, 6.0, "left") for i in range(MAX_ROWS + 3)]
    assert "and 3 more (--json lists all)" in summary_text(summary(*drops))


def test_nothing_at_all_is_a_summary_too() -> None:
    empty = summary(duration_s=0.0, exercise=None)
    assert empty.to_json()["data"]["covered"] == 0.0
    assert "no exercise named" in summary_text(empty)


def test_what_is_not_counted_is_not_called_zero() -> None:
    assert "Repetitions: not counted without an exercise" in summary_text(summary(exercise=None))
    assert "Repetitions: not counted in walking" in summary_text(summary(exercise=load_exercise("walking")))
    assert "Repetitions: 0" in summary_text(summary(exercise=load_exercise("squat")))


def test_the_summary_ends_with_what_cannot_be_seen() -> None:
    assert (
        summary_text(summary(exercise=load_exercise("standing-abduction")))
        .splitlines()[-1]
        .startswith("Cannot be seen: ")
    )
    assert "Cannot be seen" not in summary_text(summary(exercise=None))

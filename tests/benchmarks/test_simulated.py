"""The ruler of the simulated catalogue: what is counted as right, wrong, extra and missed."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import dataclasses

import pytest

from accuracy_parts import goals, simulated
from hiplevel import Analysis, Rep, analyze
from hiplevel.simulate import EXERCISES, Rest, Still, Work, session

SETS = session([Still(4.0), Work("squat", reps=4), Rest(16.0), Work("squat", reps=3), Still(2.0)], seed=1)
FOUND = analyze(SETS.samples, exercise="squat")


def with_reps(reps: list[Rep]) -> Analysis:
    return dataclasses.replace(FOUND, events=tuple(reps))


def true_reps() -> list[Rep]:
    return [Rep(*times, 20.0, number=k) for k, times in enumerate(SETS.truth.reps.tolist())]


def test_sets_are_compared_one_by_one_and_what_lies_outside_is_put_down_to_its_cause() -> None:
    reps = true_reps()
    counts, extra, _ = simulated._repetitions(with_reps(reps), SETS.truth, "squat")
    assert [(done, found) for done, found, _ in counts] == [(4, 4), (3, 3)]
    assert extra == {}
    rest = next(part for part in SETS.truth.parts if part.exercise == "rest")
    stray = Rep(rest.start_s + 5.0, rest.start_s + 6.0, rest.start_s + 7.0, 10.0)
    counts, extra, _ = simulated._repetitions(with_reps([*reps[1:], stray]), SETS.truth, "squat")
    assert [(done, found) for done, found, _ in counts] == [(4, 3), (3, 3)]
    assert extra == {"rest": 1}


def test_where_nothing_is_to_be_counted_every_repetition_is_extra() -> None:
    counts, extra, _ = simulated._repetitions(with_reps(true_reps()), SETS.truth, "clamshell")
    assert counts == ()
    assert sum(extra.values()) == 7


def test_people_are_scored_and_summed_up() -> None:
    hops, holds = (simulated.outcome((name, "pelvis", 2)) for name in ("sideways-hop", "side-lying-hold"))
    assert not hops.wrong
    assert all(done == found for done, found, _ in hops.sets)
    assert holds.holds[0] == holds.holds[1] == len(holds.hold_errors_s)
    assert "sideways-hop pelvis seed 2" in hops.line
    figures = simulated.table([hops, holds])
    assert figures["sideways-hop"]["exact_percent"] == 100.0
    assert figures["side-lying-hold"]["hold_duration_error_s_median_p90"][0] < 1.0


def test_every_exercise_is_asked_for_and_words_choose_among_them() -> None:
    assert {exercise for exercise, _, _ in simulated.tasks(1)} == set(EXERCISES)
    assert list(simulated.tasks(2, ["wrist"])) == [("generic", "wrist", 0), ("generic", "wrist", 1)]


def test_a_figure_of_the_catalogue_is_judged_by_its_goal() -> None:
    parts = {f"{goal.key}": 97.0 for goal in goals.GOALS if goal.part == "simulated catalogue"}
    judged = goals.judged({"simulated catalogue": parts})
    assert {goal["met"] for goal in judged if "exact" in goal["what"]} == {True}
    assert {goal["met"] for goal in judged if "within one" in goal["what"]} == {False}
    assert len(judged) == len(parts)


@pytest.mark.parametrize("jobs", [1, 2])
def test_processes_come_to_the_same(jobs: int) -> None:
    (one,) = simulated.outcomes([("sideways-hop", "pelvis", 2)], jobs)
    assert one == simulated.outcome(("sideways-hop", "pelvis", 2))

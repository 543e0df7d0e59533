"""The simulated catalogue: every exercise by people who differ, each set compared with its truth.

A set is exact when as many repetitions were counted in it as were done; what is counted outside a set is extra and is
put down to what was being done then. Nothing in `hiplevel.simulate` was fitted to the detectors, but the detectors were
adjusted while looking at people 0 to 19: those are tuning figures, and people from 100 on are for checking only.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from os import cpu_count
from typing import Any

import numpy as np

import hiplevel
from accuracy_parts.score import paired
from hiplevel import Analysis, CompensationStarted, load_exercise, simulate
from hiplevel.simulate import Placement, Truth

WEARERS = 20
# A turn so long before a set begins or after it ends still belongs to it.
MARGIN_S = 0.75
STEP_S = 0.2  # a step is found when it is dated this close
# Where the catalogue says that the pelvis hardly moves, the confidence must say so.
HARDLY_MOVES = ("standing-abduction", "side-lying-abduction")
# Where nothing is to be counted, and rolling back is what is watched: in good form it stays below 5 degrees.
WATCHED = ("clamshell", "side-lying-abduction", "side-lying-hold")
SURE = 0.7
Task = tuple[str, Placement, int]
Sets = tuple[tuple[int, int, float], ...]  # done, found, median confidence


@dataclass(frozen=True)
class Outcome:
    """One person: what was done and found in each set; what was extra, while what; holds and steps."""

    task: Task
    traits: tuple[str, ...]
    minutes: float
    sets: Sets
    extra: dict[str, int] = field(default_factory=dict)
    wrong_side: int = 0
    holds: tuple[int, int, int] = (0, 0, 0)  # done, found, told apart as perhaps resting on one leg
    hold_errors_s: tuple[float, ...] = ()
    steps: tuple[int, int, int, int] = (0, 0, 0, 0)  # done, found, hits, hits of the right side
    passes: tuple[int, int, int, int] = (0, 0, 0, 0)  # done, found, of the right way, with steps within one
    rolls: tuple[int, int] = (0, 0)  # repetitions, and those in which rolling back was told

    @property
    def line(self) -> str:
        """For people."""
        sets = " ".join(f"{found}/{done}" for done, found, _ in self.sets)
        extra = ", ".join(f"{count} extra while {what}" for what, count in self.extra.items())
        name, placement, seed = self.task
        return f"{name} {placement} seed {seed}: sets {sets or '-'} {extra} ({', '.join(self.traits)})"

    @property
    def wrong(self) -> bool:
        """Whether a set is not exact, or anything is extra."""
        return any(done != found for done, found, _ in self.sets) or bool(self.extra)


def tasks(wearers: int = WEARERS, words: Iterable[str] = (), first: int = 0) -> Iterator[Task]:
    """Every exercise, worn on the pelvis; `generic` on limbs as well."""
    wanted = list(words)
    for exercise in simulate.EXERCISES:
        for placement in simulate.PLACEMENTS if exercise == "generic" else simulate.PLACEMENTS[:1]:
            if not wanted or any(word in f"{exercise} {placement}" for word in wanted):
                yield from ((exercise, placement, seed) for seed in range(first, first + wearers))


def outcome(task: Task) -> Outcome:
    """Simulate, analyse, compare."""
    exercise, placement, seed = task
    who = simulate.volunteer(exercise, seed, placement)
    truth, samples = who.made.truth, who.made.samples
    told: dict[str, Any] = {"stance": who.stance, "calibration": who.calibration, "marks": who.marks}
    a = hiplevel.analyze(samples, exercise=exercise, **told)
    minutes = float(samples.time_s[-1] - samples.time_s[0]) / 60.0
    sets, extra, wrong_side = _repetitions(a, truth, exercise)
    done = [(float(s), float(e)) for s, e in truth.holds]
    found = [(hold.start_s, hold.end_s) for hold in a.holds if hold.meant]
    pairs = paired(found, done)
    errors = tuple(found[i][1] - found[i][0] - (done[j][1] - done[j][0]) for i, j in pairs)
    return Outcome(
        task,
        who.traits,
        minutes,
        sets,
        extra,
        wrong_side,
        (len(done), len(found), len(a.holds) - len(found)),
        errors,
        _steps(a, truth),
        _passes(a, truth) if exercise == "lateral-band-walk" else (0, 0, 0, 0),
        _rolls(a, truth) if exercise in WATCHED else (0, 0),
    )


def _repetitions(a: Analysis, truth: Truth, exercise: str) -> tuple[Sets, dict[str, int], int]:
    if not len(truth.reps) or load_exercise(exercise).counting.signal == "none":
        return (), dict(Counter(_doing(rep.turn_s, truth) for rep in a.reps)), 0
    hops = exercise == "sideways-hop"
    sets, inside, wrong_side = [], set[int](), 0
    for start_s, end_s in truth.sets:
        here = [k for k, rep in enumerate(a.reps) if start_s - MARGIN_S <= rep.turn_s <= end_s + MARGIN_S]
        stance = next(part.stance for part in truth.parts if part.start_s <= start_s < part.end_s)
        if stance in ("left", "right"):
            other = "right" if stance == "left" else "left"
            # Hops go out and back by turns, and are named by where they go.
            wrong_side += sum(a.reps[k].side == (stance if hops and n % 2 else other) for n, k in enumerate(here))
        turns = (truth.reps[:, 1] >= start_s) & (truth.reps[:, 1] <= end_s)
        confidence = float(np.median([a.reps[k].confidence for k in here])) if here else 0.0
        sets.append((int(turns.sum()), len(here), confidence))
        inside.update(here)
    outside = [rep for k, rep in enumerate(a.reps) if k not in inside]
    return tuple(sets), dict(Counter(_doing(rep.turn_s, truth) for rep in outside)), wrong_side


def _doing(time_s: float, truth: Truth) -> str:
    part = next((part for part in truth.parts if part.start_s <= time_s < part.end_s), truth.parts[-1])
    known = ("still", "rest", "walking", "sitting", "running")
    return part.exercise if part.exercise in known else "getting into position"


def _steps(a: Analysis, truth: Truth) -> tuple[int, int, int, int]:
    """Within sets only: walking to the place and back is not what is scored."""
    if not truth.steps or not a.steps:
        return (0, 0, 0, 0) if not a.steps else (0, len(a.steps), 0, 0)
    done, found, hits, right = 0, 0, 0, 0
    for start_s, end_s in truth.sets:
        true = [(at, side) for at, side in truth.steps if start_s - STEP_S <= at <= end_s + STEP_S]
        ours = [(s.time_s, s.side) for s in a.steps if start_s - STEP_S <= s.time_s <= end_s + STEP_S]
        pairs = paired(
            [(t - STEP_S / 2, t + STEP_S / 2) for t, _ in ours], [(t - STEP_S / 2, t + STEP_S / 2) for t, _ in true]
        )
        done, found, hits = done + len(true), found + len(ours), hits + len(pairs)
        right += sum(ours[i][1] == true[j][1] for i, j in pairs)
    return done, found, hits, right


def _passes(a: Analysis, truth: Truth) -> tuple[int, int, int, int]:
    """There, with the foot that steps first in front, and back."""
    true = []
    for start_s, end_s in truth.sets:
        steps = [(at, side) for at, side in truth.steps if start_s - 0.01 <= at <= end_s + 0.01]
        there, side = steps[: len(steps) - len(steps) // 2], steps[0][1]
        true.append((there[0][0], there[-1][0], side, len(there)))
        back, other = steps[len(there) :], "right" if side == "left" else "left"
        true.append((back[0][0], back[-1][0], other, len(back)))
    found = [event for event in a.events if isinstance(event, hiplevel.Pass)]
    pairs = paired([(one.start_s, one.end_s) for one in found], [(start_s, end_s) for start_s, end_s, *_ in true])
    right = [(found[i], true[j]) for i, j in pairs if found[i].direction == true[j][2]]
    return len(true), len(found), len(right), sum(abs(one.steps - done[3]) <= 1 for one, done in right)


def _rolls(a: Analysis, truth: Truth) -> tuple[int, int]:
    """Repetitions, or holds, and those in which rolling back was told."""
    told = [e.time_s for e in a.events if isinstance(e, CompensationStarted) and e.what == "roll-back"]
    spans = truth.holds if len(truth.holds) else truth.reps[:, ::2]
    return len(spans), sum(any(start_s - 1.5 <= at <= end_s for at in told) for start_s, end_s in spans)


def outcomes(wanted: Iterable[Task], jobs: int | None = None) -> list[Outcome]:
    """All of them, over so many processes (None: one a core)."""
    jobs = jobs or cpu_count() or 1
    if jobs == 1:
        return [outcome(task) for task in wanted]
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        return list(pool.map(outcome, wanted, chunksize=4))


def table(found: list[Outcome]) -> dict[str, Any]:
    """Figures an exercise and placement."""
    out: dict[str, Any] = {}
    for name in dict.fromkeys((o.task[0], o.task[1]) for o in found):
        own = [o for o in found if o.task[:2] == name]
        label = name[0] if name[1] == "pelvis" else f"{name[0]} on the {name[1]}"
        out[label] = _row(own, hardly=name[0] in HARDLY_MOVES)
    return out


def _row(own: list[Outcome], *, hardly: bool) -> dict[str, Any]:
    row: dict[str, Any] = {}
    sets = [s for o in own for s in o.sets]
    minutes = sum(o.minutes for o in own)
    extra: Counter[str] = sum((Counter(o.extra) for o in own), Counter())
    if sets:
        off = np.array([found - done for done, found, _ in sets])
        row["sets"] = len(sets)
        row["exact_percent"] = round(100.0 * float(np.mean(off == 0)), 1)
        row["within_one_percent"] = round(100.0 * float(np.mean(np.abs(off) <= 1)), 1)
        row["missed_and_extra_in_sets"] = [int(-off[off < 0].sum()), int(off[off > 0].sum())]
        if wrong := sum(o.wrong_side for o in own):
            row["wrong_side"] = wrong
        if hardly:
            wrong_sets = [c for done, found, c in sets if done != found]
            row["not_exact_yet_sure_percent"] = round(100.0 * sum(c >= SURE for c in wrong_sets) / len(sets), 1)
            right_sets = [c for done, found, c in sets if done == found]
            row["exact_yet_unsure_percent"] = round(100.0 * sum(c < SURE for c in right_sets) / len(sets), 1)
    row["extra_outside_sets"] = dict(extra.most_common())
    row["extra_per_min"] = round(sum(extra.values()) / minutes, 2)
    if done := sum(o.holds[0] for o in own):
        errors = np.abs([e for o in own for e in o.hold_errors_s])
        row["holds_done_found_paired"] = [done, sum(o.holds[1] for o in own), len(errors)]
        row["holds_told_apart"] = sum(o.holds[2] for o in own)
        if len(errors):
            row["hold_duration_error_s_median_p90"] = [round(float(np.percentile(errors, p)), 2) for p in (50, 90)]
    steps = np.sum([o.steps for o in own], axis=0)
    if steps[1]:
        row["step_f1"] = round(2.0 * float(steps[2]) / float(steps[0] + steps[1]), 3)
        row["step_side_right"] = round(float(steps[3]) / max(float(steps[2]), 1.0), 3)
    passes = np.sum([o.passes for o in own], axis=0).tolist()
    if passes[0]:
        row["passes_done_found_way_right_steps_within_one"] = passes
    for form in ("good form", "poor form"):
        rolls = np.sum([o.rolls for o in own if form in o.traits] or [(0, 0)], axis=0)
        if rolls[0]:
            row[f"rolling_back_told_in_{form.replace(' ', '_')}_percent"] = round(100.0 * float(rolls[1] / rolls[0]), 1)
    return row


def catalogue(_: object) -> dict[str, Any]:
    """Simulated. 20 people an exercise, in good and poor form, with pauses, attempts and cheating; five mountings."""
    figures = table(outcomes(tasks()))
    return {f"{exercise}: {key}": value for exercise, row in figures.items() for key, value in row.items()}

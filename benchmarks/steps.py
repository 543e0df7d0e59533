"""How well steps and their side are found in real walks: ours, and published algorithms on the same recordings.

    python benchmarks/steps.py --data FOLDER [--json steps.json]

ipol_walk: 10 m, a turn and back, sensor at L5, contacts and feet from sensors on the feet, corrected by hand. The
second index of each pair is the initial contact: it ends the swing. Ours gets the whole recording, as it would live;
mobgap and scikit-digital-health, where they are installed, get the levelled data from one second before the first
contact to one second after the last: what they say while nobody walks is not held against them.

The sensor on the back lost packets in these walks (the packet counter of the published files ends hundreds of packets
after the number of rows), and the recordings as converted are numbered without them: behind a loss the reference is
late, up to seconds. The part "in step" leaves out walks in which that shows: see `in_step`; "losses followed" dates the
reference back by what it was late at the contacts before: see `followed`. In subject4-4-1 and -4-2
every signal says the other foot: their sides are labelled the wrong way round; they are counted as they are, and left
out in one part that says so.
These are tuning figures: the constants were chosen while looking at these files.
"""

import argparse
import json
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import hiplevel
from accuracy_parts.sets import Recording, recordings
from hiplevel.motion.frame import levelling

Floats = NDArray[np.float64]
Found = list[tuple[float, str]]
RATE_HZ = 100.0
SWAPPED = ("subject4-4-1", "subject4-4-2")


@dataclass(frozen=True, eq=False)
class Walk:
    """A recording, its contacts in time order, and when the turn begins."""

    recording: Recording
    contacts: Found
    turn_s: float

    def levelled(self) -> tuple[Floats, Floats, float]:
        """acc_m_s2 and gyr_rad_s (n, 3), x forward, y left, z up, around the contacts; the time of their first row."""
        samples = self.recording.samples
        still = samples.acc_m_s2[: round(RATE_HZ)].mean(axis=0)
        # The sensor is worn with x up and z backward.
        worn = np.array([[0.0, 0.0, -1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
        up = worn @ still / np.linalg.norm(still)
        matrix = levelling(up) @ worn
        first = max(round((self.contacts[0][0] - 1.0) * RATE_HZ), 0)
        rows = slice(first, round((self.contacts[-1][0] + 1.0) * RATE_HZ))
        return samples.acc_m_s2[rows] @ matrix.T, samples.gyr_rad_s[rows] @ matrix.T, first / RATE_HZ


def walks(data: Path) -> list[Walk]:
    """All of ipol_walk, with the contacts that lie within the recording."""
    out = []
    for recording in recordings(data, "ipol_walk"):
        contacts = []
        for side in ("left", "right"):
            at_s = recording.truth[f"{side}_steps"][:, 1] / RATE_HZ
            contacts += [(float(t), side) for t in at_s if t <= recording.samples.time_s[-1]]
        out.append(Walk(recording, sorted(contacts), float(recording.truth["uturn"][0]) / RATE_HZ))
    return out


def ours(walk: Walk) -> Found:
    """hiplevel, causal, the whole recording."""
    return [(s.time_s, s.side) for s in hiplevel.analyze(walk.recording.samples, exercise="walking").steps]


def published() -> dict[str, Callable[[Walk], Found]]:
    """The algorithms of other packages that are installed."""
    out: dict[str, Callable[[Walk], Found]] = {}
    try:
        out |= _mobgap()
    except ImportError:
        print("mobgap is not installed: its algorithms are left out (pip install mobgap).", file=sys.stderr)
    try:
        out |= _skdh()
    except ImportError:
        print("scikit-digital-health is not installed: left out.", file=sys.stderr)
    return out


def _mobgap() -> dict[str, Callable[[Walk], Found]]:
    pandas, contacts_of, sides_of = (
        import_module(name) for name in ("pandas", "mobgap.initial_contacts", "mobgap.laterality")
    )

    def runner(contacts: Any, sides: Callable[[], Any]) -> Callable[[Walk], Found]:
        def run(walk: Walk) -> Found:
            acc, gyr, first_s = walk.levelled()
            turn = np.degrees(gyr)
            columns = {
                "acc_is": acc[:, 2],
                "acc_ml": acc[:, 1],
                "acc_pa": acc[:, 0],
                "gyr_is": turn[:, 2],
                "gyr_ml": turn[:, 1],
                "gyr_pa": turn[:, 0],
            }
            data = pandas.DataFrame(columns)
            found = contacts().detect(data, sampling_rate_hz=RATE_HZ).ic_list_
            told = sides().predict(data, found, sampling_rate_hz=RATE_HZ).ic_lr_list_
            return [(first_s + row.ic / RATE_HZ, row.lr_label) for row in told.itertuples()]

        return run

    def ullrich() -> Any:
        return sides_of.LrcUllrich(**sides_of.LrcUllrich.PredefinedParameters.msproject_all)

    return {
        "mobgap Ionescu, sides Ullrich": runner(contacts_of.IcdIonescu, ullrich),
        "mobgap Shin, sides McCamley": runner(contacts_of.IcdShinImproved, sides_of.LrcMcCamley),
        "mobgap HKLee, sides McCamley": runner(contacts_of.IcdHKLeeImproved, sides_of.LrcMcCamley),
    }


def _skdh() -> dict[str, Callable[[Walk], Found]]:
    gait = import_module("skdh.gait")

    def runner(events: Any) -> Callable[[Walk], Found]:
        def run(walk: Walk) -> Found:
            acc, _, first_s = walk.levelled()
            given = {"time": np.arange(len(acc)) / RATE_HZ, "accel": acc / 9.80665, "fs": RATE_HZ}
            prepared = gait.PreprocessGaitBout().predict(**given, v_axis=2, ap_axis=0)
            result = events().predict(**(given | prepared))
            return [(first_s + float(row) / RATE_HZ, "") for row in result["initial_contacts"]]

        return run

    return {"skdh AP CWT": runner(gait.ApCwtGaitEvents), "skdh vertical CWT": runner(gait.VerticalCwtGaitEvents)}


def matched(found: Found, true: Found, offset_s: float, within_s: float) -> list[tuple[int, int]]:
    """Pairs of indices, nearest first, each used once."""
    pairs = sorted(
        (abs(t - offset_s - at), i, j)
        for i, (t, _) in enumerate(found)
        for j, (at, _) in enumerate(true)
        if abs(t - offset_s - at) <= within_s
    )
    out: dict[int, int] = {}
    for _, i, j in pairs:
        if i not in out and j not in out.values():
            out[i] = j
    return sorted(out.items())


def score(results: list[tuple[Walk, Found]], until: Callable[[Walk], float]) -> dict[str, Any]:
    """F1 within 0.2 s, and within 0.1 s without the median offset; the share of right sides among the first."""
    offsets = [
        found[i][0] - walk.contacts[j][0]
        for walk, found in results
        for i, j in matched(found, walk.contacts, 0.0, 0.2)
        if walk.contacts[j][0] < until(walk)
    ]
    offset_s = float(np.median(offsets)) if offsets else 0.0
    out: dict[str, Any] = {"offset_s": round(offset_s, 3)}
    for name, within_s, shift_s in (("f1_200ms", 0.2, 0.0), ("f1_100ms_offset_removed", 0.1, offset_s)):
        hits = spoken = true = right = 0
        for walk, found in results:
            end_s = until(walk)
            pairs = matched(found, walk.contacts, shift_s, within_s)
            kept = [(i, j) for i, j in pairs if walk.contacts[j][0] < end_s]
            alone = set(range(len(found))) - {i for i, _ in pairs}
            hits += len(kept)
            spoken += len(kept) + sum(found[i][0] - shift_s < end_s for i in alone)
            true += sum(t < end_s for t, _ in walk.contacts)
            right += sum(found[i][1] == walk.contacts[j][1] for i, j in kept)
        out[name] = round(2 * hits / (spoken + true), 3)
        if within_s == 0.2:
            out |= {"precision": round(hits / max(spoken, 1), 3), "recall": round(hits / true, 3), "contacts": true}
            out["side_right"] = (
                round(right / max(hits, 1), 3) if any(s for _, found in results for _, s in found) else None
            )
    return out


def followed(walk: Walk, found: Found) -> Walk:
    """The walk with each contact dated back by how late the reference was at the last three before it, after the turn.

    It is followed by what is scored, foot by foot, so this says whether contacts are found and take turns, and of when
    only how evenly. How much it flatters shows by `strangers`.
    """
    straight = [(i, j) for i, j in matched(found, walk.contacts, 0.0, 0.2) if walk.contacts[j][0] < walk.turn_s - 0.3]
    usual_s = float(np.median([found[i][0] - walk.contacts[j][0] for i, j in straight])) if straight else 0.0
    offsets, contacts = [usual_s] * 3, []
    for at_s, side in walk.contacts:
        now_s = float(np.median(offsets[-3:]))
        near = [t - at_s for t, foot in found if foot in ("", side) and abs(t - at_s - now_s) <= 0.3]
        if near and at_s > walk.turn_s - 0.3:
            offsets.append(min(near, key=lambda away_s: abs(away_s - now_s)))
        contacts.append((at_s + float(np.median(offsets[-3:])) - usual_s, side))
    return replace(walk, contacts=contacts)


def strangers(all_walks: list[Walk], found: list[Found]) -> list[Found]:
    """For each walk what was found in one of another person, from the first contact on: what agrees by chance."""
    out = []
    for walk in all_walks:
        name = walk.recording.name.split("-")[0]
        other = next(k for k, one in enumerate(all_walks) if one.recording.name.split("-")[0] != name and found[k])
        out.append([(t + walk.contacts[0][0] - found[other][0][0], side) for t, side in found[other]])
    return out


def in_step(walk: Walk, everyone: list[Found]) -> bool:
    """Whether the reference keeps the sensor's time on the way back: some algorithm agrees with it there.

    Some, not ours alone: the median distance of its contacts to the reference, straight on, is below 60 ms for any.
    """
    back = [t for t, _ in walk.contacts if t > walk.recording.truth["uturn"][1] / RATE_HZ]
    if len(back) < 6:
        return False
    distance = []
    for found in everyone:
        if not found:
            continue
        time_s = np.array([t for t, _ in found])
        offset_s = np.median([time_s[np.argmin(np.abs(time_s - t))] - t for t, _ in walk.contacts[2:10]])
        late = [np.min(np.abs(time_s - offset_s - t)) for t in back[-8:-2]]
        distance.append(float(np.median(late)))
    return min(distance) < 0.06


def main() -> int:
    """Run everything that is installed and print one table a part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with ipol_walk.npz")
    parser.add_argument("--json", type=Path, default=Path("steps.json"), help="where the figures go")
    options = parser.parse_args()
    if not (options.data / "ipol_walk.npz").is_file():
        print(
            f"There is no ipol_walk.npz in {options.data}; docs/accuracy.md says where it comes from.", file=sys.stderr
        )
        return 2
    warnings.simplefilter("ignore")
    all_walks = walks(options.data)
    algorithms = {"hiplevel": ours, **published()}
    found = {name: [run(walk) for walk in all_walks] for name, run in algorithms.items()}
    kept = [k for k, walk in enumerate(all_walks) if in_step(walk, [each[k] for each in found.values()])]
    everything = range(len(all_walks))
    parts = {
        "as converted, all walks": (everything, lambda _: np.inf),
        "first legs, all walks": (everything, lambda walk: walk.turn_s - 0.3),
        "first legs, without the two walks whose sides are swapped": (
            [k for k in everything if all_walks[k].recording.name not in SWAPPED],
            lambda walk: walk.turn_s - 0.3,
        ),
        f"in step, {len(kept)} of {len(all_walks)} walks": (kept, lambda _: np.inf),
    }
    results: dict[str, Any] = {"hiplevel": hiplevel.__version__, "kind": "tuning figures"}
    for part, (rows, until) in parts.items():
        print(f"\n{part}")
        results[part] = {}
        for name, each in found.items():
            figures = score([(all_walks[k], each[k]) for k in rows], until)
            results[part][name] = figures
            print(f"  {name:30} " + "  ".join(f"{key} {value}" for key, value in figures.items()))
    part = "losses followed, without the two walks whose sides are swapped"
    print(f"\n{part}")
    unswapped = [k for k in everything if all_walks[k].recording.name not in SWAPPED]
    results[part] = {}
    for name, each in {**found, "another person's steps": strangers(all_walks, found["hiplevel"])}.items():
        figures = score([(followed(all_walks[k], each[k]), each[k]) for k in unswapped], lambda _: np.inf)
        results[part][name] = figures
        print(f"  {name:30} " + "  ".join(f"{key} {value}" for key, value in figures.items()))
    late_s = [
        all_walks[k].contacts[-1][0] - followed(all_walks[k], found["hiplevel"][k]).contacts[-1][0] for k in unswapped
    ]
    results["late at the end, s"] = sorted(round(one, 2) for one in late_s)
    print(f"\nlate at the end by more than 60 ms: {sum(one > 0.06 for one in late_s)} of {len(late_s)} walks, ", end="")
    print(f"early: {sum(one < -0.06 for one in late_s)}; from {min(late_s):.2f} to {max(late_s):.2f} s")
    results["not in step"] = [w.recording.name for k, w in enumerate(all_walks) if k not in kept]
    options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

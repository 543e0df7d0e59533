"""How fast `hiplevel cohort` goes through many recordings, as ratios measured in one run on one machine.

    python benchmarks/many_recordings.py [--recordings 60] [--minutes 4] [--jobs 2] [--json cohort.json]

The recordings are simulated: sets of ten with rests, each exercise in turn, each a different person. The command is
run as a person runs it, its start included, with a home of its own: by one process, by `--jobs`, and a second time with
all results kept. Times are wall time, the least of three runs, for several processes are to be compared with one; on a
machine that does something else besides they say little.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from hiplevel import DropRule, simulate
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.writer import RecordingWriter

EXERCISES = ("pelvic-drop", "single-leg-squat", "side-lying-abduction", "lateral-band-walk", "walking", "generic")
RATE_HZ = 100.0
STARTED_NS = 1_750_000_000_000_000_000
RUNS = 3
HOMES = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "LOCALAPPDATA")


def record(folder: Path, count: int, minutes: float) -> None:
    """So many people, one recording each: simulated."""
    for number, exercise in enumerate(islice(cycle(EXERCISES), count)):
        wearer = simulate.wearer(exercise, stance="left", seed=number)
        info = RecordingInfo(
            client=f"sim-{number:03}",
            exercise=exercise,
            stance="left",
            rule=DropRule(6.0),
            started_ns=STARTED_NS,
            utc_offset_min=0,
            simulated=True,
            seed=number,
            source="import",
        )
        with RecordingWriter(folder / f"sim-{number:03}.mcap", info) as writer:
            writer.samples(wearer.take(round(minutes * 60.0 * RATE_HZ)))


def wall_s(folder: Path, cache: Path, jobs: int, *told: str) -> float:
    """One run of the command, s."""
    words = ["cohort", str(folder), "--jobs", str(jobs), "-o", str(cache / "table.csv"), *told]
    begun = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-m", "hiplevel", *words],
        env={**os.environ, **dict.fromkeys(HOMES, str(cache))},
        capture_output=True,
        text=True,
    )
    if ran.returncode:
        raise SystemExit(f"hiplevel cohort ended with {ran.returncode}: {ran.stderr}")
    return time.perf_counter() - begun


def least_s(folder: Path, cache: Path, jobs: int, *told: str) -> float:
    """The least of several runs, s."""
    return min(wall_s(folder, cache, jobs, *told) for _ in range(RUNS))


def measured(count: int, minutes: float, jobs: int) -> dict[str, Any]:
    """All of it. --fresh looks at nothing that was kept, and keeps what it finds."""
    with tempfile.TemporaryDirectory() as made:
        folder, cache = Path(made) / "recordings", Path(made) / "cache"
        folder.mkdir()
        cache.mkdir()
        record(folder, count, minutes)
        one_s = least_s(folder, cache, 1, "--fresh")
        many_s = least_s(folder, cache, jobs, "--fresh")
        kept_s = least_s(folder, cache, jobs)
        return {
            "recordings": count,
            "minutes each": minutes,
            "processors": os.cpu_count(),
            "recordings a second, 1 process": count / one_s,
            f"recordings a second, {jobs} processes": count / many_s,
            "recordings a second, kept": count / kept_s,
            f"{jobs} processes are so many times as fast as 1": one_s / many_s,
            "kept is so many times as fast as computed": many_s / kept_s,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--recordings", type=int, default=60)
    parser.add_argument("--minutes", type=float, default=4.0, help="of each recording")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path)
    told = parser.parse_args()
    figures = measured(told.recordings, told.minutes, told.jobs)
    for name, value in figures.items():
        print(f"{name:50} {value:.2f}" if isinstance(value, float) else f"{name:50} {value}")
    if told.json:
        told.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

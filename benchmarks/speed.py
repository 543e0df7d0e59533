"""How fast hiplevel is, as ratios to what it stands on, measured in one run on one machine.

    python benchmarks/speed.py [--minutes 60] [--json speed.json]

Times are CPU seconds of this process, the least of several runs, so that a busy machine disturbs them little; a live
block and the start of a command are what a person waits for, so those are wall time.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from mcap.stream_reader import StreamReader
from vqf import VQF

import hiplevel
from hiplevel import DropRule, Samples, simulate
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.writer import RecordingWriter
from hiplevel.sensors.spec import load_spec

EXERCISE, STANCE, RATE_HZ = "pelvic-drop", "left", 100.0
RUNS = 5
EACH_MINUTES = 15.0  # of each exercise
STARTED_NS = 1_750_000_000_000_000_000
LATENCY_NS = 20_000_000


def simulated_hour(minutes: float, exercise: str = EXERCISE) -> Samples:
    """Sets of ten with rests, as someone training does them: simulated."""
    wearer = simulate.wearer(exercise, stance=STANCE, seed=1)
    return wearer.take(round(minutes * 60.0 * RATE_HZ))


def least_cpu_s(work: Callable[[], object], runs: int = RUNS) -> float:
    """The least CPU time of several runs, s."""
    times = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def vqf_alone(samples: Samples) -> None:
    """What nobody can do without."""
    VQF(1.0 / RATE_HZ).updateBatch(samples.gyr_rad_s, samples.acc_m_s2)


def analysis(samples: Samples) -> dict[str, Any]:
    """One hour through `analyze`, against VQF on the same arrays: angles and drops, and with counting on top."""
    out: dict[str, Any] = {"vqf_s": least_cpu_s(lambda: vqf_alone(samples))}
    out["ratio, no exercise"] = against_vqf(samples, None)
    return out | {f"ratio, {EXERCISE}": against_vqf(samples, EXERCISE), "goal": 3.0}


def against_vqf(samples: Samples, exercise: str | None) -> float:
    """What `analyze` takes, as a ratio to VQF on the same arrays; both in turn, for a busy machine slows both."""

    def whole() -> None:
        hiplevel.analyze(samples, exercise=exercise, stance=STANCE, rule=DropRule(8.0))

    times = [(least_cpu_s(lambda: vqf_alone(samples), 1), least_cpu_s(whole, 1)) for _ in range(RUNS)]
    return min(own for _, own in times) / min(alone for alone, _ in times)


def exercises(minutes: float) -> dict[str, Any]:
    """Every exercise of the catalogue, on sets of its own: simulated."""
    ratios = {
        exercise.id: against_vqf(simulated_hour(minutes, exercise.id), exercise.id)
        for exercise in hiplevel.list_exercises()
    }
    slowest = max(ratios, key=lambda name: ratios[name])
    beyond = sum(ratio > 3.0 for ratio in ratios.values())
    return ratios | {
        "slowest": f"{slowest}, {ratios[slowest]:.2f}",
        "above the goal of 3": f"{beyond} of {len(ratios)}",
    }


def reading(samples: Samples, folder: Path) -> dict[str, Any]:
    """One hour from its recording to events, against mcap's StreamReader on the same file plus VQF."""
    path = write_recording(samples, folder / "hour.mcap")

    def stream_reader() -> None:
        with path.open("rb") as stream:
            for _ in StreamReader(stream).records:
                pass

    def read_and_analyse() -> None:
        recording = hiplevel.open_recording(path)
        hiplevel.analyze(recording.samples, exercise=EXERCISE, stance=STANCE, rule=DropRule(8.0))

    alone = least_cpu_s(stream_reader, 3) + least_cpu_s(lambda: vqf_alone(samples), 3)
    whole = least_cpu_s(read_and_analyse, 3)
    return {
        "stream_reader_and_vqf_s": alone,
        "read_and_analyse_s": whole,
        "ratio": whole / alone,
        "goal": 3.0,
        "megabytes": path.stat().st_size / 1e6,
    }


def write_recording(samples: Samples, path: Path) -> Path:
    """The samples as the reference sensor would have sent them: simulated."""
    spec = load_spec("hiplevel.reference")
    info = RecordingInfo(
        spec_id=spec.id, spec_toml=spec.toml_text, started_ns=STARTED_NS, simulated=True, source="simulation"
    )
    encoder = spec.encoder()
    with RecordingWriter(path, info) as writer:
        step = round(RATE_HZ)
        for at in range(0, len(samples), step):
            rows = slice(at, at + step)
            packets = encoder.encode(samples.acc_m_s2[rows], samples.gyr_rad_s[rows], at)
            begun_ns = STARTED_NS + round(at / RATE_HZ * 1e9) + LATENCY_NS
            for number, (alias, payload) in enumerate(packets):
                writer.notification(alias, payload, begun_ns + number * 50_000_000)
    return path


def live_blocks(samples: Samples) -> dict[str, Any]:
    """Ten samples at a time, as a sensor sends them: wall time of each block."""
    pipeline = hiplevel.Pipeline(exercise=EXERCISE, stance=STANCE, rule=DropRule(8.0))
    blocks = [samples[at : at + 10] for at in range(0, min(len(samples), 60_000), 10)]
    times_ms = []
    for block in blocks:
        begun = time.perf_counter()
        pipeline.process(block)
        times_ms.append((time.perf_counter() - begun) * 1e3)
    p50, p99 = np.percentile(times_ms, [50, 99])
    return {"blocks": len(blocks), "p50_ms": float(p50), "p99_ms": float(p99), "goal_p99_ms": 1.0}


def starts() -> dict[str, Any]:
    """Wall time from nothing to `import hiplevel` and to the help text, the bare interpreter's start included."""
    return {
        "python_s": _wall_s("pass"),
        "import_hiplevel_s": _wall_s("import hiplevel"),
        "import_goal_s": 0.3,
        "help_s": _wall_s("import sys; sys.argv = ['hiplevel', '--help']; import hiplevel.cli.main as m; m.main()"),
        "help_goal_s": 0.5,
    }


def _wall_s(code: str) -> float:
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
        times.append(time.perf_counter() - begun)
    return float(np.median(times))


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0, help="length of the simulated session")
    parser.add_argument("--json", type=Path, default=Path("speed.json"), help="where the figures go")
    options = parser.parse_args()
    print("... simulating", file=sys.stderr)
    samples = simulated_hour(options.minutes)
    with tempfile.TemporaryDirectory() as folder:
        results = {
            "analysis": analysis(samples),
            "analysis, each exercise as a ratio to VQF": exercises(min(options.minutes, EACH_MINUTES)),
            "reading and analysis": reading(samples, Path(folder)),
            "live blocks of 10 samples": live_blocks(samples),
            "starting": starts(),
        }
    for name, figures in results.items():
        print(f"\n{name}")
        for key, value in figures.items():
            print(f"  {key:26} {value:.3f}" if isinstance(value, float) else f"  {key:26} {value}")
    options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

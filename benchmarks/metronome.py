"""What the metronome's check sees where the pelvis hardly moves, and what it sees where nothing is done (simulated)."""

import argparse
from collections import Counter

import numpy as np

from hiplevel import Analysis, analyze, simulate
from hiplevel.detect.metronome import Metronome
from hiplevel.model.events import Event
from hiplevel.model.metronome import BeatChecked, MetronomeStarted, MetronomeStopped
from hiplevel.pipeline import MotionOutput
from hiplevel.simulate import Still, Work

PERIODS_S = (3.0, 4.0, 6.0)
SWINGS_DEG = (0.25, 0.5, 1.0, 2.0)
STAND_S = 60.0


def followed(analysis: Analysis, start_s: float, stop_s: float, period_s: float) -> Counter[str]:
    """What followed the beats of a metronome over this part of a session; counted repetitions are left out."""
    names = ("time_s", "obliquity_deg", "tilt_deg", "obliquity_sigma_deg", "tilt_sigma_deg")
    metronome = Metronome("hardly")
    metronome.take(MotionOutput(*(getattr(analysis, name) for name in names)))
    half_s = 0.5 * period_s
    events: list[Event] = [
        MetronomeStarted(start_s, half_s, 0.0, half_s, 0.0, known_s=start_s),
        MetronomeStopped(stop_s, known_s=stop_s),
    ]
    found = [*metronome.process(events), *metronome.advance(float("inf"))]
    return Counter(beat.found for beat in found if isinstance(beat, BeatChecked))


def standing(seed: int, *, one_leg: bool) -> tuple[Analysis, float, float]:
    """Nothing is done: a stand, and when it begins and ends."""
    segments = [Still(5.0), Work("single-leg-stand", reps=1, hold_s=STAND_S) if one_leg else Still(STAND_S)]
    made = simulate.session(segments, seed=seed)
    begun_s, over_s = made.truth.holds[0] if one_leg else (5.0, 5.0 + STAND_S)
    return analyze(made.samples), begun_s + 3.0, over_s - 2.0


def with_swings(swing_deg: float, period_s: float, seed: int) -> Counter[str]:
    """A stand on one leg whose angles swing to and fro by so much with the beat: good form, seen from the pelvis."""
    analysis, start_s, stop_s = standing(seed, one_leg=True)
    swing = 0.5 * swing_deg * np.sin(2.0 * np.pi * (analysis.time_s - start_s) / period_s)
    return followed(
        Analysis(
            analysis.events,
            analysis.time_s,
            analysis.obliquity_deg + swing,
            analysis.tilt_deg,
            analysis.obliquity_sigma_deg,
            analysis.tilt_sigma_deg,
        ),
        start_s,
        stop_s,
        period_s,
    )


def share(counts: Counter[str]) -> str:
    """Beats taken for movement."""
    beats = counts.total()
    return f"{counts['moving']} of {beats} ({100.0 * counts['moving'] / beats:.0f} %)"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wearers", type=int, default=10, help="how many simulated people a figure")
    seeds = range(parser.parse_args().wearers)
    print("# The metronome's check (simulated)\n\nMade by `python benchmarks/metronome.py`.\n")
    print("Beats taken for movement while **nothing is done**, standing quietly:\n")
    print("| beat | on both feet | on one leg |\n| --- | --- | --- |")
    for period_s in PERIODS_S:
        cells = []
        for one_leg in (False, True):
            stands = (standing(seed, one_leg=one_leg) for seed in seeds)
            cells.append(share(sum((followed(*stand, period_s) for stand in stands), Counter())))
        print(f"| {period_s:g} s | {' | '.join(cells)} |")
    print("\nBeats seen followed when the pelvis **swings with the beat** on one leg, to and fro by:\n")
    print(f"| beat | {' | '.join(f'{swing:g}°' for swing in SWINGS_DEG)} |\n|{' --- |' * (len(SWINGS_DEG) + 1)}")
    for period_s in PERIODS_S:
        row = [share(sum((with_swings(swing, period_s, seed) for seed in seeds), Counter())) for swing in SWINGS_DEG]
        print(f"| {period_s:g} s | {' | '.join(row)} |")


if __name__ == "__main__":
    main()

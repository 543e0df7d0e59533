"""How well a stand teaches the gyroscope's bias, on real people about to walk and on simulated ones.

    python benchmarks/standing.py --data FOLDER [--wearers 20]

Nobody knows the bias of a real sensor, but it hardly changes from one recording of a person to the next: what an
estimate of it varies by is the estimate's own error, and a little more. The folder is that of `accuracy.py`, of which
`ipol_walk` is read. A simulated sensor has no bias at all, so that all that is found is error.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from accuracy_parts.sets import Floats, recordings
from hiplevel import Samples, simulate
from hiplevel.motion.standing import standing_bias
from hiplevel.motion.stillness import BEAT_CELLS, STILL_BEATS, StillParams, beat_stats, is_still, resting_rate
from hiplevel.simulate import ImuErrors

LEAST_BEATS, MOST_BEATS = 2 * STILL_BEATS, 3 * STILL_BEATS
# Columns of the table: axes of the sensor of ipol_walk, which is worn with x up and z at the back.
REAL_AXES = {"about the left-right axis": 1, "about the forward axis": 2}
SIMULATED_AXES = {"about the left-right axis": 1, "about the forward axis": 0}

Found = dict[str, Floats]


def found(samples: Samples) -> Found | None:
    """The bias (3,), rad/s, by each way; None where nobody stands still for two seconds at the beginning.

    The samples are taken as cells: both sets come at 100 Hz.
    """
    params = StillParams()
    beats = beat_stats(samples.acc_m_s2, samples.gyr_rad_s)
    stood = STILL_BEATS
    while stood < min(len(beats), MOST_BEATS) and is_still(beats[: stood + 1], params):
        stood += 1
    if stood < LEAST_BEATS or not is_still(beats[:stood], params):
        return None
    rows = slice(0, stood * BEAT_CELLS)
    bias, _ = standing_bias(samples.acc_m_s2[rows], samples.gyr_rad_s[rows], *resting_rate(beats[:stood], params))
    return {
        "mean rate of a second": resting_rate(beats[:STILL_BEATS], params)[0],
        "mean rate of the stand": resting_rate(beats[:stood], params)[0],
        "found by hiplevel": bias,
    }


def of_walkers(data: Path) -> Mapping[str, list[Found]]:
    """Of each person what their recordings gave."""
    people: dict[str, list[Found]] = defaultdict(list)
    for recording in recordings(data, "ipol_walk"):
        one = found(recording.samples)
        if one is not None:
            people[recording.name.split("_")[0].split("-")[0]].append(one)
    return people


def simulated(wearers: int) -> Iterator[Found]:
    """Of people who sway, with a perfect sensor worn straight."""
    for seed in range(wearers):
        one = found(simulate.exercise("pelvic-drop", stance="left", reps=1, seed=seed, imu=ImuErrors.none()).samples)
        if one is not None:
            yield one


def within(people: Mapping[str, list[Found]], how: str, axis: int) -> float:
    """Standard deviation within a person, degrees/s."""
    squares, free = 0.0, 0
    for ones in people.values():
        rates = np.degrees([one[how][axis] for one in ones])
        squares, free = squares + float(np.square(rates - rates.mean()).sum()), free + len(ones) - 1
    return float(np.sqrt(squares / free))


def main() -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with ipol_walk.npz")
    parser.add_argument("--wearers", type=int, default=20, help="simulated people")
    options = parser.parse_args()
    people, swaying = of_walkers(options.data), list(simulated(options.wearers))
    hows = list(swaying[0])
    stands = sum(map(len, people.values()))
    print(f"ipol_walk, {stands} stands of {len(people)} people: differs within a person, degrees/s")
    for how in hows:
        print(f"  {how:24}", *(f"{name} {within(people, how, axis):.3f}  " for name, axis in REAL_AXES.items()))
    print(f"{len(swaying)} simulated people with a perfect sensor: error, degrees/s rms")
    for how in hows:
        errors = np.degrees([one[how] for one in swaying])
        rms = np.sqrt(np.mean(np.square(errors), axis=0))
        print(f"  {how:24}", *(f"{name} {rms[axis]:.3f}  " for name, axis in SIMULATED_AXES.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())

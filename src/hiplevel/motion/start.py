"""The start: hold cells back while a still stand gives neutral and gyroscope bias, or until it is too late for one.

A body at rest sways, and over three seconds much of that evens out which one second takes for level and for bias. So
the whole stand counts, from its first still second on: until the body moves, or nobody can wait any longer.
"""

from dataclasses import dataclass, field

import numpy as np

from hiplevel.model.errors import InputError, Reason
from hiplevel.model.events import Gap
from hiplevel.model.samples import Floats
from hiplevel.motion.frame import GRAVITY_M_S2
from hiplevel.motion.grid import CELL_S, Cells, joined
from hiplevel.motion.orientation import PART_RAD_S
from hiplevel.motion.standing import standing_bias
from hiplevel.motion.stillness import (
    BEAT_CELLS,
    BEAT_S,
    STILL_BEATS,
    Beats,
    StillParams,
    beat_stats,
    has_settled,
    is_still,
    resting_rate,
    unrest,
)

# Beyond these a sensor is scaled badly; within, one sigma of its scale, and of what a body gains in speed meanwhile.
ORDINARY = (8.0, 12.0)
SCALE_M_S2, SPEED_M_S = 0.3, 0.3
PLAUSIBLE = (4.0, 20.0)


ONSET_BEATS = 2  # a movement begins slowly, before it shows
CALM_SHARE = 0.2  # squatting shakes gravity less than this, steps and jumps more


@dataclass(frozen=True)
class StartParams:
    """How long to look for how long a stillness."""

    wait_s: float = 3.0
    still: StillParams = field(default_factory=StillParams)
    # Where no neutral is needed and movement has begun, so much gives the attitude: there is nothing more to wait for.
    hurry_beats: int | None = None
    # One sigma of what parts are off by, generously, and of a bias that nothing is known of.
    part_rad_s: float = float(np.radians(1.5))
    bias_sigma_rad_s: float = PART_RAD_S


@dataclass(frozen=True, eq=False)
class Start:
    """What the start taught, from the cells in [start_s, end_s], and when it was certain.

    gravity as this sensor reads it, bias (3,) with its sigma, whether the sensor was still, the rows of the last run
    held to take gravity from, and those in which it was quietest.
    """

    gravity_m_s2: float
    bias_rad_s: Floats
    bias_sigma_rad_s: float
    still: bool
    rows: slice
    quiet: slice
    start_s: float
    end_s: float
    known_s: float
    calm: bool  # gravity was read at rest, or in movement that hardly shook it


class StartGate:
    """Holds runs of cells and the gaps between them; `process` returns (start, all held) once it opens."""

    def __init__(self, params: StartParams | None = None) -> None:
        self.params = params or StartParams()
        self._past: list[Cells | Gap] = []
        self._run: list[Cells] = []
        self._count = 0  # cells of the run
        self._past_count = 0
        self._judged = 0  # beats of the run
        self._stood: tuple[int, int] | None = None  # the stand that goes on: its first beat, and that after its last

    def process(self, item: Cells | Gap) -> tuple[Start, list[Cells | Gap]] | None:
        """Add cells; the end of a still stand, or the last chance for one, opens the gate."""
        if isinstance(item, Gap):
            if self._stood is not None:
                start, held = self._of(self._stood)
                return start, [*held, item]
            self._past += [self._joined_run(), item] if self._run else [item]
            self._past_count += self._count
            self._run, self._count, self._judged = [], 0, 0
            return None
        self._run.append(item)
        self._count += len(item.time_s)
        if self._count // BEAT_CELLS <= self._judged:
            return None
        run = self._joined_run()
        last = self._last_beat()
        judged = slice(0, last * BEAT_CELLS)
        beats = beat_stats(run.acc_m_s2[judged], run.gyr_rad_s[judged])
        for beat in range(self._judged + 1, min(len(beats), last) + 1):
            goes_on = self._goes_on(beats[:beat], last)
            if self._stood is not None and (not goes_on or beat == last):
                first, end = self._stood
                settled = end if goes_on else max(end - ONSET_BEATS, first + STILL_BEATS)
                return self._open(run, beats[:beat], first, settled)
            if self._stood is None and self._hurries(beats[:beat]):
                return self._quietest(run, beats[:beat])
        self._judged = len(beats)
        return self._quietest(run, beats) if len(beats) >= last else None

    def finish(self) -> tuple[Start, list[Cells | Gap]] | None:
        """Open with what there is; None when nothing was held."""
        after = list[Cells | Gap]()
        while not self._run:  # the recording ends right after a gap: the run before it is the last
            if not self._past:
                return None
            item = self._past.pop()
            if isinstance(item, Gap):
                after.insert(0, item)
            else:
                self._run, self._count, self._past_count = [item], len(item.time_s), self._past_count - len(item.time_s)
        if self._stood is not None:
            return self._of(self._stood)
        run = self._joined_run()
        beats = beat_stats(run.acc_m_s2, run.gyr_rad_s)
        if len(beats) > 0:
            start, held = self._quietest(run, beats)
            return start, [*held, *after]
        rows, sigma = (0, self._count, self._count), self.params.bias_sigma_rad_s
        start = self._start(run.acc_m_s2.mean(axis=0), np.zeros(3), sigma, run, rows, still=False)
        return start, [*self._past, run, *after]

    def _of(self, stood: tuple[int, int]) -> tuple[Start, list[Cells | Gap]]:
        """With a stand that something else than a movement ended."""
        run = self._joined_run()
        return self._open(run, beat_stats(run.acc_m_s2, run.gyr_rad_s)[: self._judged], *stood)

    def _goes_on(self, beats: Beats, last: int) -> bool:
        """Whether a stand begins or goes on with the last of these beats; then it reaches as far."""
        first = len(beats) - STILL_BEATS if self._stood is None else self._stood[0]
        begins = self._stood is None and self._stands(beats, last)
        goes_on = begins or (self._stood is not None and is_still(beats[first:], self.params.still))
        if begins:  # wrong units are told of at once
            check_gravity(float(np.linalg.norm(beats.acc_mean[first:].mean(axis=0))), sure=True)
        if goes_on:
            self._stood = first, len(beats)
        return goes_on

    def _stands(self, beats: Beats, last: int) -> bool:
        """Whether they end with a still second; the first one of all, and the last chance, are no tail of movement."""
        if len(beats) in (STILL_BEATS, last):
            return len(beats) >= STILL_BEATS and is_still(beats[-STILL_BEATS:], self.params.still)
        return has_settled(beats, self.params.still)

    def _hurries(self, beats: Beats) -> bool:
        """Whether movement has begun and nothing but the attitude is wanted."""
        least = self.params.hurry_beats
        if least is None or len(beats) < least or is_still(beats[-1:], self.params.still):
            return False
        # What is no ordinary gravity may be a turn of a quick movement: over a longer time that evens out.
        reading = float(np.linalg.norm(beats.acc_mean, axis=1).mean())
        return ORDINARY[0] < reading < ORDINARY[1]

    def _last_beat(self) -> int:
        """The beat of this run that is the last chance."""
        return max(1, int(self.params.wait_s / BEAT_S) - self._past_count // BEAT_CELLS)

    def _joined_run(self) -> Cells:
        self._run = [joined(self._run)]
        return self._run[0]

    def _quietest(self, run: Cells, beats: Beats) -> tuple[Start, list[Cells | Gap]]:
        last = min(len(beats), self._last_beat())
        window = min(STILL_BEATS, last)
        best = min(range(window, last + 1), key=lambda end: (unrest(beats[end - window : end]), end))
        return self._open(run, beats, best - window, best)

    def _open(self, run: Cells, beats: Beats, first: int, end: int) -> tuple[Start, list[Cells | Gap]]:
        """With the neutral of some of these beats, the last of which opened the gate."""
        window = beats[first:end]
        still = len(window) >= STILL_BEATS and is_still(window, self.params.still)
        rows = (first * BEAT_CELLS, end * BEAT_CELLS, len(beats) * BEAT_CELLS)
        bias, sigma = np.zeros(3), self.params.bias_sigma_rad_s
        if still:
            stood = slice(*rows[:2])
            bias, sigma = standing_bias(run.acc_m_s2[stood], run.gyr_rad_s[stood], *self._bias(window))
        start = self._start(window.acc_mean.mean(axis=0), bias, sigma, run, rows, still=still)
        return start, [*self._past, run]

    def _bias(self, window: Beats) -> tuple[Floats, float]:
        """What a stand's mean rate says of the gyroscope's bias, and its sigma."""
        rate, sigma = resting_rate(window, self.params.still)
        # Real parts are off by up to a few degrees/s: against that, what was seen weighs nearly all.
        weight = self.params.part_rad_s**2 / (self.params.part_rad_s**2 + sigma**2)
        return weight * rate, sigma

    def _start(
        self, acc: Floats, bias: Floats, sigma: float, run: Cells, rows: tuple[int, int, int], *, still: bool
    ) -> Start:
        first, end, known = rows
        # Without a still second the mean over a longer time comes closer to gravity than any one second of moving.
        sizes = np.linalg.norm(run.acc_m_s2[:known], axis=1)
        reading = float(np.linalg.norm(acc) if still else sizes.mean())
        calm = still or float(sizes.std()) < CALM_SHARE * reading
        check_gravity(reading, sure=still)
        gravity = reading if still else _likely_gravity(reading, known * CELL_S)
        first_s, end_s, known_s = (float(run.time_s[row]) for row in (first, end - 1, known - 1))
        quiet = slice(first, end)
        rows_used = quiet if still else slice(0, known)
        return Start(gravity, bias, sigma, still, rows_used, quiet, first_s, end_s, known_s, calm)


def _likely_gravity(reading_m_s2: float, lasted_s: float) -> float:
    """Gravity as a sensor reads it whose movement is in the reading too: the less, the longer it lasted."""
    if not ORDINARY[0] < reading_m_s2 < ORDINARY[1]:
        return reading_m_s2
    moved_m_s2 = SPEED_M_S / lasted_s
    share = SCALE_M_S2**2 / (SCALE_M_S2**2 + moved_m_s2**2)
    return GRAVITY_M_S2 + share * (reading_m_s2 - GRAVITY_M_S2)


def check_gravity(reading_m_s2: float, *, sure: bool) -> None:
    """Refuse an accelerometer whose gravity cannot be m/s2; `sure` when the sensor was at rest.

    Raises
    ------
    InputError
        with reason UNITS, offering the unit it looks like.
    """
    if PLAUSIBLE[0] <= reading_m_s2 <= PLAUSIBLE[1]:
        return
    for unit, factor in (("g", GRAVITY_M_S2), ("mg", GRAVITY_M_S2 / 1000.0)):
        if 0.7 <= reading_m_s2 * factor / GRAVITY_M_S2 <= 1.4:
            raise InputError(
                f"Gravity reads {reading_m_s2:.4g} where 9.81 m/s2 is expected: the accelerometer is in {unit}.",
                Reason.UNITS,
                f'Use Samples.from_units(..., acc_unit="{unit}") or --acc-unit {unit}, or multiply by {factor:.6g}.',
            )
    if not sure and 1.0 < reading_m_s2 < 100.0:
        return  # a few moments of jumping
    raise InputError(
        f"Gravity reads {reading_m_s2:.4g} where 9.81 m/s2 is expected, and this is neither g (1) nor mg (1000).",
        Reason.UNITS,
        "Give the accelerometer in m/s2, with gravity in it.",
    )

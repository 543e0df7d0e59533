"""The uniform grid: exact means, honest gaps, refused clocks."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiplevel import Gap, InputError, Samples
from hiplevel.model.errors import Reason
from hiplevel.motion.grid import CELL_S, Cells, Grid, between, joined
from motion.analytic import clock


def signal(time_s: np.ndarray, seed: int = 0) -> Samples:
    """Something that moves on every axis, gravity among it."""
    rng = np.random.default_rng(seed)
    hz = rng.uniform(0.3, 9.0, 6)
    wave = np.sin(2.0 * np.pi * time_s[:, None] * hz + rng.uniform(0.0, 6.0, 6)) * rng.uniform(0.1, 20.0, 6)
    return Samples(time_s, wave[:, :3] + [0.0, 0.0, 9.81], wave[:, 3:])


def jittered(rate_hz: float, duration_s: float, share: float, seed: int) -> np.ndarray:
    """Stamps at a mean rate, each off by up to share of a period (share < 0.5: they stay in order)."""
    n = round(duration_s * rate_hz)
    return (np.arange(n) + share * np.random.default_rng(seed).uniform(-1.0, 1.0, n)) / rate_hz


def fed(grid: Grid, samples: Samples, cut: int) -> list[Cells | Gap]:
    """What the grid gives when it gets the samples in blocks of `cut`."""
    return [item for first in range(0, len(samples), cut) for item in grid.process(samples[first : first + cut])]


def flat(cells: list[Cells | Gap]) -> Cells:
    runs = [c for c in cells if isinstance(c, Cells)]
    return joined(runs)


def integral_to(samples: Samples, at_s: np.ndarray) -> np.ndarray:
    """(k, 6) integral of the straight lines between samples, from the first to each instant: all knots merged."""
    values = np.concatenate([samples.acc_m_s2, samples.gyr_rad_s], axis=1)
    knots = np.union1d(samples.time_s, at_s)
    at_knots = np.stack([np.interp(knots, samples.time_s, v) for v in values.T], axis=1)
    area = 0.5 * (at_knots[1:] + at_knots[:-1]) * np.diff(knots)[:, None]
    running = np.concatenate([np.zeros((1, 6)), np.cumsum(area, axis=0)])
    return running[np.searchsorted(knots, at_s)]


@given(
    rate_hz=st.floats(50.0, 416.0),
    share=st.floats(0.0, 0.45),
    seed=st.integers(0, 2**16),
    cuts=st.lists(st.integers(0, 600), max_size=5),
)
def test_cells_integrate_to_exactly_what_the_samples_say(rate_hz, share, seed, cuts):
    samples = signal(jittered(rate_hz, 1.5, share, seed), seed)
    grid = Grid()
    edges = sorted({0, len(samples), *(c for c in cuts if c < len(samples))})
    cells = flat([item for first, last in pairwise(edges) for item in grid.process(samples[first:last])])
    np.testing.assert_allclose(np.diff(cells.time_s), CELL_S, rtol=1e-9)
    means = np.concatenate([cells.acc_m_s2, cells.gyr_rad_s], axis=1)[1:]  # the first is the value at its end
    inside = cells.time_s[cells.time_s <= samples.time_s[-1]]
    k = len(inside)
    np.testing.assert_allclose(
        np.cumsum(means, axis=0)[: k - 1] * CELL_S,
        (integral_to(samples, inside) - integral_to(samples, inside[:1]))[1:],
        atol=1e-6,
    )


@pytest.mark.parametrize("rate_hz", [50.0, 52.0, 60.0, 100.0, 104.0, 200.0, 208.0, 416.0, 1000.0])
def test_a_straight_line_passes_through_unchanged_in_its_mean(rate_hz):
    time_s = clock(2.0, rate_hz)
    ramp = np.repeat((3.0 * time_s + 1.0)[:, None], 3, axis=1)
    cells = flat(Grid().process(Samples(time_s, ramp, -ramp)))
    middle = cells.time_s[1:] - 0.5 * CELL_S
    np.testing.assert_allclose(cells.acc_m_s2[1:, 0], 3.0 * middle + 1.0, atol=1e-9)
    np.testing.assert_allclose(cells.gyr_rad_s[1:, 2], -3.0 * middle - 1.0, atol=1e-9)
    assert abs(len(cells.time_s) - 201) <= 1


def test_a_fast_sensor_is_averaged_not_thinned():
    """A tone at the grid's own rate would alias to a constant if every tenth sample were taken."""
    time_s = clock(1.0, 1000.0)
    tone = 5.0 * np.repeat(np.cos(2.0 * np.pi * 100.0 * time_s)[:, None], 3, axis=1)
    cells = flat(Grid().process(Samples(time_s, tone, tone)))
    assert np.max(np.abs(cells.acc_m_s2[1:])) < 1e-9


@pytest.mark.parametrize("start_s", [-5.0, 0.0, 0.1234567, 86400.0, 1.7e9])
def test_any_zero_of_time_will_do(start_s):
    at_zero = flat(Grid().process(signal(clock(3.0))))
    time_s = clock(3.0)
    shifted = signal(time_s)
    cells = flat(Grid().process(Samples(time_s + start_s, shifted.acc_m_s2, shifted.gyr_rad_s)))
    assert len(cells.time_s) == len(at_zero.time_s)
    np.testing.assert_allclose(cells.time_s - start_s, at_zero.time_s, atol=1e-6)
    np.testing.assert_allclose(cells.acc_m_s2, at_zero.acc_m_s2, atol=0.02)


@pytest.mark.parametrize("unit_s", [0.01, 1.0 / 128.0, 0.016, 1.0 / 60.0])
def test_no_cell_is_lost_or_doubled_over_an_hour_of_decimal_stamps(unit_s):
    time_s = np.round(np.arange(round(3600.0 / unit_s)) * unit_s, 6)
    ones = np.ones((len(time_s), 3))
    cells = flat(Grid().process(Samples(time_s, ones, ones)))
    assert np.array_equal(np.rint(cells.time_s / CELL_S), np.arange(len(cells.time_s)))
    assert cells.time_s[-1] >= time_s[-1] - CELL_S
    np.testing.assert_allclose(cells.acc_m_s2, 1.0, atol=1e-6)


def with_hole(hole_s: float, rate_hz: float = 200.0) -> Samples:
    """Samples up to 1.0 s, then a hole of that length, then another second."""
    before = clock(1.0, rate_hz)
    return signal(np.concatenate([before, before[-1] + hole_s + clock(1.0, rate_hz)]))


@pytest.mark.parametrize("hole_s", [0.011, 0.03, 0.049])
def test_a_hole_of_up_to_50_ms_is_normal_jitter(hole_s):
    grid = Grid()
    out = grid.process(with_hole(hole_s))
    assert [type(item) for item in out] == [Cells]
    assert (grid.state.bridged, grid.state.missing_s) == (0, 0.0)


@pytest.mark.parametrize("hole_s", [0.051, 0.1, 0.199])
def test_a_hole_of_up_to_200_ms_is_bridged_and_counted(hole_s):
    grid = Grid()
    cells = flat(grid.process(with_hole(hole_s)))
    np.testing.assert_allclose(np.diff(cells.time_s), CELL_S, rtol=1e-9)
    assert (grid.state.bridged, grid.state.missing_s) == (1, 0.0)


@pytest.mark.parametrize("hole_s", [0.201, 0.5, 3.0, 3600.0])
def test_a_longer_hole_is_a_gap_with_the_right_bounds_and_nothing_in_it(hole_s):
    samples = with_hole(hole_s)
    grid = Grid()
    out = grid.process(samples)
    assert [type(item) for item in out] == [Cells, Gap, Cells]
    gap = out[1]
    assert isinstance(gap, Gap)
    assert gap.start_s == pytest.approx(1.0)
    assert gap.end_s == gap.known_s == pytest.approx(1.0 + hole_s)
    assert gap.reason == "missing"
    cells = flat(out)
    assert not np.any((cells.time_s > gap.start_s + 1e-6) & (cells.time_s < gap.end_s - 1e-6))
    assert grid.state.missing_s == pytest.approx(hole_s)
    # On either side the cells are those of a recording without the hole.
    second = samples[201:]
    values = np.interp(cells.time_s[102:110] - 0.005, second.time_s, second.acc_m_s2[:, 1])
    np.testing.assert_allclose(cells.acc_m_s2[102:110, 1], values, atol=0.05)


def spoilt(first: int, last: int, value: float = np.nan, column: int = 4) -> Samples:
    samples = signal(clock(3.0))
    values = np.concatenate([samples.acc_m_s2, samples.gyr_rad_s], axis=1)
    values[first:last, column] = value
    return Samples(samples.time_s, values[:, :3], values[:, 3:])


@pytest.mark.parametrize("column", range(6))
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_few_samples_that_are_not_numbers_are_left_out(value, column):
    grid = Grid()
    cells = flat(grid.process(spoilt(100, 103, value, column)))
    assert np.isfinite(cells.acc_m_s2).all()
    assert np.isfinite(cells.gyr_rad_s).all()
    assert len(cells.time_s) == 301
    assert grid.state.not_finite == 3


@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("cut", [1, 7, 100, 125, 130, 301])
def test_many_are_a_gap_that_says_why(value, cut):
    samples = spoilt(100, 130, value)
    grid = Grid()
    out = fed(grid, samples, cut)
    gaps = [item for item in out if isinstance(item, Gap)]
    assert gaps == [Gap(0.99, 1.3, "not-finite", known_s=1.3)]
    assert grid.state.not_finite == 30


@pytest.mark.parametrize("cut", [1, 10, 301])
def test_samples_missing_later_are_not_blamed_on_earlier_bad_ones(cut):
    samples = spoilt(100, 103)
    samples = samples[:200].joined(samples[250:])
    grid = Grid()
    out = fed(grid, samples, cut)
    assert [item.reason for item in out if isinstance(item, Gap)] == ["missing"]


def test_bad_samples_at_the_very_start_do_not_date_the_grid():
    cells = flat(Grid().process(spoilt(0, 5)))
    assert cells.time_s[0] == pytest.approx(0.05)


def stamped(at: int, value: float) -> Samples:
    samples = signal(clock(3.0))
    time_s = samples.time_s.copy()
    time_s[at] = value
    return Samples(time_s, samples.acc_m_s2, samples.gyr_rad_s)


@pytest.mark.parametrize("cut", [1, 50, 101, 301])
@pytest.mark.parametrize(
    ("at", "value", "reason", "words"),
    [
        (101, 1.0, Reason.TIME_REPEATED, "Samples 100 and 101 carry the same time"),
        (101, 0.5, Reason.TIME_BACKWARDS, "backwards at sample 101"),
        (101, np.nan, Reason.NOT_FINITE, "Sample 101"),
        (101, np.inf, Reason.NOT_FINITE, "Sample 101"),
        (101, -np.inf, Reason.NOT_FINITE, "Sample 101"),
        (0, np.nan, Reason.NOT_FINITE, "Sample 0"),
        (0, -np.inf, Reason.NOT_FINITE, "Sample 0"),
        (0, np.inf, Reason.NOT_FINITE, "Sample 0"),
        (300, np.inf, Reason.NOT_FINITE, "Sample 300"),
    ],
)
def test_a_clock_that_does_not_run_forward_is_refused_by_name(at, value, reason, words, cut):
    with pytest.raises(InputError, match=words) as refused:
        fed(Grid(), stamped(at, value), cut)
    assert refused.value.reason == reason


def test_between_fills_a_hole_with_a_straight_line():
    cells = flat(Grid().process(signal(clock(1.0))))
    filled = between(cells.row(10), cells.row(14))
    np.testing.assert_allclose(filled.time_s, cells.time_s[11:14])
    np.testing.assert_allclose(filled.acc_m_s2[1], 0.5 * (cells.acc_m_s2[10] + cells.acc_m_s2[14]))


@pytest.mark.parametrize("size", [1, 7, 300])
def test_where_the_accelerometer_reads_exactly_zero_nothing_is_known(size):
    """A register that could not be read, not a fall: one that measures has noise."""
    samples = signal(clock(3.0))
    acc = np.where(((samples.time_s > 1.0) & (samples.time_s < 1.5))[:, None], 0.0, samples.acc_m_s2)
    dead, grid = Samples(samples.time_s, acc, samples.gyr_rad_s), Grid()
    items = [item for at in range(0, len(dead), size) for item in grid.process(dead[at : at + size])]
    gaps = [item for item in items if isinstance(item, Gap)]
    assert [(round(gap.start_s, 2), round(gap.end_s, 2)) for gap in gaps] == [(1.0, 1.5)]
    assert grid.state.silent == 49


def test_zeros_before_the_first_reading_are_left_out():
    """Some sensors send them until they have woken up."""
    samples = signal(clock(3.0))
    acc = np.where((samples.time_s < 0.5)[:, None], 0.0, samples.acc_m_s2)
    cells = flat(Grid().process(Samples(samples.time_s, acc, samples.gyr_rad_s)))
    assert cells.time_s[0] == pytest.approx(0.5)


def test_an_accelerometer_that_reads_nothing_is_refused_live_after_seconds():
    time_s, grid = clock(10.0), Grid()
    silent = Samples(time_s, np.zeros((len(time_s), 3)), np.zeros((len(time_s), 3)))
    grid.process(silent[:300])
    with pytest.raises(InputError, match="does not measure") as refused:
        grid.process(silent[300:400])
    assert refused.value.reason == Reason.UNITS


@pytest.mark.parametrize("size", [1, 7, 900])
def test_one_that_reads_nothing_for_seconds_is_refused_however_the_samples_are_cut(size):
    samples, grid = signal(clock(9.0)), Grid()
    acc = np.where((samples.time_s < 4.0)[:, None], 0.0, samples.acc_m_s2)
    late = Samples(samples.time_s, acc, samples.gyr_rad_s)
    blocks = [late[at : at + size] for at in range(0, len(late), size)]
    with pytest.raises(InputError, match="does not measure"):
        flat(item for block in blocks for item in grid.process(block))

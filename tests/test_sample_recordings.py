"""The sample sessions that ship: whole, what their README says, and made by the command that it names."""

import dataclasses
import json
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from mcap.reader import make_reader

import hiplevel
from hiplevel.model.events import Event, Gap, LinkLost, LinkRestored
from hiplevel.recording.as_trained import as_trained
from hiplevel.recording.layout import ANGLES_TOPIC
from hiplevel.recording.reader import Recording
from hiplevel.resources import folder
from hiplevel.sensors.ble.link import Notification
from hiplevel.sensors.spec import load_spec
from hiplevel.sensors.stream import SensorStream
from maker import script

HERE = folder("recordings")
MOST_BYTES = 300_000
ACC_LSB_M_S2, GYR_LSB_RAD_S = 9.80665 * 16 / 32768, np.radians(2000) / 32768
BROKEN = "lost-packets-and-broken-link"
AGAIN = "what is computed has changed: run `make recordings` and look at the table in recordings/README.md"


MAKER = script("make_recordings")
SAMPLES = {sample.name: sample for sample in MAKER.SAMPLES}


@cache
def analysis_of(recording: Recording) -> hiplevel.Analysis:
    return hiplevel.analyze(recording.samples, **as_trained(recording), marks=recording.events)


def computed(recording: Recording) -> list[Event]:
    """The recorded events without those of the link, which the samples cannot tell."""
    return [event for event in recording.events if not isinstance(event, (LinkLost, LinkRestored))]


def assert_alike(ours: list[Event], theirs: list[Event], within: float) -> None:
    assert [type(event) for event in ours] == [type(event) for event in theirs], AGAIN
    for one, other in zip(ours, theirs, strict=True):
        expected = {
            name: pytest.approx(value, abs=within) if isinstance(value, float) else value
            for name, value in dataclasses.asdict(other).items()
        }
        assert dataclasses.asdict(one) == expected, AGAIN


@pytest.fixture(scope="module", params=SAMPLES)
def shipped(request: pytest.FixtureRequest) -> Recording:
    return hiplevel.open_recording(HERE / f"{request.param}.mcap")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Recording]:
    """A sample, made here and now."""
    here = tmp_path_factory.mktemp("made")

    @cache
    def make(name: str) -> Recording:
        MAKER.record(SAMPLES[name], here / f"{name}.mcap")
        return hiplevel.open_recording(here / f"{name}.mcap")

    return make


def test_what_ships_is_what_the_command_makes() -> None:
    assert {path.stem for path in HERE.glob("*.mcap")} == set(SAMPLES)
    assert len(SAMPLES) >= 6


def test_each_is_small_whole_and_says_that_it_is_simulated(shipped: Recording) -> None:
    assert shipped.path.stat().st_size < MOST_BYTES
    assert shipped.closed
    assert shipped.notices == ()
    sample = SAMPLES[shipped.path.stem]
    assert (shipped.info.simulated, shipped.info.source, shipped.info.seed) == (True, "simulation", sample.seed)
    assert shipped.info.note.startswith("Simulated.")
    assert 40.0 < shipped.duration_s < 90.0
    assert shipped.health is not None
    assert shipped.health.errors == {}


def test_analysis_comes_to_what_was_recorded_live(shipped: Recording) -> None:
    assert_alike(list(analysis_of(shipped).events), computed(shipped), within=1e-6)


def test_the_angles_kept_for_viewers_are_those_of_the_analysis(shipped: Recording) -> None:
    with shipped.path.open("rb") as file:
        kept = [json.loads(message.data) for _, _, message in make_reader(file).iter_messages([ANGLES_TOPIC])]
    analysis = analysis_of(shipped)
    rows = np.searchsorted(analysis.time_s, [angle["time_s"] - 0.005 for angle in kept])
    assert len(kept) > 20 * shipped.duration_s * (0.9 if shipped.path.stem == BROKEN else 1.0)
    for angle, row in zip(kept, rows, strict=True):
        assert angle["time_s"] == pytest.approx(analysis.time_s[row], abs=1e-9)
        assert angle["obliquity_deg"] == round(analysis.obliquity_deg[row], 3)
        assert angle["tilt_deg"] == round(analysis.tilt_deg[row], 3)


def test_the_readme_says_what_was_done_and_what_is_found(shipped: Recording) -> None:
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    events, length_s = analysis_of(shipped).events, shipped.samples.time_s[-1]
    assert MAKER.row(SAMPLES[shipped.path.stem], events, length_s) in readme.splitlines(), AGAIN


def test_what_was_done_is_what_is_found(shipped: Recording) -> None:
    truth = SAMPLES[shipped.path.stem].simulated().truth
    analysis = analysis_of(shipped)
    drops = truth.drops(shipped.info.rule.threshold_deg)
    assert [drop.side for drop in analysis.drops] == [drop.side for drop in drops]
    for found, done in zip(analysis.drops, drops, strict=True):
        assert found.start_s == pytest.approx(done.start_s, abs=0.3)
        assert found.peak_deg == pytest.approx(done.peak_deg, abs=1.5)
    whole = [rep for rep in truth.reps if not any(rep[0] < gap.end_s and gap.start_s < rep[2] for gap in analysis.gaps)]
    assert len(whole) == len(truth.reps) - (2 if shipped.path.stem == BROKEN else 0)
    assert [rep.turn_s for rep in analysis.reps] == pytest.approx([rep[1] for rep in whole], abs=0.6)


def test_the_broken_link_is_told_and_nothing_is_made_up_for_it() -> None:
    recording = hiplevel.open_recording(HERE / f"{BROKEN}.mcap")
    assert recording.health is not None
    done = len(SAMPLES[BROKEN].simulated().samples)
    assert recording.health.lost == pytest.approx(done - len(recording.samples), abs=10)
    told = [event for event in recording.events if isinstance(event, (LinkLost, LinkRestored, Gap))]
    assert [type(event) for event in told] == [LinkLost, LinkRestored, Gap]
    gap = told[-1]
    assert isinstance(gap, Gap)
    assert (gap.start_s, gap.end_s) == pytest.approx((30.0, 34.0), abs=0.2)
    times = analysis_of(recording).time_s
    assert not np.any((times > gap.start_s + 0.02) & (times < gap.end_s - 0.02))


def test_the_command_makes_what_was_heard(shipped: Recording) -> None:
    """Another processor may round a sine otherwise: a reading may differ by one step, times of arrival by nothing."""
    info, items = MAKER.heard(SAMPLES[shipped.path.stem])
    plain = {"versions": {}, "spec_toml": "", "exercise_toml": ""}
    heads = [dataclasses.replace(one, **plain).to_json() for one in (info, shipped.info)]
    assert heads[0] == heads[1]
    ours = [(item.characteristic, item.payload, item.arrival_ns) for item in items if isinstance(item, Notification)]
    theirs = list(shipped.notifications())
    assert [(alias, len(payload), at_ns) for alias, payload, at_ns in ours] == [
        (alias, len(payload), at_ns) for alias, payload, at_ns in theirs
    ]
    made = SensorStream(load_spec(info.spec_id), **info.spec_vars).feed_many(*zip(*ours, strict=True))
    np.testing.assert_array_equal(made.time_s, shipped.samples.time_s)
    np.testing.assert_allclose(made.acc_m_s2, shipped.samples.acc_m_s2, atol=1.01 * ACC_LSB_M_S2)
    np.testing.assert_allclose(made.gyr_rad_s, shipped.samples.gyr_rad_s, atol=1.01 * GYR_LSB_RAD_S)


@pytest.mark.parametrize("name", ["squat", BROKEN])
def test_the_command_makes_the_shipped_events(name: str, made: Callable[[str], Recording]) -> None:
    shipped = hiplevel.open_recording(HERE / f"{name}.mcap")
    assert_alike(list(made(name).events), list(shipped.events), within=0.05)


def test_what_is_made_here_replays_to_the_last_bit(made: Callable[[str], Recording]) -> None:
    assert list(analysis_of(made("squat")).events) == computed(made("squat"))


def test_told_another_folder_the_command_makes_the_same_there_and_leaves_the_shipped_ones_alone(
    made: Callable[[str], Recording],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = (HERE / "README.md").read_bytes()
    monkeypatch.setattr(MAKER, "SAMPLES", (SAMPLES["squat"],))
    monkeypatch.setattr(sys, "argv", ["make_recordings.py", "--out", str(tmp_path)])
    MAKER.main()
    assert "squat.mcap" in capsys.readouterr().err
    recording = hiplevel.open_recording(tmp_path / "squat.mcap")
    assert recording.closed
    assert list(recording.notifications()) == list(made("squat").notifications())
    assert recording.events == made("squat").events
    assert (HERE / "README.md").read_bytes() == before

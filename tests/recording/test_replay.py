"""What was seen live is what the file gives back: the same stream decodes both."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from hiplevel.model.samples import Samples
from hiplevel.recording.reader import open_recording
from hiplevel.recording.writer import RecordingWriter
from hiplevel.sensors.spec import list_specs, load_spec
from hiplevel.sensors.stream import LinkHealth, SensorStream

from .conftest import START_NS, full_info, moving_samples

SPECS = [spec.id for spec in list_specs()]


def record(path: Path, spec_id: str) -> tuple[Samples, LinkHealth]:
    """A simulated sensor recorded and decoded live, one notification after the other, some of them lost."""
    spec = load_spec(spec_id)
    moving = moving_samples(6.0, spec.rate_hz({}))
    told = spec.encoder().encode(moving.acc_m_s2, moving.gyr_rad_s, 0)
    info = dataclasses.replace(full_info(), spec_id=spec.id, spec_toml=spec.toml_text, spec_vars={})
    live = SensorStream(spec)
    seen = [Samples.empty()]
    with RecordingWriter(path, info) as writer:
        for number, (alias, payload) in enumerate(told):
            if number % 17 == 11:
                continue
            arrival_ns = START_NS + number * 6_000_000_000 // len(told)
            writer.notification(alias, payload, arrival_ns)
            seen.append(live.feed(alias, payload, arrival_ns))
        seen.append(live.finish())
    return seen[0].joined(*seen[1:]), live.health


@pytest.mark.parametrize("spec_id", SPECS)
def test_replay_gives_the_live_samples_to_the_last_bit(tmp_path: Path, spec_id: str) -> None:
    live, health = record(tmp_path / "a.mcap", spec_id)
    recording = open_recording(tmp_path / "a.mcap")
    assert len(live) > 100
    for name in ("time_s", "acc_m_s2", "gyr_rad_s"):
        np.testing.assert_array_equal(getattr(recording.samples, name), getattr(live, name))
    assert recording.health == health


def test_a_file_cut_short_gives_the_first_of_the_live_samples(tmp_path: Path) -> None:
    live, _ = record(tmp_path / "a.mcap", "hiplevel.reference")
    data = (tmp_path / "a.mcap").read_bytes()
    first, end = data.index(b"\x04\x00\x00\x00zstd"), data.index(b"\x0f\x04\x00\x00\x00\x00\x00\x00\x00")
    for share in (0.3, 0.6, 0.9):
        (tmp_path / "b.mcap").write_bytes(data[: round(first + share * (end - first))])
        samples = open_recording(tmp_path / "b.mcap").samples
        assert 0 < len(samples) < len(live)
        np.testing.assert_array_equal(samples.time_s, live.time_s[: len(samples)])
        np.testing.assert_array_equal(samples.acc_m_s2, live.acc_m_s2[: len(samples)])

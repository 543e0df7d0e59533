"""The simulated link: what arrives, when, and what does not."""

import numpy as np
import pytest

from hiplevel.model.errors import Reason, UsageError
from hiplevel.sensors.ble.link import LinkChange, Notification
from hiplevel.sensors.spec import load_spec
from hiplevel.sensors.stream import SensorStream
from hiplevel.simulate import Still, exercise, session
from hiplevel.simulate.radio import SUPERVISION_S, Break, Radio, transmit

SPEC = load_spec("hiplevel.reference")
STARTED_NS = 1_767_600_000_000_000_000
ACC_LSB_M_S2, GYR_LSB_RAD_S = 9.80665 * 16 / 32768, np.radians(2000) / 32768
STILL = session([Still(60.0)], seed=5)


def heard(items, **settings):
    """The dated samples, and the health of the link, as a session would have them."""
    stream = SensorStream(SPEC, **settings)
    told = [item for item in items if isinstance(item, Notification)]
    got = stream.feed_many(*zip(*((n.characteristic, n.payload, n.arrival_ns) for n in told), strict=True))
    return got, stream.health


@pytest.mark.parametrize("per_packet", [1, 5, 10])
def test_all_samples_arrive_as_measured(per_packet):
    made = exercise("squat", reps=2, seed=3)
    items = transmit(made.samples, SPEC, settings={"per_packet": per_packet}, started_ns=STARTED_NS)
    got, health = heard(items, per_packet=per_packet)
    whole = len(made.samples) // per_packet * per_packet
    assert len(items) == whole // per_packet
    assert (len(got), health.lost, health.restarts, health.gaps) == (whole, 0, 0, 0)
    np.testing.assert_allclose(got.time_s, made.samples.time_s[:whole], atol=1e-6)
    np.testing.assert_allclose(got.acc_m_s2, made.samples.acc_m_s2[:whole], atol=0.51 * ACC_LSB_M_S2)
    np.testing.assert_allclose(got.gyr_rad_s, made.samples.gyr_rad_s[:whole], atol=0.51 * GYR_LSB_RAD_S)


def test_a_packet_arrives_after_its_last_sample_within_a_few_connection_events():
    items = transmit(STILL.samples, SPEC, started_ns=STARTED_NS, seed=1)
    last_s = (5 * np.arange(len(items)) + 4) / 100.0
    delay_s = (np.array([item.arrival_ns for item in items]) - STARTED_NS) * 1e-9 - last_s
    assert 0.0015 < delay_s.min() < 0.01
    assert 0.025 < np.quantile(delay_s, 0.9) < 0.04
    assert 0.04 < delay_s.max() < 0.2


def test_packets_come_in_order_in_bursts_a_connection_interval_apart():
    items = transmit(
        STILL.samples, SPEC, settings={"per_packet": 1}, radio=Radio(interval_s=0.05, retry=0.0), started_ns=STARTED_NS
    )
    arrival_s = np.array([item.arrival_ns - STARTED_NS for item in items]) * 1e-9
    assert np.all(np.diff(arrival_s) > 0.0)
    bursts = np.split(arrival_s, np.flatnonzero(np.diff(arrival_s) > 0.03) + 1)
    assert {len(burst) for burst in bursts[1:-1]} == {5}
    starts_s = np.array([burst[0] for burst in bursts])
    np.testing.assert_allclose(np.diff(starts_s), 0.05, atol=0.002)


def test_the_same_seed_gives_the_same_bytes_and_times_and_another_seed_does_not():
    radio = Radio(loss=0.1)
    first, again, other = (transmit(STILL.samples, SPEC, radio=radio, seed=s) for s in (1, 1, 2))
    assert first == again
    assert first != other


def test_what_is_lost_is_counted_by_the_sequence_number():
    items = transmit(STILL.samples, SPEC, radio=Radio(loss=0.05), seed=3)
    got, health = heard(items)
    assert 20 < 1200 - len(items) < 110
    # What is lost after the last packet that arrives, nobody can know.
    assert 0 <= 6000 - len(got) - health.lost <= 10
    assert health.gaps == health.restarts == 0
    whole = np.rint(got.time_s * 100).astype(int)
    np.testing.assert_allclose(got.acc_m_s2, STILL.samples.acc_m_s2[whole], atol=0.51 * ACC_LSB_M_S2)


def test_a_broken_link_is_noticed_after_a_while_and_goes_on_on_the_same_clock():
    items = transmit(STILL.samples, SPEC, radio=Radio(breaks=(Break(20.0, 5.0),)), started_ns=STARTED_NS, seed=2)
    changes = [item for item in items if isinstance(item, LinkChange)]
    assert [change.phase for change in changes] == ["lost", "streaming"]
    assert [(c.at_ns - STARTED_NS) * 1e-9 for c in changes] == pytest.approx([20.0 + SUPERVISION_S, 25.0])
    lost, restored = (items.index(change) for change in changes)
    assert restored == lost + 1
    assert (items[lost - 1].arrival_ns - STARTED_NS) * 1e-9 < 20.0
    assert (items[restored + 1].arrival_ns - STARTED_NS) * 1e-9 > 25.0
    got, health = heard(items)
    (step,) = np.flatnonzero(np.diff(got.time_s) > 0.02)
    assert got.time_s[step] == pytest.approx(19.95, abs=0.1)
    assert got.time_s[step + 1] == pytest.approx(25.0, abs=0.1)
    assert health.lost == pytest.approx(6000 - len(got), abs=10)


def test_holes_in_the_samples_are_holes_in_the_sensors_time():
    items = transmit(exercise("squat", reps=1, seed=1).without(3.0, 5.0).samples, SPEC)
    got, _ = heard(items)
    steps = np.diff(got.time_s)
    assert np.sum(steps > 0.02) == 1
    assert steps.max() == pytest.approx(2.01, abs=0.1)


def test_samples_of_another_rate_are_refused():
    for rate_hz in (50.0, 200.0):
        with pytest.raises(UsageError) as refused:
            transmit(session([Still(1.0)], rate_hz=rate_hz).samples, SPEC)
        assert refused.value.reason is Reason.RATE


@pytest.mark.parametrize("wrong", [{"interval_s": 0.0}, {"loss": 1.5}, {"retry": 1.0}, {"breaks": (Break(3.0, 1.0),)}])
def test_links_that_cannot_be_are_refused(wrong):
    with pytest.raises(UsageError):
        Radio(**wrong)


def test_nothing_gives_nothing():
    assert transmit(STILL.samples[:0], SPEC) == []
    assert transmit(STILL.samples[:4], SPEC) == []

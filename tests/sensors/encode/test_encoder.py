"""Round trips: what a spec's encoder sends, its decoder reads back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiplevel.model.errors import InputError, UsageError
from hiplevel.sensors.decode.time import offset_ns, period_ns
from hiplevel.sensors.encode.encoder import Encoder
from hiplevel.sensors.spec import Spec, load_spec
from hiplevel.sensors.spec.packet import Counter
from sensors.spec_bench import ALL, APART, MADE_UP, SPLIT

REFERENCE = load_spec("hiplevel.reference")


def quantum(spec: Spec, kind: str) -> float:
    """One step of the wire, SI; 0 for floats."""
    block = next(frame.samples for frame in spec.frames if frame.samples and frame.samples.has(kind))
    if block.element.is_float:
        return 0.0
    place = block.channels.index(f"{kind}.x")
    return max(abs(block.scales[place + k].value(spec.settings())) for k in range(3) if place + k < len(block.scales))


@st.composite
def sessions(draw: st.DrawFn, spec: Spec) -> tuple[np.ndarray, np.ndarray, list[int], int, int, int]:
    """Samples that fit a float32, cuts, and where counter and clock begin: often just before they wrap."""
    n = draw(st.integers(1, 80))
    values = st.floats(-30.0, 30.0, width=32)
    flat = draw(st.lists(values, min_size=6, max_size=6 * n))
    rows = np.resize(np.array(flat), (n, 6))
    cuts = sorted(draw(st.lists(st.integers(0, n), max_size=4)))
    frame = next(frame for frame in spec.frames if frame.samples)
    counter = tick = 0
    if isinstance(frame.gap, Counter):
        wrap = 1 << frame.gap.field.element.bits
        counter = draw(st.sampled_from([0, wrap - 1, wrap - 5]))
    if frame.time is not None and frame.time.wraps:
        wrap = 1 << frame.time.field.element.bits
        tick = draw(st.sampled_from([0, wrap - 1, wrap - round(0.2e9 / frame.time.tick_ns)]))
    payload = draw(st.sampled_from([244, 60, 20]))
    return rows[:, :3], rows[:, 3:], cuts, counter, tick, payload


@pytest.mark.parametrize("spec", [*ALL, *APART], ids=lambda spec: spec.id)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_what_is_encoded_is_decoded(spec: Spec, data: st.DataObject) -> None:
    acc, gyr, cuts, counter, tick, payload = data.draw(sessions(spec))
    if any(frame.samples and frame.samples.layout == "delta" for frame in spec.frames):
        payload = max(payload, 30)  # a whole sample must fit
    elif not any(frame.join for frame in spec.frames):
        payload = 244
    apart = len({frame.samples.has("acc") for frame in spec.frames if frame.samples}) == 2
    encoder = Encoder(spec, max_payload=payload, first_counter=counter, first_tick=tick)
    sent = []
    for start, end in zip([0, *cuts], [*cuts, len(acc)], strict=True):
        sent += encoder.encode(acc[start:end], gyr[start:end], start)
    whole = len(acc) // encoder.batch * encoder.batch
    sent += encoder.flush()
    got = spec.decoder().feed_many([alias for alias, _ in sent], [bytes_ for _, bytes_ in sent], [0] * len(sent))
    frame = next(frame for frame in spec.frames if frame.samples)
    n = len(got) // 2 if apart else len(got)
    assert n in (whole, len(acc))
    assert (got.errors, got.duplicates, got.late, got.restarts) == ((), 0, 0, 0)
    assert got.lost == (None if frame.gap == "none" else 0)
    for kind, expected, values in (("acc", acc, got.acc_m_s2), ("gyr", gyr, got.gyr_rad_s)):
        assert values is not None
        values = values[~np.isnan(values[:, 0])]
        full = spec.full_scale().acc_m_s2 if kind == "acc" else spec.full_scale().gyr_rad_s
        if full is not None:
            expected = np.clip(expected, -full, full)
        step = quantum(spec, kind)
        if step:
            assert np.max(np.abs(values - expected[:n]), initial=0.0) <= step * 0.5000001
        else:
            np.testing.assert_allclose(values, expected[:n], rtol=2e-7, atol=1e-38)
    if frame.time is None:
        assert got.time_ns is None
        return
    period = period_ns(spec.rate_hz())
    first = round(tick * frame.time.tick_ns)
    expected_ns = np.array([first + offset_ns(k, period) for k in range(n)])
    assert got.time_ns is not None
    late = (got.time_ns[~np.isnan(got.acc_m_s2[:, 0])] if apart else got.time_ns) - expected_ns
    if frame.time.of == "last" and late.size:  # the clock may have wrapped before its first stamp
        wrap_ns = round(frame.time.tick_ns * (1 << frame.time.field.element.bits))
        late = late - round(late[0] / wrap_ns) * wrap_ns
    assert np.max(np.abs(late), initial=0) <= float(frame.time.tick_ns) / 2 + 2


def test_floats_come_back_exactly() -> None:
    spec = load_spec("movella.dot")
    rows = np.array([[1.25, -3.5, 9.75], [0.1, 0.2, 0.3]], dtype=np.float32).astype(float)
    sent = spec.encoder().encode(rows, rows * 0, 0)
    got = spec.decoder().feed_many([a for a, _ in sent], [p for _, p in sent])
    assert np.array_equal(got.acc_m_s2, rows)  # type: ignore[arg-type]


def test_values_beyond_full_scale_saturate_and_are_seen_as_clipped() -> None:
    acc = np.array([[500.0, 0.0, -500.0]] * 5)
    gyr = np.array([[0.0, 99.0, -99.0]] * 5)
    for spec in (REFERENCE, load_spec("witmotion.ble5"), load_spec("movella.dot"), MADE_UP[0]):
        encoder = spec.encoder()
        sent = encoder.encode(acc, gyr, 0) + encoder.flush()
        got = spec.decoder().feed_many([a for a, _ in sent], [p for _, p in sent])
        full = spec.full_scale()
        assert got.acc_m_s2 is not None
        assert full.acc_m_s2 is not None
        np.testing.assert_allclose(got.acc_m_s2[0], [full.acc_m_s2, 0.0, -full.acc_m_s2], rtol=1e-4, atol=1e-9)
        assert got.clipped.all()


def test_a_jump_of_the_index_is_a_gap_in_the_sensors_time() -> None:
    encoder = REFERENCE.encoder()
    rows = np.zeros((12, 3))
    sent = encoder.encode(rows, rows, 0) + encoder.encode(rows[:5], rows[:5], 100)
    got = REFERENCE.decoder().feed_many([a for a, _ in sent], [p for _, p in sent])
    assert got.time_ns is not None
    assert got.time_ns.tolist() == [10_000_000 * k for k in (*range(12), *range(100, 105))]


def test_settings_reach_the_wire() -> None:
    rows = np.full((10, 3), 1.0)
    fine = REFERENCE.encoder(acc_range=4, gyr_range=500, per_packet=10).encode(rows, rows)
    assert len(fine) == 1
    wrong = REFERENCE.decoder().feed(*fine[0], 0)
    right = REFERENCE.decoder(acc_range=4, gyr_range=500).feed(*fine[0], 0)
    assert right.acc_m_s2 is not None
    assert wrong.acc_m_s2 is not None
    assert right.acc_m_s2[0, 0] == pytest.approx(1.0, abs=1e-3)
    assert wrong.acc_m_s2[0, 0] == pytest.approx(4.0, abs=1e-2)


def test_not_a_number_becomes_the_sentinel() -> None:
    spec = MADE_UP[0]
    rows = np.array([[1.0, np.nan, 2.0]])
    encoder = spec.encoder(n=1)
    sent = encoder.encode(rows, rows, 0)
    got = spec.decoder().feed(*sent[0], 0)
    assert got.acc_m_s2 is not None
    assert np.isnan(got.acc_m_s2[0]).tolist() == [False, True, False]


def test_acc_and_gyr_in_packets_of_their_own_are_both_sent() -> None:
    rows = np.arange(18.0).reshape(6, 3)
    sent = SPLIT.encoder().encode(rows, rows / 10, 0)
    assert {alias for alias, _ in sent} == {"data", "more"}


def test_what_cannot_be_sent_is_refused_in_words() -> None:
    with pytest.raises(UsageError, match="sends 68 bytes at once; the link carries 20"):
        Encoder(REFERENCE, max_payload=20)
    with pytest.raises(InputError, match="acc has 2 samples and gyr 1"):
        REFERENCE.encoder().encode(np.zeros((2, 3)), np.zeros((1, 3)))
    with pytest.raises(InputError, match=r"\(n, 3\)"):
        REFERENCE.encoder().encode(np.zeros((2, 2)), np.zeros((2, 2)))

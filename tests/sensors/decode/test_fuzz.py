"""Whatever bytes and arrival times come: no exception, nothing uneven, and the same results however they are cut."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiplevel.sensors.decode.types import REASONS, Decoded
from hiplevel.sensors.encode.encoder import Encoder
from hiplevel.sensors.spec import Spec
from hiplevel.sensors.stream import SensorStream
from sensors.spec_bench import ALL, APART

EVERY = [*ALL, *APART]
Notification = tuple[str, bytes, int]
# Any time of this computer or absurd ones, but no further apart than 64 bits can say.
INT64 = st.integers(-(1 << 61), 1 << 61)
STEP_NS = st.sampled_from([0, 1, 10_000_000, 30_000_000, 200_000_000, 3_000_000_000, -50_000_000, 10**11, -(10**12)])


@st.composite
def notifications(draw: st.DrawFn, spec: Spec) -> list[Notification]:
    """What the sensor would send, with packets lost, doubled, swapped, torn, changed and strange ones between."""
    n = draw(st.integers(0, 60))
    encoder = Encoder(
        spec,
        max_payload=draw(st.sampled_from([244, 40])) if any(frame.join for frame in spec.frames) else None,
        first_counter=draw(st.integers(0, 70_000)),
        first_tick=draw(st.integers(0, 1 << 33)),
    )
    rows = np.resize(np.array(draw(st.lists(st.floats(-100, 100), min_size=6, max_size=18))), (n, 6))
    sent = encoder.encode(rows[:, :3], rows[:, 3:], 0)
    if draw(st.booleans()):  # the sensor is switched off and on
        other = Encoder(spec, first_tick=draw(st.integers(0, 1 << 33)))
        sent += other.encode(rows[:, :3], rows[:, 3:], 0)
    listed = [(alias, bytearray(payload)) for alias, payload in sent]
    for _ in range(draw(st.integers(0, 8))):
        place = draw(st.integers(0, len(listed)))
        kind = draw(st.sampled_from(["drop", "double", "swap", "cut", "flip", "junk"]))
        if kind == "junk" or not listed:
            alias = draw(st.sampled_from([*spec.chars, "nobody", "", "0000ffe4-0000-1000-8000-00805f9a34fb"]))
            listed.insert(place, (alias, bytearray(draw(st.binary(max_size=64)))))
            continue
        place %= len(listed)
        alias, payload = listed[place]
        if kind == "drop":
            del listed[place]
        elif kind == "double":
            listed.insert(place, (alias, bytearray(payload)))
        elif kind == "swap":
            listed.append(listed.pop(place))
        elif kind == "cut":
            del payload[draw(st.integers(0, len(payload))) :]
        elif payload:
            payload[draw(st.integers(0, len(payload) - 1))] = draw(st.integers(0, 255))
    arrival = draw(st.one_of(st.just(1_790_000_000 * 10**9), INT64))
    found = []
    for alias, payload in listed:
        arrival = draw(st.one_of(st.just(arrival + 50_000_000), STEP_NS.map(lambda s, a=arrival: a + s), INT64))  # type: ignore[misc]
        found.append((alias, bytes(payload), arrival))
    return found


def columns(listed: list[Notification]) -> tuple[list[str], list[bytes], list[int]]:
    return [a for a, _, _ in listed], [p for _, p, _ in listed], [t for _, _, t in listed]


def check_even(got: Decoded) -> None:
    n = got.clipped.size
    assert len(got) == n == int(got.packets.count.sum())
    assert got.time_ns is None or got.time_ns.shape == (n,)
    for values in (got.acc_m_s2, got.gyr_rad_s):
        assert values is None or values.shape == (n, 3)
    assert {error.reason for error in got.errors} <= set(REASONS)
    assert all(error.sentence.endswith(".") for error in got.errors)


@pytest.mark.parametrize("spec", EVERY, ids=lambda spec: spec.id)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_decoding_and_dating_survive_anything_and_do_not_depend_on_the_cut(spec: Spec, data: st.DataObject) -> None:
    listed = data.draw(notifications(spec))
    decoded_alike(spec, listed)
    dated_alike(spec, listed, sorted(data.draw(st.lists(st.integers(0, len(listed)), max_size=5))))


def decoded_alike(spec: Spec, listed: list[Notification]) -> None:
    chars, payloads, arrivals = columns(listed)
    whole = spec.decoder().feed_many(chars, payloads, arrivals)
    check_even(whole)
    decoder = spec.decoder()
    parts = [decoder.feed(*notification) for notification in listed]
    for part in parts:
        check_even(part)
    assert [(e.reason, e.sentence) for part in parts for e in part.errors] == [
        (e.reason, e.sentence) for e in whole.errors
    ]
    assert [e.packet for e in whole.errors] == [k for k, part in enumerate(parts) for _ in part.errors]
    for name in ("duplicates", "late", "restarts"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name)
    if whole.lost is not None:
        assert whole.lost == sum(part.lost or 0 for part in parts)
    filled = [part for part in parts if len(part)]
    for name in ("time_ns", "acc_m_s2", "gyr_rad_s", "clipped"):
        values = getattr(whole, name)
        if values is not None and filled:
            absent = np.full_like(values, np.nan, shape=(0,)) if values.dtype == float else None
            pieces = [getattr(part, name) for part in filled]
            pieces = [
                np.full((len(p), 3), np.nan) if v is None and absent is not None else v
                for p, v in zip(filled, pieces, strict=True)
            ]
            assert np.concatenate(pieces).tobytes() == values.tobytes()


def dated_alike(spec: Spec, listed: list[Notification], cuts: list[int]) -> None:
    """And time rises, from zero."""
    single = SensorStream(spec)
    one_by_one = [single.feed(*notification) for notification in listed]
    for edges in ([0, len(listed)], [0, *cuts, len(listed)]):
        stream = SensorStream(spec)
        blocks = [stream.feed_many(*columns(listed[a:b])) for a, b in itertools.pairwise(edges)]
        for name in ("time_s", "acc_m_s2", "gyr_rad_s"):
            joined = np.concatenate([getattr(block, name) for block in blocks])
            assert joined.tobytes() == b"".join(getattr(block, name).tobytes() for block in one_by_one)
        assert stream.health == single.health
        time_s = np.concatenate([block.time_s for block in blocks])
        assert np.all(np.diff(time_s) > 0)
        assert not time_s.size or time_s[0] == 0.0


@pytest.mark.parametrize("spec", EVERY, ids=lambda spec: spec.id)
@settings(max_examples=30, deadline=None)
@given(st.lists(st.binary(max_size=300), max_size=20))
def test_random_bytes_are_samples_or_counted_errors(spec: Spec, payloads: list[bytes]) -> None:
    for alias in dict.fromkeys(frame.on for frame in spec.frames):
        got = spec.decoder().feed_many([alias] * len(payloads), payloads)
        check_even(got)
        used = set(got.packets.notification.tolist())
        counted = {error.packet for error in got.errors}
        if alias not in spec.streams and not any(frame.join or frame.skip for frame in spec.frames):
            dropped = got.duplicates + got.late
            assert len(set(range(len(payloads))) - used - counted) == dropped

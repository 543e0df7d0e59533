"""Packets to samples: what real links do to them, and what must be counted."""

import struct

import numpy as np
import pytest

from hiplevel.sensors.decode.decoder import Decoder
from hiplevel.sensors.decode.types import Decoded
from hiplevel.sensors.spec import load_spec
from sensors.spec_bench import COARSE, MADE_UP, SPLIT, made_up

REFERENCE = load_spec("hiplevel.reference")
MOVESENSE = load_spec("movesense.gsp-imu6")
WITMOTION = load_spec("witmotion.ble5")
DOT = load_spec("movella.dot")
STILL = (0, 0, 2048, 0, 0, 0)


def reference(seq: int, time_us: int, rows: int = 2, row: tuple[int, ...] = STILL, flags: int = 0) -> bytes:
    header = struct.pack("<BBHI", 1, flags, seq % 65536, time_us % 2**32)
    return header + struct.pack("<6h", *row) * rows


def feed(decoder: Decoder, *payloads: bytes, char: str = "data") -> Decoded:
    return decoder.feed_many([char] * len(payloads), payloads, [0] * len(payloads))


def times(decoded: Decoded) -> list[int]:
    assert decoded.time_ns is not None
    return [int(t) for t in decoded.time_ns]


def reasons(decoded: Decoded) -> list[str]:
    return [error.reason for error in decoded.errors]


def test_the_clock_passes_its_wrap_without_a_step() -> None:
    start = 2**32 - 30_000
    packets = [reference(k, start + 20_000 * k) for k in range(4)]
    got = feed(REFERENCE.decoder(), *packets)
    assert times(got) == [(start + 10_000 * k) * 1000 for k in range(8)]
    assert (got.lost, got.restarts, got.errors) == (0, 0, ())


def test_the_counter_passes_its_wrap_and_counts_lost_samples() -> None:
    numbers = [65534, 65535, 0, 3, 4]
    got = feed(REFERENCE.decoder(), *[reference(n, 20_000 * ((n + 2) % 65536)) for n in numbers])
    assert got.lost == 4
    assert np.diff(times(got)).max() == 50_000_000


def test_a_gap_longer_than_the_counter_is_counted_by_the_clock() -> None:
    decoder = REFERENCE.decoder()
    first = feed(decoder, reference(10, 0, rows=5))
    later = feed(decoder, reference(10 + 65536 + 7, 50_000 * (65536 + 7), rows=5))
    assert first.lost == 0
    assert later.lost == 5 * (65536 + 6)


def test_a_packet_that_comes_twice_counts_once() -> None:
    one = reference(5, 100_000)
    got = feed(REFERENCE.decoder(), one, one, reference(6, 120_000), one)
    assert (len(got), got.duplicates, got.late, got.lost) == (4, 1, 1, 0)


def test_a_packet_that_comes_late_is_dropped_and_was_counted_as_lost() -> None:
    got = feed(REFERENCE.decoder(), *[reference(n, 20_000 * n) for n in (0, 1, 3, 2, 4)])
    assert (got.late, got.lost) == (1, 2)
    assert times(got) == [n * 10_000_000 for n in (0, 1, 2, 3, 6, 7, 8, 9)]


def test_a_sensor_that_was_switched_off_and_on_starts_anew_and_nothing_is_called_lost() -> None:
    before = [reference(40_000 + n, 3_000_000_000 + 20_000 * n) for n in range(3)]
    after = [reference(n, 1_000 + 20_000 * n) for n in range(3)]
    got = feed(REFERENCE.decoder(), *before, *after)
    assert (len(got), got.restarts, got.late, got.lost) == (12, 1, 0, 0)
    assert got.packets.restarted.tolist() == [False] * 3 + [True] + [False] * 2


def test_a_restart_right_after_the_start_loses_at_most_three_packets() -> None:
    dot = [struct.pack("<I6f", t, *[0.0] * 6) for t in (900_000, 916_667, 0, 16_667, 33_333, 50_000, 66_667)]
    got = feed(DOT.decoder(), *dot)
    assert (len(got), got.late, got.restarts) == (4, 3, 1)


def test_clipping_is_seen_in_the_sample_and_told_by_the_status_byte() -> None:
    full = reference(0, 0, rows=1, row=(0, 0, 32767, 0, -32768, 0), flags=3) + struct.pack("<6h", *STILL)
    hidden = reference(1, 20_000, flags=1)
    fine = reference(2, 40_000)
    got = feed(REFERENCE.decoder(), full, hidden, fine)
    assert got.clipped.tolist() == [True, False, True, True, False, False]


def test_float_sensors_clip_at_their_full_scale() -> None:
    values = [0.0, 0.0, 16 * 9.80665 * 32767 / 32768, 0.0, 0.0, 0.0]
    got = feed(DOT.decoder(), struct.pack("<I6f", 0, *values), struct.pack("<I6f", 16_667, *[0.0] * 6))
    assert got.clipped.tolist() == [True, False]


def test_values_that_are_no_numbers_stay_and_are_counted() -> None:
    bad = struct.pack("<I6f", 0, float("nan"), 1.0, float("inf"), 0.0, 0.0, 0.0)
    signalling = struct.pack("<I", 16_667) + b"\x01\x00\xa0\x7f" * 6
    got = feed(DOT.decoder(), bad, signalling)
    assert reasons(got) == ["not-finite", "not-finite"]
    assert got.acc_m_s2 is not None
    assert np.isnan(got.acc_m_s2[0, 0])
    assert got.acc_m_s2[0, 1] == 1.0
    assert np.isinf(got.acc_m_s2[0, 2])


@pytest.mark.parametrize(
    ("payload", "reason"),
    [(b"", "no-frame"), (b"\x01", "length"), (b"\x02" * 20, "no-frame"), (reference(0, 0)[:-1], "length")],
)
def test_a_packet_that_does_not_fit_gives_a_reason_and_no_samples(payload: bytes, reason: str) -> None:
    got = feed(REFERENCE.decoder(), payload)
    assert (len(got), reasons(got)) == (0, [reason])
    assert str(len(payload)) in got.errors[0].sentence


def test_errors_say_which_notification_they_are_about() -> None:
    got = feed(REFERENCE.decoder(), reference(0, 0), b"\x01", reference(1, 20_000), b"\x07\x08")
    assert [(error.packet, error.reason) for error in got.errors] == [(1, "length"), (3, "no-frame")]


def test_characteristics_are_known_by_alias_and_by_uuid_and_strangers_are_counted() -> None:
    decoder = REFERENCE.decoder()
    by_uuid = decoder.feed("0821FF03-4441-4114-97ad-8bc9f68307bf", reference(0, 0), 0)
    assert len(by_uuid) == 2
    assert reasons(decoder.feed("0000ffff-0000-1000-8000-00805f9b34fb", b"\x01", 0)) == ["characteristic"]
    assert reasons(decoder.feed("control", b"\x83\x00", 0)) == []


def test_the_battery_is_read_where_the_spec_says() -> None:
    assert feed(REFERENCE.decoder(), b"\x50", char="battery").battery_percent == 80.0
    answer = b"\x55\x71\x64\x00" + struct.pack("<8h", 370, *[0] * 7)
    got = feed(WITMOTION.decoder(), answer)
    assert (got.battery_percent, len(got), got.errors) == (20.0, 0, ())


def movesense(time_ms: int, n: int = 4) -> bytes:
    values = [float(k) for k in range(6 * n)]
    return bytes([2, 0x63]) + struct.pack(f"<I{6 * n}f", time_ms, *values)


def test_parts_are_joined_even_with_other_notifications_between() -> None:
    whole = movesense(1000)
    decoder = MOVESENSE.decoder()
    parts = [whole[:40], b"\x03\x63" + whole[40:80], b"\x03\x63" + whole[80:]]
    got = decoder.feed_many(["data", "battery", "data", "data"], [parts[0], b"\x10", parts[1], parts[2]], [0, 1, 2, 3])
    alone = feed(MOVESENSE.decoder(), whole)
    assert np.array_equal(got.acc_m_s2, alone.acc_m_s2)  # type: ignore[arg-type]
    assert got.packets.notification.tolist() == [3]
    assert got.errors == ()


def test_a_first_part_whose_rest_never_comes_is_counted() -> None:
    whole = movesense(1000)
    got = feed(MOVESENSE.decoder(), whole[:40], movesense(1077), b"\x03\x63" + whole[40:])
    assert (len(got), reasons(got)) == (4, ["join", "join"])


def test_a_packet_that_never_ends_is_given_up() -> None:
    part = b"\x03\x63" + bytes(239)
    got = feed(MOVESENSE.decoder(), movesense(0)[:40], *[part] * 18)
    assert "join" in reasons(got)
    assert len(got) == 0


def wit(value: int) -> bytes:
    return b"\x55\x61" + struct.pack("<9h", *[value] * 9)


def first_acc(decoded: Decoded) -> list[float]:
    assert decoded.acc_m_s2 is not None
    return [round(x * 2048 / 9.80665) for x in decoded.acc_m_s2[:, 0].tolist()]


def test_a_stream_is_read_the_same_however_the_radio_cuts_it() -> None:
    values = [0x6155, 1, -1, 0x6155, 0x5561, 300]
    whole = b"".join(wit(v) for v in values)
    for size in (1, 3, 19, 20, 21, 40, 120):
        got = feed(WITMOTION.decoder(), *[whole[at : at + size] for at in range(0, len(whole), size)])
        assert first_acc(got) == values
        assert got.errors == ()
        assert got.lost is None


def test_a_stream_finds_its_step_again_after_bytes_were_lost() -> None:
    whole = b"".join(wit(v) for v in range(10))
    torn = whole[:45] + whole[52:]
    got = feed(WITMOTION.decoder(), torn)
    assert first_acc(got)[:2] == [0, 1]
    assert first_acc(got)[-7:] == [3, 4, 5, 6, 7, 8, 9]
    assert reasons(got).count("sync") == 1


def test_a_stream_without_any_frame_is_all_error() -> None:
    got = feed(WITMOTION.decoder(), bytes(1000), b"\xff" * 77)
    assert (len(got), set(reasons(got))) == (0, {"sync"})


def test_a_last_stamp_dates_the_samples_before_it() -> None:
    spec = MADE_UP[0]
    row = struct.pack(">7h", 1, 2, 99, 3, 400, 500, 600)
    packet = struct.pack(">BIHB", 0x05, 32768, 0, 3) + row * 3 + b"\xaa\xbb"
    got = feed(spec.decoder(), packet)
    assert times(got) == [10**9 - 20_000_000, 10**9 - 10_000_000, 10**9]
    assert got.acc_m_s2 is not None
    assert got.gyr_rad_s is not None
    np.testing.assert_allclose(got.acc_m_s2[0], [2.5, -2.0, 6.0])
    np.testing.assert_allclose(got.gyr_rad_s[0], [-0.001, 0.002, 0.006])


def test_a_sentinel_is_not_a_value_and_not_a_clip() -> None:
    row = struct.pack(">7h", 0, 0, 0, 0, -32768, 0, 0)
    got = feed(MADE_UP[0].decoder(), struct.pack(">BIHB", 0x05, 0, 0, 1) + row + b"\x00\x00")
    assert got.acc_m_s2 is not None
    assert np.isnan(got.acc_m_s2[0]).tolist() == [False, True, False]
    assert (reasons(got), got.clipped.tolist()) == (["not-finite"], [False])


def test_a_clock_beyond_all_range_is_an_error_not_an_overflow() -> None:
    free = MADE_UP[2]
    row = struct.pack("<6d", *[0.0] * 6)
    good = struct.pack("<Q", 5) + row
    got = feed(free.decoder(), good, struct.pack("<Q", 2**64 - 1) + row, struct.pack("<Q", 80_000_005) + row)
    assert (times(got), reasons(got)) == ([5, 80_000_005], ["time"])


def test_acc_and_gyr_in_packets_of_their_own_keep_their_places() -> None:
    decoder = SPLIT.decoder()
    acc, gyr = struct.pack("<I6h", 0, *[100] * 6), struct.pack("<I9h", 5, *[1000] * 9)
    only_acc = feed(decoder, acc)
    assert only_acc.gyr_rad_s is None
    assert only_acc.acc_m_s2 is not None
    got = SPLIT.decoder().feed_many(
        ["data", "more", "data"], [acc, gyr, struct.pack("<I6h", 20, *[200] * 6)], [0, 1, 2]
    )
    assert got.acc_m_s2 is not None
    assert got.gyr_rad_s is not None
    assert np.isnan(got.acc_m_s2[:, 0]).tolist() == [False, False, True, True, True, False, False]
    assert np.isnan(got.gyr_rad_s[:, 0]).tolist() == [True, True, False, False, False, True, True]
    assert got.lost == 0


def test_short_and_long_packets_mixed_stay_in_order() -> None:
    sizes = [2, 5, 1, 5, 2, 2, 10, 1]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    packets = [reference(k, 10_000 * int(s), rows=n) for k, (s, n) in enumerate(zip(starts, sizes, strict=True))]
    got = feed(REFERENCE.decoder(), *packets)
    assert times(got) == [10_000_000 * k for k in range(sum(sizes))]
    assert got.packets.count.tolist() == sizes


def test_a_coarse_clock_may_repeat_where_it_is_not_used_to_find_gaps() -> None:
    spec = made_up("coarse", COARSE, rate=200)
    got = feed(spec.decoder(), *[struct.pack("<H6h", k * 5 // 8, *STILL) for k in range(8)])
    assert (len(got), got.duplicates, got.lost) == (8, 0, None)


def test_payloads_of_any_byte_type_are_read() -> None:
    one = reference(0, 0)
    for payload in (bytearray(one), memoryview(one)):
        assert len(REFERENCE.decoder().feed("data", payload, 0)) == 2  # type: ignore[arg-type]

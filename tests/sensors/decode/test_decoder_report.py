"""What `hiplevel sensors decode` says about bytes that somebody pasted."""

import json
import struct

import pytest

from hiplevel.model.errors import InputError, Reason, UsageError
from hiplevel.sensors.decode.report import decode_report
from hiplevel.sensors.spec import load_spec
from sensors.spec_bench import SPLIT

DOT = load_spec("movella.dot")
WITMOTION = load_spec("witmotion.ble5")
MOVESENSE = load_spec("movesense.gsp-imu6")
REFERENCE = load_spec("hiplevel.reference")
DOT_HEX = struct.pack("<I6f", 5_000_000, 0.0, 0.25, 9.75, 0.0, 90.0, -180.0).hex()


def test_a_packet_with_everything() -> None:
    packet = struct.pack("<BBHI", 1, 0, 7, 1000) + struct.pack("<6h", 0, 0, 2048, 0, 0, 0) * 2
    report = decode_report(REFERENCE, packet.hex())
    assert report == {
        "acc_m_s2": [[0.0, 0.0, pytest.approx(9.80665)]] * 2,
        "gyr_rad_s": [[0.0, 0.0, 0.0]] * 2,
        "time_ns": [1_000_000, 11_000_000],
        "counter": 7,
        "lost": 0,
        "characteristic": "data",
        "errors": [],
    }


def test_what_the_packet_does_not_carry_is_left_out() -> None:
    without_time = decode_report(WITMOTION, "5561" + "00" * 18)
    assert set(without_time) == {"acc_m_s2", "gyr_rad_s", "characteristic", "errors"}
    only_acc = decode_report(SPLIT, struct.pack("<I3h", 0, 1, 2, 3).hex(), "data")
    assert "gyr_rad_s" not in only_acc
    assert only_acc["acc_m_s2"] == [[0.01, 0.02, 0.03]]


def test_settings_change_the_scale() -> None:
    packet = (struct.pack("<BBHI", 1, 0, 0, 0) + struct.pack("<6h", 8192, 0, 0, 0, 0, 0)).hex()
    assert decode_report(REFERENCE, packet, acc_range=4)["acc_m_s2"][0][0] == pytest.approx(9.80665)


@pytest.mark.parametrize(
    "style", [DOT_HEX.upper(), "0x" + DOT_HEX, ":".join(DOT_HEX[k : k + 2] for k in range(0, 56, 2))]
)
def test_hex_in_any_style(style: str) -> None:
    report = decode_report(DOT, style)
    assert report["time_ns"] == [5_000_000_000]
    assert report["gyr_rad_s"][0] == pytest.approx([0.0, 1.5707963, -3.1415927])


def test_a_characteristic_may_be_named_and_is_found_otherwise() -> None:
    uuid = DOT.chars["data"].characteristic
    assert decode_report(DOT, DOT_HEX, uuid) == decode_report(DOT, DOT_HEX, "data") == decode_report(DOT, DOT_HEX)
    assert decode_report(DOT, "50", "battery")["battery_percent"] == 80.0


def test_several_frames_and_joined_parts_are_decoded_in_one_go() -> None:
    frame = b"\x55\x61" + struct.pack("<9h", 2048, *[0] * 8)
    assert len(decode_report(WITMOTION, (frame * 3).hex())["acc_m_s2"]) == 3
    whole = bytes([2, 0x63]) + struct.pack("<I24f", 1000, *[1.0] * 24)
    parts = [whole[:50].hex(), "0363" + whole[50:].hex()]
    assert len(decode_report(MOVESENSE, parts)["acc_m_s2"]) == 4


def test_what_is_no_number_is_null_and_said() -> None:
    report = decode_report(DOT, struct.pack("<I6f", 0, float("nan"), *[0.0] * 5).hex())
    assert report["acc_m_s2"][0][0] is None
    assert report["errors"][0]["reason"] == "not-finite"
    assert "NaN" not in json.dumps(report)


def test_an_answer_to_a_command_is_known_and_carries_nothing() -> None:
    assert decode_report(MOVESENSE, "01 63 c8 00") == {"characteristic": "data", "errors": []}


@pytest.mark.parametrize(
    ("text", "char", "says"),
    [
        ("0g", None, "not hex"),
        ("012", None, "not hex"),
        ("", None, "no bytes"),
        (DOT_HEX, "dta", "no characteristic 'dta'"),
    ],
)
def test_what_cannot_be_read_is_a_usage_error(text: str, char: str | None, says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        decode_report(DOT, text, char)
    assert caught.value.reason is Reason.USAGE


def test_bytes_that_no_frame_fits_are_an_input_error_that_says_why() -> None:
    with pytest.raises(InputError, match="packet of 27 bytes does not fit: expected at least 28") as caught:
        decode_report(DOT, DOT_HEX[:-2])
    assert caught.value.reason is Reason.SHAPE
    with pytest.raises(InputError, match="begins ff"):
        decode_report(REFERENCE, "ff00")
    with pytest.raises(InputError, match="not complete"):
        decode_report(MOVESENSE, "0263" + "00" * 30)

"""`hiplevel sensors`: specs, packets in and packets out."""

import json
from pathlib import Path

import numpy as np
import pytest

import hiplevel as package
from cli.running import Hiplevel
from hiplevel.sensors.spec import list_specs

SPECS = [spec.id for spec in list_specs()]


def packets(hiplevel: Hiplevel, spec: str, *args: object) -> list[dict[str, str]]:
    ran = hiplevel("sensors", "simulate", spec, *args, "--json")
    assert ran.code == 0
    assert "SIMULATED" in ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def test_the_shipped_sensors_are_listed(hiplevel: Hiplevel) -> None:
    listed = [entry["id"] for entry in hiplevel("sensors", "list", "--json").json]
    assert listed == SPECS
    assert {"hiplevel.reference", "movesense.gsp-imu6", "witmotion.ble5", "movella.dot"} <= set(listed)
    text = hiplevel("sensors", "list").out
    assert all(f"\n{name} " in text for name in listed)
    assert text.count("none yet") == len(listed)


@pytest.mark.parametrize("spec", SPECS)
def test_a_spec_is_shown_as_text_as_json_and_as_it_is_written(hiplevel: Hiplevel, spec: str) -> None:
    known = package.load_spec(spec)
    assert known.name in hiplevel("sensors", "show", spec).out
    assert hiplevel("sensors", "show", spec, "--json").json["rate_hz"] == known.rate_hz()
    assert "never run against a real sensor" in hiplevel("sensors", "show", spec).out
    assert hiplevel("sensors", "show", spec, "--json").json["caution"] == known.caution
    assert hiplevel("sensors", "show", spec, "--toml").out.strip() == known.toml_text.strip()


@pytest.mark.parametrize("spec", SPECS)
def test_what_a_simulated_sensor_sends_decodes_to_gravity(hiplevel: Hiplevel, spec: str) -> None:
    sent = packets(hiplevel, spec, "--seconds", 2)
    told = [hiplevel("sensors", "decode", spec, p["hex"], "--char", p["characteristic"], "--json").json for p in sent]
    acc = np.array([row for report in told for row in report.get("acc_m_s2", [])])
    assert np.linalg.norm(acc, axis=1).mean() == pytest.approx(9.81, abs=0.3)
    assert all(p["simulated"] for p in sent)
    assert not any(report["errors"] for report in told)


def test_the_same_seed_sends_the_same_packets(hiplevel: Hiplevel) -> None:
    first, again, other = (packets(hiplevel, "hiplevel.reference", "--seconds", 1, "--seed", s) for s in (3, 3, 4))
    assert first == again
    assert first != other


def test_a_sensor_is_rehearsed_in_process_with_all_that_goes_wrong(hiplevel: Hiplevel) -> None:
    faults = [part for fault in ("drop=0.05", "duplicate=0.05", "break_after=40") for part in ("--fault", fault)]
    ran = hiplevel(
        "sensors", "simulate", "hiplevel.reference", "--transport", "in-process", "--seconds", 20, "--battery", 9,
        "--number", "4711", "--set", "acc_range=8", *faults, "--json",
    )  # fmt: skip
    told, health = ran.json, ran.json["health"]
    assert (told["simulated"], told["sensor"]["serial"], told["settings"]["acc_range"]) == (True, "4711", 8)
    assert told["samples"] == health["samples"]
    assert 0 <= 2000 - told["samples"] - health["lost"] <= 20  # what was lost last cannot be seen
    assert health["lost"] > 20
    assert health["duplicates"] > 5
    assert health["battery_percent"] == 9.0
    assert told["phases"]["lost"] == 1
    assert told["phases"]["streaming"] == 2
    assert "SIMULATED" in ran.err


def test_a_link_that_breaks_again_and_again_is_taken_up_again_and_again(hiplevel: Hiplevel) -> None:
    told = hiplevel(
        "sensors", "simulate", "movesense.gsp-imu6", "--transport", "in-process", "--seconds", 20,
        "--fault", "break_every=60", "--json",
    ).json  # fmt: skip
    assert told["phases"]["lost"] == told["phases"]["streaming"] - 1 >= 3
    assert told["samples"] > 1000


def test_a_rehearsal_tells_people_what_came(hiplevel: Hiplevel) -> None:
    told = hiplevel("sensors", "simulate", "polar.verity-sense", "--transport", "in-process", "--seconds", 10).out
    assert "Polar Sense 00000000 (simulated)" in told
    assert "Lost: 0" in told
    assert "Battery 87 %" in told


def test_fewer_seconds_are_the_beginning_of_more(hiplevel: Hiplevel) -> None:
    short = packets(hiplevel, "movesense.gsp-imu6", "--seconds", 1)
    long = packets(hiplevel, "movesense.gsp-imu6", "--seconds", 2)
    assert short
    assert long[: len(short)] == short


def test_decode_prints_the_vectors_of_the_spec(hiplevel: Hiplevel) -> None:
    spec = package.load_spec("hiplevel.reference")
    vector = next(v for v in spec.vectors if v.acc_m_s2 is not None and v.gyr_rad_s is not None)
    settings = [part for name, value in vector.settings.items() for part in ("--set", f"{name}={value}")]
    hexes = [payload.hex() for payload in vector.payloads]
    told = hiplevel("sensors", "decode", spec.id, *hexes, "--char", vector.char, *settings, "--json").json
    np.testing.assert_allclose(told["acc_m_s2"], vector.acc_m_s2, atol=1e-3)
    np.testing.assert_allclose(told["gyr_rad_s"], vector.gyr_rad_s, atol=1e-4)
    assert "battery_percent" not in told  # what the packet does not carry is left out


def test_bytes_may_be_written_in_any_usual_way(hiplevel: Hiplevel) -> None:
    plain = packets(hiplevel, "hiplevel.reference", "--seconds", 1)[0]["hex"]
    pairs = [plain[i : i + 2] for i in range(0, len(plain), 2)]
    told = [
        hiplevel("sensors", "decode", "hiplevel.reference", *written, "--json").json
        for written in ([plain], [" ".join(pairs)], [":".join(pairs).upper()], [f"0x{plain}"], pairs)
    ]
    assert all(one == told[0] for one in told)
    assert "acc x, y, z m/s2" in hiplevel("sensors", "decode", "hiplevel.reference", plain).out


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("show", "movela.dot"), 2, "movella.dot"),
        (("show", "mine.toml"), 2, "mine.toml"),
        (("decode", "hiplevel.reference", "xyz"), 2, "not hex"),
        (("decode", "hiplevel.reference", "00", "--char", "dta"), 2, "data"),
        (("decode", "hiplevel.reference", "00", "--set", "rate"), 2, "--set rate=VALUE"),
        (("decode", "hiplevel.reference", "00", "--set", "rat=100"), 2, "rate"),
        (("decode", "hiplevel.reference", "010002"), 3, "3 bytes"),
        (("simulate", "hiplevel.reference", "--exercise", "pelvic-drops"), 2, "pelvic-drop"),
        (("simulate", "hiplevel.reference", "--seconds", "-1"), 2, "-1"),
        (("simulate", "hiplevel.reference", "--fault", "drop=0.1"), 2, "--transport in-process"),
        (("simulate", "hiplevel.reference", "--transport", "in-process", "--fault", "dorp=1"), 2, "dorp"),
        (("simulate", "hiplevel.reference", "--transport", "in-process", "--fault", "refuse"), 6, "refused"),
        (("simulate", "hiplevel.reference", "--transport", "nonsense:1"), 6, "nonsense:1"),
        (("scann",), 2, "scann"),
    ],
)
def test_wrong_input_is_a_sentence_and_an_exit_code(
    hiplevel: Hiplevel, args: tuple[str, ...], code: int, said: str
) -> None:
    ran = hiplevel("sensors", *args)
    assert ran.code == code
    assert said in ran.err
    assert ran.out == ""
    assert "Traceback" not in ran.err


def test_a_wrong_spec_names_file_and_line(hiplevel: Hiplevel, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(package.load_spec("hiplevel.reference").toml_text.replace('"i16', '"j16'))
    ran = hiplevel("sensors", "show", wrong, "--json")
    assert ran.code == 4
    assert "wrong.toml" in ran.error["message"]
    assert "line" in ran.error["message"] + ran.error["hint"]

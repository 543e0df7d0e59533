"""Every shipped spec must decode its own vectors, and pass the same checks as a stranger's."""

import numpy as np
import pytest

from hiplevel import resources
from hiplevel.sensors.spec import Spec, Vector, family_of, list_specs, load_spec, parse_spec

CASES = [pytest.param(spec, vector, id=f"{spec.id}: {vector.name}") for spec in list_specs() for vector in spec.vectors]


@pytest.mark.parametrize(("spec", "vector"), CASES)
def test_vector(spec: Spec, vector: Vector) -> None:
    chars = [vector.char] * len(vector.payloads)
    got = spec.decoder(**vector.settings).feed_many(chars, vector.payloads, [0] * len(chars))
    for expected, values in ((vector.acc_m_s2, got.acc_m_s2), (vector.gyr_rad_s, got.gyr_rad_s)):
        if expected is not None:
            assert values is not None
            np.testing.assert_allclose(values, np.array(expected), rtol=1e-12, atol=1e-15)
    if vector.time_ns is not None:
        assert got.time_ns is not None
        assert got.time_ns.tolist() == list(vector.time_ns)
    if vector.lost is not None:
        assert got.lost == vector.lost
    if vector.battery_percent is not None:
        assert got.battery_percent == vector.battery_percent
    assert tuple(error.reason for error in got.errors) == vector.errors


@pytest.mark.parametrize("spec", list_specs(), ids=lambda spec: spec.id)
def test_every_spec_brings_vectors_sources_and_says_that_it_never_met_hardware(spec: Spec) -> None:
    assert len(spec.vectors) >= 3
    assert spec.sources
    assert spec.hardware == ()  # none has been at hand yet
    assert "never run against a real sensor" in spec.caution
    assert spec.origin == f"{spec.id}.toml"
    assert load_spec(spec.id).toml_text == spec.toml_text


def test_the_sensors_that_we_promise_are_there() -> None:
    ids = [spec.id for spec in list_specs()]
    promised = """adafruit.sense arduino.nano33-ble-sense arduino.nicla-sense-me hiplevel.reference
        mbientlab.metamotion-r mbientlab.metamotion-s movella.dot movella.dot-custom5 movesense.gsp-imu6
        nordic.thingy52 openearable.v2 polar.verity-sense polar.verity-sense-sdk st.bluest witmotion.ble5"""
    assert ids == promised.split()


def test_a_family_is_told_apart_by_its_probes() -> None:
    chip = load_spec("mbientlab.metamotion-s")
    assert [spec.id for spec in family_of(chip)] == ["mbientlab.metamotion-s", "mbientlab.metamotion-r"]
    assert [spec.id for spec in family_of(load_spec("polar.verity-sense"))] == ["polar.verity-sense"]  # chosen by hand
    expected = [spec.probe[-1].expect for spec in family_of(chip)]
    answers = [expect.pattern.example() for expect in expected if expect]
    assert [[e.pattern.matches(a) for e in expected if e] for a in answers] == [[True, False], [False, True]]


def test_the_manual_s_example_is_a_spec_that_works() -> None:
    manual = (resources.folder("firmware_specs") / "README.md").read_text(encoding="utf-8")
    text = manual.split("```toml\n")[1].split("```")[0]
    spec = parse_spec(text, "README.md")
    assert spec.vectors
    for vector in spec.vectors:
        test_vector(spec, vector)

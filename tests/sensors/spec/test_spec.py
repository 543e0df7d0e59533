"""Reading specs: what is right is understood, what is wrong is named with its line and what to write instead."""

from pathlib import Path

import pytest

from hiplevel.model.errors import Reason, SpecError, UsageError
from hiplevel.sensors.spec import list_specs, load_spec, parse_spec

GOOD = """\
spec = 1
id = "some.sensor"
name = "Some sensor"
confidence = "one-source"
sources = ["a document"]

[match]
name = "^Some"
example = "Some 1"
company = 0x0059

[link]
min_mtu = 100

[chars]
ctl = ["00001234-0000-1000-8000-00805f9b34fb", "00001235-0000-1000-8000-00805f9b34fb"]
data = ["00001234-0000-1000-8000-00805f9b34fb", "00001236-0000-1000-8000-00805f9b34fb"]

[vars]
rate = { default = 100, allowed = [50, 100], unit = "Hz", code = { 50 = 1, 100 = 2 } }
acc_range = { default = 8, allowed = [4, 8], unit = "g" }
mode = { default = "raw", allowed = ["raw", "fine"] }
factor = { default = 1.0 }

[[start]]
subscribe = ["ctl", "data"]
[[start]]
write = "ctl"
bytes = "02 '/go/' {rate:ascii} {rate.code:u8} {acc_range:u16be} {mode:ascii} {host_time:u32} 00*3"
expect = { on = "ctl", bytes = "F0 .. 00|06", timeout_s = 1.5 }
capture = { take = { 3 = "factor:f32" } }
wait_ms = 20
[[stop]]
write = "ctl"
bytes = "03"
response = false
on_fail = "skip"

[[frame]]
on = "data"
when = [
    { at = 0, eq = 0x02 },
    { at = 1, mask = 0xF0, eq = 0x10 },
]
len = { min = 20, max = 200 }
time = { at = 2, type = "u32", tick = 1e-3 }
gap = { at = 6, type = "u16" }
[frame.samples]
at = 8
layout = "aos"
type = "i16"
groups = [["acc.x", "acc.y", "acc.z"], ["gyr.x", "gyr.y", "gyr.z"]]
scale = ["0.01 * acc_range", 0.001]
sentinel = -32768

[axes]
acc = [[0, 1, 0], [-1, 0, 0], [0, 0, 1]]

[full_scale]
acc = "9.80665 * acc_range"

[battery]
poll = { write = "ctl", bytes = "05", every_s = 30 }

[info]
read = "ctl"
fields = { rate = { at = 0, type = "u16" } }

[[vector]]
name = "rest"
char = "data"
hex = ["02 10"]
time_ns = [0]
"""


def test_what_is_right_is_understood() -> None:
    spec = parse_spec(GOOD, "good.toml")
    assert (spec.id, spec.min_mtu, spec.rate_hz(), spec.rate_hz({"rate": 50})) == ("some.sensor", 100, 100.0, 50.0)
    assert spec.toml_text == GOOD
    write = spec.start[1]
    assert write.template is not None
    written = write.template.render(spec.settings(), host_time_ns=7_000_000_000)
    assert written == b"\x02/go/100\x02\x00\x08raw\x07\x00\x00\x00\x00\x00\x00"
    assert write.expect is not None
    assert write.expect.pattern.matches(bytes.fromhex("F0 99 06 01"))
    assert not write.expect.pattern.matches(bytes.fromhex("F0 99 07"))
    assert write.expect.pattern.matches(write.expect.pattern.example())
    assert write.capture is not None
    assert write.capture.values(bytes.fromhex("F0 00 00 00 00 80 3f")) == {"factor": 1.0}
    assert (spec.stop[0].response, spec.stop[0].on_fail) == (False, "skip")
    assert spec.full_scale({"acc_range": 4}).acc_m_s2 == pytest.approx(39.2266)
    assert spec.full_scale().gyr_rad_s is None
    assert spec.alias("00001236-0000-1000-8000-00805F9B34FB") == "data"
    assert spec.match.accepts("Some 7", {0x59})
    assert not spec.match.accepts("Some 7", {0x60})
    assert not spec.match.accepts(None, {0x59})


def test_a_template_tells_the_settings_it_was_written_with() -> None:
    template = parse_spec(GOOD, "good.toml").start[1].template
    assert template is not None
    settings: dict[str, int | float | str] = {"rate": 50, "acc_range": 4, "mode": "fine", "factor": 1.0}
    assert template.match(template.render(settings)) == {"rate": 50, "acc_range": 4, "mode": "fine"}
    assert template.match(template.render(settings)[:-1]) is None
    assert template.match(b"\x03" + template.render(settings)[1:]) is None


@pytest.mark.parametrize(
    ("old", "new", "marker", "says"),
    [
        ("spec = 1", "spec = 2", "spec = 2", "format 2"),
        ("spec = 1\n", "", 'id = "some', "needs spec"),
        ('id = "some.sensor"', 'id = "Some Sensor"', "Some Sensor", "lower-case"),
        ("[link]\nmin_mtu", "[link]\nmin_mtus", "min_mtus", "Did you mean min_mtu?"),
        ("min_mtu = 100", 'min_mtu = "100"', "min_mtu", "whole number"),
        ("min_mtu = 100", "min_mtu = true", "min_mtu", "whole number"),
        ("min_mtu = 100", "min_mtu = 9", "min_mtu", "between 23 and 517"),
        ("[link]", "[lnk]", "[lnk]", "Did you mean link?"),
        ('sources = ["a document"]', "sources = []", "sources", "no sources"),
        ('"one-source"', '"one-sourse"', "one-sourse", 'Did you mean "one-source"?'),
        ('name = "^Some"\nexample = "Some 1"\ncompany = 0x0059', "", "[match]", "nothing to know the sensor by"),
        ('"^Some"', '"^[Some"', "^[Some", "regular expression"),
        ('example = "Some 1"', 'example = "Other"', 'example = "Other"', "example"),
        ('"00001235-0000', '"1235", "00001235-0000', "1235", "must be a pair"),
        ('"00001235-0000-1000-8000-00805f9b34fb"', '"1235"', "ctl =", "00001235-0000-1000-8000-00805f9b34fb"),
        ('"00001235-0000-1000-8000-00805f9b34fb"', '"00001235-0000-10"', "ctl =", "not a UUID"),
        ("rate = { default = 100, allowed", "rat = { default = 100, allowed", "[vars]", "sampling rate"),
        ("default = 100", "default = 75", "default = 75", "not among those allowed"),
        ("code = { 50 = 1, 100 = 2 }", "code = { 50 = 1 }", "rate =", "lacks 100"),
        ("code = { 50 = 1, 100 = 2 }", "codes = { gyr = { 50 = 1 } }", "rate =", "lacks 100"),
        ("{rate.code:u8}", "{rate.gyr:u8}", "{rate.gyr:u8}", "needs a code table"),
        ("default = 8,", "defaults = 8,", "acc_range", "needs a default"),
        ('subscribe = ["ctl", "data"]', 'subscribe = ["control"]', "subscribe", "'control' is not in [chars]"),
        ('subscribe = ["ctl", "data"]', "subscribe = [1]", "subscribe", "text in quotes"),
        ('subscribe = ["ctl", "data"]', "", "[[start]]", "does nothing"),
        ('subscribe = ["ctl", "data"]', 'read = "ctl"', 'read = "ctl"', "goes nowhere"),
        ('subscribe = ["ctl", "data"]', 'read = "clt"', 'read = "clt"', "'clt' is not in [chars]"),
        ('bytes = "03"', 'bytes = "03"\nread = "ctl"', 'read = "ctl"', "either subscribes, reads or writes"),
        ("company = 0x0059", 'company = [0x0059, "ST"]', "company", "whole number"),
        ('confidence = "one-source"', 'confidence = "one-source"\nhardware = "Some 1"', "hardware", "a list"),
        ('write = "ctl"\nbytes = "02', 'write = "cmd"\nbytes = "02', 'write = "cmd"', "'cmd' is not in [chars]"),
        ("{rate:ascii}", "{rte:ascii}", "{rte:ascii}", "not in [vars]"),
        ("{rate:ascii}", "{rate}", "{rate} ", "needs a type"),
        ("{acc_range:u16be}", "{acc_range.code:u8}", "acc_range.code", "needs a code table"),
        ("{mode:ascii}", "{mode:u8}", "{mode:u8}", "{mode:ascii}"),
        ('bytes = "03"', 'bytes = "3"', 'bytes = "3"', "cannot read '3'"),
        ('bytes = "03"\n', "", "[[stop]]", "needs bytes"),
        ('"F0 .. 00|06"', '"F0 ? 00"', "F0 ?", "no byte of an answer"),
        ('"factor:f32"', '"fact:f32"', "fact:f32", "setting with its type"),
        ("wait_ms = 20", 'wait_ms = "20 ms"', "wait_ms", "whole number"),
        ('on_fail = "skip"', 'on_fail = "ignore"', "on_fail", '"abort" or "skip"'),
        ('on = "data"\nwhen', 'on = "dat"\nwhen', 'on = "dat"', "'dat' is not in [chars]"),
        ("{ at = 0, eq = 0x02 }", "{ at = 0 }", "    { at = 0 }", "needs eq"),
        ("eq = 0x10", "eq = 0x11", "eq = 0x11", "can never hold"),
        ("eq = 0x10", "is = 0x10", "is = 0x10", "needs eq"),
        ("max = 200", "max = 10", "max = 10", "below min"),
        ('type = "u32", tick', 'type = "f32", tick', "tick = 1e-3", "counts up"),
        ("tick = 1e-3", "tick = 1000", "tick = 1000", "cannot be meant"),
        (", tick = 1e-3", "", "time = {", "needs tick"),
        ('type = "u32", tick', 'type = "u16", tick = 1e-6, of = "first" } #', "tick = 1e-6", "wraps within"),
        ("time = { at = 2", "time = { at = 3", "gap =", "overlaps time"),
        ("time = { at = 2", "time = { at = 1", "when = [", "overlaps time"),
        ("[frame.samples]\nat = 8", "[frame.samples]\nat = 7", "[frame.samples]", "overlaps gap"),
        ('time = { at = 2, type = "u32", tick = 1e-3 }\n', "", "[[frame]]", "needs a table time"),
        ('gap = { at = 6, type = "u16" }', 'gap = "tme"', "gap =", 'Did you mean "time"?'),
        ('layout = "aos"', 'layout = "aosx"', "layout", 'Did you mean "aos"?'),
        ('layout = "aos"', 'layout = "text"', "layout", "not supported yet"),
        ('layout = "aos"', 'layout = "delta"\ncount = 3', "count = 3", "tells its count itself"),
        ('type = "i16"\ngroups', 'type = "i17"\ngroups', "i17", 'Did you mean "i16"?'),
        ('type = "i16"\ngroups', 'type = "i24"\ngroups', "i24", "not supported yet"),
        ('"acc.x", ', '"acc.X", ', "acc.X", "'acc.X' is no channel"),
        ('"acc.x", ', '"acc.y", ', "groups", "appears twice"),
        ('["acc.x", "acc.y", "acc.z"]', '["acc.x", "acc.y"]', "groups", "x, y and z are needed"),
        ('"0.01 * acc_range"', '"0.01 * range"', "0.01 * range", "'range' is no number in [vars]"),
        ('"0.01 * acc_range"', '"0.01 + 2"', "0.01 + 2", "not a product"),
        ('"0.01 * acc_range"', '"0.01 * mode"', "0.01 * mode", "no number"),
        (", 0.001]", ", 0.001, 1.0]", "scale", "3 entries"),
        ("sentinel = -32768", "sentinel = -99999", "sentinel", "between"),
        ("[0, 1, 0], [-1", "[0, 2, 0], [-1", "acc = [[0, 2", "one 1 or -1 each"),
        ('acc = "9.80665 * acc_range"', 'acc = "9.80665 g"', "9.80665 g", "not a product"),
        ('poll = { write = "ctl"', 'poll = { write = "x"', "poll", "'x' is not in [chars]"),
        ("fields = { rate =", "fields = { rates =", "fields", "'rates' is not in [vars]"),
        ('hex = ["02 10"]', 'hex = ["02 1"]', "hex", "not hex"),
        ("time_ns = [0]", "time_ns = [0.5]", "time_ns", "whole number"),
        ("time_ns = [0]", "acc = [0]", "acc = [0]", "no key 'acc'"),
        ("time_ns = [0]", "vars = { rate = 75 }", "rate = 75", "cannot be 75"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(old: str, new: str, marker: str, says: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    line = next(number for number, content in enumerate(text.split("\n"), 1) if marker in content)
    with pytest.raises(SpecError) as caught:
        parse_spec(text, "bad.toml")
    assert caught.value.reason is Reason.SPEC_INVALID
    assert says in str(caught.value)
    assert str(caught.value).startswith(f"bad.toml, line {line}: ")


@pytest.mark.parametrize(
    ("text", "line"), [("spec = 1\nid = ", 2), ("spec = 1\n\n\nid = 'a\n", 4), ("a = 1\na = 2\n", 2), ("[x\n", 1)]
)
def test_what_is_not_toml_is_named_with_its_line(text: str, line: int) -> None:
    with pytest.raises(SpecError, match=f"bad.toml, line {line}: this is not TOML") as caught:
        parse_spec(text, "bad.toml")
    assert caught.value.reason is Reason.SPEC_SYNTAX


def test_windows_line_ends_do_not_shift_lines() -> None:
    text = GOOD.replace("min_mtu = 100", "min_mtu = 1").replace("\n", "\r\n")
    with pytest.raises(SpecError, match="line 13: "):
        parse_spec(text, "bad.toml")


def test_of_two_frames_the_wrong_one_is_named() -> None:
    second = '\n[[frame]]\non = "data"\nwhen = [{ at = 0, eq = 9 }]\nskip = "yes"\n'
    with pytest.raises(SpecError, match=rf"line {GOOD.count(chr(10)) + 5}: skip of \[frame 2\]"):
        parse_spec(GOOD + second, "bad.toml")


def test_a_setting_that_does_not_exist_is_refused_with_the_nearest() -> None:
    spec = load_spec("hiplevel.reference")
    with pytest.raises(UsageError, match="Did you mean acc_range") as caught:
        spec.decoder(acc_rnge=8)
    assert caught.value.reason is Reason.USAGE
    with pytest.raises(UsageError, match="Use 50, 52, 100"):
        spec.decoder(rate=60)


def test_unknown_ids_name_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"movella\.dot") as caught:
        load_spec("movela.dot")
    assert caught.value.reason is Reason.UNKNOWN_SPEC
    with pytest.raises(UsageError, match=r"hiplevel\.reference"):
        load_spec("qqqqqq")


def test_specs_load_from_files(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(GOOD)
    assert load_spec(file).id == load_spec(str(file)).id == "some.sensor"
    with pytest.raises(UsageError) as caught:
        load_spec(tmp_path / "none.toml")
    assert caught.value.reason is Reason.NOT_FOUND
    file.write_bytes(b"spec = 1\nname = '\xff'\n")
    with pytest.raises(SpecError, match="UTF-8"):
        load_spec(file)


def test_the_start_of_each_shipped_sensor_is_as_documented() -> None:
    def written(spec_id: str, **given: int) -> list[str]:
        spec = load_spec(spec_id)
        return [s.template.render(spec.settings(given)).hex(" ") for s in spec.start if s.template is not None]

    assert written("witmotion.ble5")[-1] == "ff aa 03 09 00"
    assert written("witmotion.ble5", rate=200)[-1] == "ff aa 03 0b 00"
    assert bytes.fromhex(written("movesense.gsp-imu6")[0]) == b"\x01\x63/Meas/IMU6/52"
    assert written("movella.dot")[1] == "10 " + "00 " * 23 + "3c 00 " + "00 " * 5 + "00"
    assert written("movella.dot")[2] == "01 01 15"
    flash = {"ff aa 00 00 00"}
    assert not flash & set(written("witmotion.ble5"))


@pytest.mark.parametrize("spec", list_specs(), ids=lambda spec: spec.id)
def test_subscribing_comes_before_the_command_that_starts_the_stream(spec: object) -> None:
    assert isinstance(spec, type(load_spec("hiplevel.reference")))
    subscribed = [alias for step in spec.start for alias in step.subscribe]
    assert {frame.on for frame in spec.frames} <= set(subscribed)
    assert {step.expect.on for step in spec.start if step.expect} <= set(subscribed)


@pytest.mark.parametrize("key", ["variant"])
def test_what_is_only_planned_says_so(key: str) -> None:
    with pytest.raises(SpecError, match=f"{key} is not supported yet"):
        parse_spec(GOOD.replace("[match]", f"[[{key}]]\na = 1\n[match]"), "bad.toml")

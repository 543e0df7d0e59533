"""Specs made up for tests: what the shipped sensors do not use."""

from hiplevel.sensors.spec import Spec, list_specs, parse_spec

HEAD = """\
spec = 1
id = "{id}"
name = "Made up"
confidence = "own-design"
sources = ["a test"]
[match]
name = "^Made up"
example = "Made up"
[chars]
data = ["00001234-0000-1000-8000-00805f9b34fb", "00001236-0000-1000-8000-00805f9b34fb"]
more = ["00001234-0000-1000-8000-00805f9b34fb", "00001237-0000-1000-8000-00805f9b34fb"]
[vars]
rate = {{ default = {rate}, unit = "Hz" }}
n = {{ default = 3, allowed = [1, 2, 3, 7] }}
"""

LAST_STAMP = """
[[frame]]                            # big-endian, time of the last sample, a counter of samples, a count, a tail, axes
on = "data"
when = [{ at = 0, mask = 0x0F, eq = 0x05 }]
time = { at = 1, type = "u32be", tick = 0.000030517578125, of = "last" }
gap = { at = 5, type = "u16be", counts = "samples" }
clip = { at = 0, mask = 0x80 }
[frame.samples]
at = 8
count = { at = 7, type = "u8" }
batch = "n"
tail = 2
type = "i16be"
channels = ["gyr.z", "gyr.y", "skip", "gyr.x", "acc.x", "acc.y", "acc.z"]
scale = [0.001, 0.001, 1.0, 0.002, "0.005", "0.005", "0.01"]
sentinel = -32768
[axes]
acc = [[0, 1, 0], [-1, 0, 0], [0, 0, 1]]
gyr = [[0, 0, -1], [0, 1, 0], [1, 0, 0]]
[full_scale]
acc = 100.0
gyr = 30.0
"""

COUNTER_ONLY = """
[[frame]]
on = "data"
time = { from = "arrival" }
gap = { at = 0, type = "u8" }
[frame.samples]
at = 1
layout = "soa"
batch = 2
type = "i32"
groups = [["acc.x", "acc.y", "acc.z"], ["gyr.x", "gyr.y", "gyr.z"]]
scale = [1e-6, 1e-7]
"""

FREE_CLOCK = """
[[frame]]                            # 64-bit clock that never wraps, doubles
on = "data"
time = { at = 0, type = "u64", tick = 1e-9, wrap = false }
[frame.samples]
at = 8
batch = "n"
type = "f64"
groups = [["acc.x", "acc.y", "acc.z"], ["gyr.x", "gyr.y", "gyr.z"]]
"""

TWO_STREAMS = """
[[frame]]
on = "data"
time = { at = 0, type = "u32", tick = 1e-3 }
gap = "time"
[frame.samples]
at = 4
type = "i16"
batch = 2
channels = ["acc.x", "acc.y", "acc.z"]
scale = 0.01
[[frame]]
on = "more"
time = { at = 0, type = "u32", tick = 1e-3 }
gap = "time"
[frame.samples]
at = 4
type = "i16"
batch = 3
channels = ["gyr.x", "gyr.y", "gyr.z"]
scale = 0.001
"""

DELTAS = """
[[frame]]                            # differences; time of the last sample, two streams on one characteristic
on = "data"
when = [{ at = 0, mask = 0x3F, eq = 2 }]
time = { at = 1, type = "u64", tick = 1e-9, of = "last", wrap = false }
gap = "time"
[frame.samples]
at = 9
layout = "delta"
type = "i16"
batch = "n"
channels = ["acc.x", "acc.y", "acc.z"]
scale = 0.01
[[frame]]
on = "data"
when = [{ at = 0, mask = 0x3F, eq = 5 }]
time = { at = 1, type = "u64", tick = 1e-9, of = "last", wrap = false }
gap = "time"
[frame.samples]
at = 9
layout = "delta"
type = "f32"
batch = "n"
tail = 1
channels = ["gyr.x", "gyr.y", "gyr.z"]
[full_scale]
acc = 120.0
"""

NO_CLOCK_APART = """
[[frame]]
on = "data"
time = { from = "arrival" }
[frame.samples]
at = 0
count = 1
type = "f32"
channels = ["acc.x", "acc.y", "acc.z"]
[[frame]]
on = "more"
time = { from = "arrival" }
[frame.samples]
at = 0
count = 1
type = "f32"
channels = ["gyr.x", "gyr.y", "gyr.z"]
"""


COARSE = """
[[frame]]
on = "data"
time = { at = 0, type = "u16", tick = 8e-3 }
[frame.samples]
at = 2
type = "i16"
count = 1
channels = ["acc.x", "acc.y", "acc.z", "gyr.x", "gyr.y", "gyr.z"]
"""  # a clock of 8 ms under samples of 5


def made_up(spec_id: str, body: str, rate: float = 100) -> Spec:
    """A spec with this body."""
    return parse_spec(HEAD.format(id=spec_id, rate=rate) + body, f"{spec_id}.toml")


MADE_UP = [
    made_up("last-stamp", LAST_STAMP),
    made_up("counter-only", COUNTER_ONLY),
    made_up("free-clock", FREE_CLOCK, rate=12.5),
]
SPLIT = made_up("two-streams", TWO_STREAMS)
APART = [SPLIT, made_up("deltas", DELTAS, rate=52), made_up("no-clock-apart", NO_CLOCK_APART)]
ALL = [*list_specs(), *MADE_UP]

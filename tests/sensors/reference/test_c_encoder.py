"""The C header for firmware says the same bytes as the spec: compiled here, and checked against encoder and decoder."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hiplevel import resources
from hiplevel.sensors.encode.encoder import Encoder
from hiplevel.sensors.spec import Spec, load_spec
from hiplevel.sensors.stream import SensorStream

CC = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
pytestmark = pytest.mark.skipif(
    CC is None, reason="no C compiler (cc, gcc or clang) to compile the firmware header with"
)
REFERENCE = load_spec("hiplevel.reference")
STRICT = ("-std=c99", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-pedantic", "-O2")
INT16 = st.integers(-32768, 32767)
RANGES = {"acc_range": 16, "gyr_range": 2000}


def build(folder: Path, *defines: str) -> Path:
    program = folder / "host"
    source = Path(__file__).with_name("host.c")
    include = resources.folder("firmware_specs") / "c"
    assert CC is not None
    subprocess.run([CC, *STRICT, *defines, f"-I{include}", str(source), "-o", str(program)], check=True)
    return program


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("c"))


def say(host: Path, *lines: str) -> list[str]:
    run = subprocess.run([host], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def sample(time_us: int, counts: np.ndarray) -> str:
    return f"s {time_us % (1 << 32)} {' '.join(str(int(v)) for v in counts)}"


def packets(lines: list[str]) -> list[bytes]:
    return [bytes.fromhex(line[2:]) for line in lines if line.startswith("p ")]


def physical(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scale = [product.value(REFERENCE.settings(RANGES)) for product in REFERENCE.frames[0].samples.scales]  # type: ignore[union-attr]
    return counts[:, :3] * scale[0], counts[:, 3:] * scale[3]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(rows=[(0, 0, 0, 0, 0, -32767)], per_packet=1, sequence=0, start_us=0)
@given(
    rows=st.lists(st.tuples(*[INT16] * 6), min_size=1, max_size=40),
    per_packet=st.integers(1, 10),
    sequence=st.sampled_from([0, 65534]),
    start_us=st.sampled_from([0, (1 << 32) - 45_000]),
)
def test_its_packets_are_those_of_the_spec_across_every_wrap(
    host: Path, rows: list[tuple[int, ...]], per_packet: int, sequence: int, start_us: int
) -> None:
    counts = np.array(rows)
    lines = [f"c 016400{16:02x}d007{per_packet:02x}", f"q {sequence}", "c 02"]
    lines += [sample(start_us + 10_000 * k, row) for k, row in enumerate(counts)]
    made = packets(say(host, *lines))
    encoder = Encoder(REFERENCE, {"per_packet": per_packet}, first_counter=sequence, first_tick=start_us)
    assert [payload for _, payload in encoder.encode(*physical(counts), 0)] == made
    decoded = REFERENCE.decoder(per_packet=per_packet).feed_many(["data"] * len(made), made)
    whole = len(rows) // per_packet * per_packet
    acc, gyr = physical(counts[:whole])
    assert len(decoded) == whole
    assert decoded.lost == 0
    assert decoded.errors == ()
    if whole:
        assert decoded.acc_m_s2 is not None
        assert decoded.gyr_rad_s is not None
        np.testing.assert_allclose(decoded.acc_m_s2, acc, rtol=1e-12)
        np.testing.assert_allclose(decoded.gyr_rad_s, gyr, rtol=1e-12)


def test_it_answers_every_command_of_the_spec_as_the_spec_expects(host: Path) -> None:
    asked = REFERENCE.settings({"rate": 200, "acc_range": 8, "gyr_range": 500, "per_packet": 10})
    for step in (*REFERENCE.start, *REFERENCE.stop):
        if step.template is None:
            continue
        (answer,) = say(host, f"c {step.template.render(asked).hex()}")
        assert step.expect is not None
        assert step.expect.pattern.matches(bytes.fromhex(answer[2:]))
    assert REFERENCE.info is not None
    told = say(host, "c 01c80008f4010a", "r")[1]
    assert bytes.fromhex(told[2:]) == REFERENCE.info.render(asked)
    defaults = say(host, "r")[0]
    assert bytes.fromhex(defaults[2:]) == REFERENCE.info.render(REFERENCE.settings())


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("014d0010d00705", "8102"),  # 77 Hz
        ("0164000bd00705", "8102"),  # 11 g
        ("01640010d00700", "8102"),  # no sample a packet
        ("01640010d0070b", "8102"),  # eleven
        ("01640010d007", "8101"),
        ("04", "8401"),
        ("0200", "8201"),
        ("", "8001"),
    ],
)
def test_it_refuses_what_it_cannot_do(host: Path, command: str, answer: str) -> None:
    assert say(host, f"c {command}") == [f"a {answer}"]


def test_it_is_not_set_up_while_it_streams_and_sends_nothing_before_it_is_started(host: Path) -> None:
    row = np.ones(6, dtype=int)
    assert say(host, "c 02", "c 01640010d00705") == ["a 8200", "a 8102"]
    assert packets(say(host, *[sample(10_000 * k, row) for k in range(20)])) == []
    assert packets(say(host, "c 02", "c 03", *[sample(10_000 * k, row) for k in range(20)])) == []
    assert packets(say(host, "c 02", "d", *[sample(10_000 * k, row) for k in range(20)])) == []


def run(spec: Spec, made: list[bytes]) -> SensorStream:
    stream = SensorStream(spec)
    arrivals = [1_790_000_000 * 10**9 + int.from_bytes(p[4:8], "little") * 1000 for p in made]
    stream.feed_many(["data"] * len(made), made, arrivals)
    return stream


def test_what_the_chip_dropped_is_marked_and_counted_by_the_host(host: Path) -> None:
    row = np.arange(6)
    lines = [
        "c 02",
        *[sample(10_000 * k, row) for k in range(53)],
        "l",
        *[sample(10_000 * k, row) for k in range(60, 80)],
    ]
    made = packets(say(host, *lines))
    assert [payload[1] for payload in made] == [0] * 10 + [4] + [0] * 3
    assert [int.from_bytes(payload[2:4], "little") for payload in made] == list(range(14))
    assert run(REFERENCE, made).health.lost == 10  # three of a packet that was begun, and seven of the chip's


def test_the_sequence_and_the_clock_outlive_a_lost_link(host: Path) -> None:
    row = np.arange(6)
    lines = ["c 02", *[sample(10_000 * k, row) for k in range(50)], "d", "c 02"]
    made = packets(say(host, *lines, *[sample(10_000 * k, row) for k in range(3000, 3050)]))
    assert [int.from_bytes(payload[2:4], "little") for payload in made] == list(range(20))
    health = run(REFERENCE, made).health
    assert health.lost == 2950
    assert health.restarts == 0


@given(INT16, st.sampled_from([65536, 75162, 65536 * 3, 40_000]))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counts_of_another_scale_are_rounded_and_saturate(host: Path, raw: int, factor: int) -> None:
    (told,) = say(host, f"x {raw} {factor}")
    exact = raw * factor / 65536
    assert abs(int(told[2:]) - min(max(exact, -32768), 32767)) <= 0.5


def test_a_chip_with_rates_of_its_own_tells_the_true_one(tmp_path: Path) -> None:
    lsm6ds3 = build(tmp_path, "-DHL_TRUE_RATE(hz)=((hz)==50u?52u:(hz)==100u?104u:(hz)==200u?208u:(hz))")
    assert say(lsm6ds3, "r")[0] == "r 01680010d00705"
    assert say(lsm6ds3, "c 01c80010d00705", "r")[1].startswith("r 01d000")

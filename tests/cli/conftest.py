"""Running the command line the way a shell does, without starting a process; and files for it to work on."""

from pathlib import Path

import pytest

from cli.running import Hiplevel, Ran
from hiplevel import simulate
from hiplevel.cli.main import run
from hiplevel.model.rules import DropRule
from hiplevel.pipeline import Pipeline
from hiplevel.recording.csv_export import write_csv
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.writer import RecordingWriter
from hiplevel.sensors.ble.link import Notification
from hiplevel.sensors.spec import load_spec
from hiplevel.sensors.stream import SensorStream
from hiplevel.session.session import Session

STARTED_NS = 1_800_000_000_000_000_000
PACKET_NS = 50_000_000


@pytest.fixture(autouse=True)
def own_folders(nothing_of_yours: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder of its own, without a window."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")  # no window opens on the screen of who runs the tests
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


@pytest.fixture
def hiplevel(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Hiplevel:
    """`hiplevel("sensors", "list")` -> exit code, stdout, stderr."""
    monkeypatch.delenv("HIPLEVEL_DEBUG", raising=False)

    def call(*args: object) -> Ran:
        capsys.readouterr()
        code = run([str(arg) for arg in args])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call


@pytest.fixture(scope="session")
def drops_csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six simulated pelvic drops on the left leg; the right side falls 9 degrees in the second and the fifth."""
    simulated = simulate.exercise("pelvic-drop", stance="left", reps=6, drops={1: 9.0, 4: 9.0}, seed=7)
    path = tmp_path_factory.mktemp("csv") / "drops.csv"
    write_csv(simulated.samples, path)
    return path


@pytest.fixture(scope="session")
def drops_recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same person, recorded as a session records a sensor: notifications, events, angles."""
    simulated = simulate.exercise("pelvic-drop", stance="left", reps=6, drops={1: 9.0, 4: 9.0}, seed=7)
    path = tmp_path_factory.mktemp("recorded") / "drops.mcap"
    spec, rule = load_spec("hiplevel.reference"), DropRule(threshold_deg=6.0)
    info = RecordingInfo(
        client="c-017",
        spec_id=spec.id,
        spec_toml=spec.toml_text,
        exercise="pelvic-drop",
        stance="left",
        rule=rule,
        started_ns=STARTED_NS,
        simulated=True,
        seed=7,
        source="simulation",
    )
    pipeline = Pipeline(exercise="pelvic-drop", stance="left", rule=rule)
    session = Session(SensorStream(spec), pipeline, recorder=RecordingWriter(path, info))
    sent = spec.encoder().encode(simulated.samples.acc_m_s2, simulated.samples.gyr_rad_s)
    for number, (characteristic, payload) in enumerate(sent, 1):
        session.feed(Notification(characteristic, payload, STARTED_NS + number * PACKET_NS))
    session.finish()
    return path

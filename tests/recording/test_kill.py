"""A writing process killed at random moments: nothing older than a second is lost."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hiplevel.recording.reader import open_recording
from hiplevel.recording.recover import recover

from .conftest import payload

# Writes in real time until killed, telling each notification's number once the recorder has taken it.
WRITER = """
import itertools, sys, time
from pathlib import Path
from {conftest} import full_info, payload
from hiplevel.recording.writer import RecordingWriter

writer = RecordingWriter(Path(sys.argv[1]), full_info())
for number in itertools.count():
    writer.notification("data", payload(number), {arrival})
    print(number, flush=True)
    {pace}
"""


def kill_after(path: Path, numbers: int, arrival: str, pace: str) -> int:
    """Start the writer, kill it when it has told that many `numbers`; the last number told."""
    program = WRITER.format(conftest=f"{__package__}.conftest", arrival=arrival, pace=pace)
    paths = os.pathsep.join([str(Path(__file__).parents[__package__.count(".") + 1]), *sys.path])
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": paths}
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(numbers)]
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.readlines()
        assert process.wait() == -signal.SIGKILL
    return int(lines[-1])


@pytest.mark.parametrize("numbers", [7, 30, 33, 71, 204])
def test_killed_while_writing_at_full_speed(tmp_path: Path, numbers: int) -> None:
    path = tmp_path / "a.mcap"
    last = kill_after(path, numbers, "number * 50_000_000", "")
    recording = open_recording(path)
    kept = [told[1] for told in recording.notifications()]
    assert kept == [payload(n) for n in range(len(kept))]
    assert last - len(kept) < 20  # at 20 a second of arrival time
    assert not recording.closed
    report = recover(path, tmp_path / "b.mcap")
    assert [told[1] for told in open_recording(report.path).notifications()] == kept


def test_killed_while_the_link_is_silent(tmp_path: Path) -> None:
    """Nothing arrives any more, so no call can flush: what was taken more than a second before must be there."""
    path = tmp_path / "a.mcap"
    pace = "number < 9 or (time.sleep(1.5), print(number, flush=True), time.sleep(60))"
    last = kill_after(path, 11, "time.time_ns()", pace)
    assert [told[1] for told in open_recording(path).notifications()] == [payload(n) for n in range(last + 1)]

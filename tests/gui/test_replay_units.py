"""A look back counts what its exercise counts: steps in walking, seconds of a hold, not absent repetitions."""

from pathlib import Path

from pytestqt.qtbot import QtBot

import hiplevel
from gui.bench import opened, review_of, shipped
from hiplevel import simulate
from hiplevel.gui.window import Window
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.writer import RecordingWriter


def test_walking_is_counted_in_steps(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    path = shipped("walking", tmp_path / "r")
    replay = opened(qtbot, window, path)
    recording = hiplevel.open_recording(path)
    steps = hiplevel.analyze(recording.samples, exercise="walking").steps
    page = replay.page
    assert page is not None
    assert page.panel.count.text() == f"{len(steps)} steps"
    assert page.panel.range.isHidden()
    assert page.panel.blocks["left"].values["passed"][0].isHidden()  # none of no repetitions
    replay.player.seek(steps[9].time_s)
    assert (page.count.reps, page.count.target_words) == (10, "steps")


def test_a_hold_is_counted_in_seconds(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    held = simulate.exercise("side-lying-hold", stance="left", reps=2, hold_s=8.0, seed=3).samples
    info = RecordingInfo(exercise="side-lying-hold", stance="left", source="import", simulated=True)
    (tmp_path / "r").mkdir()
    with RecordingWriter(tmp_path / "r" / "hold.mcap", info) as writer:
        writer.samples(held)
    replay = opened(qtbot, window, tmp_path / "r" / "hold.mcap")
    holds = review_of(replay).holds
    page = replay.page
    assert page is not None
    assert holds
    assert page.panel.count.text() == f"{len(holds)} hold{'s' if len(holds) > 1 else ''}"
    replay.player.seek(holds[0].start_s + 3.5)
    assert (page.count.reps, page.count.set_words) == (3, "hold 1")
    assert not page.count.dimmed

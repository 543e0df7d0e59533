"""A pause in a replay on the terminal: the board says so, and shows no level that nobody looked at."""

from pathlib import Path

import pytest

from eventful import PAUSED_S, PLAN, eventful
from hiplevel.cli.live.board import Board
from hiplevel.cli.pauses import ShowsPauses
from hiplevel.recording.reader import open_recording
from hiplevel.sensors.spec import parse_spec
from hiplevel.sensors.stream import SensorStream
from hiplevel.session.session import Session
from hiplevel.session.source import FileSource


def test_the_board_is_paused_where_the_session_was(tmp_path: Path) -> None:
    eventful(tmp_path / "all.mcap")
    recording = open_recording(tmp_path / "all.mcap")
    pipeline = PLAN.pipeline()
    pipeline.hear(recording.events)
    board = Board("clip", pipeline.rule)
    spec = parse_spec(recording.info.spec_toml, "the spec in the recording")
    session = Session(SensorStream(spec, **recording.info.spec_vars), pipeline, views=[board])
    shown: dict[bool, list[float]] = {True: [], False: []}
    for item in ShowsPauses(FileSource(recording), board, recording.events, lambda: session.duration_s).items():
        shown[board.paused].append(session.duration_s)
        assert not board.paused or board.level_deg is None
        if item is not None:
            session.feed(item)
    session.finish()
    assert (min(shown[True]), max(shown[True])) == pytest.approx(PAUSED_S, abs=0.3)
    assert not [at_s for at_s in shown[False] if PAUSED_S[0] + 0.3 < at_s < PAUSED_S[1] - 0.3]

"""A session with every shipped sensor, over real Bluetooth code: counted alike, recorded, replayed to the last bit."""

from pathlib import Path

import pytest

from cli.running import Hiplevel
from hiplevel.cli.simulated.source import simulated_source
from hiplevel.model.events import Rep
from hiplevel.sensors.spec import list_specs
from hiplevel.session.plan import Plan, session_on


@pytest.mark.parametrize("spec_id", [spec.id for spec in list_specs()])
def test_a_session_counts_and_replays_to_the_same(hiplevel: Hiplevel, tmp_path: Path, spec_id: str) -> None:
    path = tmp_path / "session.mcap"
    source = simulated_source("pelvic-drop", seconds=18.0, seed=1, fast=True, spec_id=spec_id, stance="left", reps=2)
    with source:
        session = session_on(source, Plan("pelvic-drop", "left", client="test"), path)
        session.run(source)
    counted = sum(isinstance(event, Rep) for event in session.events)
    assert counted == 2
    replayed = hiplevel("replay", path, "--speed", 0, "--json").json
    assert replayed["recorded"]["equal"] is True
    assert replayed["summary"]["reps"] == counted

"""Training from the command line, on a virtual sensor."""

from pathlib import Path

import pytest

from cli.running import Hiplevel
from cues.ear import Ear, drop
from hiplevel import open_recording
from hiplevel.cli.live import sound
from hiplevel.cli.live.plan import tempo_of
from hiplevel.model.errors import LinkError, Reason, UsageError
from hiplevel.model.prescription import Feedback, Prescription
from hiplevel.session.plan import Plan

SIMULATED = ("live", "--simulated", "--fast", "--seconds", 25, "--exercise", "pelvic-drop", "--stance", "left")


def test_a_simulated_session_is_counted_recorded_and_labelled(hiplevel: Hiplevel, tmp_path: Path) -> None:
    path = tmp_path / "live.mcap"
    ran = hiplevel(*SIMULATED, "--limit", 6, "--client", "c-017", "--sets", 2, "--reps", 8, "--out", path, "--json")
    assert ran.code == 0
    told = ran.json
    assert told["simulated"]
    assert told["reps"] >= 3
    assert told["drops"]["right"]["count"] == 1
    assert told["data"]["lost_samples"] == 0
    assert "Everything shown is simulated" in ran.err
    info = open_recording(path).info
    assert (info.client, info.exercise, info.stance, info.rule.threshold_deg) == ("c-017", "pelvic-drop", "left", 6.0)
    assert info.prescription is not None
    assert (info.prescription.sets, info.prescription.reps) == (2, 8)
    assert hiplevel("replay", path, "--speed", 0, "--json").json["recorded"]["equal"] is True


def test_the_count_point_and_a_metronome_are_chosen_and_replay_knows_them(hiplevel: Hiplevel, tmp_path: Path) -> None:
    path = tmp_path / "live.mcap"
    ran = hiplevel(*SIMULATED, "--count-at", "turn", "--metronome", "2-0-2", "--out", path, "--json")
    assert ran.code == 0, ran.err
    assert ran.json["metronome"]["beats"] >= 2
    assert open_recording(path).info.count_at == "turn"
    replayed = hiplevel("replay", path, "--speed", 0, "--json").json
    assert replayed["recorded"]["equal"] is True
    assert replayed["summary"]["metronome"] == ran.json["metronome"]
    assert hiplevel(*SIMULATED, "--metronome", "fast", "--out", tmp_path / "b.mcap").code == 2


@pytest.mark.parametrize(("feedback", "beeps"), [("every", 1), ("set-end", 0)])
def test_of_drops_as_much_is_heard_as_was_prescribed(
    feedback: Feedback, beeps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ear = Ear()
    monkeypatch.setattr(sound, "open_speaker", lambda: ear)
    asked = Prescription("pelvic-drop", "left", feedback=feedback)
    with sound.heard(None, asked, mute=False) as (view,):
        view.on_events([drop(3.0)])
    assert len(ear.heard) == beeps


def test_a_tempo_is_the_one_told_else_prescribed_else_usual() -> None:
    asked = Prescription("pelvic-drop", "left", tempo_s=7.0)
    assert str(tempo_of("2-1-2", Plan("pelvic-drop", prescription=asked))) == "2-1-2-0"
    assert tempo_of("", Plan("pelvic-drop", prescription=asked)).rep_s == 7.0
    assert tempo_of("", Plan("pelvic-drop")).rep_s == 4.5  # of 3 to 6 s
    with pytest.raises(UsageError, match="No tempo is known"):
        tempo_of("", Plan("walking"))


def test_without_out_it_goes_to_the_own_recordings_under_the_clients_code(hiplevel: Hiplevel) -> None:
    ran = hiplevel(*SIMULATED, "--client", "c-017")
    assert ran.code == 0
    assert "SIMULATED" in ran.out
    assert "c-017_" in hiplevel("recordings", "list").out


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--exercise", "pelvic-drip"), "pelvic-drop"),
        (("--client", "Anna Müller"), "cannot be a client code"),
        (("--limit", "-2"), "cannot be meant"),
        (("--set", "rate"), "has no value"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_starts(
    hiplevel: Hiplevel, options: tuple[str, ...], says: str
) -> None:
    ran = hiplevel("live", *options)
    assert ran.code == 2
    assert says in ran.err


def test_without_bluetooth_it_says_what_to_do(hiplevel: Hiplevel, monkeypatch: pytest.MonkeyPatch) -> None:
    def off(*_: object, **__: object) -> None:
        raise LinkError("Bluetooth is switched off.", Reason.BLUETOOTH_OFF, "Switch it on.")

    monkeypatch.setattr("hiplevel.session.nearby.nearby", off)
    monkeypatch.setattr(
        "hiplevel.session.nearby.choose.__kwdefaults__", {"remembered": None, "ask": None, "listen": off}
    )
    ran = hiplevel("live", "--exercise", "squat")
    assert ran.code == 6
    assert "Bluetooth is switched off" in ran.err
    scanned = hiplevel("sensors", "scan", "--json")
    assert scanned.code == 6
    assert scanned.error["reason"] == "bluetooth-off"

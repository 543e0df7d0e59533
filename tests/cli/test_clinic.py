"""`hiplevel clinic` as a clinician and a trainee use it."""

import io
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cli.running import Hiplevel, Ran
from clinic.recorded import record, samples
from hiplevel.clinic import keyring
from hiplevel.cohort.kept import Kept
from hiplevel.gui.settings import Settings
from hiplevel.model.calibration import Calibration
from hiplevel.recording.calibrations import Calibrations
from hiplevel.sensors.ble.identity import SensorIdentity
from hiplevel.session.remembered_sensors import recall, remember

PRESCRIBED = ("--exercise", "pelvic-drop", "--side", "left")


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HIPLEVEL_PASSPHRASE", "four plain words here")
    monkeypatch.delenv("HIPLEVEL_DB", raising=False)
    monkeypatch.setitem(keyring.SCRYPT, "n", 2**4)


@pytest.fixture
def clinic(hiplevel: Hiplevel, tmp_path: Path) -> Hiplevel:
    """`hiplevel clinic ...` on a store with a clinician and a client."""

    def call(*args: object) -> Ran:
        return hiplevel("clinic", "--db", tmp_path / "clinic.db", *args)

    assert call("keys", "new", "Dr. Weber").code == 0
    assert call("clients", "add", "c-017", "--name", "Erika Mustermann").code == 0
    return call


def test_the_way_from_a_client_to_a_report_of_progress(clinic: Hiplevel, tmp_path: Path) -> None:
    ran = clinic("prescribe", "c-017", *PRESCRIBED, "--sets", 1, "--reps", 6, "--limit", 8, "--per-week", 3)
    assert ran.code == 0
    assert "1 x 6, 3 a week" in ran.out
    changed = clinic("threshold", "c-017", *PRESCRIBED, "--limit", 6, "--reason", "steady for a week", "--json")
    assert changed.json["prescription"]["rule"]["threshold_deg"] == 6.0
    assert changed.json["prescription"]["reps"] == 6
    record(tmp_path / "a.mcap", samples({1: 9.0, 4: 9.0}))
    added = clinic("sessions", "add", tmp_path)
    assert added.code == 0
    assert "1 new, 0 there already, 0 not taken." in added.out
    listed = clinic("sessions", "--json").json
    assert [(s["reps"], s["sides"][0]["drops"]) for s in listed] == [(6, 2)]
    course = clinic("progress", "c-017", "--json").json[0]
    assert [point["reps"] for point in course["points"]] == [6]
    assert [step["after"]["threshold_deg"] for step in course["steps"]] == [8.0, 6.0]
    text = clinic("progress", "c-017").out
    assert "limit 8° -> 6° by Dr. Weber: steady for a week" in text.replace(", warning 7°", "")
    trail = clinic("audit", "--json").json
    assert trail[-1]["action"] == "session-added"
    assert "limit 8°" in clinic("audit").out
    assert clinic("audit", "verify").code == 0


def test_names_are_shown_with_a_passphrase_only(clinic: Hiplevel, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Erika Mustermann" in clinic("clients", "list", "--names").out
    assert "Erika" not in clinic("clients").out
    assert "Erika" not in json.dumps(clinic("clients", "show", "c-017", "--json").json)
    monkeypatch.setenv("HIPLEVEL_PASSPHRASE", "a wrong passphrase")
    ran = clinic("clients", "list", "--names", "--json")
    assert ran.code == 7
    assert ran.error["reason"] == "passphrase"


def test_without_a_passphrase_no_limit_changes(clinic: Hiplevel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HIPLEVEL_PASSPHRASE")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    ran = clinic("prescribe", "c-017", *PRESCRIBED, "--limit", 8)
    assert ran.code == 2
    assert "needs a clinician's passphrase" in ran.err
    assert clinic("prescriptions", "list", "c-017", "--json").json == []


@pytest.mark.parametrize("limit", [-3, 0, 90, "nan"])
def test_a_limit_that_cannot_be_meant(clinic: Hiplevel, limit: object) -> None:
    ran = clinic("prescribe", "c-017", *PRESCRIBED, "--limit", limit, "--json")
    assert ran.code == 2
    assert ran.error["reason"] == "rule"
    assert "cannot be meant" in ran.error["message"]


def test_what_if_on_files_and_on_the_store_agree(clinic: Hiplevel, tmp_path: Path) -> None:
    path = record(tmp_path / "a.mcap", samples({1: 9.0, 4: 9.0}))
    clinic("sessions", "add", path)
    told = clinic("what-if", path, "--from", 4, "--to", 12, "--step", 2, "--json").json
    points = told["curves"][0]["points"]
    assert [(p["limit_deg"], p["drops"], p["passed"]) for p in points][1:] == [
        (6, 2, 4),
        (8, 2, 4),
        (10, 0, 6),
        (12, 0, 6),
    ]
    kept = clinic("what-if", "--client", "c-017", "--from", 4, "--to", 12, "--step", 2, "--json").json
    assert kept == told
    text = clinic("what-if", path).out
    assert "right side, 6 repetitions" in text
    assert text.count("<- as it is set") == 1


def test_where_a_limit_could_come_from(clinic: Hiplevel, tmp_path: Path) -> None:
    path = record(tmp_path / "base.mcap", samples(dict.fromkeys(range(6), 8.0)))
    ran = clinic("threshold", "c-017", "--exercise", "single-leg-squat", "--baseline", path)
    assert "Nakagawa et al. 2012" in ran.out
    assert "On whom: Adults with and without patellofemoral pain" in ran.out
    assert "Baseline, right side: peak fall" in ran.out
    assert "no agreed angle" in ran.err


def test_a_signed_file_travels(clinic: Hiplevel, hiplevel: Hiplevel, tmp_path: Path) -> None:
    clinic("prescribe", "c-017", *PRESCRIBED, "--reps", 8, "--limit", 6)
    file = tmp_path / "c-017.hlp.toml"
    key = clinic("prescriptions", "export", "c-017", "-o", file, "--json").json["fingerprint"]
    home = ("clinic", "--db", tmp_path / "home.db", "prescriptions")
    refused = hiplevel(*home, "import", file, "--new-client", "--json")
    assert refused.code == 7
    assert refused.error["reason"] == "unknown-signer"
    assert "NEW here" in refused.err
    taken = hiplevel(*home, "import", file, "--new-client", "--trust", key)
    assert taken.code == 0
    assert "pelvic-drop" in taken.out
    file.write_bytes(file.read_bytes().replace(b"6.0", b"9.0"))
    tampered = hiplevel(*home, "import", file, "--json")
    assert tampered.code == 7
    assert tampered.error["reason"] == "tampered"


def test_tampering_with_the_trail_is_exit_code_7(clinic: Hiplevel, tmp_path: Path) -> None:
    head = clinic("audit", "verify", "--json").json
    assert head["whole"]
    with closing(sqlite3.connect(tmp_path / "clinic.db")) as raw:
        raw.execute("DROP TRIGGER audit_detail_is_never_changed")
        raw.execute("UPDATE audit_detail SET text = replace(text, 'c-017', 'c-018')")
        raw.commit()
    ran = clinic("audit", "verify", "--head", f"{head['lines']}:{head['head']}")
    assert ran.code == 7
    assert "what it says was changed" in ran.out
    assert "NOT whole" in ran.out
    assert clinic("audit", "verify", "--head", "x").code == 2


def test_backup_restore_export_and_erase(clinic: Hiplevel, tmp_path: Path) -> None:
    path = record(tmp_path / "a.mcap", samples({1: 9.0}))
    clinic("sessions", "add", path)
    assert len(clinic("backup", "--list", "--json").json) >= 3  # one after each change
    db = tmp_path / "clinic.db"
    db.write_bytes(db.read_bytes()[:9000])
    broken = clinic("clients", "--json")
    assert broken.code == 7
    assert "restore" in broken.error["hint"]
    assert clinic("restore", "--yes").code == 0
    assert clinic("clients", "--json").json[0]["sessions"] == 1
    assert clinic("audit", "verify").code == 0
    assert clinic("export", "c-017", "-o", tmp_path / "out.zip").code == 0
    remember("c-017", "hiplevel.reference", SensorIdentity("Clip", "C0:01"))
    Calibrations().save(Calibration.assumed("back").made_for("C0:01", "c-017", 10**18))
    Settings().set("choice", {"client": "c-017"})
    Settings().save()
    Kept("").keep("of a cohort", {"client": "c-017"})
    erased = clinic("erase", "c-017", "--yes", "--proof", tmp_path / "proof.json")
    assert erased.code == 0
    assert "No trace" in erased.out
    assert not path.exists()
    assert json.loads((tmp_path / "proof.json").read_text())["traces"] == []
    assert clinic("clients", "--json").json == []
    assert clinic("audit", "verify").code == 0
    assert recall("c-017") is None
    assert Settings().get("choice", {}) == {"client": ""}
    assert Kept("").find("of a cohort") is None
    for file in (tmp_path / "home").rglob("*"):
        assert not file.is_file() or b"c-017" not in file.read_bytes()


def test_a_backup_that_cannot_be_made_costs_only_itself(clinic: Hiplevel, tmp_path: Path) -> None:
    backups = tmp_path / "clinic-backups"
    shutil.rmtree(backups)
    backups.write_text("in the way")
    ran = clinic("clients", "add", "c-2")
    assert ran.code == 0
    assert "the automatic backup was not made" in ran.err
    assert [client["code"] for client in clinic("clients", "--json").json] == ["c-017", "c-2"]


def test_one_bad_file_costs_only_itself(clinic: Hiplevel, tmp_path: Path) -> None:
    bad = tmp_path / "bad.mcap"
    bad.write_bytes(b"no recording")
    good = record(tmp_path / "good.mcap", samples())
    ran = clinic("sessions", "add", bad, good)
    assert ran.code == 0
    assert "Not taken: bad.mcap" in ran.err
    assert clinic("sessions", "add", bad).code == 1


def test_fhir_leaves_out_what_is_simulated(clinic: Hiplevel, tmp_path: Path) -> None:
    clinic("sessions", "add", record(tmp_path / "s.mcap", samples()))
    clinic("sessions", "add", record(tmp_path / "r.mcap", samples(seed=9), simulated=False, day=1))
    bundle = clinic("progress", "c-017", "--fhir").json
    assert [entry["resource"]["resourceType"] for entry in bundle["entry"]] == ["Observation"]


def test_unknown_clients_and_commands_name_the_nearest(clinic: Hiplevel) -> None:
    assert "Did you mean c-017" in clinic("progress", "c-071").err
    assert clinic("nothing").code == 2
    assert clinic("prescriptions").code == 0


def test_help_needs_no_keys_and_no_numbers() -> None:
    from test_imports import modules_loaded_by

    loaded = modules_loaded_by("from hiplevel.cli.main import run\nassert run(['clinic', '--help']) == 0")
    assert not loaded & {"cryptography", "numpy", "sqlite3", "jinja2", "typst", "rich"}


def test_what_if_without_a_session_that_can_be_looked_at_fails(hiplevel: Hiplevel, tmp_path: Path) -> None:
    (tmp_path / "text.mcap").write_text("hello")
    ran = hiplevel("clinic", "what-if", tmp_path / "text.mcap")
    assert ran.code == 5
    assert "is not a recording" in ran.err
    assert "no session to try limits on" in ran.err

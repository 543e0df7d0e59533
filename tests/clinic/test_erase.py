"""Erasing a client: nothing is left, the trail still holds, and there is proof of both."""

import json
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from clinic.recorded import record, samples
from hiplevel import ClinicError, DropRule, Prescription, UsageError
from hiplevel.clinic import angle_cache
from hiplevel.clinic.add_session import add_session
from hiplevel.clinic.audit import TRAINEE, lines
from hiplevel.clinic.audit_backups import heads
from hiplevel.clinic.audit_verify import verify
from hiplevel.clinic.backup import back_up, backups
from hiplevel.clinic.clients import add_client, assign_sensor, clients, name_client
from hiplevel.clinic.clinicians import Clinician
from hiplevel.clinic.database import Store
from hiplevel.clinic.erase import erase_client, traces
from hiplevel.clinic.export import export_client
from hiplevel.clinic.prescribing import prescribe
from hiplevel.clinic.restore import restore
from hiplevel.clinic.sessions import sessions

GONE = "zebra-99"
NAME = "Erika Mustermann"


@pytest.fixture
def full(store: Store, clinician: Clinician, tmp_path: Path) -> Path:
    """A client with everything, beside another; and the recording of the one to go."""
    add_client(store, GONE, name=NAME, by=clinician)
    assign_sensor(store, "AA:BB", GONE)
    prescribe(store, GONE, Prescription("pelvic-drop", "left", 1, 6, rule=DropRule(6.0)), by=clinician)
    path = record(tmp_path / f"{GONE}_one.mcap", samples({1: 9.0}), client=GONE)
    add_session(store, path)
    add_session(store, record(tmp_path / "stays.mcap", samples(seed=2)))
    back_up(store)
    return path


def test_nothing_is_left_and_the_trail_holds(store: Store, clinician: Clinician, full: Path, tmp_path: Path) -> None:
    proof = erase_client(store, GONE, by=clinician)
    assert proof.traces == ()
    assert proof.recordings == (full.name,)
    assert proof.rows["client"] == proof.rows["session"] == proof.rows["prescription"] == 1
    assert [client.code for client in clients(store)] == ["c-017"]
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert GONE not in file.name
            data = file.read_bytes()
            assert GONE.encode() not in data
            assert NAME.encode() not in data
    verdict = verify(store, heads(store))
    assert verdict.problems == ()
    assert verdict.erased == proof.details_erased == 5
    assert len(list(angle_cache.cache_folder(store.path).iterdir())) == 2  # of the one who stays
    assert len(sessions(store)) == 1


def test_the_proof_is_signed_and_stands_in_the_trail(store: Store, clinician: Clinician, full: Path) -> None:
    proof = erase_client(store, GONE, by=clinician)
    key = Ed25519PublicKey.from_public_bytes(clinician.public_key)
    key.verify(bytes.fromhex(proof.signature), proof.statement())
    line = lines(store)[-1]
    assert (line.action, line.number, line.hash, line.who) == ("client-erased", proof.line, proof.hash, "Dr. Weber")
    assert GONE not in json.dumps(line.detail)


def test_older_backups_go_too_and_the_new_one_restores(store: Store, clinician: Clinician, full: Path) -> None:
    back_up(store)
    proof = erase_client(store, GONE, by=clinician)
    assert proof.backups_removed == 2
    assert len(backups(store.path)) == 1
    store.close()
    restore(store.path)
    with Store(store.path) as again:
        assert [client.code for client in clients(again)] == ["c-017"]
        assert verify(again, heads(again)).whole


def test_only_a_clinician_erases(store: Store, full: Path) -> None:
    with pytest.raises(ClinicError, match="clinician's role"):
        erase_client(store, GONE, by=TRAINEE)  # type: ignore[arg-type]
    assert full.exists()
    assert traces(store, GONE)


def test_recordings_may_stay_and_a_strangers_always_does(
    store: Store, clinician: Clinician, full: Path, tmp_path: Path
) -> None:
    record(tmp_path / "new.mcap", samples(seed=5), client="c-017").replace(full)  # the name holds another session now
    erase_client(store, GONE, by=clinician)
    assert full.exists()
    add_client(store, GONE, by=clinician)
    own = record(tmp_path / "own.mcap", samples(seed=6), client=GONE)
    add_session(store, own)
    proof = erase_client(store, GONE, by=clinician, recordings=False)
    assert own.exists()
    assert proof.kept == (str(own),)


def test_a_removed_detail_without_an_erasure_is_still_found(store: Store, clinician: Clinician, full: Path) -> None:
    erase_client(store, GONE, by=clinician)
    with store.transaction():
        store.run("DELETE FROM audit_detail WHERE number = 1")
    assert verify(store).problems == ("Line 1: what it says was removed, and no erasure tells of it.",)


def test_a_short_code_is_no_trace_of_itself_in_every_file(store: Store, clinician: Clinician) -> None:
    add_client(store, "a", by=clinician)
    assert erase_client(store, "a", by=clinician).traces == ()


def test_the_export_holds_all_of_one_client_and_nothing_of_another(
    store: Store, clinician: Clinician, full: Path, tmp_path: Path
) -> None:
    name_client(store, "c-017", "Somebody Else", by=clinician)
    names = export_client(store, GONE, tmp_path / "out.zip", by=clinician)
    assert f"recordings/{full.name}" in names
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        told = json.loads(archive.read("client.json"))
        rows = archive.read("sessions.csv").decode().splitlines()
        trail = json.loads(archive.read("trail.json"))
        everything = b"".join(archive.read(name) for name in names)
    assert told["client"] == {**told["client"], "code": GONE, "name": NAME, "sensors": ["AA:BB"]}
    assert told["prescriptions"][0]["rule"]["threshold_deg"] == 6.0
    assert len(told["sessions"]) == 1
    assert rows[1].split(",")[9:12] == ["right", "6.0", "1"]
    assert {line["detail"]["client"] for line in trail} == {GONE}
    assert b"c-017" not in everything.replace(b"stays", b"")


def test_a_trainees_export_has_no_name(store: Store, full: Path, tmp_path: Path) -> None:
    export_client(store, GONE, tmp_path / "out.zip", recordings=False)
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert json.loads(archive.read("client.json"))["client"]["name"] is None
        assert not any(name.startswith("recordings/") for name in archive.namelist())
    with pytest.raises(UsageError, match="already there"):
        export_client(store, GONE, tmp_path / "out.zip")

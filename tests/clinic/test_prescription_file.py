"""A prescription on its way: readable, signed, and refused with a sentence when anything about it is wrong."""

import random
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from clinic.conftest import CODE
from clinic_edits import edit_bytes
from hiplevel import ClinicError, DropRule, HiplevelError, Prescription, Reason, UsageError
from hiplevel.clinic.audit import lines
from hiplevel.clinic.audit_verify import verify
from hiplevel.clinic.clients import add_client
from hiplevel.clinic.clinicians import Clinician
from hiplevel.clinic.database import Store
from hiplevel.clinic.prescribed import programme
from hiplevel.clinic.prescribing import change_limit, prescribe
from hiplevel.clinic.prescription_export import write_file
from hiplevel.clinic.prescription_file import SignedFile, read_file
from hiplevel.clinic.prescription_import import signer_of, take

NOW_NS = 1_790_000_000 * 10**9
DAY_NS = 86_400 * 10**9
DROP = Prescription("pelvic-drop", "left", 3, 8, rule=DropRule(8.0, warn_deg=6.0), note='slowly, "tall" ä\n2 lines')
SQUAT = Prescription("single-leg-squat", "right", 2, 10, rule=DropRule(9.5), band="red", feedback="half")


@pytest.fixture
def file(store: Store, clinician: Clinician, tmp_path: Path) -> Path:
    prescribe(store, CODE, DROP, by=clinician)
    prescribe(store, CODE, SQUAT, by=clinician)
    path = tmp_path / "c-017.hlp.toml"
    write_file(store, CODE, path, by=clinician, now_ns=NOW_NS)
    return path


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Store]:
    """The training side: a store of its own without a clinician."""
    with Store(tmp_path / "home" / "clinic.db") as store:
        add_client(store, CODE)
        yield store


def take_all(home: Store, signed: SignedFile, **how: object) -> list[str]:
    told = {"trust": signed.fingerprint, "now_ns": NOW_NS + DAY_NS, **how}
    return [one.prescription.exercise for one in take(home, signed, **told)]  # type: ignore[arg-type]


def test_what_was_prescribed_arrives_as_it_was(store: Store, home: Store, file: Path) -> None:
    signed = read_file(file)
    assert take_all(home, signed, client=CODE) == ["pelvic-drop", "single-leg-squat"]
    assert [p.prescription for p in programme(home, CODE)] == [p.prescription for p in programme(store, CODE)]
    line = lines(home)[-1]
    assert line.detail is not None
    assert (line.role, line.detail["signer"], line.detail["key"]) == ("trainee", "Dr. Weber", signed.fingerprint)
    assert verify(home).whole


def test_it_is_plain_toml_that_people_can_read(file: Path) -> None:
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    assert told["client"] == CODE
    assert told["prescription"][0]["rule"]["threshold_deg"] == 8.0
    assert told["prescription"][0]["note"] == DROP.note
    assert "threshold_deg = 9.5" in file.read_text(encoding="utf-8")


def test_whose_it_is_shows_before_anything_is_taken(home: Store, file: Path, clinician: Clinician) -> None:
    signed = read_file(file)
    assert str(signer_of(home, signed)) == (
        f"Dr. Weber, key {clinician.fingerprint} "
        "(NEW here: compare the fingerprint with your clinician before you trust it)"
    )
    with pytest.raises(ClinicError, match="new here") as told:
        take_all(home, signed, trust="")
    assert told.value.reason is Reason.UNKNOWN_SIGNER
    with pytest.raises(ClinicError, match="You wrote aaaa"):
        take_all(home, signed, trust="aaaa")
    assert programme(home, CODE) == []
    take_all(home, signed)
    assert signer_of(home, signed).known
    assert take_all(home, signed, trust="") == []  # known now, and all of it is here already


def test_in_the_clinicians_own_store_the_key_is_known(store: Store, file: Path) -> None:
    assert signer_of(store, read_file(file)).known


def test_a_name_does_not_make_a_key_known(home: Store, file: Path, tmp_path: Path) -> None:
    from hiplevel.clinic.clinicians import add_clinician

    take_all(home, read_file(file))
    with Store(tmp_path / "mallory.db") as other:
        mallory = add_clinician(other, "Dr. Weber", "another passphrase")
        add_client(other, CODE)
        prescribe(other, CODE, replace(DROP, rule=DropRule(30.0)), by=mallory)
        forged = write_file(other, CODE, tmp_path / "forged.hlp.toml", by=mallory, now_ns=NOW_NS)
    assert not signer_of(home, forged).known
    with pytest.raises(ClinicError, match="new here"):
        take_all(home, forged, trust="")


def test_time_over_and_time_to_come(home: Store, file: Path) -> None:
    signed = read_file(file)
    with pytest.raises(ClinicError, match="was valid until") as told:
        take_all(home, signed, now_ns=NOW_NS + 91 * DAY_NS)
    assert told.value.reason is Reason.EXPIRED
    with pytest.raises(ClinicError, match="still to come"):
        take_all(home, signed, now_ns=NOW_NS - 2 * DAY_NS)
    assert take_all(home, signed, now_ns=NOW_NS + 89 * DAY_NS)


def test_somebody_elses_is_refused(home: Store, file: Path) -> None:
    add_client(home, "c-2")
    with pytest.raises(ClinicError, match=r"for c-017, not for c-2") as told:
        take_all(home, read_file(file), client="c-2")
    assert told.value.reason is Reason.OTHER_CLIENT


def test_a_client_who_is_not_here_is_added_only_when_asked(file: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "empty.db") as empty:
        with pytest.raises(UsageError, match="no client c-017"):
            take_all(empty, read_file(file))
        assert take_all(empty, read_file(file), new_client=True) == ["pelvic-drop", "single-leg-squat"]


def test_an_older_version_does_not_come_back(
    store: Store, clinician: Clinician, home: Store, file: Path, tmp_path: Path
) -> None:
    change_limit(store, CODE, "pelvic-drop", "left", DropRule(6.0), "steady", by=clinician)
    newer = write_file(store, CODE, tmp_path / "newer.hlp.toml", by=clinician, now_ns=NOW_NS)
    assert take_all(home, newer) == ["pelvic-drop", "single-leg-squat"]
    with pytest.raises(ClinicError, match="version 1 of pelvic-drop; version 2 is here already"):
        take_all(home, read_file(file))
    assert programme(home, CODE)[0].prescription.rule == DropRule(6.0)


def test_an_unknown_schema_is_refused(
    store: Store, clinician: Clinician, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("export", "file"):
        monkeypatch.setattr(f"hiplevel.clinic.prescription_{module}.SCHEMA", 2)
    later = tmp_path / "later.hlp.toml"
    write_file(store, CODE, later, by=clinician, now_ns=NOW_NS)
    monkeypatch.undo()
    with pytest.raises(ClinicError, match="schema 2, which this hiplevel does not know") as told:
        read_file(later)
    assert told.value.reason is Reason.NEWER_FILE


def test_signed_nonsense_is_refused(store: Store, clinician: Clinician, file: Path, tmp_path: Path) -> None:
    body = file.read_bytes().partition(b"\n[signature]")[0].replace(b"threshold_deg = 8.0", b"threshold_deg = 90.0")
    value = clinician.sign(body)
    path = tmp_path / "nonsense.hlp.toml"
    head = f'\n[signature]\nkey = "{clinician.public_key.hex()}"\nvalue = "{value.hex()}"\n'
    path.write_bytes(body + head.encode())
    with pytest.raises(ClinicError, match="cannot be meant"):
        read_file(path)


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 100, b"hello", b"a = 1\n"])
def test_another_file_is_no_prescription(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "some.toml"
    path.write_bytes(content)
    with pytest.raises(ClinicError, match="no prescription of hiplevel") as told:
        read_file(path)
    assert told.value.reason is Reason.FOREIGN_FILE
    with pytest.raises(UsageError, match="cannot be read"):
        read_file(tmp_path / "nowhere.toml")


def test_every_byte_counts(file: Path, tmp_path: Path) -> None:
    data, rng = file.read_bytes(), random.Random(5)
    path = tmp_path / "edited.hlp.toml"
    for _ in range(300):
        path.write_bytes(edit_bytes(data, rng))
        with pytest.raises(HiplevelError) as told:
            read_file(path)
        assert told.value.reason in (Reason.TAMPERED, Reason.FOREIGN_FILE)


def test_nothing_prescribed_is_nothing_to_write(store: Store, clinician: Clinician, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Nothing is prescribed"):
        write_file(store, CODE, tmp_path / "x.hlp.toml", by=clinician)
    prescribe(store, CODE, DROP, by=clinician)
    with pytest.raises(UsageError, match="1 to 730 days"):
        write_file(store, CODE, tmp_path / "x.hlp.toml", by=clinician, valid_days=0)
    (tmp_path / "x.hlp.toml").write_text("mine")
    with pytest.raises(UsageError, match="already there"):
        write_file(store, CODE, tmp_path / "x.hlp.toml", by=clinician)
    assert (tmp_path / "x.hlp.toml").read_text() == "mine"

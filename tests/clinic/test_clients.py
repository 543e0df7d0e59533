"""Clients, names, sensors and clinicians."""

import pytest

from clinic.conftest import CODE, PASSPHRASE
from hiplevel import ClinicError, Reason, UsageError
from hiplevel.clinic.audit import lines
from hiplevel.clinic.audit_verify import verify
from hiplevel.clinic.clients import add_client, assign_sensor, clients, find_client, name_client
from hiplevel.clinic.clinicians import Clinician, add_clinician, clinicians, unlock
from hiplevel.clinic.database import Store

NAME = "Erika Mustermann"


def test_a_name_is_read_by_a_clinician_only_and_stands_nowhere_in_the_file(store: Store, clinician: Clinician) -> None:
    name_client(store, CODE, NAME, by=clinician)
    assert [(c.name, c.named) for c in clients(store)] == [(None, True)]
    assert [c.name for c in clients(store, by=clinician)] == [NAME]
    for path in store.path.parent.glob("clinic.db*"):
        assert NAME.encode() not in path.read_bytes()
    name_client(store, CODE, "", by=clinician)
    assert [(c.name, c.named) for c in clients(store, by=clinician)] == [(None, False)]


def test_a_trainee_adds_a_code_but_no_name(store: Store) -> None:
    with pytest.raises(UsageError, match="clinician's role") as told:
        add_client(store, "c-2", name=NAME)
    assert told.value.reason is Reason.NOT_ALLOWED
    assert [c.code for c in clients(store)] == [CODE]
    assert add_client(store, "c-2").code == "c-2"


@pytest.mark.parametrize("code", ["Erika Mustermann", "müller", "../up", ""])
def test_what_looks_like_a_name_is_no_code(store: Store, code: str) -> None:
    with pytest.raises(UsageError, match="cannot be a client code"):
        add_client(store, code)


def test_a_code_is_taken_once_however_it_is_written(store: Store) -> None:
    with pytest.raises(UsageError, match="already"):
        add_client(store, CODE.upper())
    assert find_client(store, CODE.upper()).code == CODE


def test_an_unknown_client_names_the_nearest(store: Store) -> None:
    with pytest.raises(UsageError, match=r"no client c-071.*mean c-017"):
        find_client(store, "c-071")


def test_a_sensor_goes_from_one_client_to_the_next_with_a_line_for_each(store: Store) -> None:
    add_client(store, "c-2")
    assign_sensor(store, "AA:BB", CODE)
    assign_sensor(store, "AA:BB", "c-2")
    assert {c.code: c.sensors for c in clients(store)} == {CODE: (), "c-2": ("AA:BB",)}
    assign_sensor(store, "AA:BB", None)
    assert [c.sensors for c in clients(store)] == [(), ()]
    actions = [(line.action, (line.detail or {})["client"]) for line in lines(store, last=4)]
    assert actions == [
        ("sensor-assigned", CODE),
        ("sensor-taken-back", CODE),
        ("sensor-assigned", "c-2"),
        ("sensor-taken-back", "c-2"),
    ]


def test_the_passphrase_opens_the_role_and_nothing_else_does(store: Store, clinician: Clinician) -> None:
    opened = unlock(store, PASSPHRASE)
    assert (opened.name, opened.fingerprint) == ("Dr. Weber", clinician.fingerprint)
    with pytest.raises(ClinicError, match=r"not the passphrase of Dr\. Weber") as told:
        unlock(store, PASSPHRASE + " ")
    assert told.value.reason is Reason.PASSPHRASE
    with pytest.raises(UsageError, match=r"no clinician Dr\. No"):
        unlock(store, PASSPHRASE, "Dr. No")


def test_a_second_clinician_is_introduced_and_reads_the_same_names(store: Store, clinician: Clinician) -> None:
    name_client(store, CODE, NAME, by=clinician)
    with pytest.raises(ClinicError, match="introduced") as told:
        add_clinician(store, "Dr. Other", "other passphrase")
    assert told.value.reason is Reason.NOT_ALLOWED
    add_clinician(store, "Dr. Other", "other passphrase", by=clinician)
    other = unlock(store, "other passphrase", "Dr. Other")
    assert [c.name for c in clients(store, by=other)] == [NAME]
    assert [entry.name for entry in clinicians(store)] == ["Dr. Weber", "Dr. Other"]
    with pytest.raises(UsageError, match=r"several clinicians: Dr\. Weber, Dr\. Other"):
        unlock(store, "other passphrase")
    assert verify(store).whole


@pytest.mark.parametrize(("name", "passphrase", "said"), [("", "x" * 9, "1 to 60"), ("Dr. A", "short", "at least 8")])
def test_a_key_needs_a_name_and_a_passphrase(
    store: Store, clinician: Clinician, name: str, passphrase: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        add_clinician(store, name, passphrase, by=clinician)


def test_a_store_without_a_clinician_says_how_to_make_one(store: Store) -> None:
    with Store(store.path.with_name("empty.db")) as empty, pytest.raises(UsageError, match="clinic keys new"):
        unlock(empty, PASSPHRASE)


def test_secrets_do_not_show_when_a_clinician_is_printed(clinician: Clinician) -> None:
    shown = repr(clinician)
    assert repr(clinician._names_key) not in shown
    assert "Ed25519PrivateKey" not in shown

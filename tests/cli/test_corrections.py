"""`hiplevel recordings correct|note|bad|said`: the count put right by hand, and everything taken back again."""

import shutil
from pathlib import Path

import pytest

from cli.running import Hiplevel
from hiplevel.recording.reader import open_recording


@pytest.fixture
def session(drops_recording: Path, tmp_path: Path) -> Path:
    """Six repetitions in one set, as recorded live."""
    return Path(shutil.copy(drops_recording, tmp_path / "s.mcap"))


def done(hiplevel: Hiplevel, session: Path, *what: object) -> list[int]:
    ran = hiplevel("recordings", "correct", session, *what, "--json")
    assert ran.code == 0, ran.err
    return [one["done"] for one in ran.json["sets"]]


def test_each_correction_and_how_it_counts_then(hiplevel: Hiplevel, session: Path) -> None:
    before = open_recording(session)
    assert done(hiplevel, session) == [6]
    assert done(hiplevel, session, "--undo") == [5]
    assert done(hiplevel, session, "--undo", "1:2") == [4]
    assert done(hiplevel, session, "--add", "0:15.5") == [5]
    assert done(hiplevel, session, "--warm-up", "1:1") == [4]
    assert done(hiplevel, session, "--warm-up", "1") == [0]
    assert done(hiplevel, session, "--work", "1") == [5]
    assert done(hiplevel, session, "--restart-set", "1") == [0]
    assert done(hiplevel, session, "--take-back") == [5]
    assert done(hiplevel, session, "--take-back", "1") == [6]
    after = open_recording(session)
    assert list(after.notifications()) == list(before.notifications())
    assert after.events[: len(before.events)] == before.events
    assert len(after.events) == len(before.events) + 9


def test_restarting_at_a_time_keeps_what_came_after(hiplevel: Hiplevel, session: Path) -> None:
    reps = hiplevel("recordings", "correct", session, "--json").json["sets"][0]["reps"]
    assert done(hiplevel, session, "--restart-set", "1", "--at", reps[3]["time_s"]) == [2]


def test_the_machines_own_count_stays_beside_it(hiplevel: Hiplevel, session: Path) -> None:
    hiplevel("recordings", "correct", session, "--undo")
    assert "the machine counted" in hiplevel("recordings", "correct", session).out
    told = hiplevel("recordings", "correct", session, "--json").json
    assert (told["done"], told["machine_reps"]) == (5, 6)


def test_a_corrected_recording_still_replays_to_the_last_bit(hiplevel: Hiplevel, session: Path) -> None:
    for what in (("correct", session, "--undo"), ("note", session, "Band slipped."), ("bad", session, 3, 4)):
        assert hiplevel("recordings", *what).code == 0
    told = hiplevel("replay", session, "--speed", "0", "--json").json
    assert told["recorded"]["equal"] is True
    assert told["summary"]["reps"] == 5


def test_an_import_is_corrected_as_well_though_it_holds_no_events(
    hiplevel: Hiplevel, drops_csv: Path, tmp_path: Path
) -> None:
    path = tmp_path / "import.mcap"
    assert hiplevel("recordings", "import", drops_csv, "-o", path, "--exercise", "pelvic-drop").code == 0
    count = done(hiplevel, path)[0]
    assert done(hiplevel, path, "--undo") == [count - 1]
    assert hiplevel("analyze", path, "--json").json["summary"]["reps"] == count - 1
    assert len(open_recording(path).events) == 1


def test_what_people_said_is_listed_with_numbers(hiplevel: Hiplevel, session: Path) -> None:
    assert hiplevel("recordings", "said", session).out == "Nobody has said anything.\n"
    hiplevel("recordings", "note", session, "Band slipped.", "--at", "1:02.5", "--author", "pt-2")
    hiplevel("recordings", "bad", session, "3", "4.5", "somebody walked by")
    hiplevel("recordings", "correct", session, "--take-back", "1")
    text = hiplevel("recordings", "said", session).out
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert lines[1] == "1 1:02.5 note: Band slipped. taken back"
    assert lines[3].endswith("what was said as number 1 taken back")
    assert "not to be trusted: 0:03.0 to 0:04.5 (somebody walked by)" in text
    listed = hiplevel("recordings", "said", session, "--json").json
    assert [(one["number"], one["stands"], one["author"]) for one in listed] == [
        (1, False, "pt-2"),
        (2, True, ""),
        (3, True, ""),
    ]


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        (("--undo", "--add", "3"), "One correction at a time"),
        (("--undo", "1:9"), "Set 1 has no repetition 9: 6 count."),
        (("--undo", "1"), "Which repetition? Write --undo SET:REP"),
        (("--undo", "one"), "is no repetition: write SET:REP"),
        (("--restart-set", "4"), "There is no set 4 in this session."),
        (("--add", "noon"), "is no time in the session: write seconds, or 1:02.5"),
        (("--at", "3"), "--at belongs to --restart-set."),
        (("--take-back", "7"), "There is no correction to take back."),
        (("--undo", "--author", "Jane Doe"), "cannot be a client code"),
        (("--undo", "--author", "machine"), "The machine is no author"),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_is_written(
    hiplevel: Hiplevel, session: Path, what: tuple[str, ...], sentence: str
) -> None:
    before = session.read_bytes()
    ran = hiplevel("recordings", "correct", session, *what)
    assert ran.code == 2
    assert sentence in ran.err
    assert session.read_bytes() == before


def test_an_empty_note_and_a_span_that_ends_before_it_begins(hiplevel: Hiplevel, session: Path) -> None:
    assert "no text" in hiplevel("recordings", "note", session, " ").err
    assert "ends after it begins" in hiplevel("recordings", "bad", session, "5", "4").err


def test_a_shipped_sample_stays_as_it_is(hiplevel: Hiplevel) -> None:
    ran = hiplevel("recordings", "correct", "pelvic-drop-good-left", "--undo")
    assert ran.code == 2
    assert "Copy it first." in ran.err

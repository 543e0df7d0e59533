"""`hiplevel exercises`: the catalogue as people and programs read it."""

from pathlib import Path

import pytest

import hiplevel as package
from cli.running import Hiplevel
from exercises.promised import PROMISED
from hiplevel.exercises.own import FOLDER_VARIABLE


def test_every_exercise_is_listed(hiplevel: Hiplevel) -> None:
    listed = {entry["id"] for entry in hiplevel("exercises", "--json").json}
    assert listed >= PROMISED
    assert {entry["id"] for entry in hiplevel("exercises", "list", "--json").json} == listed
    text = hiplevel("exercises").out
    assert all(f"\n{name} " in text for name in listed)


@pytest.mark.parametrize("exercise", [exercise.id for exercise in package.list_exercises()])
def test_each_can_be_shown_and_says_what_cannot_be_seen(hiplevel: Hiplevel, exercise: str) -> None:
    ran = hiplevel("exercises", "show", exercise)
    assert ran.code == 0
    assert "Cannot see:" in ran.out
    assert "until your clinician sets one" in " ".join(ran.out.split())
    assert len(hiplevel("exercises", "show", exercise, "--json").json["cannot_see"]) > 10


def test_a_discouraged_exercise_says_so_first(hiplevel: Hiplevel) -> None:
    assert hiplevel("exercises", "show", "clamshell").out.splitlines()[2].startswith("Discouraged:")


def test_an_unknown_exercise_names_the_nearest(hiplevel: Hiplevel) -> None:
    ran = hiplevel("exercises", "show", "pelvic-drops", "--json")
    assert ran.code == 2
    assert ran.error["reason"] == "unknown-exercise"
    assert "pelvic-drop" in ran.error["message"] + ran.error["hint"]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of one's own."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "own"))
    return tmp_path / "own"


@pytest.fixture
def circle(hiplevel: Hiplevel, tmp_path: Path) -> Path:
    """A file made from one of the catalogue, as the help says."""
    text = hiplevel("exercises", "show", "pelvic-drop", "--toml").out
    path = tmp_path / "mine.toml"
    path.write_text(text.replace('id = "pelvic-drop"', 'id = "hip-circle"').replace("alarm_deg = 10", "alarm_deg = 12"))
    return path


def test_one_of_your_own_is_checked_added_used_and_removed(
    hiplevel: Hiplevel, own: Path, circle: Path, drops_csv: Path, tmp_path: Path
) -> None:
    assert hiplevel("exercises", "check", circle).out.startswith(f"{circle}: hip-circle can be used as it is.")
    added = hiplevel("exercises", "add", circle, "--json")
    assert added.code == 0, added.err
    assert added.json["path"] == str(own / "hip-circle.toml")
    assert [e["id"] for e in hiplevel("exercises", "--json").json if e["own"]] == ["hip-circle"]
    assert "(hip-circle, your own)" in hiplevel("exercises", "show", "hip-circle").out
    told = ("--exercise", "hip-circle", "--stance", "left")
    assert hiplevel("analyze", drops_csv, *told, "--json").json["summary"]["reps"] == 6
    recording = tmp_path / "a.mcap"
    assert hiplevel("recordings", "import", drops_csv, "-o", recording, *told).code == 0
    assert hiplevel("exercises", "remove", "hip-circle").code == 0
    assert hiplevel("exercises", "show", "hip-circle").code == 2
    # The recording knows it still.
    summary = hiplevel("analyze", recording, "--json").json["summary"]
    assert (summary["exercise"], summary["reps"], summary["rule"]["threshold_deg"]) == ("hip-circle", 6, 12.0)


def test_nothing_replaces_an_exercise_of_the_catalogue(hiplevel: Hiplevel, own: Path, tmp_path: Path) -> None:
    path = tmp_path / "squat.toml"
    path.write_text(hiplevel("exercises", "show", "squat", "--toml").out.replace("alarm_deg = 8.0", "alarm_deg = 40.0"))
    for command in ("check", "add"):
        ran = hiplevel("exercises", command, path, "--json")
        assert (ran.code, ran.error["reason"]) == (4, "exists")
        assert 'Write another id, such as "my-squat".' in ran.error["hint"]
    own.mkdir()
    (own / "squat.toml").write_text(path.read_text())
    ran = hiplevel("exercises", "list")
    assert "Note: squat.toml: 'squat' is an exercise of the catalogue" in ran.err
    assert package.load_exercise("squat").alarm_deg == 8.0
    assert "belongs to the catalogue and stays" in hiplevel("exercises", "remove", "squat").err


def test_a_wrong_file_is_refused_with_line_and_key_and_nothing_is_added(
    hiplevel: Hiplevel, own: Path, circle: Path
) -> None:
    circle.write_text(circle.read_text().replace("min_swing = 2.5", "min_swing = -1"))
    ran = hiplevel("exercises", "add", circle)
    assert ran.code == 4
    line = circle.read_text().splitlines().index("min_swing = -1") + 1
    assert f"mine.toml, line {line}: counting.min_swing must be a number above 0." in ran.err
    assert not own.exists()


def test_a_file_that_became_wrong_is_named_in_the_list_and_when_it_is_used(
    hiplevel: Hiplevel, own: Path, circle: Path
) -> None:
    assert hiplevel("exercises", "add", circle).code == 0
    (own / "hip-circle.toml").write_text("what = 1")
    assert "Note: hip-circle.toml" in hiplevel("exercises").err
    ran = hiplevel("exercises", "show", "hip-circle")
    assert ran.code == 4
    assert "unknown key 'what'" in ran.err
    (own / "hip-circle.toml").unlink()
    (own / "other-name.toml").write_text(circle.read_text())
    assert "Name it hip-circle.toml." in hiplevel("exercises").err
    assert hiplevel("exercises", "show", "other-name").code == 2


def test_adding_twice_asks_first_and_removing_what_is_not_there_names_what_is(
    hiplevel: Hiplevel, own: Path, circle: Path
) -> None:
    assert hiplevel("exercises", "add", circle).code == 0
    assert "Say --replace" in hiplevel("exercises", "add", circle).err
    assert hiplevel("exercises", "add", circle, "--replace").code == 0
    assert "Added: hip-circle." in hiplevel("exercises", "remove", "hip-square").err
    assert [path.name for path in own.iterdir()] == ["hip-circle.toml"]


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"\xff\xfe\x00", "not UTF-8 text"), (b"x" * 200_000, "too long"), (b"name: circle", "this is not TOML")],
)
def test_what_is_no_exercise_at_all(hiplevel: Hiplevel, tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "odd.toml").write_bytes(data)
    ran = hiplevel("exercises", "check", tmp_path / "odd.toml")
    assert ran.code == 4
    assert said in ran.err


def test_the_drawing_is_written_and_never_over_a_file(
    hiplevel: Hiplevel, tmp_path: Path, own: Path, circle: Path
) -> None:
    out = tmp_path / "squat.svg"
    assert hiplevel("exercises", "show", "squat", "--drawing", out).code == 0
    assert out.read_text().startswith("<svg ")
    assert hiplevel("exercises", "show", "walking", "--drawing", out).code == 5
    assert hiplevel("exercises", "add", circle).code == 0
    assert own.exists()
    assert (
        "no drawing of hip-circle" in hiplevel("exercises", "show", "hip-circle", "--drawing", tmp_path / "b.svg").err
    )

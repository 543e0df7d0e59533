"""A session as the apps of sensors write it counts as the one it was made from."""

from pathlib import Path
from typing import Any

import pytest

from cli.running import Hiplevel
from hiplevel.recording.csv_load import load_csv
from recording import vendors

TRAINED = ("--exercise", "pelvic-drop", "--stance", "left", "--limit", "6")


def written(kind: str, csv: Path, folder: Path) -> list[Path]:
    """The samples of `csv` as an app writes them."""
    samples = load_csv(csv).samples
    if kind == "dot":
        (folder / "dot.csv").write_text(vendors.dot(samples), encoding="utf-8")
        return [folder / "dot.csv"]
    if kind in ("logged", "streamed"):
        return list(vendors.metabase(folder, samples, streamed=kind == "streamed"))
    return [vendors.zipped(vendors.phone(folder / "phone", samples, platform=kind))]


@pytest.mark.parametrize("kind", ["dot", "logged", "streamed", "android", "ios"])
def test_the_same_repetitions_and_drops(hiplevel: Hiplevel, drops_csv: Path, tmp_path: Path, kind: str) -> None:
    files = written(kind, drops_csv, tmp_path)
    wanted = hiplevel("analyze", drops_csv, *TRAINED, "--json").json["events"]
    found = hiplevel("analyze", *files, *TRAINED, "--json").json["events"]
    assert told(found) == told(wanted)
    out = tmp_path / "s.mcap"
    assert hiplevel("recordings", "import", *files, "-o", out, *TRAINED).code == 0
    again = hiplevel("analyze", out, "--json").json["events"]
    assert told(again) == told(wanted)


def told(events: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """What of the events does not hang on the last digits, as how often a drop told of its peak does."""
    lasting = (event for event in events if event["type"] != "DropUpdated")
    return [(event["type"], event.get("number"), event.get("side")) for event in lasting]


def test_what_cannot_be_read_together(hiplevel: Hiplevel, drops_csv: Path, drops_recording: Path) -> None:
    ran = hiplevel("analyze", drops_recording, drops_csv, *TRAINED)
    assert ran.code == 2
    assert "Name one recording" in ran.err
    ran = hiplevel("analyze", drops_csv, "--stream", "Clip", *TRAINED)
    assert ran.code == 2
    assert "Leave out --stream" in ran.err


def test_the_folder_one_is_in(hiplevel: Hiplevel, drops_csv: Path) -> None:
    written("logged", drops_csv, Path())
    ran = hiplevel("analyze", ".", *TRAINED)
    assert ran.code == 0
    assert ran.err.startswith("here: columns as MetaMotion's app writes them")


def test_other_commands_say_how_to_import(hiplevel: Hiplevel, drops_csv: Path, tmp_path: Path) -> None:
    ran = hiplevel("recordings", "info", *written("ios", drops_csv, tmp_path))
    assert "`hiplevel recordings import` makes a recording" in ran.err

"""`hiplevel replay`: the same code as live, the same events at the end, and honest words when they differ."""

import dataclasses
import signal
from pathlib import Path

import pytest

from cli.running import Hiplevel
from hiplevel.cli import replay as module
from hiplevel.cli.same_events import compare
from hiplevel.model.events import Event, LinkLost, Note, Rep
from hiplevel.recording.reader import open_recording


def test_it_counts_as_it_was_counted_live(hiplevel: Hiplevel, drops_recording: Path) -> None:
    ran = hiplevel("replay", drops_recording, "--speed", 0)
    assert ran.code == 0
    assert "the same" in ran.out
    assert "to the last bit" in ran.out
    assert "Repetitions: 6 in 1 set" in ran.out
    assert "DROP: right side" in ran.out
    assert "SIMULATED" in ran.out


def test_json_holds_summary_comparison_and_the_events_of_analyze_to_the_last_bit(
    hiplevel: Hiplevel, drops_recording: Path
) -> None:
    told = hiplevel("replay", drops_recording, "--speed", 0, "--json").json
    assert told["recorded"]["equal"] is True
    assert told["recorded"]["compared"] == len(told["events"]) > 10
    assert told["summary"]["simulated"] is True
    assert told["summary"]["data"]["links_lost"] == 0
    assert told["summary"]["drops"]["right"]["count"] == 2
    assert told["events"] == hiplevel("analyze", drops_recording, "--json").json["events"]


def test_an_import_has_no_events_to_compare_with(hiplevel: Hiplevel, drops_csv: Path) -> None:
    imported = ("--exercise", "pelvic-drop", "--stance", "left", "--limit", "6", "-o", "s.mcap")
    assert hiplevel("recordings", "import", drops_csv, *imported).code == 0
    told = hiplevel("replay", "s.mcap", "--speed", 0, "--json").json
    assert told["recorded"]["equal"] is None
    assert told["events"] == hiplevel("analyze", "s.mcap", "--json").json["events"]


def test_a_torn_recording_is_compared_as_far_as_it_goes(
    hiplevel: Hiplevel, drops_recording: Path, tmp_path: Path
) -> None:
    torn = tmp_path / "torn.mcap"
    torn.write_bytes(drops_recording.read_bytes()[: int(drops_recording.stat().st_size * 0.6)])
    ran = hiplevel("replay", torn, "--speed", 0, "--json")
    assert ran.code == 0
    assert "never closed" in ran.err
    assert ran.json["recorded"]["equal"] is True
    assert ran.json["recorded"]["compared"] > 0


def test_a_difference_is_said_with_its_place(drops_recording: Path) -> None:
    recording = open_recording(drops_recording)
    events = list(recording.events)
    assert compare(recording, events)["equal"] is True
    at = next(i for i, event in enumerate(events) if isinstance(event, Rep))
    moved: list[Event] = [*events]
    moved[at] = dataclasses.replace(events[at], rom_deg=11.0)  # type: ignore[call-arg]
    for other in (moved, events[:-1], [*events, events[-1]], []):
        verdict = compare(recording, other)
        assert verdict["equal"] is False
        assert "different from what was recorded" in verdict["text"]
    assert f"from {events[at].known_s:.1f} s on" in compare(recording, moved)["text"]


def test_rounding_on_another_processor_is_told_apart_from_a_difference(drops_recording: Path) -> None:
    recording = open_recording(drops_recording)
    events: list[Event] = list(recording.events)
    at, rep = next((i, event) for i, event in enumerate(events) if isinstance(event, Rep))
    for off_deg, said in ((1e-12, "rounding in the last digits"), (1e-6, "different from what was recorded")):
        other = dataclasses.replace(rep, rom_deg=rep.rom_deg + off_deg)
        verdict = compare(recording, [*events[:at], other, *events[at + 1 :]])
        assert verdict["equal"] is False
        assert said in verdict["text"]


def test_what_only_a_live_session_can_know_is_not_held_against_the_replay(drops_recording: Path) -> None:
    recording = open_recording(drops_recording)
    live = [*recording.events, LinkLost(3.0), Note(3.0, "Stopped with Ctrl-C.", "cut-short")]
    assert compare(recording, live)["equal"] is True
    assert compare(recording, [*recording.events, Note(3.0, "A remark.", "units")])["equal"] is False


def test_ctrl_c_ends_it_with_what_was_seen_and_130(
    hiplevel: Hiplevel, drops_recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fed = 0
    feed = module.Session.feed

    def feed_and_interrupt(self: module.Session, item: object) -> None:
        nonlocal fed
        fed += 1
        if fed == 400:
            signal.raise_signal(signal.SIGINT)
        feed(self, item)  # type: ignore[arg-type]

    monkeypatch.setattr(module.Session, "feed", feed_and_interrupt)
    ran = hiplevel("replay", drops_recording, "--speed", 0)
    assert ran.code == 130
    assert "Repetitions:" in ran.out
    assert "not compared" in ran.out


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("nowhere.mcap",), 2, "nowhere.mcap"),
        (("drops.mcap", "--speed", "-1"), 2, "-1"),
        (("drops.mcap", "--speed", "fast"), 2, "fast"),
        (("dropz.mcap",), 2, "drops.mcap"),
    ],
)
def test_wrong_input(
    hiplevel: Hiplevel,
    drops_recording: Path,
    monkeypatch: pytest.MonkeyPatch,
    args: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(drops_recording.parent)
    ran = hiplevel("replay", *args)
    assert ran.code == code
    assert said in ran.err
    assert ran.out == ""


def test_a_broken_link_is_in_the_summary_of_a_replay(hiplevel: Hiplevel) -> None:
    ran = hiplevel("replay", "lost-packets-and-broken-link", "--speed", 0)
    assert "link lost 1 time" in ran.out

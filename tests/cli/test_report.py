"""`hiplevel report`: what it writes, where, and what it never writes over."""

from pathlib import Path

from cli.running import Hiplevel
from clinic.recorded import record, samples


def test_a_sample_session_becomes_a_page_here(hiplevel: Hiplevel) -> None:
    ran = hiplevel("report", "pelvic-drop-bad-left")
    assert ran.code == 0
    assert ran.out == ""
    html = Path("pelvic-drop-bad-left.html").read_text(encoding="utf-8")
    assert "Pelvic drop and hike on a block" in html
    assert "SIMULATED" in html


def test_all_kinds_at_once_and_json_beside(hiplevel: Hiplevel, drops_recording: Path, tmp_path: Path) -> None:
    targets = [tmp_path / f"r{kind}" for kind in (".html", ".pdf", ".csv")]
    told = hiplevel("report", drops_recording, *(x for target in targets for x in ("-o", target)), "--json").json
    assert told["summary"]["sets"][0]["done"] == 6
    assert told["quality"]["lost_samples"] == 0
    assert [target.read_bytes()[:4] for target in targets] == [b"<!DO", b"%PDF", b"set,"]
    assert hiplevel("report", drops_recording, "--json").json == told
    assert not Path("drops.html").exists()  # --json alone writes no file


def test_nothing_is_written_over_unasked(hiplevel: Hiplevel, drops_recording: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.html"
    target.write_text("mine")
    ran = hiplevel("report", drops_recording, "-o", target, "--json")
    assert ran.code == 2
    assert ran.error["reason"] == "exists"
    assert target.read_text() == "mine"
    assert hiplevel("report", drops_recording, "-o", target, "--force").code == 0
    assert hiplevel("report", drops_recording, "-o", tmp_path / "x.docx").code == 2


def test_in_another_language(hiplevel: Hiplevel, tmp_path: Path) -> None:
    files = [tmp_path / f"{language}.{kind}" for language in ("en", "de") for kind in ("html", "csv")]
    for file in files:
        assert hiplevel("report", "pelvic-drop-bad-left", "-o", file, "--language", file.stem).code == 0
    english, columns, german, same = (file.read_text(encoding="utf-8") for file in files)
    assert "For the clinician" in english
    assert "Für die Praxis" in german
    assert columns == same
    assert hiplevel("report", "pelvic-drop-bad-left", "-o", tmp_path / "x.html", "--language", "xx").code == 2


def test_a_course_from_the_store(hiplevel: Hiplevel, tmp_path: Path) -> None:
    db = tmp_path / "clinic.db"
    hiplevel("clinic", "--db", db, "clients", "add", "c-017")
    hiplevel("clinic", "--db", db, "sessions", "add", record(tmp_path / "a.mcap", samples({1: 9.0})))
    ran = hiplevel("report", "--client", "c-017", "--db", db, "-o", tmp_path / "c.html", "-o", tmp_path / "c.pdf")
    assert ran.code == 0
    assert "Progress of c-017" in (tmp_path / "c.html").read_text(encoding="utf-8")
    assert len(hiplevel("report", "--client", "c-017", "--db", db, "--json").json["courses"][0]["points"]) == 1


def test_either_a_session_or_a_client(hiplevel: Hiplevel, tmp_path: Path) -> None:
    assert hiplevel("report").code == 2
    assert hiplevel("report", "pelvic-drop-bad-left", "--client", "c-1").code == 2
    assert "no client c-1" in hiplevel("report", "--client", "c-1", "--db", tmp_path / "x.db").err
    assert hiplevel("report", "nothing-here.mcap").code == 2

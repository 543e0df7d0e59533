"""Whatever the rooms below say in English comes out of the window in its language."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import hiplevel
from hiplevel import Note
from hiplevel.gui.language import speak
from hiplevel.gui.sentences import Refused, in_language, of_error, of_note
from hiplevel.language import LANGUAGES
from hiplevel.language.sentences import catalogue
from hiplevel.model.errors import InputError, Reason
from hiplevel.sensors.spec import list_specs

PACKAGE = Path(hiplevel.__file__).parent
OTHERS = [language for language in LANGUAGES if language != "en"]
ROOMS = ("motion", "detect", "pipeline", "session", "model", "clinic", "recording", "sensors/ble", "exercises")
# Said in the terminal only, or to whoever writes files by hand.
TERMINAL = re.compile(
    r"recording/(csv_|layout|recover|writer|archive|foreign|metamotion|movella|sensor_logger|stream|xdf)"
    r"|recording/(bids_|export|fixed_rate)|session/(board|together)|model/(hip_check|known)|exercises/(parse|words)"
    r"|clinic/(presets|wording|export|fhir|suggestion)|sensors/ble/(bumble_|firmware)"
)
NO_SENTENCE = re.compile(r"(SELECT|INSERT|DELETE|FROM|UNION|WHERE|AND) |# |Stopped with Ctrl-C|x1 \(x1\)|.*\n#")
BLANK = "x1"
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@cache
def trees() -> dict[Path, ast.Module]:
    """Every module of the package."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}


def texts(tree: ast.AST) -> Iterator[str]:
    """Every text that is not a docstring, its blanks filled with a word; of one in two parts, the whole."""
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if id(node) in docs | inner:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.sub(r"\{\w+\}", BLANK, node.value)
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else BLANK for part in node.values)


def said(text: str) -> Iterator[str]:
    """The sentences of a text; a blank that stands for whole sentences is none."""
    for sentence in SENTENCE_END.split(re.sub(rf"(?<=[.:]){BLANK}$", "", text)):
        begins = re.match(rf"[A-Z`]|{BLANK} ", sentence) and not NO_SENTENCE.match(sentence)
        if begins and re.search(r" .*[.!?]$", sentence):
            yield sentence


def sentences() -> list[tuple[str, str]]:
    """Where, and what: all that the rooms below can say."""
    found = []
    for room in ROOMS:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            where = str(path.relative_to(PACKAGE))
            if not TERMINAL.search(where):
                found += [(where, one) for text in texts(trees()[path]) for one in said(text)]
    return found


def warning_codes() -> set[str]:
    """Of every warning that is made anywhere."""
    codes = set()
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Note", "self._note"):
                words = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                if "warning" in words:
                    codes |= {str(word) for word in words[-2:]} - {"warning"}
    return codes


@pytest.mark.parametrize("language", OTHERS)
def test_every_reason_and_every_warning_has_words(language: str) -> None:
    reasons = catalogue(language).reasons or {}
    codes = warning_codes()
    assert {"gyroscope-off", "no-still-start", "overflow"} <= codes
    assert [reason for reason in [*Reason, *sorted(codes)] if not reasons.get(reason)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_has_words(language: str) -> None:
    found = sentences()
    assert len(found) > 250
    assert [(where, one) for where, one in found if catalogue(language).told(one) is None] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_words_are_left_over(language: str) -> None:
    whole = [text for tree in trees().values() for text in texts(tree)]
    whole += [spec.caution for spec in list_specs()]
    whole = [re.sub(rf"(?<=\.){BLANK}(?=\s|$)", "", text).strip() for text in whole]
    pieces = {one for text in whole for one in SENTENCE_END.split(text)}
    pieces |= {f"{text} ({BLANK})." for text in whole if text.startswith("The recording")}  # as `sink` puts it together
    known = catalogue(language)
    unused = [t.told for t in known.sentences if not any(t.pattern.fullmatch(piece) for piece in (*whole, *pieces))]
    assert unused == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_blank_is_invented(language: str) -> None:
    known = catalogue(language)
    for template in (*known.sentences, *known.parts):
        blanks = {name for _, name, _, _ in Formatter().parse(template.told) if name}
        assert blanks <= set(template.pattern.groupindex), template.told


@pytest.mark.parametrize("language", OTHERS)
def test_every_caution_about_a_sensor_has_words(language: str) -> None:
    cautions = [spec.caution for spec in list_specs() if spec.caution]
    assert cautions
    assert [text for text in cautions if catalogue(language).told(text) is None] == []


def test_numbers_sides_and_what_is_inside_are_told_as_well() -> None:
    speak("de")
    slipped = (
        "Standing quietly, the pelvis reads 3 degrees to the right and 4 degrees backward of where it was: the clip "
        "seems to have slipped. Set it right, stand still, and take the level anew."
    )
    assert in_language(slipped).startswith("Im ruhigen Stehen liegt das Becken 3 Grad weiter rechts und 4 Grad weiter")
    ended = "Counting and drop warnings have ended: Samples 3 and 4 carry the same time, 1.250000 s."
    assert in_language(ended) == (
        "Es wird nicht mehr gezählt und gewarnt: Die Messwerte 3 und 4 haben dieselbe Zeit, 1,250000 s."
    )


def test_what_has_no_words_stands_behind_its_reason() -> None:
    speak("de")
    assert of_error(InputError("Never heard of.", Reason.UNITS)) == (
        "Die Einheit der Messwerte stimmt nicht: Never heard of."
    )
    assert in_language("Never heard of.") == "Never heard of."


def test_a_persons_words_and_the_windows_own_stay_as_they_are() -> None:
    speak("de")
    assert of_note(Note(1.0, "No steps were found.", "note", author="Dr. Weber")) == "No steps were found."
    assert of_note(Note(1.0, "No steps were found.", "no-steps", "warning")) == "Es wurden keine Schritte gefunden."
    assert of_error(Refused("Das geht nicht.", Reason.NOT_ALLOWED)) == "Das geht nicht."


def test_the_window_never_names_an_option_of_the_command_line() -> None:
    terminal = re.compile(r"--(?!now)[a-z]|hiplevel clinic|Samples\\.")
    named = [one for _, one in sentences() if terminal.search(one)]
    assert len(named) > 10
    for language in LANGUAGES:
        speak(language)
        assert [told for one in named if terminal.search(told := in_language(one))] == []


def test_english_stays_as_it_was() -> None:
    speak("en")
    error = InputError("There are no samples to analyse.", Reason.EMPTY)
    assert of_error(error) == str(error)

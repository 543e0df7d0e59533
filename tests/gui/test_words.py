"""One place for all words: no key is missing, none is left over, other languages say the same."""

import re
from pathlib import Path
from string import Formatter

import pytest

from hiplevel import clinic, gui
from hiplevel.clinic.audit_verify import ERASED
from hiplevel.gui import shortcuts
from hiplevel.gui.words import all_words
from hiplevel.language import LANGUAGES
from hiplevel.model.faults import FAULTS

SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in Path(gui.__path__[0]).rglob("*.py"))


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_another_language_has_the_same_keys_and_the_same_blanks(language: str) -> None:
    english, other = all_words("en"), all_words(language)
    assert set(other) == set(english)
    assert [key for key in english if fields(english[key]) != fields(other[key])] == []


def test_every_word_that_is_used_exists_and_every_one_that_exists_is_used() -> None:
    english = all_words("en")
    plain = set(re.findall(r'tr\(\s*f?"([a-z_.]+)"', SOURCE))
    plain |= set(re.findall(r'(?:else|return) "([a-z_]+\.[a-z_]+)"', SOURCE))
    counted = set(re.findall(r'count\("([a-z_.]+)"', SOURCE))
    assert [key for key in plain if key not in english] == []
    assert [key for key in counted if f"{key}.one" not in english or f"{key}.many" not in english] == []
    patterns = [re.sub(r"\{[^}]+\}", "[a-z_0-9-]+", key) for key in re.findall(r'f"([a-z_]+\.[^"]*\{[^"]+)"', SOURCE)]
    unused = [
        key
        for key in english
        if key.rpartition(".")[0] not in counted
        and f'"{key}"' not in SOURCE
        and not any(re.fullmatch(pattern, key) for pattern in patterns)
    ]
    assert unused == []


def test_every_fault_of_a_repetition_has_words() -> None:
    assert {f"faults.{code.replace('-', '_')}" for code in FAULTS} <= set(all_words("en"))


def test_every_action_of_the_trail_has_words() -> None:
    """What `audit.append` is called with, in the clinic's own text."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in Path(clinic.__path__[0]).glob("*.py"))
    calls = [source[found.end() : found.end() + 160] for found in re.finditer(r"audit\.append\(", source)]
    actions = {action for call in calls for action in re.findall(r'"([a-z]+(?:-[a-z]+)*)"(?=,| if| else)', call)}
    actions |= {ERASED}
    assert len(actions) >= len(calls)
    assert {f"did.{action.replace('-', '_')}" for action in actions} <= set(all_words("en"))


def test_every_key_has_words_and_no_key_means_two_things_in_a_place() -> None:
    assert [s.action for s in shortcuts.SHORTCUTS if f"keys.{s.action}" not in all_words("en")] == []
    for place in shortcuts.PLACES:
        keys = [key for s in shortcuts.SHORTCUTS if s.place in ("", place) for key in s.keys]
        assert len(keys) == len(set(keys)), place

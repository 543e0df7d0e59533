"""Another language says of every exercise what the catalogue says, and nothing that the catalogue does not."""

import re
from dataclasses import replace

import pytest

from hiplevel.exercises.builtin import BUILT_IN, built_in
from hiplevel.exercises.translated import TEXTS, in_language, translations
from hiplevel.language import LANGUAGES
from hiplevel.model.exercise import Exercise

OTHERS = [name for name in LANGUAGES if name != "en"]
# As no screen may speak: `tests/exercises/test_catalogue.py` holds the catalogue to the same.
NEVER = re.compile(r"diagnos|krank|patholog|verletz|schwäche|insuffizien|befund|risiko|heil|positiv", re.IGNORECASE)


def texts(exercise: Exercise) -> dict[str, str]:
    """Every text that is not empty, each cue by its place."""
    cues = {f"cues.{place}": cue for place, cue in enumerate(exercise.cues)}
    return {key: text for key in TEXTS if (text := getattr(exercise, key))} | cues


def numbers(text: str) -> list[float]:
    """As both languages write them."""
    return sorted(float(found.replace(",", ".")) for found in re.findall(r"\d+(?:[.,]\d+)?", text))


@pytest.mark.parametrize("language", OTHERS)
def test_every_exercise_and_every_text_has_its_words_and_none_is_left_over(language: str) -> None:
    assert list(translations(language)) == list(BUILT_IN)
    for exercise_id in BUILT_IN:
        english = texts(built_in(exercise_id))
        told = translations(language)[exercise_id]
        assert set(told) == {key.partition(".")[0] for key in english}, exercise_id
        other = texts(in_language(built_in(exercise_id), language))
        assert set(other) == set(english), exercise_id
        assert [key for key in english if other[key] == english[key]] == [], exercise_id


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("exercise_id", BUILT_IN)
def test_another_language_names_the_same_numbers(language: str, exercise_id: str) -> None:
    english = texts(built_in(exercise_id))
    other = texts(in_language(built_in(exercise_id), language))
    assert {key: numbers(text) for key, text in other.items()} == {key: numbers(text) for key, text in english.items()}


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_says_what_a_person_suffers_from(language: str) -> None:
    told = [text for exercise_id in BUILT_IN for text in texts(in_language(built_in(exercise_id), language)).values()]
    assert [text for text in told if NEVER.search(text)] == []


def test_only_words_change_and_english_stays() -> None:
    exercise = built_in("squat")
    german = in_language(exercise, "de")
    assert (german.name, german.cues[1]) == ("Kniebeuge", "Das Becken bleibt waagerecht")
    assert replace(german, **{key: getattr(exercise, key) for key in (*TEXTS, "cues")}) == exercise
    assert in_language(exercise, "en") == exercise


def test_one_of_your_own_says_what_its_file_says() -> None:
    own = replace(built_in("squat"), own=True, name="Deep squat", setup="As agreed.")
    assert in_language(own, "de") == own
    assert in_language(replace(built_in("squat"), id="my-squat"), "de").name == "Squat"

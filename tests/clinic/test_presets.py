"""Presets in another language: the same numbers, in other words."""

import re
from dataclasses import replace

import pytest

from hiplevel.clinic.presets import PRESETS, Preset, presets
from hiplevel.language import LANGUAGES

OTHERS = [name for name in LANGUAGES if name != "en"]


def numbers(text: str) -> list[float]:
    return sorted(float(found.replace(",", ".")) for found in re.findall(r"\d+(?:[.,]\d+)?", text))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.exercises[0])
def test_another_language_says_the_same(language: str, preset: Preset) -> None:
    (other,) = presets(preset.exercises[0], language)
    assert presets(preset.exercises[-1], language) == (other,)
    for name in ("basis", "population", "source"):
        assert numbers(getattr(other, name)) == numbers(getattr(preset, name))
    assert other.basis != preset.basis
    assert other.population != preset.population
    assert replace(other, basis=preset.basis, population=preset.population, source=preset.source) == preset


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.exercises[0])
def test_english_is_what_stands_in_the_code(preset: Preset) -> None:
    assert presets(preset.exercises[0]) == presets(preset.exercises[0], "xx") == (preset,)

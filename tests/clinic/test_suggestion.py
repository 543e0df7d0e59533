"""Where a limit could come from: the literature, with its source, and the client's own baseline."""

from pathlib import Path

import numpy as np
import pytest

from clinic.recorded import record, samples
from hiplevel import InputError, Reason
from hiplevel.clinic.analyzed import analyze_recording
from hiplevel.clinic.presets import NO_CONSENSUS, PRESETS, presets
from hiplevel.clinic.suggestion import suggest
from hiplevel.exercises import list_exercises, load_exercise

FORBIDDEN = ("positive", "diagnos", "risk", "injur", "trendelenburg", "weak muscle")


def test_the_baseline_gives_median_percentile_and_band(tmp_path: Path) -> None:
    falls = {0: 5.0, 1: 6.0, 2: 7.0, 3: 8.0, 4: 9.0, 5: 10.0}
    (right,) = suggest(analyze_recording(record(tmp_path / "base.mcap", samples(falls))))
    assert (right.side, right.reps) == ("right", 6)
    assert abs(right.median_deg - 7.5) < 0.7
    assert abs(right.p90_deg - np.quantile(list(falls.values()), 0.9)) < 0.7
    assert right.alarm_deg >= right.p90_deg > right.alarm_deg - 0.5
    assert right.warn_deg < right.alarm_deg
    assert 0.0 < right.band_deg < 4.0
    assert right.smallest_change_deg == 4.0
    assert not any(word in right.words.lower() for word in FORBIDDEN)


def test_too_few_repetitions_are_no_baseline(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="3 repetitions are too few") as told:
        suggest(analyze_recording(record(tmp_path / "few.mcap", samples(reps=3))))
    assert told.value.reason is Reason.EMPTY


def test_every_preset_has_a_source_a_population_and_is_one_a_rule_takes() -> None:
    ids = {exercise.id for exercise in list_exercises()}
    for preset in PRESETS:
        assert set(preset.exercises) <= ids
        assert preset.source
        assert preset.population
        assert preset.strength
        assert 0.0 < preset.warn_deg < preset.alarm_deg
        text = f"{preset.basis} {preset.strength}".lower()
        assert not any(word in text for word in FORBIDDEN)
    assert "no agreed angle" in NO_CONSENSUS


def test_a_preset_is_what_the_catalogue_starts_from() -> None:
    for preset in PRESETS:
        for exercise in preset.exercises:
            known = load_exercise(exercise)
            assert (known.warn_deg, known.alarm_deg) == (preset.warn_deg, preset.alarm_deg), exercise
    assert presets("generic") == ()

"""The set from a watch is a pickle made by somebody else: arrays come out of it, and nothing else happens."""

import pickle
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import accuracy
from accuracy_parts import watch


class Harm:
    """Would leave a file behind if it were loaded."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.mark,)


def stored(file: Path, **more: object) -> Path:
    """Two people who turn the wrist by 50 degrees and back 20 times, 1.8 s each; after two seconds of rest."""
    phase = 2.0 * np.pi * np.maximum(np.arange(0.0, 40.0, 0.02) - 2.0, 0.0) / 1.8
    phase[phase > 40.0 * np.pi] = 0.0
    rate, angle = np.radians(25.0) * 2.0 * np.pi / 1.8 * np.sin(phase), np.radians(25.0) * (1.0 - np.cos(phase))
    acc = np.stack([np.sin(angle), 0.0 * angle, np.cos(angle)], axis=1)
    read = np.concatenate([acc, np.stack([0.0 * rate, -rate, 0.0 * rate], axis=1)], axis=1)
    people = {"subject": np.array([1, 2]), "y": np.array([0, 1]), "y_labels": ["PEN", "ABD"]}
    np.save(file, np.array({"X": [read, read], **people, **more}, dtype=object), allow_pickle=True)
    return file


def test_sets_are_counted_and_people_told_apart(tmp_path: Path) -> None:
    figures = watch.shoulder(stored(tmp_path / "watch.npy"))
    assert figures["sets"] == 2
    assert figures["even people: exact_percent"] == figures["odd people: exact_percent"] == 100.0
    assert figures["PEN: counted"] == "20"


def test_anything_but_arrays_is_refused_before_it_runs(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    with pytest.raises(pickle.UnpicklingError, match="nothing that a file of arrays needs"):
        watch.watch_sets(stored(tmp_path / "watch.npy", more=Harm(mark)))
    assert not mark.exists()


def test_another_file_is_told_apart(tmp_path: Path) -> None:
    np.save(tmp_path / "plain.npy", np.zeros(3))
    with pytest.raises(ValueError, match="not the file"):
        watch.watch_sets(tmp_path / "plain.npy")


def test_without_the_file_the_part_is_left_out_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["accuracy.py", "--data", str(tmp_path), "--only", "watch", "--json", str(tmp_path / "accuracy.json")]
    monkeypatch.setattr(sys, "argv", told)
    assert accuracy.main() == 0
    assert "left out" in capsys.readouterr().err
    monkeypatch.setattr(sys, "argv", [*told, "--watch", str(stored(tmp_path / "watch.npy"))])
    assert accuracy.main() == 0
    assert "PEN: counted" in capsys.readouterr().out

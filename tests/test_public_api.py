"""The names that others build on: additions are welcome, losses break somebody."""

import ast
from pathlib import Path

import pytest

import hiplevel

STABLE = {
    "Analysis",
    "Calibration",
    "Drop",
    "DropRule",
    "DropStarted",
    "Gap",
    "HiplevelError",
    "Hold",
    "InputError",
    "LinkError",
    "Note",
    "Pipeline",
    "RecordingError",
    "Rep",
    "Samples",
    "SetEnded",
    "SetStarted",
    "SpecError",
    "Step",
    "UsageError",
    "analyze",
    "load_spec",
    "open_recording",
}


def test_every_stable_name_is_announced_and_resolves() -> None:
    assert set(hiplevel.__all__) >= STABLE
    assert [name for name in hiplevel.__all__ if getattr(hiplevel, name, None) is None] == []


def test_dir_lists_the_public_names_before_they_are_loaded() -> None:
    assert set(dir(hiplevel)) >= STABLE


def test_type_checkers_know_every_name_and_the_same_home_of_it() -> None:
    tree = ast.parse(Path(hiplevel.__file__).read_text(encoding="utf-8"))
    (told,) = [node for node in tree.body if isinstance(node, ast.If)]
    homes = {name.name: node.module for node in told.body if isinstance(node, ast.ImportFrom) for name in node.names}
    assert homes == hiplevel._HOME_OF
    assert set(homes) | {"__version__"} == set(hiplevel.__all__)


def test_an_unknown_name_is_an_attribute_error_that_names_it() -> None:
    with pytest.raises(AttributeError, match="analyse"):
        hiplevel.analyse  # type: ignore[attr-defined] # noqa: B018 - the lookup is the test


def test_every_error_carries_a_reason_a_sentence_and_its_own_exit_code() -> None:
    kinds = [
        hiplevel.UsageError,
        hiplevel.InputError,
        hiplevel.SpecError,
        hiplevel.RecordingError,
        hiplevel.LinkError,
    ]
    assert len({kind.exit_code for kind in kinds} | {hiplevel.HiplevelError.exit_code}) == len(kinds) + 1
    error = hiplevel.UsageError("There is no such thing.", hiplevel.Reason.NOT_FOUND, "Take another.")
    assert str(error) == "There is no such thing. Take another."
    assert error.reason == "not-found"

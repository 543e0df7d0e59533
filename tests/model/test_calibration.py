"""The calibration as an object: how it is judged, kept and written. What it is learned from: test_calibration_moves."""

import dataclasses
import json

import numpy as np
import pytest

from hiplevel import Calibration, InputError, Reason, UsageError
from hiplevel.model.calibration import GRADABLE_QUALITY, VALID_S
from hiplevel.simulate import random_mounting

NOW_NS = 1_800_000_000_000_000_000


def learned(**changed: object) -> Calibration:
    exact = Calibration.from_matrix(random_mounting(3))
    fields = {
        "source": "movements",
        "quality": 0.8,
        "reasons": ("Only 2 hinges were seen.",),
        "hinges_deg": (44.5, 46.25),
        "axis_sd_deg": 1.75,
        "checked": True,
    }
    return dataclasses.replace(exact, **{**fields, **changed})


def test_every_field_survives_json_text() -> None:
    before = learned(side_sure=False).made_for("AA:BB", "c-017", NOW_NS, 3600.0)
    after = Calibration.from_json(json.loads(json.dumps(before.to_json())))
    for field in dataclasses.fields(Calibration):
        np.testing.assert_array_equal(getattr(after, field.name), getattr(before, field.name), err_msg=field.name)
        assert type(getattr(after, field.name)) is type(getattr(before, field.name))


def test_a_calibration_written_before_there_was_more_is_still_read() -> None:
    old = {"matrix": np.eye(3).tolist(), "source": "movements", "quality": 0.75, "reasons": ["few hinges"]}
    read = Calibration.from_json(old)
    assert (read.source, read.quality, read.reasons) == ("movements", 0.75, ("few hinges",))
    assert read.gradable
    assert not read.expired(NOW_NS)


def test_what_a_later_version_adds_is_ignored() -> None:
    assert Calibration.from_json({**learned().to_json(), "mood": "good"}).quality == 0.8


@pytest.mark.parametrize(
    "broken", [{}, {"matrix": "none"}, {"matrix": [[1, 0, 0]] * 3}, {"matrix": np.eye(3).tolist(), "quality": "good"}]
)
def test_what_is_no_calibration_is_refused_as_such(broken: dict[str, object]) -> None:
    with pytest.raises(InputError) as caught:
        Calibration.from_json(broken)
    assert caught.value.reason is Reason.CALIBRATION


def test_it_holds_for_one_wearing_and_not_before_it_was_made() -> None:
    made = learned().made_for("AA:BB", "c-017", NOW_NS)
    ends_ns = NOW_NS + round(VALID_S * 1e9)
    assert [made.expired(at) for at in (NOW_NS, ends_ns, ends_ns + 1, NOW_NS - 1)] == [False, False, True, True]


def test_a_given_matrix_is_graded() -> None:
    assert Calibration.from_matrix(np.eye(3)).gradable


def test_a_poor_calibration_says_why_it_is_not_graded() -> None:
    poor = learned(quality=GRADABLE_QUALITY - 0.01, reasons=("You moved while standing still.",))
    assert not poor.gradable
    assert "0.49" in poor.refusal
    assert "You moved while standing still." in poor.refusal
    assert learned(quality=GRADABLE_QUALITY).gradable


def test_a_good_axis_without_a_side_waits_for_the_check() -> None:
    assert "cannot tell left from right" in learned(side_sure=False, checked=False).refusal
    assert learned(side_sure=False, checked=True).gradable


@pytest.mark.parametrize(("place", "outward"), [("back", -1), ("left side", 1), ("right side", -1)])
def test_an_assumed_clip_shows_its_face_to_where_it_sits(place: str, outward: int) -> None:
    face = Calibration.assumed(place).matrix @ [-1.0, 0.0, 0.0]  # type: ignore[arg-type] # parametrised
    np.testing.assert_allclose(face, [outward, 0, 0] if place == "back" else [0, outward, 0])


def test_only_the_back_is_graded_without_calibration() -> None:
    assert Calibration.assumed("back").gradable
    for place in ("left side", "right side"):
        side = Calibration.assumed(place)  # type: ignore[arg-type] # a loop over literals
        assert side.source == "mounting"
        assert f"a clip at the {place} that was not calibrated" in side.refusal


def test_another_place_is_refused_and_the_known_ones_named() -> None:
    with pytest.raises(UsageError, match="left side"):
        Calibration.assumed("pocket")  # type: ignore[arg-type] # the wrong place is the test

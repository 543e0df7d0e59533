import dataclasses
import json

import numpy as np
import pytest

from hiplevel.model.errors import Reason, RecordingError
from hiplevel.model.prescription import Prescription
from hiplevel.model.rules import DropRule
from hiplevel.recording.info import RecordingInfo, current_versions

from .conftest import full_info


def test_a_head_survives_json_text() -> None:
    info = full_info()
    back = RecordingInfo.from_json(json.loads(json.dumps(info.to_json())))
    assert back.calibration is not None
    assert info.calibration is not None
    np.testing.assert_array_equal(back.calibration.matrix, info.calibration.matrix)
    assert back.calibration.reasons == ("only one hinge",)
    assert dataclasses.replace(back, calibration=None) == dataclasses.replace(info, calibration=None)


def test_a_head_survives_metadata_with_prescription_and_without_calibration() -> None:
    asked = Prescription("step-down", "right", sets=3, reps=8, rule=DropRule(6.0), author="pt-2", reason="week 2")
    info = dataclasses.replace(full_info(), calibration=None, prescription=asked)
    assert RecordingInfo.from_metadata(info.to_metadata()) == info


def test_versions_name_what_shapes_results() -> None:
    assert set(current_versions()) == {"hiplevel", "python", "numpy", "vqf", "mcap"}
    assert RecordingInfo().versions == current_versions()


def test_a_newer_schema_asks_for_an_update() -> None:
    with pytest.raises(RecordingError, match="Update hiplevel") as caught:
        RecordingInfo.from_json({**full_info().to_json(), "schema": 99})
    assert caught.value.reason is Reason.NEWER_FILE


def test_fields_of_a_later_minor_version_are_ignored() -> None:
    assert RecordingInfo.from_json({**full_info().to_json(), "mood": "good"}).client == "c-017"


@pytest.mark.parametrize(
    "broken",
    [
        {"schema": "one"},
        {"rule": None},
        {"rule": {"threshold_deg": -4.0}},
        {"rule": {"limit": 4.0}},
        {"calibration": {"matrix": [[1.0, 0.0, 0.0]] * 3, "source": "matrix", "quality": 1.0, "reasons": []}},
        {"calibration": {"matrix": "none"}},
        {"prescription": {"exercise": "squat"}},
    ],
)
def test_a_damaged_head_is_called_damaged(broken: dict[str, object]) -> None:
    with pytest.raises(RecordingError) as caught:
        RecordingInfo.from_json({**full_info().to_json(), **broken})
    assert caught.value.reason is Reason.DAMAGED_FILE


def test_metadata_that_is_not_json_is_called_damaged() -> None:
    with pytest.raises(RecordingError) as caught:
        RecordingInfo.from_metadata({**full_info().to_metadata(), "client": "no quotes"})
    assert caught.value.reason is Reason.DAMAGED_FILE

"""Events as JSON: everything survives, what cannot be read is said to be so."""

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiplevel import RecordingError
from hiplevel.model.errors import Reason
from hiplevel.model.events import EVENT_TYPES
from hiplevel.model.schema import SCHEMA, event_from_json, event_to_json

number = st.floats(allow_nan=False, allow_infinity=False, width=64)
VALUES = {"float": number, "int": st.integers(0, 999), "str": st.text('ab é°"\n0', max_size=8), "bool": st.booleans()}
VALUES["tuple"] = st.lists(st.text("ab-", max_size=4), max_size=3).map(tuple)


@st.composite
def events(draw):
    kind = EVENT_TYPES[draw(st.sampled_from(sorted(EVENT_TYPES)))]
    filled = {}
    for field in dataclasses.fields(kind):
        name = field.type if isinstance(field.type, str) else getattr(field.type, "__name__", "str")
        filled[field.name] = draw(VALUES.get(name, st.sampled_from(["left", "right"])))
    return kind(**filled)


@given(events())
def test_every_event_survives_json_text_to_the_last_bit(event):
    text = json.dumps(event_to_json(event), allow_nan=False)
    assert event_from_json(json.loads(text)) == event


def one(name: str = "Rep") -> dict[str, object]:
    return {"schema": SCHEMA, "type": name, "start_s": 1.0, "turn_s": 2.0, "end_s": 3.0, "rom_deg": 9.0, "known_s": 3.5}


def test_a_reader_can_tell_what_it_is_from_the_text_alone():
    assert one().items() <= event_to_json(event_from_json(one())).items()
    assert set(EVENT_TYPES) >= {"Rep", "DropStarted", "Drop", "Hold", "Step", "SetStarted", "SetEnded", "Gap", "Rezero"}


def test_what_a_later_version_adds_is_ignored():
    assert event_from_json({**one(), "mood": "good"}) == event_from_json(one())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({**one(), "schema": SCHEMA + 1}, Reason.NEWER_FILE),
        ({**one(), "type": "Somersault"}, Reason.NEWER_FILE),
        ({k: v for k, v in one().items() if k != "schema"}, Reason.DAMAGED_FILE),
        ({**one(), "schema": "1"}, Reason.DAMAGED_FILE),
        ({k: v for k, v in one().items() if k != "type"}, Reason.DAMAGED_FILE),
        ({k: v for k, v in one().items() if k != "turn_s"}, Reason.DAMAGED_FILE),
        ({}, Reason.DAMAGED_FILE),
        ([], Reason.DAMAGED_FILE),
        ("Rep", Reason.DAMAGED_FILE),
        (None, Reason.DAMAGED_FILE),
        (7, Reason.DAMAGED_FILE),
    ],
)
def test_what_is_no_event_is_refused_with_its_reason(data, reason):
    with pytest.raises(RecordingError) as refused:
        event_from_json(data)
    assert refused.value.reason == reason
    assert str(refused.value).endswith(".")
    assert "SCHEMA" not in str(refused.value)

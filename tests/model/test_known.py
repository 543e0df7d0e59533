"""An event with other values is what `dataclasses.replace` makes of it."""

from dataclasses import replace

import pytest

from hiplevel.model.events import Rep

REP = Rep(1.0, 2.0, 3.0, 20.0, side="left", faults=("tilt",), known_s=3.5)


def test_other_values_are_as_replaced_and_the_event_is_left_alone():
    assert REP.but(number=3, known_s=4.0) == replace(REP, number=3, known_s=4.0)
    assert (REP.number, REP.known_s) == (0, 3.5)


def test_a_name_that_is_no_field_is_refused():
    with pytest.raises(TypeError, match="Rep has no numbr"):
        REP.but(numbr=3)

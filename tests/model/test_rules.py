"""A drop limit that cannot be meant is refused in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiplevel import DropRule, UsageError
from hiplevel.model.errors import Reason


@pytest.mark.parametrize("limit", [-3.0, 0.0, 90.0, 45.1, float("nan"), float("inf")])
@pytest.mark.parametrize(
    ("which", "of"), [("threshold_deg", ""), ("left_deg", " for the left side"), ("right_deg", " for the right side")]
)
def test_a_limit_out_of_range_says_what_to_write(limit, which, of):
    with pytest.raises(UsageError, match=rf"A drop limit of {limit:g} degrees{of} cannot.*above 0 and up to 45") as no:
        DropRule(**{which: limit})
    assert no.value.reason == Reason.RULE
    assert no.value.exit_code == 2


def test_a_negative_limit_says_what_positive_means():
    with pytest.raises(UsageError, match="positive always means the unsupported side is lower"):
        DropRule(-3.0)


@pytest.mark.parametrize(
    ("limit", "hysteresis"), [(5.0, 5.0), (5.0, 6.0), (1.0, 1.0), (5.0, -0.5), (5.0, float("nan"))]
)
def test_hysteresis_must_lie_below_the_limit(limit, hysteresis):
    with pytest.raises(UsageError, match=rf"hysteresis of {hysteresis:g} degrees.*below the limit of {limit:g}") as no:
        DropRule(limit, hysteresis_deg=hysteresis)
    assert no.value.reason == Reason.RULE


def test_hysteresis_must_lie_below_the_lower_sides_limit():
    DropRule(10.0, hysteresis_deg=2.5)
    with pytest.raises(UsageError, match="below the limit of 2 degrees"):
        DropRule(10.0, hysteresis_deg=2.5, right_deg=2.0)


@pytest.mark.parametrize("duration", [-0.1, 10.1, float("nan"), float("inf")])
def test_the_least_duration_has_bounds(duration):
    with pytest.raises(UsageError, match="minimum duration"):
        DropRule(min_duration_s=duration)


@given(st.floats(1.5, 45.0), st.one_of(st.none(), st.floats(1.5, 45.0)), st.one_of(st.none(), st.floats(1.5, 45.0)))
def test_a_side_without_a_limit_of_its_own_has_the_common_one(threshold, left, right):
    rule = DropRule(threshold, left_deg=left, right_deg=right)
    assert rule.limit_deg("left") == (threshold if left is None else left)
    assert rule.limit_deg("right") == (threshold if right is None else right)
    assert rule.lowest_deg == min(rule.limit_deg("left"), rule.limit_deg("right"))


def test_rules_are_values():
    assert DropRule(5.0) == DropRule()
    assert len({DropRule(5.0), DropRule(), DropRule(6.0)}) == 2
    with pytest.raises(AttributeError):
        DropRule().threshold_deg = 3.0  # type: ignore[misc]

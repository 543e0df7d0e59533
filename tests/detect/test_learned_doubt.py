"""Standing abduction: what goes unlike all repetitions so far counts once another goes likewise, or never."""

import pytest

from hiplevel import Rep, analyze
from hiplevel.simulate import Truth, volunteer


def counted(seed: int) -> tuple[tuple[Rep, ...], Truth]:
    who = volunteer("standing-abduction", seed)
    found = analyze(who.made.samples, exercise="standing-abduction", stance=who.stance, calibration=who.calibration)
    return found.reps, who.made.truth


@pytest.mark.parametrize("seed", [216, 231])
def test_shifting_weight_after_the_set_is_no_repetition(seed: int) -> None:
    reps, truth = counted(seed)
    assert len(reps) == len(truth.reps)


def test_an_unusual_repetition_within_the_set_is_told_with_the_next_one() -> None:
    reps, truth = counted(217)
    start_s, end_s = truth.sets[1]
    inside = [rep for rep in reps if start_s <= rep.turn_s <= end_s]
    assert len(inside) == sum(start_s <= turn_s <= end_s for turn_s in truth.reps[:, 1])
    later = inside[inside.index(max(inside, key=lambda rep: rep.known_s - rep.end_s)) :]
    assert any(rep.known_s == after.known_s and after.end_s > rep.end_s + 1.5 for rep in later for after in later)

"""The spans between 'pause' and 'resume'."""

from hiplevel.detect.pauses import Pauses


def test_a_pause_said_twice_is_one_and_one_without_an_end_lasts() -> None:
    pauses = Pauses()
    for at_s, what in ((1.0, "pause"), (2.0, "pause"), (3.0, "resume"), (4.0, "resume"), (5.0, "pause")):
        pauses.hear(what, at_s)
    touched = {at_s: pauses.touch(at_s, at_s + 0.5) for at_s in (0.0, 1.0, 2.5, 3.0, 4.5, 5.0, 1e9)}
    assert touched == {0.0: False, 1.0: True, 2.5: True, 3.0: False, 4.5: False, 5.0: True, 1e9: True}

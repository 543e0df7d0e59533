"""How the clip sits, learned from a sensor while it streams."""

from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np
import pytest

from hiplevel import simulate
from hiplevel.session.mounting import HINGES_S, STILL_S, learn_mounting
from hiplevel.session.source import Burst, Item
from session.sitting import SPEC
from session.test_session import packets


@pytest.mark.parametrize("at_once", [1, 7])
def test_it_is_learned_however_many_packets_come_at_once(at_once: int) -> None:
    moves = simulate.calibration_movements(np.eye(3), 1, rate_hz=SPEC.rate_hz()).samples
    told = packets(moves)

    def items() -> Iterator[Item]:
        for at in range(0, len(told), at_once):
            part = tuple(told[at : at + at_once])
            yield Burst(part) if at_once > 1 else part[0]

    source = SimpleNamespace(spec=SPEC, settings={}, items=items)
    done: list[float] = []
    calibration = learn_mounting(source, done.append, lambda: False)  # type: ignore[arg-type]
    assert calibration is not None
    assert calibration.gradable
    np.testing.assert_allclose(calibration.matrix, np.eye(3), atol=0.1)
    assert STILL_S < done[-1] < STILL_S + HINGES_S + 1.0

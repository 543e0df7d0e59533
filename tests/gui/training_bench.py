"""The training screen, and events to show on it."""

from typing import Any

from hiplevel.gui.live.choice import Choice
from hiplevel.gui.live.state import LiveState
from hiplevel.gui.live.training import ACTIONS, Training
from hiplevel.gui.theme import DARK, Theme
from hiplevel.model.events import (
    Rep,
    Rezero,
)

KEPT: list[Training] = []  # a plot must not be collected while Qt still draws it


def screen(theme: Theme = DARK, **choice: Any) -> Training:
    made = Training(theme, Choice(**choice), dict.fromkeys(ACTIONS, lambda: None), "SIMULATED")
    KEPT.append(made)
    made.resize(1100, 760)
    made.show()
    return made


def state_of(training: Training, *events: Any) -> LiveState:
    state = LiveState(training._rule)
    state.take([Rezero(0.0, 1.0), *events])
    training.show_state(state, paused=False)
    return state


def rep(number: int, **what: Any) -> Rep:
    return Rep(0.0, 1.0, 2.0, 11.0, number=number, set_number=1, **what)

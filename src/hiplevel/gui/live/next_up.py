"""What comes after a session: the rest of the programme, or where nothing is prescribed the other leg."""

import time
from collections.abc import Set
from dataclasses import replace
from datetime import datetime

from hiplevel.clinic.training import prescribed_to, trained_since
from hiplevel.gui.live.choice import Choice
from hiplevel.model.errors import ClinicError

OTHER = {"left": "right", "right": "left"}


def next_up(choice: Choice, trained: Set[tuple[str, str]]) -> Choice | None:
    """What to train after `choice`; None when nothing is left. trained: exercise and stance, in this window."""
    now = (choice.exercise, choice.stance)
    try:
        asked: list[tuple[str, str]] = [(one.exercise, one.stance) for one in prescribed_to(choice.client)]
        done = trained | {now} | trained_since(choice.client, _midnight_ns())
    except ClinicError:  # the guide says so
        return None
    if not asked:
        asked = [(choice.exercise, OTHER.get(choice.stance, choice.stance))]
    at = asked.index(now) + 1 if now in asked else 0
    left = [one for one in asked[at:] + asked[:at] if one not in done]
    return replace(choice, exercise=left[0][0], stance=left[0][1]) if left else None


def _midnight_ns() -> int:
    """Of the day it is on this computer."""
    day = datetime.fromtimestamp(time.time()).astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return int(day.timestamp()) * 10**9

"""Somebody who listens, and what there is to be heard."""

from hiplevel.cues.mixer import Mixer
from hiplevel.cues.tones import Sound
from hiplevel.model.events import DropStarted
from hiplevel.model.rules import Side


class Ear:
    """An output that only listens."""

    problem = ""

    def __init__(self) -> None:
        self.mixer = Mixer()
        self.heard: list[Sound] = []

    def play(self, sound: Sound) -> None:
        self.heard.append(sound)

    def close(self) -> None:
        pass


def drop(at_s: float, side: Side = "right") -> DropStarted:
    return DropStarted(at_s, side, 7.0, 6.0, known_s=at_s)

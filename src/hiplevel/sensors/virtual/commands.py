"""What a virtual sensor understands: the commands of its spec's steps, and how each is answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from hiplevel.sensors.spec.model import Step
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.sensor import Spec
from hiplevel.sensors.virtual.faults import Faults


@dataclass(frozen=True)
class Order:
    """A command that was written: the settings in it, whether it stops or starts the stream, and its answer."""

    told: Mapping[str, Value]
    stops: bool
    starts: bool
    step: Step
    faults: Faults

    def answer(self, settings: Mapping[str, Value]) -> tuple[str, bytes] | None:
        """(alias, payload) with these settings in force; None where the spec expects none."""
        if self.step.expect is None or self.faults.silent:
            return None
        alias, answer = self.step.expect.on, self.step.expect.pattern.example()
        if self.faults.answer is not None:
            return alias, self.faults.answer
        if self.step.capture is not None:
            answer = self.step.capture.render(answer, settings)
        return alias, answer


class Orders:
    """The commands of one spec.

    Attributes
    ----------
    begin_it : whether a command starts the stream; else it begins for whoever subscribes to all its data
    """

    def __init__(self, spec: Spec, faults: Faults) -> None:
        self._steps = (*reversed(spec.start), *spec.stop, *spec.probe)
        self._stops = spec.stop
        self._last = spec.start[-1] if spec.start and spec.start[-1].template is not None else None
        self._faults = faults

    @property
    def begin_it(self) -> bool:
        """See above."""
        return self._last is not None

    def understand(self, alias: str, payload: bytes) -> Order | None:
        """What was written, or None if it is no command of the spec."""
        known = [(step, told) for step in self._steps if (told := _told(step, alias, payload)) is not None]
        if not known:
            return None
        # The same command may be awaited with more care in one place than in another.
        step, told = max(known, key=lambda one: len(one[0].expect.pattern.allowed) if one[0].expect else 0)
        stops = any(_told(one, alias, payload) is not None for one in self._stops)
        starts = self._last is not None and _told(self._last, alias, payload) is not None
        return Order(told, stops, starts, step, self._faults)


def _told(step: Step, alias: str, payload: bytes) -> dict[str, Value] | None:
    """The settings in what was written to `alias`, if it is the step's command."""
    return None if step.template is None or step.write != alias else step.template.match(payload)

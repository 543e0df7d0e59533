"""What goes wrong with a virtual sensor, on demand."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from hiplevel.model.errors import Reason, UsageError
from hiplevel.sensors.spec.packet import Counter, DeviceTime
from hiplevel.sensors.spec.scale import Value
from hiplevel.sensors.spec.sensor import Spec


@dataclass(frozen=True)
class Faults:
    """What goes wrong on demand; by default nothing.

    Attributes
    ----------
    drop, duplicate, reorder : probability that a data packet is lost on the way, sent twice, or overtaken by the next
    burst_s : packets leave only at multiples of this, as at the connection's events
    drift_ppm : the sensor's clock and its sampling run this much too fast
    wrap_s : counter and clock come round so many seconds after the start
    break_after, stall_after : the link breaks, once, or the sensor falls silent, after so many data packets
    break_every : the link breaks each time so many more data packets were sent
    refuse : commands are refused
    answer : control answers are replaced by this
    silent : commands are obeyed, and not answered
    insists : settings the sensor takes whatever it is told
    firmware : the version it claims instead of the spec's
    encrypted : it answers only when it is paired
    lacks : a characteristic (alias) it does not have
    seed : of the probabilities
    """

    drop: float = 0.0
    duplicate: float = 0.0
    reorder: float = 0.0
    burst_s: float = 0.0
    drift_ppm: float = 0.0
    wrap_s: float | None = None
    break_after: int | None = None
    break_every: int | None = None
    stall_after: int | None = None
    refuse: bool = False
    answer: bytes | None = None
    silent: bool = False
    insists: Mapping[str, Value] = field(default_factory=dict)
    firmware: str = ""
    lacks: str = ""
    encrypted: bool = False
    seed: int = 0

    def __post_init__(self) -> None:
        chances = (self.drop, self.duplicate, self.reorder)
        if not all(0.0 <= chance <= 1.0 for chance in chances) or self.burst_s < 0.0 or abs(self.drift_ppm) > 1e5:
            raise UsageError(
                "Probabilities of faults lie between 0 and 1, a burst is not negative, a drift at most 100000 ppm.",
                Reason.USAGE,
            )

    def breaks(self, sent: int) -> bool:
        """Whether the link breaks after so many data packets."""
        return sent == self.break_after or (self.break_every is not None and sent % max(self.break_every, 1) == 0)

    def leaves_s(self, ready_s: float) -> float:
        """The host's time when a packet leaves that is ready at this time of the sensor."""
        true_s = ready_s / (1.0 + self.drift_ppm * 1e-6)
        return math.ceil(true_s / self.burst_s - 1e-9) * self.burst_s if self.burst_s else true_s

    def start_of(self, spec: Spec, rate_hz: float) -> tuple[int, int]:
        """Where counter and clock stand at sample 0."""
        if self.wrap_s is None:
            return 0, 0
        frame = next(frame for frame in spec.frames if frame.samples)
        counter = tick = 0
        if isinstance(frame.gap, Counter):
            counter = (1 << frame.gap.field.element.bits) - max(1, round(self.wrap_s * rate_hz / 10.0))
        if isinstance(frame.time, DeviceTime) and frame.time.wraps:
            tick = (1 << frame.time.field.element.bits) - max(1, round(self.wrap_s * 1e9 / frame.time.tick_ns))
        return counter, tick


NAMES = tuple(one.name for one in fields(Faults) if one.name not in ("answer", "insists"))
"""Those that can be written as NAME=VALUE."""
COUNTS = ("break_after", "break_every", "stall_after", "seed")


def parse_faults(told: tuple[str, ...]) -> Faults:
    """Faults from texts such as drop=0.01, refuse, firmware=0.9.

    Raises
    ------
    UsageError
        USAGE for what is no fault, with those that there are.
    """
    defaults = {one.name: one.default for one in fields(Faults)}
    found: dict[str, object] = {}
    for text in told:
        name, mark, value = text.partition("=")
        name = name.strip().replace("-", "_")
        if name not in NAMES:
            raise UsageError(f"There is no fault {name!r}.", Reason.USAGE, f"There are: {', '.join(NAMES)}.")
        default = defaults[name]
        try:
            if isinstance(default, bool):
                found[name] = not mark or value.strip().lower() in ("1", "true", "yes")
            elif isinstance(default, str):
                found[name] = value.strip()
            else:
                found[name] = int(value) if name in COUNTS else float(value)
        except ValueError:
            raise UsageError(f"{text!r} is no fault.", Reason.USAGE, f"Write {name}=NUMBER.") from None
    return replace(Faults(), **found)  # type: ignore[arg-type]

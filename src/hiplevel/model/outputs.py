"""What comes out of the pipeline: events and angles, block by block, and those of a whole recording."""

from dataclasses import dataclass

from hiplevel.model.events import Drop, Event, Gap, Hold, Note, Rep, SetEnded, Step, StepDrop
from hiplevel.model.kept import kept_reps
from hiplevel.model.samples import Floats


@dataclass(frozen=True, eq=False)
class MotionOutput:
    """Pelvis angles that became known: time_s, obliquity_deg (+ left side up), tilt_deg (+ anterior), (m,) each.

    obliquity_sigma_deg, tilt_sigma_deg (m,): one sigma of each, from filter, start, calibration and movement.
    """

    time_s: Floats
    obliquity_deg: Floats
    tilt_deg: Floats
    obliquity_sigma_deg: Floats
    tilt_sigma_deg: Floats


@dataclass(frozen=True, eq=False)
class Output:
    """What a block of samples made known: events in the order of their known_s, and angles."""

    events: tuple[Event, ...]
    motion: MotionOutput


@dataclass(frozen=True, eq=False)
class Analysis:
    """A whole recording's events and angles, (m,) each on a 100 Hz grid with holes where samples were missing.

    Attributes
    ----------
    events : in the order in which they became known
    time_s : of each angle, on the samples' clock
    obliquity_deg, tilt_deg : from neutral; + = left side up, + = anterior
    obliquity_sigma_deg, tilt_sigma_deg : one sigma of each
    """

    events: tuple[Event, ...]
    time_s: Floats
    obliquity_deg: Floats
    tilt_deg: Floats
    obliquity_sigma_deg: Floats
    tilt_sigma_deg: Floats

    @property
    def reps(self) -> tuple[Rep, ...]:
        """Repetitions, without those that were withdrawn."""
        return kept_reps(self.events)

    @property
    def drops(self) -> tuple[Drop, ...]:
        """Drops beyond the limit."""
        return tuple(e for e in self.events if isinstance(e, Drop))

    @property
    def holds(self) -> tuple[Hold, ...]:
        """Holds."""
        return tuple(e for e in self.events if isinstance(e, Hold))

    @property
    def steps(self) -> tuple[Step, ...]:
        """Steps."""
        return tuple(e for e in self.events if isinstance(e, Step))

    @property
    def step_drops(self) -> tuple[StepDrop, ...]:
        """How far the unsupported side fell in each step."""
        return tuple(e for e in self.events if isinstance(e, StepDrop))

    @property
    def sets(self) -> tuple[SetEnded, ...]:
        """Finished sets in which something was counted."""
        return tuple(e for e in self.events if isinstance(e, SetEnded) and e.reps)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Where samples were missing."""
        return tuple(e for e in self.events if isinstance(e, Gap))

    @property
    def notes(self) -> tuple[Note, ...]:
        """Remarks and warnings."""
        return tuple(e for e in self.events if isinstance(e, Note))

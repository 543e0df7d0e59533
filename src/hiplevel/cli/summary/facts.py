"""A session in numbers: the same after a demo, a live session, a replay and an analysis."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any

from hiplevel.cli.common import clock, plain
from hiplevel.cli.summary.sets import left_right_json, sets_json
from hiplevel.detect.corrections import Corrected, corrected, standing
from hiplevel.detect.falls import Angles
from hiplevel.detect.metronome import metronome_count
from hiplevel.detect.session_summary import SessionSummary, session_summary
from hiplevel.model.calibration import Calibration
from hiplevel.model.events import Drop, Event, LinkLost, Note, Rep, Step, UsualDrop, said_by_person
from hiplevel.model.exercise import Exercise
from hiplevel.model.limit_change import rule_at_end
from hiplevel.model.prescription import Prescription
from hiplevel.model.rules import DropRule, Side
from hiplevel.pipeline.trusted import trusted_drops, trusted_reps

SIDES: tuple[Side, Side] = ("left", "right")


@dataclass(frozen=True)
class Summary:
    """What happened between the first and the last sample; `simulated` stands wherever this is shown."""

    events: tuple[Event, ...]
    exercise: Exercise | None
    stance: str
    rule: DropRule
    duration_s: float
    rate_hz: float | None = None
    simulated: bool = False
    lost_samples: int | None = None
    clipped_samples: int = 0
    notices: tuple[str, ...] = ()
    angles: Angles | None = None
    prescription: Prescription | None = None
    calibration: Calibration | None = None

    def of(self, kind: type[Any]) -> list[Any]:
        """The events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]

    def drops(self, side: Side | None = None) -> list[Drop]:
        """The drops of one side, the side that fell, or of both, without those that touch a bad span."""
        found = trusted_drops(self.of(Drop), self.counted_reps)
        return [drop for drop in found if side is None or drop.side == side]

    @property
    def graded(self) -> bool:
        """Whether drops were looked for at all."""
        return self.session.graded

    @property
    def counted(self) -> bool:
        """Whether repetitions were counted at all, so that none means none."""
        exercise, sets = self.exercise, self.session.sets
        return exercise is not None and (exercise.counting.signal != "none" or any(s.done or s.warm_up for s in sets))

    @cached_property
    def session(self) -> SessionSummary:
        """All figures, after all corrections."""
        return session_summary(
            self.events,
            duration_s=self.duration_s,
            stance=self.stance,  # type: ignore[arg-type] # the pipeline judged it
            rule=self.rule,
            angles=self.angles,
            prescription=self.prescription,
        )

    @cached_property
    def counted_reps(self) -> Corrected:
        """Sets and repetitions after all corrections, and the bad spans."""
        return corrected(self.events)

    @property
    def reps(self) -> tuple[Rep, ...]:
        """The repetitions that figures are taken from: work that was measured and can be trusted."""
        return trusted_reps(self.counted_reps)

    @property
    def covered(self) -> float:
        """The part of the duration that had usable samples, pauses left out, 0 to 1."""
        data = self.session.data
        looked_at_s = self.duration_s - data.paused_s
        return max(0.0, 1.0 - data.gap_s / looked_at_s) if looked_at_s > 0.0 else 0.0

    def all_notices(self) -> list[str]:
        """The file's notices, then the pipeline's, each once, then what people wrote and did not take back."""
        told = [note for note in self.of(Note) if note.code != "not-corrected"]  # an answer of that moment
        machine = [note.text for note in told if not said_by_person(note)]
        people = [
            f"{clock(note.time_s)}, {note.author or 'somebody'}: {note.text}"
            for _, note in standing(self.events)
            if isinstance(note, Note)
        ]
        return list(dict.fromkeys([*self.notices, *machine, *people]))

    def to_json(self) -> dict[str, Any]:
        """The summary without the events."""
        reps, data = self.reps, self.session.data
        summary = {
            "exercise": None if self.exercise is None else self.exercise.id,
            "stance": self.stance,
            "rule": self.rule,
            "simulated": self.simulated,
            "duration_s": self.duration_s,
            "rate_hz": self.rate_hz,
            "sets": sets_json(self.session),
            "sets_prescribed": self.session.sets_prescribed,
            "reps": self.session.done,
            "machine_reps": self.session.machine_reps,
            "median_rom_deg": median(rep.rom_deg for rep in reps) if reps else None,
            "holds": 0 if self.session.holds is None else self.session.holds.done,
            "held": plain(self.session.holds),
            "steps": len(self.of(Step)),
            "drops": {side: _side(self.drops(side)) if self.graded else None for side in SIDES},
            "metronome": plain(metronome_count(self.events)),
            "falls": {fall.side: plain(fall) for fall in self.session.falls},
            "left_right": left_right_json(self.session.left_right),
            "usual_fall_deg": {u.side: {"median_deg": u.median_deg, "strides": u.strides} for u in self.usual},
            "data": {
                "covered": self.covered,
                "invalid_share": data.invalid_share,
                "marked_bad_s": data.bad_s,
                "calibration": self._calibration(),
                "gaps": data.gaps,
                "gap_s": data.gap_s,
                "paused_s": data.paused_s,
                "links_lost": len(self.of(LinkLost)),
                "lost_samples": self.lost_samples,
                "clipped_samples": self.clipped_samples,
            },
            "notices": self.all_notices(),
        }
        result = plain(summary)
        assert isinstance(result, dict)
        return result

    @property
    def last_rule(self) -> DropRule:
        """The limits at the end: a clinician may have changed those of the beginning."""
        return rule_at_end(self.rule, self.events)

    @property
    def usual(self) -> list[UsualDrop]:
        """The median fall of each side in walking and running, where there were strides enough."""
        last = {event.side: event for event in self.of(UsualDrop)}
        return [last[side] for side in SIDES if side in last]

    def _calibration(self) -> dict[str, Any] | None:
        if self.calibration is None:
            return None
        return {"source": self.calibration.source, "quality": self.calibration.quality}


def _side(drops: Sequence[Drop]) -> dict[str, float]:
    return {
        "count": len(drops),
        "worst_deg": max((d.peak_deg for d in drops), default=0.0),
        "beyond_limit_s": sum(d.duration_s for d in drops),
    }

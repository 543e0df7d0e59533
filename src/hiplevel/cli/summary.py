"""A session in numbers and in words: the same after a demo, a live session, a replay and an analysis."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any

from hiplevel.cli.common import clock, plain, table
from hiplevel.detect.corrections import Corrected, CountedSet, corrected
from hiplevel.model.events import Drop, Event, Gap, Hold, LinkLost, Note, Rep, Step, UsualDrop
from hiplevel.model.exercise import Exercise
from hiplevel.model.rules import DropRule, Side

SIDES: tuple[Side, Side] = ("left", "right")
MAX_ROWS = 20


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

    def of(self, kind: type[Any]) -> list[Any]:
        """The events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]

    def drops(self, side: Side) -> list[Drop]:
        """The drops of one side, the side that fell."""
        return [drop for drop in self.of(Drop) if drop.side == side]

    @property
    def graded(self) -> bool:
        """Whether drops were looked for at all."""
        return all(note.code != "drops-not-graded" for note in self.of(Note))

    def reps_in(self, number: int) -> list[Rep]:
        """The repetitions of one set."""
        return [rep for rep in self.reps if rep.set_number == number]

    @cached_property
    def counted(self) -> Corrected:
        """What counts after all corrections."""
        return corrected(self.events)

    @property
    def reps(self) -> tuple[Rep, ...]:
        """The repetitions that count and were measured."""
        return tuple(rep.rep for rep in self.counted.reps if rep.rep is not None)

    @property
    def sets(self) -> list[CountedSet]:
        """The sets in which something was counted."""
        return [one for one in self.counted.sets if one.reps]

    @property
    def covered(self) -> float:
        """The part of the duration that had usable samples, 0 to 1."""
        missing_s = sum(gap.end_s - gap.start_s for gap in self.of(Gap))
        return max(0.0, 1.0 - missing_s / self.duration_s) if self.duration_s > 0.0 else 0.0

    def all_notices(self) -> list[str]:
        """The file's notices, then the pipeline's, each once."""
        return list(dict.fromkeys([*self.notices, *(note.text for note in self.of(Note))]))

    def to_json(self) -> dict[str, Any]:
        """The summary without the events."""
        reps, gaps = self.reps, self.of(Gap)
        summary = {
            "exercise": None if self.exercise is None else self.exercise.id,
            "stance": self.stance,
            "rule": self.rule,
            "simulated": self.simulated,
            "duration_s": self.duration_s,
            "rate_hz": self.rate_hz,
            "sets": [
                {
                    "number": s.number,
                    "start_s": s.start_s,
                    "end_s": s.end_s,
                    "reps": s.done,
                    "machine_reps": s.machine_reps,
                }
                for s in self.sets
            ],
            "reps": self.counted.done,
            "machine_reps": self.counted.machine_reps,
            "median_rom_deg": median(rep.rom_deg for rep in reps) if reps else None,
            "holds": len(self.of(Hold)),
            "steps": len(self.of(Step)),
            "drops": {side: _side(self.drops(side)) if self.graded else None for side in SIDES},
            "usual_fall_deg": {u.side: {"median_deg": u.median_deg, "strides": u.strides} for u in self.usual},
            "data": {
                "covered": self.covered,
                "gaps": len(gaps),
                "gap_s": sum(gap.end_s - gap.start_s for gap in gaps),
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
    def usual(self) -> list[UsualDrop]:
        """The median fall of each side in walking and running, where there were strides enough."""
        last = {event.side: event for event in self.of(UsualDrop)}
        return [last[side] for side in SIDES if side in last]

    def text(self) -> str:
        """The summary for a terminal."""
        blocks = [self._title(), self._sets(), self._drops(), self._data()]
        if notices := self.all_notices():
            blocks.append("Notices\n" + "\n".join(f"  - {notice}" for notice in notices))
        if self.exercise is not None:
            blocks.append(f"Cannot be seen: {self.exercise.cannot_see}")
        return "\n\n".join(block for block in blocks if block)

    def _title(self) -> str:
        what = [
            "no exercise named: angles and drops only" if self.exercise is None else self.exercise.id,
            f"stance {self.stance}",
        ]
        what.append(clock(self.duration_s) + (f" at {self.rate_hz:.0f} Hz" if self.rate_hz else ""))
        if self.simulated:
            what.append("SIMULATED")
        return " · ".join(what)

    def _sets(self) -> str:
        sets = self.sets
        if self.exercise is None:
            counted = ["Repetitions: not counted without an exercise"]
        elif self.exercise.counting.signal == "none":
            counted = [f"Repetitions: not counted in {self.exercise.id}"]
        else:
            counted = [f"Repetitions: {self.counted.done}" + (f" in {_count(len(sets), 'set')}" if sets else "")]
        counted += [
            f"{name}s: {len(self.of(kind))}" for name, kind in (("Hold", Hold), ("Step", Step)) if self.of(kind)
        ]
        if not sets:
            return "   ".join(counted)
        rows = [
            (s.number, f"{clock(s.start_s)} - {clock(s.end_s)}", s.done, _range(self.reps_in(s.number))) for s in sets
        ]
        return "   ".join(counted) + "\n" + _indent(table(("set", "time", "reps", "range of motion"), rows))

    def _drops(self) -> str:
        if not self.graded:
            return "Drops: not judged, see below"
        lines = ["Drops beyond the limit"]
        for side in SIDES:
            drops, limit = self.drops(side), self.rule.limit_deg(side)
            if side == self.stance and not drops:
                lines.append(f"  {side} side: it stands, so it is not watched")
                continue
            if not drops:
                lines.append(f"  {side} side: none (limit {limit:g}°)")
                continue
            worst, over_s = max(d.peak_deg for d in drops), sum(d.duration_s for d in drops)
            lines.append(
                f"  {side} side: {len(drops)} (limit {limit:g}°), worst {worst:.1f}°, {over_s:.1f} s beyond the limit"
            )
        lines += [
            f"  {usual.side} side, usual fall in a step: {usual.median_deg:.1f}°, {usual.strides} strides"
            for usual in self.usual
        ]
        drops = self.of(Drop)
        rows = [(clock(d.start_s), d.side, f"{d.peak_deg:.1f}°", f"{d.duration_s:.1f} s") for d in drops[:MAX_ROWS]]
        if rows:
            lines.append(_indent(table(("at", "side low", "peak", "for"), rows)))
        if len(drops) > MAX_ROWS:
            lines.append(f"  ... and {len(drops) - MAX_ROWS} more (--json lists all)")
        return "\n".join(lines)

    def _data(self) -> str:
        gaps = self.of(Gap)
        facts = [f"{100.0 * self.covered:.1f} % of the time covered"]
        if gaps:
            facts.append(f"{_count(len(gaps), 'gap')} of {sum(g.end_s - g.start_s for g in gaps):.1f} s together")
        silent = sum(event.reason == "stalled" for event in self.of(LinkLost))
        if lost := len(self.of(LinkLost)) - silent:
            facts.append(f"link lost {_count(lost, 'time')}")
        if silent:
            facts.append(f"sensor silent {_count(silent, 'time')}")
        if self.lost_samples:
            facts.append(f"{_count(self.lost_samples, 'sample')} lost on the way")
        if self.clipped_samples:
            facts.append(f"{_count(self.clipped_samples, 'sample')} at the sensor's limit of measurement")
        return f"Data: {', '.join(facts)}"


def _side(drops: Sequence[Drop]) -> dict[str, float]:
    return {
        "count": len(drops),
        "worst_deg": max((d.peak_deg for d in drops), default=0.0),
        "beyond_limit_s": sum(d.duration_s for d in drops),
    }


def _range(reps: Sequence[Rep]) -> str:
    if not reps:
        return "-"
    roms = [rep.rom_deg for rep in reps]
    return f"{median(roms):.1f}° ({min(roms):.1f} to {max(roms):.1f})"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _indent(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())

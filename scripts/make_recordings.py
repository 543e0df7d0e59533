#!/usr/bin/env python3
"""Make the sample sessions in recordings/ again, and the table in its README: `make recordings`.

Everything in them is simulated. Each is run as a live session is: notifications into the recorder and the pipeline.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hiplevel.exercises import load_exercise
from hiplevel.model.events import Drop, Event, Rep, SetEnded
from hiplevel.model.rules import DropRule, Side, Stance
from hiplevel.pipeline import Pipeline
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.whole_file import whole_file
from hiplevel.recording.writer import RecordingWriter
from hiplevel.resources import folder
from hiplevel.sensors.spec import load_spec
from hiplevel.sensors.stream import SensorStream
from hiplevel.session.session import Session
from hiplevel.simulate import Simulated, exercise, mounting_from_euler
from hiplevel.simulate.radio import Break, Item, Radio, transmit

SPEC = "hiplevel.reference"
SIDES: tuple[Side, Side] = ("left", "right")
BEGIN, END = "<!-- made by scripts/make_recordings.py -->", "<!-- end of what is made -->"
COLUMNS = (
    "Session",
    "What it shows",
    "Exercise",
    "Stance",
    "Drop limit",
    "Seed",
    "Length",
    "Repetitions done, in sets",
    "Counted",
    "Drops beyond the limit done",
    "Found",
)
TURNED_CLIP = mounting_from_euler(yaw_deg=12.0, pitch_deg=8.0, roll_deg=-5.0)


@dataclass(frozen=True)
class Sample:
    """One sample session.

    Attributes
    ----------
    shows : for the README and the recording's note
    work : what the wearer does, as for `simulate.exercise`
    started : UTC, an invented day
    calibrated : the head holds the clip's true mounting; otherwise it is worn upright and the neutral is taken standing
    """

    name: str
    shows: str
    exercise: str
    stance: Stance
    limit_deg: float
    seed: int
    started: str
    work: dict[str, Any] = field(default_factory=dict)
    calibrated: bool = False
    radio: Radio = field(default_factory=Radio)

    def simulated(self) -> Simulated:
        """What the wearer did."""
        work = self.work if self.stance == "both" else {"stance": self.stance, **self.work}
        return exercise(self.exercise, seed=self.seed, mounting=TURNED_CLIP if self.calibrated else None, **work)

    def head(self, simulated: Simulated) -> RecordingInfo:
        """What the recording says about itself."""
        spec = load_spec(SPEC)
        started = datetime.fromisoformat(self.started).replace(tzinfo=UTC)
        return RecordingInfo(
            client="simulated",
            sensor_name="hiplevel-SIM-0001",
            firmware=spec.firmware,
            spec_id=spec.id,
            spec_toml=spec.toml_text,
            spec_vars=spec.settings(),
            exercise=self.exercise,
            stance=self.stance,
            rule=DropRule(self.limit_deg),
            calibration=simulated.calibration if self.calibrated else None,
            started_ns=int(started.timestamp()) * 10**9,
            simulated=True,
            seed=self.seed,
            note=f"Simulated. {self.shows}",
            source="simulation",
        )


SAMPLES = (
    Sample(
        "pelvic-drop-good-left",
        "A good set: ten lowerings and hikes, the free side never beyond the limit.",
        "pelvic-drop",
        "left",
        6.0,
        seed=101,
        started="2026-01-05T09:00",
        work={"reps": 10},
    ),
    Sample(
        "pelvic-drop-bad-left",
        "The same with four of the ten repetitions falling beyond the limit.",
        "pelvic-drop",
        "left",
        6.0,
        seed=102,
        started="2026-01-07T09:00",
        work={"reps": 10, "drops": {2: 8.5, 4: 9.0, 7: 10.0, 8: 8.0}},
    ),
    Sample(
        "pelvic-drop-right-two-sets",
        "Two sets on the right leg with standing about between them; the last repetition of each falls too far.",
        "pelvic-drop",
        "right",
        6.0,
        seed=103,
        started="2026-01-09T09:00",
        work={"reps": 5, "sets": 2, "rest_s": 15.0, "drops": {4: 8.0, 9: 9.0}},
    ),
    Sample(
        "squat",
        "Ten squats on both legs, the weight a little to one side now and then.",
        "squat",
        "both",
        8.0,
        seed=104,
        started="2026-01-12T09:00",
        work={"reps": 10},
    ),
    Sample(
        "single-leg-deadlift",
        "Eight hinges on the right leg, the pelvis opening in two of them; the clip sits turned and is calibrated.",
        "single-leg-deadlift",
        "right",
        7.0,
        seed=105,
        started="2026-01-14T09:00",
        work={"reps": 8, "drops": {3: 10.0, 6: 9.0}},
        calibrated=True,
    ),
    Sample(
        "single-leg-squat",
        "Ten single-leg squats on the left leg, sinking more and more; two fall beyond the limit.",
        "single-leg-squat",
        "left",
        8.0,
        seed=106,
        started="2026-01-16T09:00",
        work={"reps": 10, "fatigue": 0.2, "drops": {7: 10.5, 9: 11.0}},
    ),
    Sample(
        "walking",
        "Eighty steps; the pelvis lists at each, and in six of them beyond the limit.",
        "walking",
        "both",
        8.0,
        seed=107,
        started="2026-01-19T09:00",
        work={"reps": 80, "drops": {20: 10.5, 33: 11.0, 34: 11.0, 47: 10.5, 60: 12.0, 61: 11.0}},
    ),
    Sample(
        "lost-packets-and-broken-link",
        "Pelvic drops over a bad link: one packet in twenty is lost, and for 4 s in the middle of the set all are.",
        "pelvic-drop",
        "left",
        6.0,
        seed=108,
        started="2026-01-21T09:00",
        work={"reps": 10, "drops": {1: 9.0, 7: 9.0}},
        radio=Radio(loss=0.05, breaks=(Break(30.0, 4.0),)),
    ),
)


def heard(sample: Sample) -> tuple[RecordingInfo, list[Item]]:
    """The head of the sample's recording, and what a host hears of it."""
    simulated = sample.simulated()
    info = sample.head(simulated)
    items = transmit(
        simulated.samples,
        load_spec(SPEC),
        settings=info.spec_vars,
        radio=sample.radio,
        started_ns=info.started_ns,
        seed=sample.seed,
    )
    return info, items


def record(sample: Sample, path: Path) -> Session:
    """Write the sample to `path`, which must not exist; the finished session."""
    info, items = heard(sample)
    pipeline = Pipeline(exercise=info.exercise, stance=sample.stance, rule=info.rule, calibration=info.calibration)
    stream = SensorStream(load_spec(SPEC), **info.spec_vars)
    session = Session(stream, pipeline, recorder=RecordingWriter(path, info))
    try:
        for item in items:
            session.feed(item)
    finally:
        session.finish()
    return session


def row(sample: Sample, events: Sequence[Event], duration_s: float) -> str:
    """The sample's line of the table in the README: what was done, and what a live session and its replay find."""
    truth = sample.simulated().truth
    drops = [event for event in events if isinstance(event, Drop)]
    worst = f", worst {max(drop.peak_deg for drop in drops):.1f}°" if drops else ""
    done, counted = f"{len(truth.reps)} in {len(truth.sets)}", "not counted"
    if not len(truth.reps):
        done = f"{len(truth.steps)} steps"
    if load_exercise(sample.exercise).counting.signal != "none":
        reps, sets = (sum(isinstance(event, kind) for event in events) for kind in (Rep, SetEnded))
        counted = f"{reps} in {sets}"
    cells = (
        f"`{sample.name}`",
        sample.shows,
        sample.exercise,
        sample.stance,
        f"{sample.limit_deg:g}°",
        str(sample.seed),
        f"{duration_s:.0f} s",
        done,
        counted,
        _by_side([drop.side for drop in truth.drops(sample.limit_deg)]),
        _by_side([drop.side for drop in drops]) + worst,
    )
    return f"| {' | '.join(cells)} |"


def table(rows: Sequence[str]) -> str:
    """The whole table."""
    return "\n".join([f"| {' | '.join(COLUMNS)} |", f"|{' --- |' * len(COLUMNS)}", *rows])


def main() -> None:
    """Make all, or with --out leave the shipped ones alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="another folder; default: recordings/, and the table in its README")
    out: Path | None = parser.parse_args().out
    to = out or folder("recordings")
    rows = []
    for sample in SAMPLES:
        path = to / f"{sample.name}.mcap"
        with whole_file(path, overwrite=out is None) as part:
            session = record(sample, part)
        rows.append(row(sample, session.events, session.duration_s))
        print(f"{path.stat().st_size / 1000:4.0f} kB  {path.name}", file=sys.stderr)
    if out is None:
        _put_into(to / "README.md", table(rows))


def _by_side(sides: Sequence[str]) -> str:
    return ", ".join(f"{sides.count(side)} {side}" for side in SIDES if side in sides) or "none"


def _put_into(readme: Path, text: str) -> None:
    before, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    readme.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()

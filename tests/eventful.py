"""One recorded session in which everything happens that a person can do, and that a link can do to it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hiplevel.cli.summary.facts import Summary
from hiplevel.cli.summary.of_session import summary_of
from hiplevel.model.edits import BadSpan
from hiplevel.model.limit_change import LimitChanged
from hiplevel.model.prescription import Prescription
from hiplevel.model.rules import DropRule
from hiplevel.model.tempo import Tempo
from hiplevel.recording.amend import amend
from hiplevel.recording.info import RecordingInfo
from hiplevel.recording.writer import RecordingWriter
from hiplevel.sensors.ble.link import LinkChange
from hiplevel.sensors.spec import load_spec
from hiplevel.sensors.stream import SensorStream
from hiplevel.session.kept_angles import KeptAngles
from hiplevel.session.plan import Plan
from hiplevel.session.session import Session
from hiplevel.simulate import Still, Work, session
from hiplevel.simulate.radio import Break, Radio, transmit

NS = 10**9
STARTED_NS = 1_769_000_000 * NS
SPEC = load_spec("hiplevel.reference")
LIMIT_DEG, LATER_DEG, CHANGED_S = 6.0, 8.0, 62.0
PAUSED_S = (24.0, 30.0)
BREAK_S = (85.0, 4.0)
BAD_S = (93.0, 98.5)
ASKED = Prescription("pelvic-drop", "left", sets=2, reps=8, rule=DropRule(LIMIT_DEG))
PLAN = Plan("pelvic-drop", "left", DropRule(LIMIT_DEG), client="c-017", prescription=ASKED)


def eventful(path: Path, *, ends_paused: bool = False) -> Summary:
    """Record it to `path`; what the terminal says when it is over. A bad span is marked afterwards with `mark_bad`."""
    work = Work("pelvic-drop", stance="left", reps=8, sets=2, drops={2: 9.0, 5: 7.0, 7: 7.5, 10: 9.0, 13: 9.5})
    sent = transmit(
        session([Still(5.0), work, Still(6.0)], seed=3).samples,
        SPEC,
        settings=SPEC.settings(),
        radio=Radio(breaks=(Break(*BREAK_S),)),
        started_ns=STARTED_NS,
        seed=1,
    )
    pipeline, angles = PLAN.pipeline(), KeptAngles()
    info = RecordingInfo(
        client="c-017",
        sensor_name="clip",
        sensor_id="AA:BB",
        spec_id=SPEC.id,
        spec_toml=SPEC.toml_text,
        spec_vars=SPEC.settings(),
        exercise="pelvic-drop",
        stance="left",
        rule=pipeline.rule,
        prescription=ASKED,
        started_ns=STARTED_NS,
        utc_offset_min=60,
        source="bluetooth",
    )
    one = Session(
        SensorStream(SPEC, **SPEC.settings()),
        pipeline,
        recorder=RecordingWriter(path, info),
        views=[angles],
        coach=PLAN.coach(pipeline),
    )
    says = _says(one)
    if ends_paused:
        says.append((100.0, lambda: one.mark("pause")))
    for item in sent:
        at_ns = item.at_ns if isinstance(item, LinkChange) else item.arrival_ns
        while says and at_ns >= STARTED_NS + says[0][0] * NS:
            says.pop(0)[1]()
        one.feed(item)
    one.finish()
    return summary_of(one, PLAN, angles, simulated=False)


def mark_bad(path: Path) -> None:
    """Somebody says later that seconds with a drop in them are not to be trusted."""
    amend(path, [BadSpan(*BAD_S, "the clip slipped", made_ns=STARTED_NS, known_s=BAD_S[1])])


def _says(one: Session) -> list[tuple[float, Callable[[], object]]]:
    """What is said when, s."""
    changed = LimitChanged.between(DropRule(LIMIT_DEG), DropRule(LATER_DEG), "Dr. Weber", "steady")
    return [
        (16.0, lambda: one.said.warm_up(1, 1)),
        (20.0, lambda: one.said.correct("undo")),
        (22.0, lambda: one.said.metronome(Tempo(1.5, 0.5, 1.5, 0.5))),
        (PAUSED_S[0], lambda: one.mark("pause")),
        (PAUSED_S[1], lambda: one.mark("resume")),
        (44.0, lambda: one.said.correct("add")),
        (48.0, lambda: one.said.stop_metronome()),
        (50.0, lambda: one.mark("rezero")),
        (52.0, lambda: one.said.note("felt odd", "c-017")),
        (CHANGED_S, lambda: one.change_limits(replace(changed))),
    ]

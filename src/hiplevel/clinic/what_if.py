"""What another limit would have found: drops, time beyond it and repetitions passed, on one or many sessions."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hiplevel.clinic import angle_cache
from hiplevel.clinic.analyzed import Judged, analyze_recording, cache_key, setup_of
from hiplevel.clinic.database import Store
from hiplevel.clinic.sessions import Session
from hiplevel.detect.drop_curve import Spans, drop_curve
from hiplevel.model.errors import HiplevelError, Reason, UsageError
from hiplevel.model.rules import MAX_LIMIT_DEG, DropRule, Side
from hiplevel.pipeline.trusted import trusted_spans

FROM_DEG, TO_DEG, STEP_DEG = 2.0, 15.0, 1.0
MAX_STEPS = 200


@dataclass(frozen=True)
class AtLimit:
    """All sessions together at one limit. passed: repetitions in which this side did not drop beyond it."""

    limit_deg: float
    drops: int
    over_s: float
    passed: int


@dataclass(frozen=True)
class SideCurve:
    """One side's drops as a function of the limit; current_deg: the limit that is set, None when they differ."""

    side: Side
    points: tuple[AtLimit, ...]
    reps: int
    judged_s: float
    current_deg: float | None


@dataclass(frozen=True)
class WhatIf:
    """The answer. sessions: how many were looked at; left_out: why each of the others was not."""

    curves: tuple[SideCurve, ...]
    sessions: int
    left_out: tuple[str, ...] = ()


def grid(from_deg: float = FROM_DEG, to_deg: float = TO_DEG, step_deg: float = STEP_DEG) -> list[float]:
    """The limits to try.

    Raises
    ------
    UsageError
        RULE for limits that cannot be meant or too many of them.
    """
    if not 0.0 < from_deg <= to_deg <= MAX_LIMIT_DEG or not step_deg > 0.0:
        raise UsageError(
            f"Limits from {from_deg:g} to {to_deg:g} degrees in steps of {step_deg:g} cannot be tried: write numbers "
            f"above 0 and up to {MAX_LIMIT_DEG:g}, the lower one first.",
            Reason.RULE,
        )
    count = int(np.floor((to_deg - from_deg) / step_deg + 1e-9)) + 1
    if count > MAX_STEPS:
        raise UsageError(f"{count} limits are too many to compare; at most {MAX_STEPS}.", Reason.RULE)
    return [round(from_deg + step_deg * n, 6) for n in range(count)]


def what_if(
    judged: Iterable[Judged], rule: DropRule, limits_deg: Sequence[float], *, left_out: Sequence[str] = ()
) -> WhatIf:
    """Try each limit on each session with the rule's hysteresis and minimum duration; the rule's limit is marked.

    left_out: the list that `angles_of` fills while this goes through it.
    """
    tried = sorted({*limits_deg, *(rule.limit_deg(side) for side in ("left", "right"))})
    low = [limit for limit in tried if limit > rule.hysteresis_deg]
    sums: dict[Side, list[list[float]]] = {}
    reps: dict[Side, int] = {}
    judged_s: dict[Side, float] = {}
    sessions = 0
    for one in judged:
        sessions += 1
        for side in one.sides:
            rows = sums.setdefault(side, [[0.0, 0.0, 0.0] for _ in low])
            reps[side] = reps.get(side, 0) + len(one.reps)
            judged_s[side] = judged_s.get(side, 0.0) + one.judged_s
            for row, found in zip(rows, drop_curve(one.cells, side, rule, low), strict=True):
                spans = trusted_spans(found, one.bad_s)
                row[0] += len(spans)
                row[1] += spans.over_s
                row[2] += passed(one, spans)
    curves = tuple(
        SideCurve(
            side,
            tuple(AtLimit(limit, int(a), b, int(c)) for limit, (a, b, c) in zip(low, sums[side], strict=True)),
            reps[side],
            judged_s[side],
            rule.limit_deg(side),
        )
        for side in sorted(sums)
    )
    return WhatIf(curves, sessions, tuple(left_out))


def passed(judged: Judged, spans: Spans) -> int:
    """How many repetitions no drop reaches into."""
    if not len(judged.reps):
        return 0
    begun = np.searchsorted(spans.start_s, judged.reps[:, 1])  # drops that began before the repetition was over
    ended = np.searchsorted(spans.end_s, judged.reps[:, 0], side="right")  # drops that were over before it began
    return int(np.count_nonzero(begun == ended))


def angles_of(
    store: Store, found: Sequence[Session], *, left_out: list[str], progress: Callable[[int], None] = lambda _: None
) -> Iterator[Judged]:
    """The angles of sessions in the store, one after the other; computed now where they were not kept.

    left_out: why a session is not among them, added meanwhile. progress: how many are done.
    """
    folder = angle_cache.cache_folder(store.path)
    for number, session in enumerate(found, 1):
        judged = angle_cache.load(folder, cache_key(session.content_hash, session.setup))
        if judged is None:
            judged = _computed(folder, session, left_out)
        if judged is not None and not judged.graded:
            left_out.append(f"{session.path.name} was left out: drops were not judged in it.")
        elif judged is not None:
            yield judged
        progress(number)


def from_files(paths: Iterable[Path]) -> tuple[list[Judged], list[str], DropRule | None]:
    """The same from recordings that are in no store; and the rule of the first."""
    found, left_out, rule = [], [], None
    for path in paths:
        try:
            analyzed = analyze_recording(path)
        except HiplevelError as error:
            left_out.append(f"{path.name} was left out: {error}")
            continue
        rule = rule or analyzed.rule
        if analyzed.judged.graded:
            found.append(analyzed.judged)
        else:
            left_out.append(f"{path.name} was left out: drops were not judged in it.")
    return found, left_out, rule


def _computed(folder: Path, session: Session, left_out: list[str]) -> Judged | None:
    try:
        analyzed = analyze_recording(session.path)
    except HiplevelError as error:
        left_out.append(f"{session.path.name} was left out: {error}")
        return None
    if analyzed.content_hash != session.content_hash:
        left_out.append(f"{session.path.name} is another session now than when it was added.")
        return None
    angle_cache.save(folder, cache_key(analyzed.content_hash, setup_of(analyzed.recording)), analyzed.judged)
    return analyzed.judged

"""A limit that a clinician changed while somebody trained: who, when, from what to what and why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from hiplevel.model.known import Known
from hiplevel.model.rules import DropRule


@dataclass(frozen=True)
class LimitChanged(Known):
    """From the sample after `time_s` on, drops are judged by other limits. Recorded: replay hears it.

    from_deg, to_deg, from_warn_deg, to_warn_deg: as in `DropRule`, each side's own limit None where it has none.
    author, fingerprint: the clinician. line: of the audit trail that tells of the same change; 0 when there is none.
    """

    time_s: float
    from_deg: float
    to_deg: float
    author: str
    reason: str
    from_left_deg: float | None = None
    from_right_deg: float | None = None
    from_warn_deg: float | None = None
    to_left_deg: float | None = None
    to_right_deg: float | None = None
    to_warn_deg: float | None = None
    fingerprint: str = ""
    line: int = 0

    @classmethod
    def between(
        cls, old: DropRule, new: DropRule, author: str, reason: str, *, fingerprint: str = "", line: int = 0
    ) -> Self:
        """The change from one rule to another, not dated yet: the pipeline does that."""
        return cls(
            0.0,
            old.threshold_deg,
            new.threshold_deg,
            author,
            reason,
            old.left_deg,
            old.right_deg,
            old.warn_deg,
            new.left_deg,
            new.right_deg,
            new.warn_deg,
            fingerprint,
            line,
        )

    def applied_to(self, rule: DropRule) -> DropRule:
        """The rule from then on; hysteresis and minimum duration stay."""
        return replace(
            rule,
            threshold_deg=self.to_deg,
            left_deg=self.to_left_deg,
            right_deg=self.to_right_deg,
            warn_deg=self.to_warn_deg,
        )


def rule_at_end(rule: DropRule, events: Iterable[object]) -> DropRule:
    """The limits that stand after all changes among these events; `rule` stood at the beginning."""
    for event in events:
        if isinstance(event, LimitChanged):
            rule = event.applied_to(rule)
    return rule

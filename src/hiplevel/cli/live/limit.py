"""A clinician changes the limit while somebody trains in the terminal: in the recording and in the trail."""

from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.rules import DropRule
from hiplevel.session.plan import Plan
from hiplevel.session.session import Session


def parse_limit(text: str) -> float:
    """Degrees. Raises UsageError for what cannot be a limit."""
    try:
        limit_deg = float(text.replace(",", ".").removesuffix("°"))
    except ValueError:
        raise UsageError(f"{text!r} is no limit: write degrees, such as 6.5.", Reason.RULE) from None
    return DropRule(limit_deg).threshold_deg


def change_limit(session: Session, plan: Plan, limit_deg: float, reason: str, passphrase: str) -> None:
    """From the next sample on, both sides. Raises UsageError and ClinicError, as `change_live` and `unlock` do."""
    if not plan.client:
        raise UsageError("A limit is changed for a client: begin with --client CODE.", Reason.USAGE)
    from hiplevel.clinic.clinicians import unlock
    from hiplevel.clinic.database import Store, default_path
    from hiplevel.clinic.live_limit import change_live

    rule = session.rule
    if rule is None:
        raise UsageError("Drops are not judged any more in this session: there is no limit.", Reason.RULE)
    new = rule.with_limits(limit_deg, None, None)
    with Store(default_path()) as store:
        by = unlock(store, passphrase)
        change_live(store, session, plan.client, plan.exercise_id, plan.stance, new, reason, by=by)

"""`hiplevel clinic threshold`: where a limit could come from, and changing it with a reason."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from hiplevel.cli.clinic.limit_options import LimitsTold, dose_options, limit_options, preset_rule
from hiplevel.cli.clinic.prescriptions import tell
from hiplevel.cli.clinic.store import as_clinician, open_store
from hiplevel.cli.common import find_file, json_option, print_json, say
from hiplevel.clinic.wording import limits_words
from hiplevel.model.errors import Reason, UsageError
from hiplevel.model.rules import DropRule

if TYPE_CHECKING:
    from hiplevel.clinic.database import Store
    from hiplevel.clinic.suggestion import Suggestion


@click.command()
@click.argument("code", metavar="CLIENT", required=False)
@dose_options
@limit_options
@click.option("--baseline", metavar="FILE", help="A session to suggest a limit from: a recording or its name.")
@json_option
def threshold(
    code: str | None,
    exercise: str,
    stance: str,
    told: LimitsTold,
    reason: str,
    baseline: str | None,
    as_json: bool,
) -> None:
    """Show where a limit could come from, or with --limit and --reason change what is prescribed to CLIENT.

    Presets come with their source and the people they were measured on; --baseline adds what the client does now.
    """
    if told:
        if code is None:
            raise UsageError("Whose limit is to change?", Reason.USAGE, "Name the client: threshold CLIENT ...")
        _change(code, exercise, stance, told, reason, as_json)
        return
    from hiplevel.clinic.prescribed import current
    from hiplevel.clinic.presets import NO_CONSENSUS, presets
    from hiplevel.exercises import load_exercise

    known = presets(load_exercise(exercise).id)
    suggested = _suggest(baseline)
    with open_store() as store:
        now = None if code is None else current(store, code, exercise, stance)
    if as_json:
        print_json({"current": now, "presets": known, "caution": NO_CONSENSUS, "suggested": suggested})
        return
    if now is not None:
        from hiplevel.clinic.prescribed import limits_of

        click.echo(f"Now: {limits_words(limits_of(now.prescription.rule))}, set by {now.prescription.author}\n")
    for preset in known:
        click.echo(
            f"Preset: warning {preset.warn_deg:g}°, limit {preset.alarm_deg:g}°\n  {preset.basis}\n"
            f"  On whom: {preset.population}\n  Source: {preset.source}\n  {preset.strength}\n"
        )
    for side in suggested:
        click.echo(
            f"Baseline, {side.side} side: peak fall {side.median_deg:.1f}° in the median and {side.p90_deg:.1f}° at "
            f"the 90th percentile of {side.reps} repetitions, each ± {side.band_deg:.1f}°.\n"
            f"  To consider: warning {side.warn_deg:g}°, limit {side.alarm_deg:g}°\n  {side.words}\n"
        )
    say(NO_CONSENSUS)


def _change(code: str, exercise: str, stance: str, told: LimitsTold, reason: str, as_json: bool) -> None:
    from hiplevel.clinic.prescribing import change_limit

    with open_store() as store:
        by = as_clinician(store)
        rule = told.on(_rule_now(store, code, exercise, stance))
        made = change_limit(store, code, exercise, stance, rule, reason, by=by)
    tell(made, as_json)


def _rule_now(store: "Store", code: str, exercise: str, stance: str) -> DropRule:
    from hiplevel.clinic.prescribed import current

    now = current(store, code, exercise, stance)
    return preset_rule(exercise) if now is None else now.prescription.rule


def _suggest(baseline: str | None) -> "Sequence[Suggestion]":
    if baseline is None:
        return ()
    from hiplevel.clinic.analyzed import analyze_recording
    from hiplevel.clinic.suggestion import suggest

    return suggest(analyze_recording(find_file(baseline)))

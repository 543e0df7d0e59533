"""`hiplevel clinic prescribe`: what is asked for, within which limits, and why."""

from dataclasses import replace
from typing import Any

import click

from hiplevel.cli.clinic.limit_options import LimitsTold, dose_options, limit_options, preset_rule
from hiplevel.cli.clinic.prescriptions import tell
from hiplevel.cli.clinic.store import as_clinician, open_store
from hiplevel.cli.common import json_option
from hiplevel.cli.options.numbers import Number
from hiplevel.model.prescription import FEEDBACKS, Prescription


@click.command()
@click.argument("code", metavar="CLIENT")
@dose_options
@limit_options
@click.option("--sets", type=int)
@click.option("--reps", type=int, help="Repetitions a set.")
@click.option("--hold", "hold_s", type=Number(), metavar="S", help="Hold at the turn, seconds.")
@click.option("--tempo", "tempo_s", type=Number(), metavar="S", help="Seconds a repetition.")
@click.option("--rest", "rest_s", type=Number(), metavar="S", help="Rest between sets, seconds.")
@click.option("--load", "load_kg", type=Number(), metavar="KG")
@click.option("--band", help="Band or other resistance, in words.")
@click.option("--per-week", type=int, help="Sessions a week.")
@click.option(
    "--feedback",
    type=click.Choice(FEEDBACKS),
    help="What is heard of drops: every one, half of them, a summary of the set, or less from set to set.",
)
@click.option("--note", help="To the client.")
@click.option("--stop", is_flag=True, help="Ask for it no longer.")
@json_option
def prescribe(
    code: str,
    exercise: str,
    stance: str,
    told: LimitsTold,
    reason: str,
    stop: bool,
    as_json: bool,
    **dose: Any,
) -> None:
    """Prescribe an exercise to CLIENT, or change it: what is not given stays as it is prescribed now.

    Such as: hiplevel clinic prescribe c-017 --exercise single-leg-squat --side left --sets 3 --reps 8 --limit 8
    """
    from hiplevel.clinic.prescribed import current
    from hiplevel.clinic.prescribing import prescribe as write

    with open_store() as store:
        by = as_clinician(store)
        now = current(store, code, exercise, stance)
        base = (
            Prescription(exercise, stance, rule=preset_rule(exercise))  # type: ignore[arg-type] # a choice of the option
            if now is None
            else now.prescription
        )
        given = {name: value for name, value in dose.items() if value is not None}
        rule = told.on(base.rule)
        made = write(store, code, replace(base, rule=rule, reason=reason, **given), by=by, stop=stop)
    tell(made, as_json)

"""`hiplevel clinic`: clients, prescriptions, limits, sessions and the audit trail. Each does what the window does."""

from pathlib import Path

import click

from hiplevel.cli.clinic.audit import audit
from hiplevel.cli.clinic.backup import backup, restore
from hiplevel.cli.clinic.client_data import erase, export
from hiplevel.cli.clinic.clients import clients
from hiplevel.cli.clinic.keys import keys
from hiplevel.cli.clinic.prescribe import prescribe
from hiplevel.cli.clinic.prescriptions import prescriptions
from hiplevel.cli.clinic.progress import progress
from hiplevel.cli.clinic.sessions import sessions
from hiplevel.cli.clinic.threshold import threshold
from hiplevel.cli.clinic.what_if import what_if
from hiplevel.cli.groups import Group


@click.group(cls=Group)
@click.option(
    "--db",
    type=click.Path(path_type=Path),
    envvar="HIPLEVEL_DB",
    help="The store; default: clinic.db in the user's data folder.",
)
@click.option("--as", "clinician", metavar="NAME", help="Which clinician, where there are several.")
@click.pass_context
def clinic(ctx: click.Context, db: Path | None, clinician: str | None) -> None:
    """Clients, prescriptions, limits, sessions and the audit trail.

    Looking and adding sessions needs no key. What changes a limit or a prescription asks for a clinician's passphrase
    (or takes it from HIPLEVEL_PASSPHRASE, or from a line on stdin). Begin with `hiplevel clinic keys new NAME`.
    """
    ctx.obj = (db, clinician)


for command in (keys, clients, prescribe, prescriptions, threshold, what_if, sessions, progress):
    clinic.add_command(command)
for command in (audit, backup, restore, export, erase):
    clinic.add_command(command)

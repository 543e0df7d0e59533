"""`hiplevel clinic clients`: who trains, by code."""

from pathlib import Path

import click

from hiplevel.cli.clinic.store import as_clinician, open_store
from hiplevel.cli.common import json_option, plain, print_json, say, table
from hiplevel.cli.groups import Group
from hiplevel.clinic.wording import day


@click.group(cls=Group, invoke_without_command=True)
@json_option
@click.pass_context
def clients(ctx: click.Context, as_json: bool) -> None:
    """List clients, or add, name, show one."""
    if ctx.invoked_subcommand is None:
        _list(as_json, names=False)


@clients.command("list")
@click.option("--names", is_flag=True, help="With names, which a clinician's passphrase unseals.")
@json_option
def list_clients(names: bool, as_json: bool) -> None:
    """List clients by code."""
    _list(as_json, names=names)


@clients.command()
@click.argument("code")
@click.option("--name", default="", help="Sealed with the clinicians' key, kept apart, in no file name.")
@json_option
def add(code: str, name: str, as_json: bool) -> None:
    """Add a client by CODE: letters, digits, - and _, never a name."""
    from hiplevel.clinic.audit import TRAINEE
    from hiplevel.clinic.clients import add_client

    with open_store(new=True) as store:
        client = add_client(store, code, name=name, by=as_clinician(store) if name else TRAINEE)
    if as_json:
        print_json(client)
    else:
        click.echo(f"{client.code} is added.")


@clients.command()
@click.argument("code")
@click.argument("name")
def name(code: str, name: str) -> None:
    """Give the client CODE a NAME; an empty one takes it away."""
    from hiplevel.clinic.clients import name_client

    with open_store() as store:
        name_client(store, code, name, by=as_clinician(store))
    say("The name is kept, sealed." if name else "The name is removed.")


@clients.command()
@click.argument("code")
@click.argument("sensor_id", metavar="SENSOR")
@click.option("--take-back", is_flag=True, help="The client does not wear it any more.")
def sensor(code: str, sensor_id: str, take_back: bool) -> None:
    """Say that the client CODE wears SENSOR: its address or serial number."""
    from hiplevel.clinic.clients import assign_sensor, find_client

    with open_store() as store:
        assign_sensor(store, sensor_id, None if take_back else find_client(store, code).code)
    say(f"{sensor_id} is {'nobody' if take_back else code}'s now.")


@clients.command()
@click.argument("code")
@json_option
def show(code: str, as_json: bool) -> None:
    """Show one client: sensors, programme, sessions."""
    from hiplevel.cli.clinic.prescriptions import programme_table
    from hiplevel.clinic.clients import clients as all_clients
    from hiplevel.clinic.clients import find_client
    from hiplevel.clinic.prescribed import programme

    with open_store() as store:
        wanted = find_client(store, code).id
        client = next(one for one in all_clients(store) if one.id == wanted)
        asked = programme(store, code)
    if as_json:
        print_json({**plain(client), "programme": asked})
        return
    click.echo(f"{client.code}, since {day(client.added_ns)}{', named' if client.named else ''}")
    click.echo(f"Sensors: {', '.join(client.sensors) or 'none'}")
    click.echo(f"Sessions: {client.sessions}, the last on {day(client.last_session_ns)}")
    click.echo(programme_table(asked) if asked else "Nothing is prescribed.")


def _list(as_json: bool, *, names: bool) -> None:
    from hiplevel.clinic.clients import clients as all_clients

    with open_store() as store:
        path: Path = store.path
        found = all_clients(store, by=as_clinician(store) if names else None)
    if as_json:
        print_json(found)
        return
    heads = ["client", "sensors", "programme", "sessions", "last session"]
    rows = [[c.code, ", ".join(c.sensors) or "-", c.prescriptions, c.sessions, day(c.last_session_ns)] for c in found]
    if names:
        heads.insert(1, "name")
        rows = [[row[0], client.name or "-", *row[1:]] for row, client in zip(rows, found, strict=True)]
    click.echo(table(heads, rows))
    say(f"\nThe store is {path}.")

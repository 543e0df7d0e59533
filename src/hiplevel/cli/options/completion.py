"""What a shell offers when Tab is pressed: names and ids that only hiplevel knows, and files."""

import click
from click.shell_completion import CompletionItem


def recording_names(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Recordings by name, yours and those shipped; else files."""
    from hiplevel.cli.common import own_recordings, shipped_recordings

    names = sorted({*own_recordings(), *shipped_recordings()})
    return [CompletionItem(begun, type="file"), *(CompletionItem(name) for name in names if name.startswith(begun))]


def exercise_ids(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Exercises, shipped and one's own."""
    from hiplevel.exercises import list_exercises

    return [CompletionItem(one.id, help=one.name) for one in list_exercises() if one.id.startswith(begun)]


def spec_ids(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Sensors that there is a firmware spec for."""
    from hiplevel.sensors.spec import list_specs

    return [CompletionItem(one.id, help=one.name) for one in list_specs() if one.id.startswith(begun)]

"""`hiplevel window`: the window, with recordings open in it when some are named."""

import click

from hiplevel.cli.common import find_file
from hiplevel.model.errors import HiplevelError, Reason


@click.command()
@click.argument("files", nargs=-1)
def window(files: tuple[str, ...]) -> None:
    """Open the window; FILES are recordings to look at, or names from `hiplevel recordings list`.

    It needs a screen. Without one, `hiplevel demo` and `hiplevel replay FILE` show the same in the terminal.
    """
    paths = [find_file(file) for file in files]
    try:
        from hiplevel.gui.app import run_window
    except ImportError as error:
        raise HiplevelError(
            f"The window cannot be opened: {error}.",
            Reason.NOT_FOUND,
            "On Debian and Ubuntu scripts/system-libs names what Qt needs; all else of hiplevel works without.",
        ) from error
    run_window(paths)

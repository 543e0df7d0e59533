"""Where a command writes to: a file's name, and `-` for stdout only where a command says so."""

from pathlib import Path
from typing import Any

import click

STDOUT = Path("-")


class OutFile(click.Path):
    """A path to write to. `-` is refused unless `stdout`: a file of that name is never what was meant."""

    def __init__(self, *, stdout: bool = False, folder: bool = False) -> None:
        super().__init__(path_type=Path, file_okay=not folder)
        self._stdout = stdout

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path."""
        if str(value) == str(STDOUT) and not self._stdout:
            what = "a file" if self.file_okay else "a folder"
            self.fail(f"'-' cannot be meant: this is not written to stdout. Name {what}.", param, ctx)
        return super().convert(value, param, ctx)

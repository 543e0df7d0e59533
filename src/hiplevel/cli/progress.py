"""How far a long command is: a bar on a terminal, nothing anywhere else."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LEAST = 20  # fewer are done before anybody wonders


@contextmanager
def counted(total: int, what: str) -> Iterator[Callable[[int], None]]:
    """Yields what is told how many of `total` are done."""
    if total < LEAST or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)

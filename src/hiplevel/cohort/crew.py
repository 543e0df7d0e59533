"""Who works: processes of this computer, or the workers of a Dask scheduler; both are `concurrent.futures`."""

import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from typing import Protocol

from hiplevel.model.errors import HiplevelError, Reason, UsageError

CONNECT_S = 10  # a scheduler that is there answers within a fraction of it


class Crew(Protocol):
    """What tasks are given to."""

    @property
    def at_once(self) -> int:
        """How many tasks are worked on at the same time."""

    def hired(self, at_once: int) -> AbstractContextManager[Executor]:
        """An executor of so many, gone with the block; what it has not finished then is left undone."""


@dataclass(frozen=True)
class Processes:
    """Processes of this computer. They are started afresh: a fork would copy threads that numpy may have begun."""

    at_once: int

    @contextmanager
    def hired(self, at_once: int) -> Iterator[Executor]:
        """As `Crew.hired`."""
        before = set(active_children())
        pool = ProcessPoolExecutor(at_once, get_context("spawn"), initializer=_leave_ctrl_c_to_the_parent)
        try:
            yield pool
        except BaseException:
            for child in set(active_children()) - before:
                child.terminate()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


class Dask:
    """The workers of a Dask scheduler. They need the same hiplevel, and the recordings under the same paths."""

    def __init__(self, scheduler: str, at_once: int | None = None) -> None:
        """Connect.

        Raises
        ------
        HiplevelError
            USAGE without dask, or when no scheduler answers or none of its workers is there.
        """
        try:
            from distributed import Client
        except ImportError as error:
            raise UsageError(
                "Other computers are reached through Dask, which is not installed here.",
                Reason.USAGE,
                "Install it with: pip install 'hiplevel[dask]'",
            ) from error
        try:
            self._client = Client(scheduler, timeout=CONNECT_S)
        except (OSError, ValueError) as error:  # TimeoutError is an OSError
            raise HiplevelError(
                f"No Dask scheduler answers at {scheduler}.", Reason.USAGE, "Start one with: dask scheduler"
            ) from error
        threads = sum(self._client.nthreads().values())
        if not threads:
            self._client.close()
            raise HiplevelError(
                f"The Dask scheduler at {scheduler} has no workers.",
                Reason.USAGE,
                f"Start one with: dask worker {scheduler}",
            )
        self.at_once = at_once or 2 * threads  # the next one lies ready while a result travels

    @contextmanager
    def hired(self, at_once: int) -> Iterator[Executor]:  # noqa: ARG002 - Dask knows how many it has
        """As `Crew.hired`. A worker that dies is no end: Dask gives its task to another, three times."""
        try:
            yield self._client.get_executor(pure=False)
        finally:
            self._client.close()


def _leave_ctrl_c_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)

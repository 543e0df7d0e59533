"""One piece of work on every task; a task that fails, or kills who works on it, costs no other."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import TypeVar

from hiplevel.cohort.crew import Crew

AHEAD = 1  # lies ready for whoever is done first

Task = TypeVar("Task")
Result = TypeVar("Result")


class WorkerDied(Exception):
    """Whoever worked on this task, and on nothing else, died: killed, crashed, or out of memory."""


def work_through(
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    crew: Crew,
    *,
    suspected: Callable[[list[int]], None] = lambda _: None,
) -> Iterator[tuple[int, Result | Exception]]:
    """(which task, its result or why there is none), as they come.

    Hardly more are given out than are worked on, so that a death leaves few suspects: `suspected` is told them, and
    each is tried again by itself. A task whose worker dies then too is a `WorkerDied`.
    """
    waiting = deque(range(len(tasks)))
    while waiting:
        suspects: list[int] = []
        with crew.hired(min(crew.at_once, len(waiting))) as executor:
            yield from _until_death(executor, work, tasks, waiting, crew.at_once, suspects)
        if suspects:
            suspected(suspects)
        for number in suspects:
            with crew.hired(1) as executor:
                yield number, _result(executor.submit(work, tasks[number]))


def _until_death(
    executor: Executor,
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    waiting: deque[int],
    at_once: int,
    suspects: list[int],
) -> Iterator[tuple[int, Result | Exception]]:
    running: dict[Future[Result], int] = {}
    while (waiting or running) and not suspects:
        while waiting and len(running) < at_once + AHEAD:
            try:
                running[executor.submit(work, tasks[waiting[0]])] = waiting[0]
            except BrokenExecutor:  # whoever broke it is among those running
                break
            waiting.popleft()
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        if any(isinstance(future.exception(), BrokenExecutor) for future in done):
            done, _ = wait(running)  # they all learn of it
        for future in sorted(done, key=running.__getitem__):
            number, result = running.pop(future), _result(future)
            if isinstance(result, WorkerDied):
                suspects.append(number)
            else:
                yield number, result


def _result(future: Future[Result]) -> Result | Exception:
    try:
        return future.result()
    except BrokenExecutor:
        return WorkerDied()
    except Exception as error:  # what the work did not expect, or what did not survive the way here
        return error

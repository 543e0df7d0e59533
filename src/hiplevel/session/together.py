"""Several sessions at once, each with its sensor, on one radio: two clips on one person, or a class."""

import threading
from collections.abc import Sequence

from hiplevel.session.session import Session
from hiplevel.session.source import Source

# With many sensors two packets of each are worth waiting for: an alarm comes so much later, at two thirds of the work.
GATHER_S, MANY = 0.06, 5


def gather_s(sensors: int) -> float:
    """How long each of so many sources gathers."""
    return GATHER_S if sensors >= MANY else 0.0


def run_together(sessions: Sequence[tuple[Session, Source]]) -> list[BaseException | None]:
    """Run each with its source until all have ended; what each raised, None for those that went well.

    A session that fails does not disturb the others. Ctrl-C stops all of them, in order, and is raised again.
    """
    raised: list[BaseException | None] = [None] * len(sessions)

    def run(number: int) -> None:
        session, source = sessions[number]
        try:
            session.run(source)
        except BaseException as error:
            raised[number] = error

    threads = [threading.Thread(target=run, args=(n,), name=f"hiplevel-session-{n}") for n in range(len(sessions))]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except BaseException:
        for session, source in sessions:
            session.interrupt(source)
        for thread in threads:
            thread.join()
        raise
    return raised

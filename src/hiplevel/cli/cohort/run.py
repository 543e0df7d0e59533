"""A cohort's recordings looked at: those that were before are taken from there, the others are worked through."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hiplevel.cli.cohort.find import Found
from hiplevel.cli.cohort.one import Outcome, Task, failed, look_at, version
from hiplevel.cli.cohort.table import Table, rows_of
from hiplevel.cli.common import say
from hiplevel.cli.progress import counted
from hiplevel.cli.summarized import Asked
from hiplevel.cohort.crew import Crew
from hiplevel.cohort.in_order import InOrder
from hiplevel.cohort.kept import Kept, tidy
from hiplevel.cohort.work import WorkerDied, work_through
from hiplevel.exercises.own import own_files
from hiplevel.model.errors import Reason
from hiplevel.recording.csv_memory import default_memory

DIED = "The process that analysed it died, twice: killed, crashed, or out of memory."


class Run:
    """What became of each is in `done`, `kept`, `failed` and `left_out`; all others were not reached."""

    def __init__(
        self, found: list[Found], asked: Asked, columns: dict[str, Any], what_if_deg: tuple[float, ...], *, fresh: bool
    ) -> None:
        code = version()
        self._found = found
        self._tasks = [Task(str(one.path.resolve()), asked, code, columns, what_if_deg) for one in found]
        how = [code, asdict(asked), columns, what_if_deg, *_around(asked)]
        # What `calibrate` kept is looked up by sensor and day: it may be another one tomorrow.
        self._kept = None if asked.calibrated == "saved" else Kept(how)
        self._fresh = fresh
        self.total, self.done, self.kept, self.interrupted = len(found), 0, 0, False
        self.failed: list[tuple[Path, str]] = []
        self.left_out: list[Path] = []

    def into(self, table: Table, crew: Crew, each: str, *, bar: bool) -> None:
        """Fill the table, by path. Ctrl+C ends it; what was done by then is in the table."""
        order = InOrder[Outcome](lambda number, outcome: self._give(table, number, outcome, each))
        seen = 0
        try:
            with counted(self.total if bar else 0, "recordings") as progress:
                for number, outcome in self._outcomes(crew):
                    order.take(number, outcome)
                    progress(seen := seen + 1)
        except KeyboardInterrupt:
            if not seen:  # a table of before is better than none
                raise
            self.interrupted = True
        order.finish()
        table.finish()
        tidy()

    def _outcomes(self, crew: Crew) -> Iterator[tuple[int, Outcome]]:
        new, keys = [], {}
        for number, one in enumerate(self._found):
            keys[number] = self._key(one.path)
            before = None if self._fresh or self._kept is None else self._kept.find(keys[number])
            if before is None:
                new.append(number)
            else:
                self.kept += 1
                yield number, before

        def suspected(numbers: list[int]) -> None:
            names = ", ".join(str(self._found[new[at]].path) for at in numbers)
            say(f"A process died while it analysed {names}: tried again, each by itself.")

        for at, result in work_through(look_at, [self._tasks[n] for n in new], crew, suspected=suspected):
            number = new[at]
            if isinstance(result, Exception):
                told = f"An error nobody expected: {type(result).__name__}: {result}"
                yield number, failed("unknown", DIED if isinstance(result, WorkerDied) else told)
                continue
            if self._kept is not None and keys[number] and result["error"] is None:
                self._kept.keep(keys[number], result)
            yield number, result

    def _key(self, path: Path) -> str:
        """Empty when there is nothing to look for: what cannot be read is told by who analyses it."""
        try:
            return "" if self._kept is None else self._kept.key(path)
        except OSError:
            return ""

    def _give(self, table: Table, number: int, outcome: Outcome, each: str) -> None:
        one, error = self._found[number], outcome["error"]
        if error is not None and error["reason"] in (Reason.UNKNOWN_COLUMN, Reason.NO_TABLE) and not one.named:
            self.left_out.append(one.path)
            return
        self.done += 1
        if error is not None:
            self.failed.append((one.path, error["message"]))
        table.add(rows_of(one.path, outcome, each))


def _around(asked: Asked) -> list[str]:
    """What shapes a result and is in no recording: columns told before, exercises of one's own, a calibration."""
    files = [default_memory(), *own_files().values()]
    files += [Path(asked.calibrated).expanduser()] if asked.calibrated else []
    return [path.read_text(encoding="utf-8", errors="replace") for path in files if path.is_file()]

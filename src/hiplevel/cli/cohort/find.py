"""Which files a cohort is made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hiplevel.cli.common import find_file
from hiplevel.model.errors import Reason, UsageError


@dataclass(frozen=True)
class Found:
    """A file. named: itself, not by the folder it is in, where other tables may lie as well."""

    path: Path
    named: bool


def find_files(given: Iterable[str]) -> list[Found]:
    """Each file once, by path; of folders their recordings and CSV files, however deep.

    Raises
    ------
    UsageError
        NOT_FOUND for a name that is nothing, EMPTY when there is no file at all.
    """
    found: dict[Path, Found] = {}
    for text in given:
        path = Path(text).expanduser()
        if path.is_dir():
            inside = [one for end in ("*.mcap", "*.csv") for one in path.rglob(end) if one.is_file()]
            for one in inside:
                found.setdefault(one.resolve(), Found(one, named=False))
        else:
            one = find_file(text)
            found[one.resolve()] = Found(one, named=True)
    if not found:
        raise UsageError("There is no recording and no CSV file in what was named.", Reason.EMPTY)
    return sorted(found.values(), key=lambda one: one.path.as_posix())

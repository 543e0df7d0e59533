"""What other programs wrote, in one file or several, recognised by what is in it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from hiplevel.model.errors import InputError, Reason, UsageError
from hiplevel.recording import metamotion, sensor_logger
from hiplevel.recording.archive import is_archive, tables
from hiplevel.recording.csv_load import Loaded, load_csv
from hiplevel.recording.csv_memory import ColumnMemory
from hiplevel.recording.csv_rows import CsvOptions
from hiplevel.recording.streams import Stream, joined
from hiplevel.recording.xdf import load_xdf
from hiplevel.recording.xdf_file import is_xdf


class App(Protocol):
    """A module about the files of one app."""

    MAKER: str

    def kind(self, path: Path) -> str | None:
        """'acc', 'gyr', something else of that app, or None for a file that is not by it."""

    def read(self, path: Path, options: CsvOptions) -> Stream:
        """What a file of the kind 'acc' or 'gyr' holds."""


APPS: tuple[App, ...] = (metamotion, sensor_logger)


def load_files(
    paths: Sequence[Path],
    told: Mapping[str, Any] | None = None,
    options: CsvOptions | None = None,
    memory: ColumnMemory | None = None,
) -> Loaded:
    """Samples of a table, of a pair of tables, of the folder or archive with those, or of an XDF file.

    Parameters
    ----------
    paths : one, or the accelerometer's and the gyroscope's
    told, options, memory : as of `load_csv`

    Raises
    ------
    InputError, UsageError, RecordingError
        each with a reason of its own.
    """
    told = {name: value for name, value in (told or {}).items() if value}
    options = options or CsvOptions()
    if len(paths) == 1 and is_xdf(paths[0]):
        return load_xdf(paths[0], told, options)
    if told.pop("stream", None):
        raise UsageError("Only an XDF file has streams to choose from.", Reason.USAGE, "Leave out --stream.")
    if len(paths) == 1 and is_archive(paths[0]):
        with tables(paths[0]) as found:
            return _of_tables(found, paths[0].name, told, options, memory, by_name=False)
    for path in paths:
        if is_archive(path) or is_xdf(path):
            raise UsageError(f"{path.name} cannot be read together with other files.", Reason.USAGE, "Name it alone.")
    return _of_tables(paths, ", ".join(path.name for path in paths), told, options, memory, by_name=True)


def _of_tables(
    paths: Sequence[Path],
    name: str,
    told: Mapping[str, Any],
    options: CsvOptions,
    memory: ColumnMemory | None,
    *,
    by_name: bool,
) -> Loaded:
    for app in APPS:
        kinds = {path: app.kind(path) for path in paths}
        if any(kinds.values()):
            return _pair(app, kinds, name, told, options)
    if len(paths) == 1:
        return load_csv(paths[0], told, options, memory)
    raise UsageError(
        f"{name} {'are' if by_name else 'holds'} {len(paths)} tables, and no pair of accelerometer and gyroscope by "
        "MetaMotion or Sensor Logger is among them.",
        Reason.USAGE,
        f"Name one: {', '.join(path.name for path in paths[:8])}.",
    )


def _pair(
    app: App, kinds: Mapping[Path, str | None], name: str, told: Mapping[str, Any], options: CsvOptions
) -> Loaded:
    if told or options.rate_hz is not None:
        raise UsageError(
            f"{name} is read as {app.MAKER} writes it: columns, units and rate cannot be told.",
            Reason.USAGE,
            "Leave them out.",
        )
    of_kind = {
        kind: [path for path, found in kinds.items() if found == kind] for kind in ("acc", "gyr", "free", "gravity")
    }
    if app.MAKER == sensor_logger.MAKER:
        chosen = sensor_logger.preferred([*of_kind["acc"], *of_kind["gyr"]])
        of_kind |= {kind: [path for path in chosen if kinds[path] == kind] for kind in ("acc", "gyr")}
    summed = bool(of_kind["free"]) and not of_kind["acc"]
    if summed:
        of_kind["acc"] = of_kind["free"]
    for kind, words in (("acc", "accelerometer"), ("gyr", "gyroscope")):
        if not of_kind[kind]:
            raise InputError(
                f"{name} comes without the {words}'s file by {app.MAKER}.",
                Reason.SHAPE,
                "Name the accelerometer's file and the gyroscope's, as the app named them, or the folder with both.",
            )
        if len(of_kind[kind]) > 1:
            listed = ", ".join(path.name for path in of_kind[kind])
            raise InputError(
                f"{name} has more than one file of the {words}: {listed}.",
                Reason.SHAPE,
                "Name two files of one sensor.",
            )
    (acc_path,), (gyr_path,) = of_kind["acc"], of_kind["gyr"]
    gravity = next(iter(of_kind["gravity"]), None)
    acc = sensor_logger.total(acc_path, gravity, options) if summed else app.read(acc_path, options)
    gyr = app.read(gyr_path, options)
    return joined(acc, gyr, app.MAKER, min(acc.since_ns, gyr.since_ns))

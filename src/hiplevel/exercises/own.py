"""Exercises that a clinician added: one TOML file each, in a folder of their own."""

import os
from pathlib import Path

from hiplevel.exercises.builtin import BUILT_IN
from hiplevel.exercises.parse import parse_exercise
from hiplevel.model.errors import HiplevelError, Reason, SpecError, UsageError
from hiplevel.model.exercise import Exercise

FOLDER_VARIABLE = "HIPLEVEL_EXERCISES"
MAX_BYTES = 100_000


def own_folder() -> Path:
    """$HIPLEVEL_EXERCISES, or a folder beside the user's recordings."""
    told = os.environ.get(FOLDER_VARIABLE)
    if told:
        return Path(told).expanduser()
    import platformdirs  # here: `hiplevel --help` need not load it

    return platformdirs.user_data_path("hiplevel", appauthor=False) / "exercises"


def own_files() -> dict[str, Path]:
    """The files in the folder by their names without .toml, which are the ids."""
    try:
        return {path.stem: path for path in sorted(own_folder().glob("*.toml"))}
    except OSError:
        return {}


def read_own(path: Path) -> Exercise:
    """The exercise in one file.

    Raises
    ------
    SpecError
        as `parse_exercise`; NOT_FOUND when there is no such file, EXISTS for the id of an exercise of the catalogue.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise SpecError(f"There is no file {path}.", Reason.NOT_FOUND, "Check the name and the folder.") from error
    except OSError as error:
        raise SpecError(f"{path.name} cannot be read ({error.strerror or error}).", Reason.SPEC_SYNTAX) from error
    if len(data) > MAX_BYTES:
        raise SpecError(f"{path.name} is no exercise: it is too long.", Reason.SPEC_SYNTAX)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SpecError(f"{path.name}: this is not TOML: it is not UTF-8 text.", Reason.SPEC_SYNTAX) from error
    exercise = parse_exercise(text, path.name, own=True)
    if exercise.id in BUILT_IN:
        raise SpecError(
            f"{path.name}: {exercise.id!r} is an exercise of the catalogue, which no file replaces.",
            Reason.EXISTS,
            f'Write another id, such as "my-{exercise.id}".',
        )
    return exercise


def own_exercises() -> tuple[list[Exercise], list[str]]:
    """What the folder holds, by id, and a sentence for each file that cannot be used."""
    found, troubles = [], []
    for name, path in own_files().items():
        try:
            exercise = read_own(path)
        except HiplevelError as error:
            troubles.append(str(error))
            continue
        if exercise.id != name:
            troubles.append(f"{path.name} is not used: it describes {exercise.id!r}. Name it {exercise.id}.toml.")
            continue
        found.append(exercise)
    return found, troubles


def add_own(path: Path, *, replace: bool = False) -> tuple[Exercise, Path]:
    """Check a file and copy it into the folder; the exercise, and where it is now.

    Raises
    ------
    SpecError
        as `read_own`; EXISTS when one of that id was added before and `replace` is not asked for.
    HiplevelError
        DISK when the folder cannot be written.
    """
    exercise = read_own(path)
    kept = own_folder() / f"{exercise.id}.toml"
    if kept.exists() and not replace:
        raise SpecError(
            f"An exercise {exercise.id!r} was added before.", Reason.EXISTS, "Say --replace, or give it another id."
        )
    part = kept.with_name(f"{kept.name}.{os.getpid()}.part")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(exercise.toml_text, encoding="utf-8", newline="\n")
        part.replace(kept)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise HiplevelError(
            f"{kept.name} cannot be written in {kept.parent} ({error.strerror or error}).", Reason.DISK
        ) from error
    return exercise, kept


def remove_own(exercise_id: str) -> Path:
    """Take an added exercise out again; recordings made with it keep its description.

    Raises
    ------
    UsageError
        NOT_FOUND when it was not added, USAGE for one of the catalogue.
    """
    if exercise_id in BUILT_IN:
        raise UsageError(f"{exercise_id} belongs to the catalogue and stays.", Reason.USAGE)
    path = own_files().get(exercise_id)
    if path is None:
        known = ", ".join(own_files())
        raise UsageError(
            f"No exercise {exercise_id!r} was added.", Reason.NOT_FOUND, f"Added: {known}." if known else ""
        )
    try:
        path.unlink()
    except OSError as error:
        raise HiplevelError(f"{path.name} cannot be removed ({error.strerror or error}).", Reason.DISK) from error
    return path

"""What went wrong, as one sentence on stderr, a JSON object under --json, and an exit code."""

import errno
import json
import os
import sys
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

import click

from hiplevel.model.errors import HiplevelError

INTERRUPTED = 130


def report(error: BaseException, argv: list[str]) -> int:
    """Say what went wrong; the exit code. Under --json stdout always ends in one JSON document."""
    if isinstance(error, BrokenPipeError):
        return reader_went_away()
    if isinstance(error, (click.Abort, KeyboardInterrupt)):
        click.echo("Stopped.", err=True)
        return INTERRUPTED
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 1
    reason, message, hint, code = _describe(error, argv)
    click.echo(f"Error: {message}", err=True)
    if hint:
        click.echo(hint, err=True)
    if "--json" in argv:
        click.echo(json.dumps({"error": {"reason": reason, "message": message, "hint": hint}}))
    return code


def _describe(error: BaseException, argv: list[str]) -> tuple[str, str, str, int]:
    if isinstance(error, HiplevelError):
        sentence = str(error).removesuffix(error.hint).strip()
        return error.reason.value, sentence, error.hint, error.exit_code
    if isinstance(error, click.UsageError):
        where = error.ctx.command_path if error.ctx else "hiplevel"
        return "usage", error.format_message(), f"See: {where} --help", error.exit_code
    if isinstance(error, click.ClickException):
        return "usage", error.format_message(), "", error.exit_code
    if isinstance(error, OSError) and error.filename is not None and error.strerror:
        return "disk", f"Cannot use {error.filename}: {error.strerror.lower()}.", "", 1
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
        try:
            sys.stdout.flush()
        except OSError:  # it is the output itself, and not a file beside it
            _say_no_more()
        return "disk", f"The output cannot be written: {str(error.strerror).lower()}.", "Free some space.", 1
    if "--debug" in argv or os.environ.get("HIPLEVEL_DEBUG", "0") not in ("", "0"):
        traceback.print_exception(error)
        return "unknown", f"An error nobody expected: {error!r}.", "", 1
    details = _write_details(error, argv)
    return "unknown", f"An error nobody expected: {type(error).__name__}.", f"The details are in {details}.", 1


def _write_details(error: BaseException, argv: list[str]) -> Path:
    """Keep the traceback in the user's log folder, or in the temporary one where that cannot be written."""
    from platformdirs import user_log_path

    text = f"hiplevel {' '.join(argv)}\n{''.join(traceback.format_exception(error))}"
    name = f"error-{datetime.now(UTC):%Y%m%d-%H%M%S}.txt"
    for folder in (user_log_path("hiplevel", appauthor=False), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        except OSError:
            continue
        return folder / name
    return Path("nowhere: no folder could be written")


def reader_went_away() -> int:
    """`hiplevel ... | head`: whoever read the output has enough, which is no failure."""
    _say_no_more()
    return 0


def _say_no_more() -> None:
    """What is left to be written goes nowhere: Python would fail anew when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

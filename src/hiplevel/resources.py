"""Where the files that ship with hiplevel are: in the wheel's data, or in the checkout it runs from."""

from pathlib import Path

from hiplevel.model.errors import HiplevelError, Reason

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `firmware_specs` or `recordings` as shipped."""
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parents[1] / name):
        if candidate.is_dir():
            return candidate
    raise HiplevelError(
        f"The folder {name} that ships with hiplevel is missing.", Reason.NOT_FOUND, "Install hiplevel again."
    )

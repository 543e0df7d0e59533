"""Writing the little TOML that a prescription file needs: one way only, so that every byte can be checked."""

import json
from collections.abc import Mapping
from typing import Any


def write(data: Mapping[str, Any], *, prefix: str = "") -> str:
    """Tables after values, lists of tables last; None is left out."""
    lines, later = [], []
    for key, value in data.items():
        if isinstance(value, Mapping):
            later.append(f"\n[{prefix}{key}]\n{write(value, prefix=f'{prefix}{key}.')}")
        elif isinstance(value, (list, tuple)):
            later += [f"\n[[{prefix}{key}]]\n{write(item, prefix=f'{prefix}{key}.')}" for item in value]
        elif value is not None:
            lines.append(f"{key} = {_value(value)}\n")
    return "".join([*lines, *later])


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")

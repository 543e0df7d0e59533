"""Jinja2 for both: HTML escapes by itself; typst gets every word as a string literal, so that none is markup."""

from functools import lru_cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

FOLDER = "templates"


def read(name: str) -> str:
    """A file of the templates' folder."""
    return (resources.files("hiplevel.report") / FOLDER / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Templates by name; an undefined name is an error, never an empty place."""
    made = Environment(
        loader=FunctionLoader(read),
        autoescape=lambda name: name is not None and name.endswith(".html.j2"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["typ"] = typst_string
    made.filters["typ_text"] = lambda value: f"#{typst_string(value)}"
    return made


def render(name: str, values: dict[str, Any]) -> str:
    """A template filled in."""
    return environment().get_template(name).render(values)


def typst_string(value: object) -> str:
    """A typst string literal."""
    text = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "")
    return f'"{text}"'

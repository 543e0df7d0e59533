"""All figures of a run as one Markdown page beside the plots."""

from collections.abc import Mapping
from typing import Any

HEAD = """# The figures

Made by `python benchmarks/accuracy.py --data FOLDER --plots docs/accuracy`, hiplevel {version}. Do not edit by hand.
They are **tuning figures**; [accuracy.md](../accuracy.md) says what each means. Pairs in brackets are [median, 90th
percentile] over recordings unless the name says otherwise.
"""


def page(results: Mapping[str, Any]) -> str:
    """The whole page."""
    out = [HEAD.format(version=results["hiplevel"]), "## Goals\n", *_table(("figure", "value", "goal", "met"))]
    out += [
        f"| {g['what']} | {g['value']:g} | {g['goal']} | {'yes' if g['met'] else '**no**'} |" for g in results["goals"]
    ]
    for name, figures in results.items():
        if name != "goals" and isinstance(figures, Mapping):
            out += [f"\n## {name[0].upper()}{name[1:]}\n", *_table(("figure", "value"))]
            out += [f"| {_words(key)} | {_value(value)} |" for key, value in figures.items()]
    return "\n".join(out) + "\n"


def _table(heads: tuple[str, ...]) -> list[str]:
    return [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]


def _words(key: str) -> str:
    return key.replace("_", " ")


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "<br>".join(f"{key}: {_value(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(str(inner) for inner in value) if value and isinstance(value[0], str) else str(value)
    return str(value)

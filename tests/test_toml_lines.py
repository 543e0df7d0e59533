"""The line of every key and value of a TOML text, whatever the text looks like."""

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiplevel.toml_lines import Locator, Path

TRICKY = '''\
a = 101 # [not.a.table]
"quoted key" = 102
x.y."z.z" = 103
text = """
[fake]
b = 1 \\""" still text
"""
raw = \'\'\'
= [[
\'\'\'
inline = { p = 104, q = [105, 106], r = { s = 107 } }
many = [ # comment with ] and "
  108,
  [109,
   110], "]", \'[\',
  { k = 111, l = "}" },
  # 112
]

  [ spaced . table ]
  c = 113
[[list]]
d = 114
[list.sub]
e = 115
[[list.deep]]
f = 116
[[list.deep]]
f = 117
[[list]]
d = 118
[[list.deep]]
f = 119
date = 1979-05-27T07:32:00Z
g = 120
'''


def leaves(data: Any, path: Path = ()) -> list[tuple[Path, int]]:
    """Every whole number with its path."""
    if isinstance(data, dict):
        return [leaf for key, value in data.items() for leaf in leaves(value, (*path, key))]
    if isinstance(data, list):
        return [leaf for index, value in enumerate(data) for leaf in leaves(value, (*path, index))]
    return [(path, data)] if isinstance(data, int) else []


def test_every_number_of_a_tricky_text_is_found_on_its_line() -> None:
    lines = TRICKY.split("\n")
    found = leaves(tomllib.loads(TRICKY))
    locator = Locator(TRICKY)
    assert [number for _, number in found] == [n for n in range(101, 121) if n != 112]
    for path, number in found:
        assert str(number) in lines[locator.line(path) - 1]


@pytest.mark.parametrize(
    ("path", "line"),
    [(("none",), 1), (("spaced", "table", "none"), 20), (("list", 1), 30), (("list", 1, "deep", 0, "none"), 32)],
)
def test_what_is_missing_is_placed_at_its_table(path: Path, line: int) -> None:
    assert Locator(TRICKY).line(path) == line


values = st.recursive(
    st.just(0), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("abcdef"), values), st.randoms(use_true_random=False))
def test_any_nesting_is_located(data: dict[str, Any], chance: Any) -> None:
    counter = iter(range(1000, 10_000))

    def write(value: Any) -> str:
        if isinstance(value, dict):
            return "{ " + ", ".join(f'"{key}" = {write(inner)}' for key, inner in value.items()) + " }"
        if isinstance(value, list):
            gap = str(chance.choice(["", " ", "\n", " # ] , }\n\n"]))
            return "[" + gap + "".join(write(inner) + gap + "," + gap for inner in value) + "]"
        return str(next(counter))

    text = "".join(
        f"{key} = {write(value)}{chance.choice([chr(10), ' # x = 1' + chr(10)])}" for key, value in data.items()
    )
    lines, locator = text.split("\n"), Locator(text)
    for path, number in leaves(tomllib.loads(text)):
        assert str(number) in lines[locator.line(path) - 1]

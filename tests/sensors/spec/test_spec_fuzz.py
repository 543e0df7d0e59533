"""However a spec is damaged, reading it gives a spec or a SpecError that names a line: never a traceback."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiplevel.model.errors import SpecError
from hiplevel.sensors.spec import Spec, list_specs, parse_spec
from sensors.spec_bench import MADE_UP

TEXTS = [spec.toml_text for spec in [*list_specs(), *MADE_UP]]
SCRAPS = ["0", "-1", "3", "1e400", "nan", "true", '""', '"x"', '"rate"', "[]", "[[]]", "[1, 2]", '["a", "b"]', "{}"]
SCRAPS += ["{ at = 0 }", "1979-05-27", "[{}]", "[{ at = 0, eq = 1 }]", "99999999999999999999", '"0 *"', '"{rate}"']
VALUE = re.compile(r'(?<== )("[^"]*"|[-0-9.xA-Fe]+|\{[^{}]*\}|\[[^\[\]]*\])')


def usable(spec: Spec) -> None:
    """A spec that was accepted must work."""
    decoder = spec.decoder()
    for frame in spec.frames:
        decoder.feed(frame.on, bytes(60), 0)
    for step in (*spec.start, *spec.stop):
        if step.template is not None:
            step.template.render(spec.settings())


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(TEXTS), st.data())
def test_a_damaged_spec_is_refused_with_its_line_or_works(text: str, data: Any) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        kind = data.draw(st.sampled_from(["line", "value", "double", "letter"]))
        lines = text.split("\n")
        place = data.draw(st.integers(0, len(lines) - 1))
        if kind == "line":
            del lines[place]
            text = "\n".join(lines)
        elif kind == "double":
            text = "\n".join([*lines[:place], lines[place], *lines[place:]])
        elif kind == "letter" and text:
            at = data.draw(st.integers(0, len(text) - 1))
            text = text[:at] + data.draw(st.sampled_from("aX0[]{}=,.\"' \n#")) + text[at + 1 :]
        elif found := list(VALUE.finditer(text)):
            hit = found[data.draw(st.integers(0, len(found) - 1))]
            text = text[: hit.start()] + data.draw(st.sampled_from(SCRAPS)) + text[hit.end() :]
    try:
        spec = parse_spec(text, "damaged.toml")
    except SpecError as error:
        line = re.match(r"damaged\.toml, line (\d+): ", str(error))
        assert line is not None
        assert 1 <= int(line[1]) <= text.count("\n") + 1
        return
    usable(spec)


@pytest.mark.parametrize(
    "text", ["", "spec = 1", "spec = 1\nframe = 3", "chars = 3\nspec = 1", "[[vars]]", "\x00", "= 1"]
)
def test_what_is_hardly_a_spec_at_all_is_refused(text: str) -> None:
    with pytest.raises(SpecError, match=r"damaged\.toml, line "):
        parse_spec(text, "damaged.toml")

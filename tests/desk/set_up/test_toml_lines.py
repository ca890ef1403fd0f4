"""On which line of a TOML text something stands."""

from __future__ import annotations

from typing import Any

import pytest
import tomli_w
from hypothesis import given, strategies as st

from casedesk.desk.set_up.toml_lines import TomlLines

_TEXT = '''\
# head [not.a.table]
format = 1
"odd key" . b = 2  # a = 3

[one]
text = """
[two]
x = 1 \\""" still
"""
list = [ # comment ] [
    "a, [b]", 'c]',
    { name = "d", inner = [1,
       2], z = "=" },
]

[[many]]
name = "first"
[[many.parts]]
name = "p1"
[[many.parts]]
name = "p2"
statuses = [
    { name = "s" },
    { name = "t" },
]
[[many]]
name = "second"
[many.sub."x.y"]
k = true
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("format",), 2),
        (("odd key", "b"), 3),
        (("one",), 5),
        (("one", "text"), 6),
        (("one", "list"), 10),
        (("one", "list", 0), 11),
        (("one", "list", 1), 11),
        (("one", "list", 2), 12),
        (("one", "list", 2, "name"), 12),
        (("one", "list", 2, "inner", 0), 12),
        (("one", "list", 2, "inner", 1), 13),
        (("one", "list", 2, "z"), 13),
        (("many",), 16),
        (("many", 0, "name"), 17),
        (("many", 0, "parts", 1), 20),
        (("many", 0, "parts", 1, "statuses", 1, "name"), 24),
        (("many", 0, "parts", 1, "missing", "below"), 20),
        (("many", 1), 26),
        (("many", 1, "sub", "x.y", "k"), 29),
        (("nowhere",), None),
        ((), None),
    ],
)
def test_the_line_of_a_place_or_of_the_nearest_around_it(place: tuple[str | int, ...], line: int | None) -> None:
    assert TomlLines(_TEXT).line_of(place) == line


_KEYS = st.text(min_size=1, max_size=6)
_PLAIN = st.one_of(st.booleans(), st.integers(), st.text(max_size=20), st.dates())
_VALUES = st.recursive(
    _PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3), max_leaves=10
)


@given(st.dictionaries(_KEYS, _VALUES, max_size=4), st.booleans())
def test_every_key_of_any_text_stands_on_its_line(values: dict[str, Any], multiline: bool) -> None:
    text = tomli_w.dumps(values, multiline_strings=multiline)
    found = TomlLines(text)
    lines = text.split("\n")
    for place in _places(values, ()):
        line = found.line_of(place)
        assert line is not None
        key = tomli_w.dumps({str(place[-1]): 0}).partition(" = ")[0]
        assert key in lines[line - 1]


def _places(value: Any, place: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    """Every key of a table, at any depth."""
    if isinstance(value, dict):
        below = [each for key, inner in value.items() for each in _places(inner, (*place, key))]
        return [*((*place, key) for key in value), *below]
    if isinstance(value, list):
        return [each for at, inner in enumerate(value) for each in _places(inner, (*place, at))]
    return []

"""Keys and headers that tell columns apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from casedesk.intake.keys import LONGEST_KEY, UniqueKeys, distinct_headers, key_of


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Valoración_Soporte", "valoracion_soporte"),
        ("...why?", "why"),
        ("Temat artykułu", "temat_artykulu"),
        ("Straße", "strasse"),
        ("顧客満足度", "顧客満足度"),
        ("On a scale of 0-10, how would you rate the opening keynote?", "on_a_scale_of_0_10_how_would_you_rate_the"),
        ("!!!", ""),
    ],
)
def test_a_key_is_readable(header: str, key: str) -> None:
    assert key_of(header) == key


def test_equal_keys_are_numbered_and_empty_ones_named_by_their_place() -> None:
    keys = UniqueKeys()
    assert [keys.take(header, place) for place, header in enumerate(["Other", "other!", "?"], 1)] == [
        "other",
        "other_2",
        "column_3",
    ]


def test_repeated_headers_are_told_apart() -> None:
    assert distinct_headers(["a", "a", "", "a (2)", "a"]) == ["a", "a (3)", "Column 3", "a (2)", "a (4)"]


@given(st.lists(st.text(max_size=60), max_size=12))
def test_keys_and_headers_are_always_distinct(headers: list[str]) -> None:
    keys = UniqueKeys()
    taken = [keys.take(header, place) for place, header in enumerate(headers, 1)]
    assert len(set(taken)) == len(set(distinct_headers(headers))) == len(headers)
    assert all(re.fullmatch(r"\w+", key) and len(key) <= LONGEST_KEY + 8 for key in taken)

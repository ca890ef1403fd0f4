"""A filter finds words by their beginning while they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from casedesk.domain.query import parse
from casedesk.domain.query.errors import QueryError
from casedesk.domain.query.unfinished import unfinished


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("", ""),
        ("refu", "refu*"),
        ("is:open late refu", "is:open late refu*"),
        ("(late OR refu", "(late OR refu*"),
        ("-refu", "-refu*"),
        ("don't", "don't*"),
        ("größ", "größ*"),
        ("返金", "返金*"),
        ("late ", "late "),
        ("late*", "late*"),
        ('"late deli', '"late deli'),
        ('"late delivery"', '"late delivery"'),
        ("status:op", "status:op"),
        ("nps<=6", "nps<=6"),
        ("tag:a,b", "tag:a,b"),
        ("late OR", "late OR"),
        ("#12", "#12"),
    ],
)
def test_the_last_free_word_is_open_at_its_end(typed: str, asked: str) -> None:
    assert unfinished(typed) == asked


@given(st.text(max_size=40))
def test_what_can_be_read_as_typed_can_be_read_unfinished(text: str) -> None:
    try:
        parse(text)
    except QueryError:
        return
    parse(unfinished(text))

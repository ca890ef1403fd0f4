"""The canonical text of a query says the same as the query (X1)."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings, strategies as st

from casedesk.domain.query import Context, Query, parse, render, resolve
from casedesk.domain.query.tree import FieldRef, Has, Sort, Text
from tests.domain.query.moments import BERLIN, NOW
from tests.domain.query.strategies import queries
from tests.examples import examples


@given(queries())
@settings(max_examples=examples(120), deadline=None)
@example(Query(Has(FieldRef("answer", "q")), (Sort("due"),)))
@example(Query(Text("OR")))
def test_parsing_a_rendered_query_gives_the_same_query(query):
    assert parse(render(query)) == query


@given(st.text(max_size=60))
@settings(deadline=None)
def test_words_render_as_words_whatever_they_hold(text):
    query = Query(Text(f"a{text}"))

    assert parse(render(query)) == query


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("", ""),
        ("  late   delivery ", "late delivery"),
        ("Status=New", "status:New"),
        ("tag!=vip", "-tag:vip"),
        ("has:comment", "comment:*"),
        ("-has:comment", "comment:none"),
        ("nps:detractor", "nps:0..6"),
        ("(a | b) sort:-due", "(a OR b) sort:-due"),
        ("a OR (b c)", "a OR (b c)"),
        ('account.plan:"Gold"', "account.plan:Gold"),
        ("#12", "number:12"),
        ("--a", "a"),
        ("created:LAST_WEEK", "created:last-week"),
        ("sort:age", "sort:-created"),
    ],
)
def test_the_canonical_form(text, canonical):
    assert render(parse(text)) == canonical


def test_a_resolved_query_has_no_text():
    resolved = resolve(parse("created:today"), Context(NOW, BERLIN, "ana"))

    with pytest.raises(ValueError, match="no text"):
        render(resolved)

"""What was probably meant by a query without a mistake (behaviour 6.1, 6.2)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from casedesk.domain.query import hint
from tests.examples import examples

WORD = "is searched for like any word"
OR = f"{WORD}; OR in capitals finds either."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("is:open or is:new", f'"or" at 9 {OR}'),
        ("late Or rude", f'"Or" at 6 {OR}'),
        ("is:open (late or rude)", f'"or" at 15 {OR}'),
        ("-(late or rude)", f'"or" at 8 {OR}'),
        ("a OR b or c", f'"or" at 8 {OR}'),
        ("late and rude", f'"and" at 6 {WORD}; AND in capitals joins, as does a blank by itself.'),
        ("not late", f'"not" at 1 {WORD}; NOT in capitals, or - right before it, leaves out.'),
        ("late not is:open", f'"not" at 6 {WORD}; NOT in capitals, or - right before it, leaves out.'),
        ("!is:open", '"!" at 1 doesn\'t negate; write -is:open to leave that out.'),
        ("late !(a b)", '"!" at 6 doesn\'t negate; write -(…) to leave that out.'),
    ],
)
def test_a_word_that_was_hardly_meant_to_be_searched_for_is_pointed_out_with_its_place(text, sentence):
    assert hint(text) == sentence


@pytest.mark.parametrize(
    "text",
    ["", "or", "late or", "or late", "not", "!", "wow!", "late OR rude", "NOT late", 'late "or" rude', "title:or late",
     "-is:open", "order and", "(", 'late "or', "sort:bogus or x"],
)  # fmt: skip
def test_there_is_no_hint_where_nothing_else_can_be_meant_or_a_mistake_says_more(text):
    assert hint(text) == ""


@given(st.text(st.sampled_from('()"!-:ornatd |.')) | st.text())
@settings(max_examples=examples(100), deadline=None)
def test_looking_for_a_hint_never_fails(text):
    found = hint(text)

    assert not found or found.endswith(".")

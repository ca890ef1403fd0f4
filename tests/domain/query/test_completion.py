"""What may stand at the cursor (behaviour 6.2)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from casedesk.domain.query import complete, parse
from casedesk.domain.query.completion import OFFERED
from tests.domain.query.vocabularies import SmallVocabulary
from tests.examples import examples


def offered(text: str) -> list[str]:
    """The completions at the mark `^` in `text`."""
    cursor = text.index("^")
    return [entry.text for entry in complete(text.replace("^", ""), cursor, SmallVocabulary())]


def completed(text: str) -> str:
    """The text after taking the first completion at the mark."""
    cursor, plain = text.index("^"), text.replace("^", "")
    first = complete(plain, cursor, SmallVocabulary())[0]
    return plain[: first.start] + first.text + plain[first.end :]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("stat^", "status:"),
        ("late (pri^", "late (priority:"),
        ("-ta^", "-tag:"),
        ("assi^", "owner:"),
        ("is:mi^", "is:mine"),
        ("is:due^", "is:due-soon"),
        ("has:tick^", "has:ticket"),
        ("has:poli^", "has:policy"),
        ("is:new,o^", "is:new,open"),
        ("has:com^", "has:comment"),
        ("has:contact.r^", "has:contact.region"),
        ("sort:-du^", "sort:-due"),
        ("tag:call^ late", "tag:callback late"),
        ("tag:ca^llb late", "tag:callback late"),
        ("tag:callback,v^", "tag:callback,vip"),
        ("status:wait^", 'status:"Waiting for parts"'),
        ('status:"wait^', 'status:"Waiting for parts"'),
        ('status:"wait^ing f" x', 'status:"Waiting for parts" x'),
        ("status:parts^", 'status:"Waiting for parts"'),
        ("owner!=b^", "owner!=ben"),
        ("created>=last-m^", "created>=last-month"),
        ("created:2026..to^", "created:2026..today"),
        ("nps:de^", "nps:detractor"),
        ("contact.re^", "contact.region:"),
        ('contact.region:"north w^', 'contact.region:"North West"'),
        ("answer.may^", 'answer."May we contact you?":'),
        ("state:pe^", "state:pending"),
        ("sla:ov^", "sla:overdue"),
        ("open_at:yes^", "open_at:yesterday"),
        ("noted.b^", "noted.ben:"),
        ("noted.ben:yes^", "noted.ben:yesterday"),
        ("closi^", "closing:"),
        ("has:reo^", "has:reopened"),
        ("owner.^", "owner.login:"),
        ("owner.login:b^", "owner.login:ben"),
        ("breach.next^", "breach.next_reply:"),
        ("first_response.out^", "first_response.outside:"),
        ("first_response.outside:yes^", "first_response.outside:yesterday"),
        ("has:next_reply.in^", "has:next_reply.inside"),
    ],
)
def test_taking_the_first_offer(text, result):
    assert completed(text) == result


def test_an_empty_query_is_offered_keywords_and_fields_with_what_they_are():
    found = complete("", 0, SmallVocabulary())

    assert [entry.text for entry in found[:3]] == ["is:", "has:", "sort:"]
    assert all(entry.detail for entry in found)


def test_what_begins_so_comes_before_what_holds_it_inside():
    assert offered("c^")[0] == "class:"
    assert offered("status:o^") == ["Open", '"Waiting for parts"', "Closed"]


def test_me_and_none_are_offered_where_they_mean_something():
    assert offered("owner:^")[:2] == ["me", "none"]
    assert "none" not in offered("status:^")
    assert "none" not in offered("nps<^")


def test_nothing_is_offered_behind_what_is_unknown():
    assert offered("statsu:^") == []
    assert offered("number>^") == []


@given(st.text(st.sampled_from('()"\\-:<>=!|*., aionstTAG.é')) | st.text(), st.integers(-2, 50))
@settings(max_examples=examples(100), deadline=None)
def test_completing_never_fails_and_stays_around_the_cursor(text, cursor):
    for entry in complete(text, cursor, SmallVocabulary()):
        assert 0 <= entry.start <= min(max(cursor, 0), len(text)) <= entry.end <= len(text)


@given(st.sampled_from(["tag:", "status:", "owner:", "campaign:", "is:", "has:", "contact.region:", "priority:"]))
def test_whatever_is_offered_can_be_parsed(start):
    found = complete(start, len(start), SmallVocabulary())

    assert 0 < len(found) <= OFFERED
    for entry in found:
        assert parse(start + entry.text, SmallVocabulary()).root is not None

"""A mistake names the place and offers the nearest field or value (behaviour 6.2)."""

from __future__ import annotations

import pytest

from casedesk.domain.errors import InvalidInput
from casedesk.domain.query import FIELDS, QueryError, parse
from casedesk.domain.query.parsing import has_words, sort_words
from tests.domain.query.vocabularies import SmallVocabulary


def mistake(text: str, vocabulary: SmallVocabulary | None = None) -> QueryError:
    with pytest.raises(QueryError) as caught:
        parse(text, vocabulary)
    return caught.value


def test_an_unknown_field_is_told_with_its_place_and_the_nearest():
    error = mistake("a (statsu:new)")

    assert isinstance(error, InvalidInput)
    assert str(error) == 'Unknown field "statsu" at 4: did you mean status?'
    assert (error.column, error.length, error.suggestions[0]) == (4, 6, "status")


@pytest.mark.parametrize(
    ("text", "column", "length", "nearest"),
    [
        ("is:opne", 4, 4, "open"),
        ("has:coment", 5, 6, "comment"),
        ("sort:pririty", 6, 7, "priority"),
        ("nps:detracter", 5, 9, "detractor"),
        ("created:yesterdy", 9, 8, "yesterday"),
        ("state:opened", 7, 6, "open"),
        ("sla:outsied", 5, 7, "outside"),
        ("open_at:yesterdy", 9, 8, "yesterday"),
        ("score:6..0", 7, 4, "0..6"),
        ("created:2026-02..2026-01", 9, 16, "2026-01..2026-02"),
    ],
)
def test_a_wrong_value_is_told_with_its_place_and_the_nearest(text, column, length, nearest):
    error = mistake(text)

    assert (error.column, error.length) == (column, length)
    assert error.suggestions[0] == nearest


@pytest.mark.parametrize(
    ("text", "column", "sentence"),
    [
        ('late "deliv', 6, "The quote opened at 6 isn't closed."),
        ("(a (b)", 1, "The parenthesis opened at 1 isn't closed."),
        ("a) b", 2, "The parenthesis closed at 2 was never opened."),
        ("a () b", 4, "There is nothing between the parentheses at 4."),
        ("a OR", 5, "OR needs something on both sides, at 5."),
        ("OR a", 1, "OR needs something on both sides, at 1."),
        ("a AND OR b", 7, "OR needs something on both sides, at 7."),
        ("a NOT", 6, "NOT needs something behind it, at 6."),
        ("tag:", 5, '"tag:" needs a value at 5.'),
        ("tag:a,", 7, "A value is missing after the comma at 6."),
        ("score:..", 9, "A range at 9 needs one value on each side of the two dots, or one on one side."),
        ("owner:a..b", 7, '"owner" has no order, so a range at 7 means nothing; list the values with commas.'),
        (
            "open_at:2025..2026",
            9,
            '"open_at" has no order, so a range at 9 means nothing; list the values with commas.',
        ),
        ("open_at>=2026", 10, '"open_at" can\'t be compared with >= at 10; write open_at:2026.'),
        (
            "open_at:none",
            9,
            '"open_at" is never empty on a ticket, so "none" at 9 says nothing;'
            " -has:ticket finds responses without a ticket.",
        ),
        ("status<new", 8, '"status" can\'t be compared with < at 8; write status:new.'),
        ("nps<1,2", 1, "< takes one value; the list at 1 needs a colon."),
        ("nps<1..2", 6, "The range at 6 goes with a colon, not <."),
        ("is<open", 1, '"is" at 1 goes with a colon.'),
        ("-sort:due", 2, "The order at 2 can't be negated; sort:-field turns it round."),
        (
            "status:none",
            8,
            '"status" is never empty on a ticket, so "none" at 8 says nothing;'
            " -has:ticket finds responses without a ticket.",
        ),
        (
            "created<30m2h",
            9,
            '"30m2h" at 9 isn\'t a date; write 2026-11-20, 2026-11, today, last-week, or a duration: 7d, 2h30m.',
        ),
        ("answer:yes", 1, "Say which answer at 1: answer.KEY."),
        ('tag:""', 5, '"tag" at 5 needs a value, or none.'),
        ("title:!", 7, '"title" at 7 needs a word to look for, or its beginning and a star.'),
        ("contact.seats>many", 15, '"many" at 15 isn\'t a number.'),
        ("age>-2d", 5, '"-2d" at 5 isn\'t a duration; write 30m, 12h, 1h30m, 7d, 2w or 3mo.'),
        (
            "created:2026-02-30",
            9,
            '"2026-02-30" at 9 isn\'t a date; write 2026-11-20, 2026-11, today, last-week, or a duration: 7d, 2h30m.',
        ),
        (
            "is:x",
            4,
            'Unknown word after is: "x" at 4. There is new, open, pending, closed, mine, unassigned, overdue,'
            " due-soon, undated, paused, breached, waking, automatic.",
        ),
        (
            "foo:bar",
            1,
            'Unknown field "foo" at 1. There is number, title, description, status, state, priority, topic, tag'
            f" and {len(FIELDS) - 8} more. Put it in quotes to search for these words.",
        ),
        (
            "has:bogus",
            5,
            'Unknown word after has: "bogus" at 5. There is ticket, description, priority, topic, tag, class, score,'
            f" nps and {len(has_words()) - 8} more.",
        ),
        ("sort:bogus", 6, f'Unknown field to sort by "bogus" at 6. There is {", ".join(sort_words())}.'),
        ("sort:tag", 6, f'"tag" at 6 gives no order. There is {", ".join(sort_words())}.'),
        (
            "sort:-contact.region",
            6,
            f'"contact.region" at 6 gives no order. There is {", ".join(sort_words())}.',
        ),
        ("(" * 51 + "a" + ")" * 51, 51, "More than 50 parentheses inside one another at 51."),
        ("a" * 4097, 4097, "The query has 4,097 characters; 4,096 are allowed."),
    ],
)
def test_each_mistake_has_its_sentence_and_its_place(text, column, sentence):
    error = mistake(text)

    assert error.sentence == sentence
    assert error.column == column


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("status:opne", 'Unknown status "opne" at 8: did you mean Open?'),
        ("tag:calback", 'Unknown tag "calback" at 5: did you mean callback?'),
        ("contact.email:rosa", '"contact.email" at 1 isn\'t a variable: did you mean email:…?'),
        ("has:account.name", '"account.name" at 5 isn\'t a variable: did you mean account:…?'),
        ("priority>=normal", '"priority" can\'t be compared with >= at 11; write priority:normal,high.'),
        ("priority<HIGH", '"priority" can\'t be compared with < at 10; write priority:low,normal.'),
        ("priority>high", '"priority" can\'t be compared with > at 10; write priority:high.'),
        (
            "priority:normal..high",
            '"priority" has no order, so a range at 10 means nothing; write priority:normal,high.',
        ),
        ('campaign:new,"Winter surveys"', 'Unknown campaign "new" at 10. There is Winter survey, Detractors Q4.'),
        ("assignee:bne", 'Unknown owner "bne" at 10: did you mean ben?'),
        ("team:north", 'Unknown team "north" at 6.'),
        ("contact.regoin:North", 'Unknown contact variable "regoin" at 1: did you mean region?'),
        ("noted.bne:today", 'Unknown agent "bne" at 1: did you mean ben?'),
        ("owner.login:bne", 'Unknown owner "bne" at 13: did you mean ben?'),
        ("owner.name:ben", 'Unknown word behind owner. "name" at 1. There is login.'),
        ("breach.resolutoin:7d", 'Unknown word behind breach. "resolutoin" at 1: did you mean resolution?'),
        ("answer.q2:1", 'Unknown question "q2" at 1. There is q1, May we contact you?.'),
        ("answer:yes", "Say which answer at 1: answer.q1, answer.May we contact you?."),
    ],
)
def test_names_that_the_desk_does_not_have_are_mistakes_too(text, sentence):
    assert mistake(text, SmallVocabulary()).sentence == sentence


@pytest.mark.parametrize(
    "text",
    [
        "status:OPEN",
        'status:"waiting for PARTS"',
        "owner:me",
        "owner:none",
        "owner.login:me",
        "owner.LOGIN:Ben",
        "breach.first-response:7d",
        'breach."next reply":7d',
        "tag:call*",
        "contact.SEATS>3",
        "contact.region:South",
        'answer."may we contact you?":x',
        "source:anything",
    ],
)
def test_what_the_desk_knows_and_what_it_need_not_know_is_taken(text):
    assert parse(text, SmallVocabulary()).root is not None

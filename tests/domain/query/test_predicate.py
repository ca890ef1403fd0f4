"""A query as a function over facts, for rules (behaviour 4.1, 6.1)."""

from __future__ import annotations

import pytest

from casedesk.domain.query import Context, compile_predicate, parse, resolve
from casedesk.domain.query.predicate import NEVER_DUE
from tests.domain.query.moments import BERLIN, NOW, seconds

SECONDS = int(NOW.timestamp())
TICKET = {
    "number": 7,
    "title": "Late delivery, no refund",
    "text": ("Late delivery, no refund", "I waited three weeks", "退款很慢"),
    "comment": "I waited three weeks",
    "state": "open",
    "status": "In progress",
    "tag": ("callback", "VIP"),
    "class": ("price",),
    "score": 4,
    "score_kind": "nps",
    "campaign": "Winter survey",
    "contact": ("Rosa Marín", "rosa@acme.de", "C-17"),
    "email": "rosa@acme.de",
    "contact_id": 12,
    "owner": ("ana", "Ana Lopez"),
    "created": SECONDS - 3600,
    "updated": SECONDS - 60,
    "deadline": SECONDS + 3600,
    "due_soon": SECONDS,
    "policy": ("Gold customers",),
    "contact.region": "North West",
    "contact.seats": "25",
    "answer.q1": "4",
    "answer.contact_me": "Yes, please",
    "origin": "rule",
    "plan": None,
    "note": (),
    "resolution": "",
    "helper": ("",),
}


def holds(text: str) -> bool:
    return compile_predicate(resolve(parse(text), Context(NOW, BERLIN, "ana")))(TICKET)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "late",
        "LATE DELIVERY",
        '"late delivery"',
        '"three weeks"',
        "deliv*",
        '"no refun"*',
        "退款",
        "很慢",
        "title:refund",
        'title:"late deliv"*',
        "status:IN*",
        'status:"in progress"',
        "tag:vip",
        "tag:vip,none",
        "tag:*ip",
        "tag:*ALL*",
        "-tag:late",
        "tag!=late",
        "class:people,price",
        "nps<=6",
        "nps:detractor",
        "score:4",
        "score:0..4",
        "score:4..",
        "score:1,4",
        "nps<=6 OR csat<=2",
        "-csat<=2",
        "csat:none",
        "contact:marin",
        'contact:"rosa marin"',
        "contact:acme",
        "contact:#12",
        "email:*@ACME.de",
        "owner:me",
        "owner:ANA",
        'owner:"ana lopez"',
        "is:mine",
        "is:open",
        "is:automatic",
        "-is:overdue",
        "-is:waking",
        "created:today",
        "age<2h",
        "idle<=1m",
        "due<2h",
        "due>30m",
        "is:due-soon",
        "due_soon<=now",
        'policy:"gold customers"',
        "has:policy",
        "contact.region:north*",
        'contact.Region:"NORTH WEST"',
        "contact.seats>=25",
        "contact.seats:20..30",
        "answer.q1<=6",
        'answer.contact_me:"yes, please"',
        "plan:none",
        "note:none",
        "resolution:none",
        "helper:none",
        "has:comment",
        "has:nps",
        "-has:answer.q2",
        "-contact.region>3",
        "#7",
        "number:5..10",
        "late -(rude OR tag:spam)",
    ],
)
def test_what_holds(text):
    assert holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "lat",
        '"delivery late"',
        '"refund I waited"',
        "慢很",
        "title:weeks",
        "status:progress",
        "tag:vi",
        "csat<=6",
        "rating:4",
        "score>4",
        "plan:x",
        "has:plan",
        "contact:ros",
        "email:rosa",
        "is:closed",
        "is:overdue",
        "is:breached",
        "is:unassigned",
        "is:paused",
        "due_soon>now",
        "policy:gold",
        "policy:none",
        "owner:none",
        "created:yesterday",
        "age>2h",
        "wake:tomorrow",
        "contact.region>3",
        "contact.region:North",
        "answer.q1>6",
        "answer.q2:1",
        "late rude",
    ],
)
def test_what_does_not_hold(text):
    assert not holds(text)


def test_only_what_is_pending_is_paused():
    paused = compile_predicate(resolve(parse("is:paused"), Context(NOW, BERLIN, "ana")))

    assert paused({"state": "pending", "paused": True})
    assert not paused({"state": "pending", "paused": False})
    assert not paused({"state": "open", "paused": True})


def judged(text: str, **known: object) -> bool:
    return compile_predicate(resolve(parse(text), Context(NOW, BERLIN, "ana")))({"state": "open", **known})


def test_any_of_several_closings_may_match():
    closings = (SECONDS - 40 * 86_400, SECONDS - 86_400)

    assert judged("closing:yesterday", closing=closings)
    assert judged("closing<2026", closing=closings)
    assert not judged("closing:today", closing=closings)
    assert not judged("has:closing", closing=())


def test_it_was_open_at_the_end_of_a_day_in_a_span_that_holds_its_last_second():
    midnight = seconds("2026-01-30 00:00")

    assert judged("open_at:2026-01-29", open_at=((midnight - 1, midnight),))
    assert not judged("open_at:2026-01-29", open_at=((midnight - 9, midnight - 1), (midnight, None)))
    assert judged("open_at:2026-01-30", open_at=((midnight - 9, midnight - 1), (midnight, None)))
    assert not judged("open_at:2026-01-30")


def test_what_is_due_at_this_very_second_is_still_running():
    assert judged("sla:running", sla=SECONDS)
    assert judged("sla:overdue", sla=SECONDS - 1)
    assert judged("sla:running", sla=NEVER_DUE)
    assert not judged("sla:overdue OR sla:inside", sla=NEVER_DUE)
    assert judged("sla:in*", sla="inside")
    assert not judged("sla:running,overdue,outside", sla="inside")


def test_a_comparison_with_nothing_is_false_and_its_negation_true():
    empty = compile_predicate(resolve(parse("score<=6 OR owner:ana OR created<now"), Context(NOW, BERLIN, "ana")))
    negated = compile_predicate(resolve(parse("-score<=6 -owner:ana -created<now"), Context(NOW, BERLIN, "ana")))

    assert not empty({})
    assert negated({})


@pytest.mark.parametrize("text", ["created:today", "owner:me", "is:mine", "age>3d", "created:1d..", "is:unassigned"])
def test_a_query_has_to_be_resolved_first(text):
    with pytest.raises(ValueError, match="resolved first"):
        compile_predicate(parse(text))

"""The order that a query asks for, in SQL (behaviour 6.1, 6.3)."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from casedesk.domain.query.fields import STATES
from casedesk.domain.query.tree import Sort

_COLUMN = {
    "number": "t.id",
    "title": "t.title COLLATE NOCASE",
    "status": "(SELECT s.position FROM status s WHERE s.id = t.status_id)",
    "topic": "(SELECT n.position FROM topic n WHERE n.id = t.topic_id)",
    "score": "t.score",
    "campaign": "(SELECT n.name FROM campaign n WHERE n.id = t.campaign_id) COLLATE NOCASE",
    "contact": "(SELECT CASE WHEN n.name <> '' THEN n.name ELSE coalesce(n.email, n.phone, n.external_id) END"
    " FROM contact n WHERE n.id = t.contact_id) COLLATE NOCASE",
    "account": "(SELECT n.name FROM account n WHERE n.id = t.account_id) COLLATE NOCASE",
    "owner": "(SELECT n.login FROM user n WHERE n.id = t.owner_id) COLLATE NOCASE",
    "team": "(SELECT n.name FROM team n WHERE n.id = t.team_id) COLLATE NOCASE",
    "created": "t.created_at",
    "updated": "t.updated_at",
    "closed": "t.closed_at",
    "due": "t.due_at",
    "answered": "(SELECT r.answered_at FROM response r WHERE r.id = t.response_id)",
}
_ALWAYS_THERE = frozenset({"number", "title", "status", "created", "updated"})
_PARTLY_INDEXED = frozenset({"closed", "score"})

MOST_STRETCHES = 50
"""Priorities that are walked one after the other; a desk with more sorts its tickets instead."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of a walk: the tickets that pass one of the tests, in the order of `terms`.

    With several tests, of which each ticket passes one at most, an index serves each of them in the order of `column`;
    their walks are merged by `terms`, which then name that column and `id` alone.
    """

    tests: tuple[str, ...]
    terms: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """`terms` go behind ORDER BY. `by_creation`: an index that goes on with the moment of creation serves it, in the
    direction that `ascending` says.

    `legs` are given where no index has all tickets in this order, but indexes have them piece by piece: every ticket
    is in one of the legs, which are walked one after the other.
    """

    terms: str
    by_creation: bool = False
    ascending: bool = False
    legs: tuple[Leg, ...] = ()


def order_of(keys: Sequence[Sort], priorities: Sequence[int]) -> Order:
    """The order by these keys; newest first without any. `priorities` are the ids of all priorities, the least urgent
    first.

    By due time come those that are still to be closed, the longest overdue first; then those that are closed; then
    those without.
    """
    keys = keys or (Sort("created", descending=True),)
    ranked = list(priorities) == sorted(priorities)
    urgency = "t.priority_id" if ranked else _rank(priorities)
    terms = [_term(key, urgency) for key in keys]
    last = "DESC" if keys[-1].descending else "ASC"
    if keys[-1].field != "number":
        terms.append(f"t.id {last}")
    alone = len(keys) == 1
    legs: tuple[Leg, ...] = ()
    # The index holds priorities by their ids; where those don't rise with the urgency, it is walked piece by piece.
    if keys[0].field == "priority" and not ranked and len(priorities) <= MOST_STRETCHES:
        rest = ", ".join(terms[1:])
        legs = tuple(Leg((test,), rest) for test in _of_each(priorities, descending=keys[0].descending))
    elif alone and keys[0].field == "due":
        legs = _by_due(last)
    elif alone and keys[0].field in _PARTLY_INDEXED:
        column = _COLUMN[keys[0].field]
        legs = (Leg((f"{column} IS NOT NULL",), f"{column} {last}, t.id {last}"), _without(column, last))
    return Order(
        ", ".join(terms),
        by_creation=alone and keys[0].field == "created",
        ascending=not keys[0].descending,
        legs=legs,
    )


def order_of_responses(keys: Sequence[Sort], priorities: Sequence[int]) -> str:
    """What goes behind ORDER BY for responses, each a `t` with the fields of its ticket: the latest answers first
    without any keys, and among those that are alike. What has no ticket comes last by what only tickets have."""
    urgency = _rank(priorities) if priorities else "t.priority_id"
    terms = [
        f"t.answered_at {'DESC' if key.descending else 'ASC'}"
        if key.field == "answered"
        # A response has its own instants in the place of those that a ticket has always.
        else _term(key, urgency, always=frozenset({"created", "updated"}))
        for key in keys
    ]
    return ", ".join([*terms, "t.answered_at DESC", "t.response_id DESC"])


def _by_due(direction: str) -> tuple[Leg, ...]:
    terms = f"due_at {direction}, id {direction}"
    unclosed, closed = (
        tuple(f"t.state = '{state}' AND t.due_at IS NOT NULL" for state in STATES if (state == "closed") == is_closed)
        for is_closed in (False, True)
    )
    return Leg(unclosed, terms, "due_at"), Leg(closed, terms), _without("t.due_at", direction)


def _without(column: str, direction: str) -> Leg:
    return Leg((f"{column} IS NULL",), f"t.id {direction}")


def _term(key: Sort, urgency: str, always: Container[str] = _ALWAYS_THERE) -> str:
    column = urgency if key.field == "priority" else _COLUMN[key.field]
    direction = "DESC" if key.descending else "ASC"
    if key.field == "due":
        return f"CASE WHEN t.due_at IS NULL THEN 2 ELSE t.state = 'closed' END, t.due_at {direction}"
    return f"{column} {direction}{'' if key.field in always else ' NULLS LAST'}"


def _rank(priorities: Sequence[int]) -> str:
    cases = " ".join(f"WHEN {each} THEN {rank}" for rank, each in enumerate(priorities))
    return f"CASE t.priority_id {cases} END"


def _of_each(priorities: Sequence[int], *, descending: bool) -> tuple[str, ...]:
    """The tests of the tickets of each priority in this direction, and of those that have none."""
    listed = reversed(priorities) if descending else priorities
    return (*(f"t.priority_id = {each}" for each in listed), "t.priority_id IS NULL")

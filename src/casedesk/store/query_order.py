"""The order that a query asks for, in SQL (behaviour 6.1, 6.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casedesk.domain.query.tree import Sort

_COLUMN = {
    "number": "t.id",
    "title": "t.title COLLATE NOCASE",
    "status": "(SELECT s.position FROM status s WHERE s.id = t.status_id)",
    "priority": "t.priority_id",
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
}
_ALWAYS_THERE = frozenset({"number", "title", "status", "created", "updated"})
_PARTLY_INDEXED = frozenset({"due", "closed", "score"})


@dataclass(frozen=True, slots=True)
class Order:
    """`terms` go behind ORDER BY. `by_creation`: an index that goes on with the moment of creation serves it, in the
    direction that `ascending` says.

    `present` is the column of an order by something that not every ticket has, and of which those that have it are
    indexed; its tickets are walked first and the others after them.
    """

    terms: str
    by_creation: bool = False
    ascending: bool = False
    present: str = ""


def order_of(keys: Sequence[Sort]) -> Order:
    """The order by these keys; newest first without any."""
    keys = keys or (Sort("created", descending=True),)
    terms = [_term(key) for key in keys]
    last = "DESC" if keys[-1].descending else "ASC"
    if keys[-1].field != "number":
        terms.append(f"t.id {last}")
    alone = len(keys) == 1
    return Order(
        ", ".join(terms),
        by_creation=alone and keys[0].field == "created",
        ascending=not keys[0].descending,
        present=_COLUMN[keys[0].field] if alone and keys[0].field in _PARTLY_INDEXED else "",
    )


def _term(key: Sort) -> str:
    direction = "DESC" if key.descending else "ASC"
    return f"{_COLUMN[key.field]} {direction}{'' if key.field in _ALWAYS_THERE else ' NULLS LAST'}"

"""Reading what a ticket is related to, and the tickets that one might mean (N5)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from casedesk.desk.values import Related, TicketLine
from casedesk.desk.values.related import (
    ACCOUNT,
    CONTACT,
    MERGED,
    MERGED_INTO,
    PARENT,
    RELATED_KINDS,
    SAME_CONTACT,
    SUB_TICKET,
)
from casedesk.domain.text import tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from casedesk.store.reader import Reader

    Lines = Callable[[Reader, Sequence[int]], list[TicketLine]]

SAME_CONTACT_SHOWN = 20
"""Other tickets of the same contact that come with a ticket, the newest."""

_ALIKE_LOOKED_AT = 2000
"""Of the tickets that share a word with a title, so many of the newest are compared."""

_RELATED = f"""
    SELECT '{MERGED_INTO}', merged_into_id FROM ticket WHERE id = ?1 AND merged_into_id IS NOT NULL
    UNION ALL SELECT '{PARENT}', parent_id FROM ticket WHERE id = ?1 AND parent_id IS NOT NULL
    UNION ALL SELECT '{SUB_TICKET}', id FROM ticket WHERE parent_id = ?1
    UNION ALL SELECT '{CONTACT}', contact_id FROM ticket_contact WHERE ticket_id = ?1
    UNION ALL SELECT '{ACCOUNT}', account_id FROM ticket_account WHERE ticket_id = ?1
    UNION ALL SELECT '{MERGED}', id FROM ticket WHERE merged_into_id = ?1
    UNION ALL SELECT * FROM (
        SELECT '{SAME_CONTACT}', id FROM ticket
        WHERE contact_id = (SELECT contact_id FROM ticket WHERE id = ?1) AND id <> ?1
        ORDER BY created_at DESC, id DESC LIMIT {SAME_CONTACT_SHOWN})"""

_PEOPLE = {
    CONTACT: """SELECT id, coalesce(nullif(name, ''), email, phone, external_id, 'contact ' || id),
                       coalesce(CASE WHEN name <> '' THEN email END, phone, '')
                FROM contact WHERE id IN (SELECT value FROM json_each(?))""",
    ACCOUNT: "SELECT id, name, '' FROM account WHERE id IN (SELECT value FROM json_each(?))",
}


def read_related(reader: Reader, number: int, lines: Lines, *, with_contacts: bool) -> tuple[Related, ...]:
    """What the ticket is related to, by kind; a ticket that is so already isn't listed as of the same contact."""
    found: dict[str, list[int]] = {kind: [] for kind in RELATED_KINDS}
    for kind, record in reader.rows(_RELATED, (number,)):
        found[kind].append(record)
    closer = {record for kind in (MERGED_INTO, PARENT, SUB_TICKET, MERGED) for record in found[kind]}
    found[SAME_CONTACT] = [record for record in found[SAME_CONTACT] if record not in closer]
    if not with_contacts:
        found[CONTACT] = []
    tickets = {line.number: line for line in lines(reader, [*closer, *found[SAME_CONTACT]])}
    related: list[Related] = []
    for kind, records in found.items():
        if kind in _PEOPLE:
            rows = reader.rows(_PEOPLE[kind], (json.dumps(records),)) if records else []
            related += [Related(kind, *row) for row in sorted(rows, key=lambda row: (str(row[1]).casefold(), row[0]))]
        else:
            related += [_ticket(kind, tickets[record]) for record in records if record in tickets]
    return tuple(related)


def _ticket(kind: str, line: TicketLine) -> Related:
    return Related(kind, line.number, line.title, line=line)


def open_below(reader: Reader, numbers: Sequence[int]) -> tuple[str, ...]:
    """For each of the tickets that is closed while sub-tickets of it aren't: a sentence that names those."""
    rows = reader.rows(
        """SELECT p.id, t.id, t.title FROM ticket t JOIN ticket p ON p.id = t.parent_id
           WHERE t.parent_id IN (SELECT value FROM json_each(?)) AND t.state <> 'closed' AND p.state = 'closed'
           ORDER BY p.id, t.id""",
        (json.dumps(list(numbers)),),
    )
    parts: dict[int, list[str]] = {}
    for parent, number, title in rows:
        parts.setdefault(parent, []).append(f"#{number} {title}")
    return tuple(still_open_said(parent, names) for parent, names in parts.items())


def still_open_said(parent: int, names: Sequence[str], most: int = 5) -> str:
    """`#1 has 2 sub-tickets that are open: #2 Late lamp, #3 Broken lamp.`"""
    count = "a sub-ticket that is" if len(names) == 1 else f"{len(names):,} sub-tickets that are"
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return f"#{parent} has {count} open: {', '.join(names[:most])}{more}."


def find_tickets(reader: Reader, text: str, limit: int) -> list[int]:
    """Numbers of the newest tickets that have these beginnings of words anywhere; first the one of that number."""
    words = tokens(text)
    bare = text.strip().removeprefix("#")
    named = [int(bare)] if bare.isascii() and bare.isdecimal() and len(bare) < 18 else []
    if not words:
        return []
    match = " ".join(f'"{word}"*' for word in words)
    rows = reader.rows("SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?", (match, limit))
    return list(dict.fromkeys([*named, *(row[0] for row in rows)]))[: limit + len(named)]


def find_alike(reader: Reader, title: str, contact_id: int | None, limit: int) -> list[int]:
    """Numbers of tickets that aren't closed and are of the same contact or have a title much like this one.

    Alike are titles of whose words more than half are the same (Dice's coefficient, 2·|A∩B| / (|A|+|B|) > 0.5).
    Those of the contact come first, then the most alike, then the newest.
    """
    own = set(tokens(title))
    near: dict[int, float] = {}
    if contact_id is not None:
        rows = reader.rows(
            "SELECT id, title FROM ticket WHERE contact_id = ? AND state <> 'closed' ORDER BY id DESC LIMIT 50",
            (contact_id,),
        )
        near = {number: 1 + _alike(own, other) for number, other in rows}
    telling = sorted(own, key=lambda word: -len(word))[:12]
    if telling:
        match = "body : (" + " OR ".join(f'"{word}"' for word in telling) + ")"
        rows = reader.rows(
            f"""SELECT t.id, t.title FROM (SELECT rowid AS id FROM search WHERE search MATCH ?
                                           ORDER BY rowid DESC LIMIT {_ALIKE_LOOKED_AT}) found
                JOIN ticket t ON t.id = found.id WHERE t.state <> 'closed'""",
            (match,),
        )
        for number, other in rows:
            if number not in near and (share := _alike(own, other)) > 0.5:
                near[number] = share
    return sorted(near, key=lambda number: (-near[number], -number))[:limit]


def _alike(own: set[str], title: str) -> float:
    theirs = set(tokens(title))
    together = len(own) + len(theirs)
    return 2 * len(own & theirs) / together if together else 0.0

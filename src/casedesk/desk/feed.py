"""The activity feed: what happened, in words (N9)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from casedesk.desk.instants import moment
from casedesk.desk.values import FeedEntry
from casedesk.domain.messages import heading

if TYPE_CHECKING:
    from casedesk.store.reader import Reader, Row

_LINES = """
    SELECT l.id, l.act_id, l.at,
           CASE l.actor_kind WHEN 'user' THEN u.login WHEN 'rule' THEN coalesce(r.name, 'rule') ELSE l.actor_kind END,
           l.actor_kind, l.kind, l.operation, l.before_text, l.after_text, l.cause, l.ticket_id,
           CASE WHEN l.kind IN ('note', 'action', 'message') AND l.operation = 'add' THEN l.after END,
           a.undoes_id, a.name, b.login
    FROM activity l
    JOIN act a ON a.id = l.act_id
    LEFT JOIN user u ON l.actor_kind = 'user' AND u.id = l.actor_id
    LEFT JOIN user b ON b.id = a.behind_id
    LEFT JOIN rule r ON l.actor_kind = 'rule' AND r.id = l.actor_id
    WHERE l.ticket_id = ? {more}
    ORDER BY l.id DESC LIMIT ?"""

_TAKING_BACK = {"undo": "undone", "redo": "redone"}
"""What stands before a line of an act that takes another back, or does it again."""

_BODY = {"note": "body", "action": "comment", "message": "body"}


def read_feed(reader: Reader, number: int, *, limit: int, before: int | None = None) -> list[FeedEntry]:
    """The latest lines on a ticket, newest first; `before` is the id of the last line of the page before."""
    more, parameters = (" AND l.id < ?", (number, before, limit)) if before else ("", (number, limit))
    rows = reader.rows(_LINES.format(more=f"AND l.kind <> ''{more}"), parameters)
    undone = undone_acts(reader, {row[1] for row in rows})
    return [_entry(row, row[1] in undone) for row in rows]


def read_changes(reader: Reader, number: int, kind: str, record: str, field: str = "") -> list[FeedEntry]:
    """What set one field of a ticket, newest first, as far as it stands; last comes the opening of the ticket.

    `field` is a column of the ticket (`record` is then `ticket`), or empty for a table of links such as `ticket_tag`.
    `kind` is what rules call the field where they open a ticket with a value in it. Details that feeds leave out are
    here too, without a kind.
    """
    more = """AND a.undoes_id IS NULL
      AND (+l.record = ? AND +l.field = ? AND +l.operation IN ('set', 'add', 'remove') AND +l.kind <> 'opened'
           OR +l.kind = ? AND +l.operation = 'event' OR +l.kind = 'opened')"""
    rows = reader.rows(_LINES.format(more=more), (number, record, field, kind, -1))
    undone = undone_acts(reader, {row[1] for row in rows})
    return [_entry(row, False) for row in rows if row[1] not in undone]


def _entry(row: Row, undone: bool) -> FeedEntry:
    line, act, at, actor, actor_kind, kind, operation, before, after, cause, ticket, record, undoes, name, behind = row
    text = describe(kind, operation, before, after)
    if undoes is not None:
        text, cause = f"{_TAKING_BACK.get(name, name)}: {text}", ""
    who = f"{actor} (by {behind})" if behind else str(actor)
    added = json.loads(record) if record else {}
    body = str(added.get(_BODY[kind]) or "") if added else ""
    return FeedEntry(
        line, act, moment(at), who, actor_kind, kind, text, body, undone, cause, ticket, _heading(kind, added)
    )


def _heading(kind: str, added: Mapping[str, Any]) -> str:
    """What stands before the whole words of a note or a message."""
    if kind == "message" and added:
        return heading(added["direction"], added["channel"], automatic=bool(added["automatic"]))
    return "note" if kind == "note" and added else ""


def describe(kind: str, operation: str, before: str, after: str) -> str:
    """One line of activity in words: what was changed, from what, to what."""
    if operation == "set":
        return f"{kind}: {before or 'none'} → {after or 'none'}"
    if operation == "add":
        return f"{kind}: {after}" if after else f"{kind} added"
    if operation == "remove":
        return f"{kind} removed: {before}" if before else f"{kind} removed"
    if before and not after:
        return f"{kind} removed: {before}"
    return f"{kind}: {after}" if after else kind


def lines_since(reader: Reader, number: int, version: int) -> list[str]:
    """What happened on a ticket after `version`, oldest first, at most five lines: for the words of a conflict."""
    rows = reader.rows(
        """SELECT coalesce(u.login, l.actor_kind), l.kind, l.operation, l.before_text, l.after_text
           FROM activity l LEFT JOIN user u ON l.actor_kind = 'user' AND u.id = l.actor_id
           WHERE l.ticket_id = ? AND l.ticket_version > ? AND l.kind <> '' ORDER BY l.id LIMIT 5""",
        (number, version),
    )
    return [f"{row[0]}: {describe(*row[1:])}" for row in rows]


def undone_acts(reader: Reader, acts: Iterable[int]) -> set[int]:
    """Those of the acts that are taken back: by an act that isn't taken back itself."""
    wanted = set(acts)
    undoers: dict[int, list[int]] = {}
    frontier = wanted
    while frontier:
        rows = reader.rows(
            "SELECT undoes_id, id FROM act WHERE undoes_id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(frontier)),),
        )
        for act, undoer in rows:
            undoers.setdefault(act, []).append(undoer)
        frontier = {undoer for _, undoer in rows}
    # An undoer has a higher id than what it takes back, so the newest are settled first.
    undone: set[int] = set()
    for act in sorted(undoers, reverse=True):
        if any(undoer not in undone for undoer in undoers[act]):
            undone.add(act)
    return undone & wanted

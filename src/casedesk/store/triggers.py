"""What the database itself sees to: the search index and the closings follow the rows, and the activity table only
grows.

One row of `search` a ticket: title, description, the answers of its response, notes, action comments and messages, so
that words of one question may lie in different places. A `segmented` column, where a row has one, is the same text with
the characters of scripts without blanks set apart; it is what is indexed then.
"""

from __future__ import annotations

from casedesk.domain.text import TOKENIZER
from casedesk.store import closing_fields, people_index

_RESPONSE_TEXT = (
    "coalesce((SELECT coalesce(r.segmented, r.text) FROM response r WHERE r.id = {ticket}.response_id), '')"
)
_BODY = "coalesce({ticket}.segmented, {ticket}.title || char(10) || {ticket}.description)"
_NOTES = """coalesce((SELECT group_concat(coalesce(n.segmented, n.body), char(10)) FROM note n
                      WHERE n.ticket_id = {ticket_id}), '')
         || char(10)
         || coalesce((SELECT group_concat(a.action_name || ' ' || coalesce(a.status_name, '') || ' ' || a.comment,
                                              char(10)) FROM ticket_action a WHERE a.ticket_id = {ticket_id}), '')
         || char(10)
         || coalesce((SELECT group_concat(coalesce(m.segmented, m.body), char(10)) FROM message m
                      WHERE m.ticket_id = {ticket_id}), '')"""


def _follow_notes(table: str, event: str, rows: tuple[str, ...]) -> str:
    """A merge moves notes, actions and messages from ticket to ticket, so an update counts for both."""
    follow = "".join(
        f"""
        UPDATE search SET notes = {_NOTES.format(ticket_id=f"{row}.ticket_id")} WHERE rowid = {row}.ticket_id;"""
        for row in rows
    )
    return f"""
    CREATE TRIGGER search_{table}_{event} AFTER {event.upper()} ON {table} BEGIN{follow}
    END"""


SEARCH_TABLE = f"""
    CREATE VIRTUAL TABLE search USING fts5(
        body, response, notes,
        tokenize = "{TOKENIZER}", prefix = '1 2 3', columnsize = 0
    )"""

SEARCH_ROWS = f"""
    SELECT t.id AS id, {_BODY.format(ticket="t")} AS body, {_RESPONSE_TEXT.format(ticket="t")} AS response,
           {_NOTES.format(ticket_id="t.id")} AS notes
    FROM ticket t"""
"""What the search index holds when it has followed every row."""

STATEMENTS: tuple[str, ...] = (
    SEARCH_TABLE,
    f"""
    CREATE TRIGGER search_ticket_insert AFTER INSERT ON ticket BEGIN
        INSERT INTO search (rowid, body, response, notes)
        VALUES (new.id, {_BODY.format(ticket="new")}, {_RESPONSE_TEXT.format(ticket="new")}, '');
    END""",
    f"""
    CREATE TRIGGER search_ticket_update AFTER UPDATE OF title, description, segmented, response_id ON ticket BEGIN
        UPDATE search SET body = {_BODY.format(ticket="new")}, response = {_RESPONSE_TEXT.format(ticket="new")}
        WHERE rowid = new.id;
    END""",
    """
    CREATE TRIGGER search_ticket_delete AFTER DELETE ON ticket BEGIN
        DELETE FROM search WHERE rowid = old.id;
    END""",
    """
    CREATE TRIGGER search_response_update AFTER UPDATE OF text, segmented ON response BEGIN
        UPDATE search SET response = coalesce(new.segmented, new.text)
        WHERE rowid IN (SELECT id FROM ticket WHERE response_id = new.id);
    END""",
    *(
        _follow_notes(table, event, rows)
        for table in ("note", "ticket_action", "message")
        for event, rows in (("insert", ("new",)), ("update", ("new", "old")), ("delete", ("old",)))
    ),
    """
    CREATE TRIGGER activity_no_update BEFORE UPDATE ON activity BEGIN
        SELECT RAISE(ABORT, 'the activity table only grows');
    END""",
    """
    CREATE TRIGGER activity_no_delete BEFORE DELETE ON activity BEGIN
        SELECT RAISE(ABORT, 'the activity table only grows');
    END""",
    """
    CREATE TRIGGER act_no_delete BEFORE DELETE ON act BEGIN
        SELECT RAISE(ABORT, 'acts are never deleted');
    END""",
    """
    CREATE TRIGGER act_no_update BEFORE UPDATE OF at, name, actor_kind, user_id, behind_id, undoes_id ON act BEGIN
        SELECT RAISE(ABORT, 'acts are never changed');
    END""",
    *closing_fields.STATEMENTS,
    *people_index.STATEMENTS,
)
"""Made once, with the first schema; later schemas change them in a migration."""

"""Reading tickets: windows of the list, one ticket whole, its feed (K1, M5 to M7)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from typing import TYPE_CHECKING

from casedesk.desk.feed import read_feed
from casedesk.desk.instants import moment, optional_moment
from casedesk.desk.related_reading import find_alike, find_tickets, open_below, read_related
from casedesk.desk.ticket_records import read_records
from casedesk.desk.values import (
    FeedEntry,
    FieldOrigin,
    Message,
    Note,
    RecordedAction,
    Related,
    TabCount,
    Ticket,
    TicketLine,
    TicketRecord,
)
from casedesk.domain.errors import NotFound
from casedesk.domain.rights import CONTACTS_VIEW, TICKETS_VIEW

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.store.reader import Reader, Row

_LINE = """
    SELECT t.id, t.version, t.title, t.state, s.name, p.name, t.score, t.score_kind, c.name,
           CASE WHEN k.name <> '' THEN k.name ELSE coalesce(k.email, k.phone, k.external_id) END, a.name, tp.name,
           o.login, tm.name, t.created_at, t.updated_at, t.closed_at, t.due_at,
           (SELECT json_group_array(g.name) FROM ticket_tag h JOIN tag g ON g.id = h.tag_id WHERE h.ticket_id = t.id),
           t.merged_into_id, t.wake_at,
           (SELECT min(m.warn_at) FROM ticket_timer m
            WHERE m.ticket_id = t.id AND m.met_at IS NULL AND m.stopped_at IS NULL),
           t.due_at IS NULL AND EXISTS (SELECT 1 FROM ticket_timer m
            WHERE m.ticket_id = t.id AND m.met_at IS NULL AND m.stopped_at IS NULL AND m.due_at IS NULL)
    FROM ticket t
    JOIN status s ON s.id = t.status_id
    LEFT JOIN priority p ON p.id = t.priority_id
    LEFT JOIN topic tp ON tp.id = t.topic_id
    LEFT JOIN campaign c ON c.id = t.campaign_id
    LEFT JOIN contact k ON k.id = t.contact_id
    LEFT JOIN account a ON a.id = t.account_id
    LEFT JOIN user o ON o.id = t.owner_id
    LEFT JOIN team tm ON tm.id = t.team_id"""

_WHOLE = """
    SELECT t.description, r.name, x.name, t.language, t.origin, t.rule_id, t.response_id, t.contact_id, t.source,
           t.external_id, t.breached
    FROM ticket t
    LEFT JOIN close_option r ON r.id = t.resolution_id
    LEFT JOIN plan_exit_state x ON x.id = t.exit_state_id
    WHERE t.id = ?"""

_OPENED_BY = """
    SELECT CASE l.actor_kind WHEN 'user' THEN u.login WHEN 'rule' THEN coalesce(r.name, 'rule') ELSE l.actor_kind END
    FROM activity l
    LEFT JOIN user u ON l.actor_kind = 'user' AND u.id = l.actor_id
    LEFT JOIN rule r ON l.actor_kind = 'rule' AND r.id = l.actor_id
    WHERE l.ticket_id = ? AND l.kind = 'opened' ORDER BY l.id LIMIT 1"""

_HOLDING = {
    "classification": """SELECT c.name, count(*) FROM ticket_classification h
        JOIN classification c ON c.id = h.classification_id
        WHERE h.ticket_id IN (SELECT value FROM json_each(?)) GROUP BY c.id ORDER BY c.position, c.id""",
    "tag": """SELECT g.name, count(*) FROM ticket_tag h JOIN tag g ON g.id = h.tag_id
        WHERE h.ticket_id IN (SELECT value FROM json_each(?)) GROUP BY g.id ORDER BY g.name COLLATE NOCASE""",
    "helper": """SELECT u.login, count(*) FROM ticket_helper h JOIN user u ON u.id = h.user_id
        WHERE h.ticket_id IN (SELECT value FROM json_each(?)) GROUP BY u.id ORDER BY u.login""",
}

_TABS = (
    ("all", "All", ""),
    ("new", "New", "is:new"),
    ("open", "Open", "is:open"),
    ("pending", "Pending", "is:pending"),
    ("closed", "Closed", "is:closed"),
    ("mine", "Mine", "is:mine -is:closed"),
    ("unassigned", "Unassigned", "is:unassigned -is:closed"),
    ("overdue", "Overdue", "is:overdue"),
)


def read_lines(reader: Reader, numbers: Sequence[int]) -> list[TicketLine]:
    """The list's lines of these tickets, in this order; those that are gone are left out."""
    rows = reader.rows(_LINE + " WHERE t.id IN (SELECT value FROM json_each(?))", (json.dumps(list(numbers)),))
    lines = {row[0]: _line(row) for row in rows}
    return [lines[number] for number in numbers if number in lines]


def _line(row: Row) -> TicketLine:
    instants = (moment(row[14]), moment(row[15]), optional_moment(row[16]), optional_moment(row[17]))
    tags = tuple(sorted(json.loads(row[18]))) if row[18] != "[]" else ()
    later = (optional_moment(row[20]), optional_moment(row[21]), bool(row[22]))
    return TicketLine(*(*row[:14], *instants, tags, row[19], *later))


class TicketReading:
    """The reading half of `desk.tickets`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def check(self, query: str) -> None:
        """Raise QueryError, with the place and the nearest names, when the query has a mistake (behaviour 6.2)."""
        self._desk.queries.check(query)

    def stream(self, query: str, *, first: int = 128, chunk: int = 4096) -> Iterator[Sequence[int]]:
        """The numbers of the tickets that match, in the query's order, in pieces: a small first one, then larger.

        All pieces come from one state of the desk. Another thread may stop it with `desk.interrupt`.
        """
        self._desk.require(TICKETS_VIEW)
        sql = self._desk.queries.select(query)
        sizes = chain((first,), repeat(chunk))
        for rows in self._desk.store.reader().chunks(sql.text, sql.parameters, sizes):
            yield [row[0] for row in rows]

    def numbers(self, query: str, limit: int | None = None) -> list[int]:
        """The numbers of the tickets that match, in the query's order."""
        found: list[int] = []
        for piece in self.stream(query, first=min(limit or 4096, 4096)):
            found += piece
            if limit is not None and len(found) >= limit:
                return found[:limit]
        return found

    def count(self, query: str) -> int:
        """How many tickets match."""
        self._desk.require(TICKETS_VIEW)
        sql = self._desk.queries.count(query)
        return int(self._desk.store.reader().value(sql.text, sql.parameters))

    def lines(self, numbers: Sequence[int]) -> list[TicketLine]:
        """The list's lines of these tickets, in this order; those that are gone are left out."""
        self._desk.require(TICKETS_VIEW)
        return read_lines(self._desk.store.reader(), numbers)

    def records(self, numbers: Sequence[int]) -> list[TicketRecord]:
        """All fields of these tickets, in this order; those that are gone are left out."""
        see_contacts = self._desk.can(CONTACTS_VIEW)
        return read_records(self._desk.store.reader(), self.lines(numbers), with_contacts=see_contacts)

    def find(self, query: str, limit: int = 100) -> list[TicketLine]:
        """The first tickets that match."""
        return self.lines(self.numbers(query, limit))

    def tabs(self) -> list[TabCount]:
        """The tabs of the triage screen with the query that each adds; their counts are asked for one by one."""
        return [TabCount(key, title, query, None) for key, title, query in _TABS]

    def feed(self, number: int, limit: int = 200, before: int | None = None) -> list[FeedEntry]:
        """What happened on the ticket, newest first; `before` is the id of the last entry of the page before."""
        self._desk.require(TICKETS_VIEW)
        return read_feed(self._desk.store.reader(), number, limit=limit, before=before)

    def origin(self, number: int, field: str) -> FieldOrigin:
        """Who or which rule gave the field its value (X6). Raises NotFound, and InvalidInput with the nearest name."""
        from casedesk.desk.field_origins import field_named, field_origin

        name = field_named(field)
        return field_origin(self._desk, self.show(number), name)

    def origins(self, number: int) -> tuple[FieldOrigin, ...]:
        """The same for every field that the ticket has, or had. Raises NotFound."""
        from casedesk.desk.field_origins import field_origins

        return field_origins(self._desk, self.show(number))

    def related(self, number: int) -> tuple[Related, ...]:
        """The ticket's parent, sub-tickets, merges, other contacts and accounts, and its contact's other tickets (N5).

        Contacts are left out for a user who may not see them.
        """
        self._desk.require(TICKETS_VIEW)
        see_contacts = self._desk.can(CONTACTS_VIEW)
        return read_related(self._desk.store.reader(), number, read_lines, with_contacts=see_contacts)

    def open_below(self, numbers: Sequence[int]) -> tuple[str, ...]:
        """A sentence for each of these tickets that is closed while it has sub-tickets that aren't."""
        self._desk.require(TICKETS_VIEW)
        return open_below(self._desk.store.reader(), numbers)

    def look_up(self, text: str, limit: int = 20) -> list[TicketLine]:
        """Tickets by number, or by beginnings of words anywhere in them; the newest first. For choosing one."""
        self._desk.require(TICKETS_VIEW)
        return self.lines(find_tickets(self._desk.store.reader(), text, limit))

    def alike(self, title: str, contact_id: int | None = None, limit: int = 5) -> list[TicketLine]:
        """Tickets that aren't closed and that a new one might repeat: of the same contact, or with much the same
        title; the likest first."""
        self._desk.require(TICKETS_VIEW)
        return self.lines(find_alike(self._desk.store.reader(), title, contact_id, limit))

    def holding(self, what: str, numbers: Sequence[int]) -> dict[str, int]:
        """How many of these tickets have each classification, tag or helper (`what`), by its name."""
        self._desk.require(TICKETS_VIEW)
        rows = self._desk.store.reader().rows(_HOLDING[what], (json.dumps(list(numbers)),))
        return dict(rows)

    def show(self, number: int) -> Ticket:
        """The ticket, whole. Raises NotFound."""
        lines = self.lines([number])
        if not lines:
            raise NotFound(f"There is no ticket #{number}.")
        reader = self._desk.store.reader()
        row = reader.row(_WHOLE, (number,))
        assert row is not None
        (
            description,
            resolution,
            exit_state,
            language,
            origin,
            _,
            response_id,
            contact_id,
            source,
            external_id,
            breached,
        ) = row
        timers = self._desk.service_levels.timers(number)
        see_contact = contact_id is not None and self._desk.can("contacts.view")
        return Ticket(
            line=lines[0],
            description=description,
            helpers=_names(
                reader,
                "SELECT u.login FROM ticket_helper h JOIN user u ON u.id = h.user_id WHERE h.ticket_id = ? ORDER BY 1",
                number,
            ),
            classifications=_names(
                reader,
                """SELECT c.name FROM ticket_classification tc JOIN classification c ON c.id = tc.classification_id
                   WHERE tc.ticket_id = ? ORDER BY c.position, c.id""",
                number,
            ),
            resolution=resolution,
            exit_state=exit_state,
            language=language,
            origin=origin,
            opened_by=str(reader.value(_OPENED_BY, (number,)) or origin),
            response=self._desk.responses.show(response_id) if response_id is not None else None,
            contact=self._desk.contacts.show(contact_id) if see_contact else None,
            account=lines[0].account,
            plan=self._desk.plans.of_ticket(number),
            actions=_actions(reader, number),
            notes=_notes(reader, number),
            messages=_messages(reader, number),
            source=source,
            external_id=external_id,
            fields=tuple(
                reader.rows("SELECT name, value FROM ticket_field WHERE ticket_id = ? ORDER BY name", (number,))
            ),
            related=self.related(number),
            timers=timers,
            breached=bool(breached) or any(timer.breached for timer in timers),
        )


def _names(reader: Reader, sql: str, number: int) -> tuple[str, ...]:
    return tuple(row[0] for row in reader.rows(sql, (number,)))


def _notes(reader: Reader, number: int) -> tuple[Note, ...]:
    rows = reader.rows(
        """SELECT n.id, n.created_at, u.login, n.body FROM note n JOIN user u ON u.id = n.author_id
           WHERE n.ticket_id = ? ORDER BY n.id""",
        (number,),
    )
    return tuple(Note(row[0], moment(row[1]), row[2], row[3]) for row in rows)


def _messages(reader: Reader, number: int) -> tuple[Message, ...]:
    """The conversation, the oldest message first."""
    rows = reader.rows(
        """SELECT m.id, m.direction, m.channel, m.at, u.login, m.automatic, m.body
           FROM message m LEFT JOIN user u ON u.id = m.author_id WHERE m.ticket_id = ? ORDER BY m.at, m.id""",
        (number,),
    )
    return tuple(Message(row[0], row[1], row[2], moment(row[3]), row[4], bool(row[5]), row[6]) for row in rows)


def _actions(reader: Reader, number: int) -> tuple[RecordedAction, ...]:
    rows = reader.rows(
        """SELECT a.id, a.created_at, u.login, a.action_name, a.status_name, a.comment, a.completed, a.closed_plan
           FROM ticket_action a JOIN user u ON u.id = a.actor_id WHERE a.ticket_id = ? ORDER BY a.id""",
        (number,),
    )
    return tuple(
        RecordedAction(row[0], moment(row[1]), row[2], row[3], row[4], row[5], bool(row[6]), bool(row[7]))
        for row in rows
    )

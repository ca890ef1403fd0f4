"""The closings that reports count, against the tickets (behaviour 8.1)."""

from __future__ import annotations

from collections.abc import Iterator

from casedesk.desk.doctor.check import DeskCheck, Mending, Subject, counted
from casedesk.desk.following import Following
from casedesk.desk.ticket_closings import write_closings
from casedesk.desk.ticket_histories import histories, timed_tickets
from casedesk.desk.ticket_timers import policies_of
from casedesk.desk.values import Finding
from casedesk.domain.business_time import Calendar
from casedesk.store import closing_fields
from casedesk.store.reader import Reader

_CHUNK = 1000

_MISSING = """
    SELECT id FROM ticket t WHERE state = 'closed' AND NOT EXISTS (
        SELECT 1 FROM ticket_closing c WHERE c.ticket_id = t.id AND c.reopened_at IS NULL) ORDER BY id"""
_TOO_MANY = """
    SELECT c.ticket_id FROM ticket_closing c JOIN ticket t ON t.id = c.ticket_id WHERE c.reopened_at IS NULL
    GROUP BY c.ticket_id HAVING count(*) > (t.state = 'closed') ORDER BY c.ticket_id"""


def _look(subject: Subject) -> Iterator[Finding]:
    if subject.desk.service_levels.pending:
        return  # they are known to be old
    yield from counted(
        subject, _MISSING, "Reports don't count the closing of #{id}.", "Reports don't count {n} closings.",
        mendable=True,
    )  # fmt: skip
    yield from counted(
        subject, _TOO_MANY, "Reports count a closing of #{id} that there isn't.",
        "Reports count closings of {n} tickets that there aren't.", mendable=True,
    )  # fmt: skip
    yield from counted(
        subject, closing_fields.DIFFERING, "Reports group a closing of #{id} by what its ticket hasn't.",
        "Reports group closings of {n} tickets by what these haven't.", mendable=True,
    )  # fmt: skip


def _mend(mending: Mending) -> str:
    reader = mending.subject.reader
    numbers = sorted({row[0] for sql in (_MISSING, _TOO_MANY) for row in reader.rows(sql)})
    differing = {row[0] for row in reader.rows(closing_fields.DIFFERING)}
    for start in range(0, len(numbers), _CHUNK):
        mending.subject.tell("closings", start, len(numbers))
        _write(mending, numbers[start : start + _CHUNK])
    with mending.desk.store.bulk() as connection:
        connection.execute(closing_fields.MEND)
    return f"the closings of {len(differing.union(numbers)):,} tickets worked out"


def _write(mending: Mending, numbers: list[int]) -> None:
    """Work out the closings alone: timers of closed tickets stay as they were judged."""
    desk = mending.desk
    with desk.store.bulk() as connection:
        reader = Reader(desk.path, connection)
        tickets = timed_tickets(reader, numbers)
        following = Following(desk, connection)
        policies = policies_of(desk, reader, tickets) if desk.service_levels.on else [None] * len(tickets)
        applied = {ticket.number: policy for ticket, policy in zip(tickets, policies, strict=True)}

        def calendar_of(number: int) -> Calendar:
            return following.calendar((applied[number] or desk.policies.default()).calendar_id)

        write_closings(connection, tickets, histories(reader, tickets), calendar_of)


CHECKS = (
    DeskCheck(
        "closings", "the closings that reports count are there", "all that reports count are there", _look, _mend
    ),
)

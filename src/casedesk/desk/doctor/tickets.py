"""What a ticket says of itself twice: state and status, closed and when, pending and until when, plan and its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casedesk import model
from casedesk.desk.doctor.check import DeskCheck, Mending, Subject, counted
from casedesk.desk.recording import Recorder
from casedesk.desk.values import Finding
from casedesk.domain import lifecycle

_STATES = ", ".join(f"'{state}'" for state in lifecycle.STATES)
_OTHER_STATE = f"""
    SELECT t.id FROM ticket t JOIN status s ON s.id = t.status_id
    WHERE s.state <> t.state AND t.state IN ({_STATES}) ORDER BY t.id"""
_NO_STATE = f"SELECT id FROM ticket WHERE state NOT IN ({_STATES}) ORDER BY id"
_NEVER_CLOSED = "SELECT id FROM ticket WHERE state = 'closed' AND closed_at IS NULL ORDER BY id"
_STILL_CLOSED = "SELECT id FROM ticket WHERE state <> 'closed' AND closed_at IS NOT NULL ORDER BY id"
_WAKING = "SELECT id FROM ticket WHERE wake_at IS NOT NULL AND state <> 'pending' ORDER BY id"
_NO_PLAN = """
    SELECT id FROM ticket WHERE plan_id IS NULL AND (plan_closed_at IS NOT NULL OR exit_state_id IS NOT NULL)
    ORDER BY id"""
_OTHER_PLAN = """
    SELECT t.id FROM ticket t JOIN plan_exit_state x ON x.id = t.exit_state_id WHERE x.plan_id <> t.plan_id
    ORDER BY t.id"""

_CLOSED_AT = """
    SELECT coalesce((SELECT max(closed_at) FROM ticket_closing WHERE ticket_id = ?1),
                    (SELECT max(at) FROM activity
                     WHERE ticket_id = ?1 AND record = 'ticket' AND field = 'state' AND "after" = '"closed"'),
                    (SELECT updated_at FROM ticket WHERE id = ?1))"""
"""When a ticket was closed, as well as anything still tells."""


def _ids(subject: Subject, sql: str) -> list[int]:
    return [row[0] for row in subject.reader.rows(sql)]


def _states(subject: Subject) -> Iterator[Finding]:
    yield from counted(
        subject, _OTHER_STATE,
        "#{id} has a status of another state than its own.",
        "{n} tickets have a status of another state than their own.",
        mendable=True,
    )  # fmt: skip
    yield from counted(
        subject, _NO_STATE, "#{id} is in a state that there isn't.", "{n} tickets are in a state that there isn't.",
        way_out="Set its status.",
    )  # fmt: skip


def _mend_states(mending: Mending) -> str:
    """Timers and closings go by the state, so the status follows it."""
    setup = mending.desk.setup

    def mend(_recorder: Recorder, ticket: model.Ticket) -> None:
        status = setup.status_for(ticket.state)
        texts = (setup.status_name(ticket.status_id), status.name)
        _recorder.set(ticket, "status_id", status.id, kind="status", texts=texts, cause="mended: its state is that")

    return f"{_each(mending, _OTHER_STATE, mend)} given the status of the state they are in"


def _closed(subject: Subject) -> Iterator[Finding]:
    yield from counted(
        subject, _NEVER_CLOSED, "#{id} is closed and doesn't say since when.",
        "{n} tickets are closed and don't say since when.", mendable=True,
    )  # fmt: skip
    yield from counted(
        subject, _STILL_CLOSED, "#{id} isn't closed and says when it was.",
        "{n} tickets aren't closed and say when they were.", mendable=True,
    )  # fmt: skip


def _mend_closed(mending: Mending) -> str:
    reader = mending.subject.reader

    def fill(recorder: Recorder, ticket: model.Ticket) -> None:
        recorder.set(ticket, "closed_at", reader.value(_CLOSED_AT, (ticket.id,)), cause="mended")

    filled = _each(mending, _NEVER_CLOSED, fill)
    return f"{filled} told when closed, {_each(mending, _STILL_CLOSED, _emptying('closed_at'))} told they aren't"


def _waking(subject: Subject) -> Iterator[Finding]:
    yield from counted(
        subject, _WAKING, "#{id} isn't pending and is to wake up.", "{n} tickets aren't pending and are to wake up.",
        mendable=True,
    )  # fmt: skip


def _mend_waking(mending: Mending) -> str:
    return f"{_each(mending, _WAKING, _emptying('wake_at'))} no longer to wake up"


def _plans(subject: Subject) -> Iterator[Finding]:
    way_out = "A backup from before tells which plan it had; `casedesk undo` may take back what went wrong."
    yield from counted(
        subject, _NO_PLAN, "#{id} has no plan and says how its plan ended.",
        "{n} tickets have no plan and say how it ended.", way_out=way_out,
    )  # fmt: skip
    yield from counted(
        subject, _OTHER_PLAN, "#{id} ended in an exit state of another plan.",
        "{n} tickets ended in an exit state of another plan.", way_out=way_out,
    )  # fmt: skip


def _numbers(subject: Subject) -> Iterator[Finding]:
    given, highest = _given(subject), _highest(subject)
    if given < highest:
        yield Finding(f"The next ticket would be #{given + 1}, and there was #{highest} already.", mendable=True)


def _given(subject: Subject) -> int:
    return int(subject.reader.value("SELECT seq FROM sqlite_sequence WHERE name = 'ticket'") or 0)


def _highest(subject: Subject) -> int:
    found = (subject.reader.value(sql) for sql in ("SELECT max(id) FROM ticket", "SELECT max(ticket_id) FROM activity"))
    return max(number or 0 for number in found)


def _mend_numbers(mending: Mending) -> str:
    highest = _highest(mending.subject)
    with mending.desk.store.bulk() as connection:
        if not connection.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'ticket'", (highest,)).rowcount:
            connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('ticket', ?)", (highest,))
    return f"the next ticket is #{highest + 1}"


def _each(mending: Mending, sql: str, change: Any) -> str:
    """Make a change on each ticket that the statement yields, a thousand a transaction; how many, in words."""
    numbers = _ids(mending.subject, sql)
    for start in range(0, len(numbers), 1000):
        mending.subject.tell("mending tickets", start, len(numbers))
        with mending.recorded() as recorder:
            for number in numbers[start : start + 1000]:
                ticket = recorder.session.get(model.Ticket, number)
                assert ticket is not None
                change(recorder, ticket)
    return "1 ticket" if len(numbers) == 1 else f"{len(numbers):,} tickets"


def _emptying(field: str) -> Any:
    def empty(recorder: Recorder, ticket: model.Ticket) -> None:
        recorder.set(ticket, field, None, cause="mended")

    return empty


CHECKS = (
    DeskCheck(
        "states",
        "statuses are of the state that their ticket is in",
        "statuses fit the tickets' states",
        _states,
        _mend_states,
    ),
    DeskCheck(
        "closed", "closed tickets say since when, and no others", "closed tickets say since when", _closed, _mend_closed
    ),
    DeskCheck("wake-ups", "only pending tickets wake up", "only pending tickets wake up", _waking, _mend_waking),
    DeskCheck("plans", "tickets end in exit states of their own plan", "exit states fit the plans", _plans),
    DeskCheck("numbers", "no ticket's number is given twice", "no number is given twice", _numbers, _mend_numbers),
)

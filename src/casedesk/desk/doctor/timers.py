"""Timers, due times and breaches of tickets, against what would be worked out now (behaviour 3)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from casedesk.desk.doctor.check import DeskCheck, Mending, Subject, about, counted
from casedesk.desk.following import Following
from casedesk.desk.values import Finding
from casedesk.store.shadow import Shadow

_CHUNK = 1000

_OPEN = "SELECT id FROM ticket WHERE +state <> 'closed' AND id > ? ORDER BY id LIMIT ?"
_HOW_MANY = "SELECT count(*) FROM ticket WHERE state <> 'closed'"

_RUNNING = """
    SELECT DISTINCT t.id FROM ticket_timer m JOIN ticket t ON t.id = m.ticket_id
    WHERE m.met_at IS NULL AND m.stopped_at IS NULL AND t.state = 'closed' ORDER BY t.id"""
_DUE = """
    SELECT t.id FROM ticket t WHERE t.state = 'closed' AND (
        t.due_at IS NULL AND EXISTS (SELECT 1 FROM ticket_timer m
            WHERE m.ticket_id = t.id AND m.kind = 'resolution' AND m.due_at IS NOT NULL)
        OR t.due_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ticket_timer m
            WHERE m.ticket_id = t.id AND m.kind = 'resolution' AND m.due_at = t.due_at)) ORDER BY t.id"""
_BREACHED = """
    SELECT id FROM ticket WHERE breached <> EXISTS (SELECT 1 FROM ticket_breach b WHERE b.ticket_id = ticket.id)
    ORDER BY id"""


def _pending(subject: Subject) -> Iterator[Finding]:
    if subject.desk.service_levels.pending:
        yield Finding("Timers and closings have still to be worked out after a change of the set-up.", mendable=True)


def _recompute(mending: Mending) -> str:
    def tell(done: int, total: int) -> bool:
        mending.subject.tell("working out timers", done, total)
        return True

    return f"{mending.desk.service_levels.recompute(progress=tell):,} tickets worked out"


def _timers(subject: Subject) -> Iterator[Finding]:
    if subject.desk.service_levels.pending:
        return  # they are known to be old
    if wrong := _differing(subject):
        yield about(
            wrong, "The timers of #{id} aren't those of its history.",
            "The timers of {n} tickets aren't those of their histories.", mendable=True,
        )  # fmt: skip
    yield from counted(
        subject, _RUNNING, "#{id} is closed and has a timer that runs.",
        "{n} closed tickets have timers that run.", mendable=True,
    )  # fmt: skip
    yield from counted(
        subject, _DUE, "#{id} is closed, and its due time isn't that of its timer.",
        "{n} closed tickets have due times that aren't those of their timers.", mendable=True,
    )  # fmt: skip
    yield from counted(
        subject, _BREACHED, "#{id} says otherwise than its breaches whether it missed a target.",
        "{n} tickets say otherwise than their breaches whether they missed a target.", mendable=True,
    )  # fmt: skip


def _differing(subject: Subject) -> list[int]:
    """The tickets that aren't closed of which something would change by being worked out anew: nothing is written."""
    found: list[int] = []
    after, done, total = 0, 0, subject.reader.value(_HOW_MANY)
    with closing(Shadow(subject.path)) as shadow:
        while numbers := [row[0] for row in subject.reader.rows(_OPEN, (after, _CHUNK))]:
            shadow.take(numbers)
            Following(subject.desk, shadow.connection).refresh(numbers, at=subject.now)
            found += shadow.differing()
            after = numbers[-1]
            done += len(numbers)
            subject.tell("timers", done, total)
    return found


def _mend(mending: Mending) -> str:
    subject, store = mending.subject, mending.desk.store
    wrong = [*_differing(subject), *(row[0] for row in subject.reader.rows(_RUNNING))]
    for start in range(0, len(wrong), _CHUNK):
        with store.bulk() as connection:
            Following(mending.desk, connection).refresh(wrong[start : start + _CHUNK], at=mending.desk.seconds())
    with store.bulk() as connection:
        due = connection.execute(
            f"""UPDATE ticket SET due_at = (SELECT m.due_at FROM ticket_timer m
                    WHERE m.ticket_id = ticket.id AND m.kind = 'resolution' ORDER BY m.started_at LIMIT 1)
                WHERE id IN ({_DUE})"""
        ).rowcount
        breached = connection.execute(f"UPDATE ticket SET breached = NOT breached WHERE id IN ({_BREACHED})").rowcount
    return f"{len(wrong):,} tickets timed anew, {due:,} due times and {breached:,} marks of missed targets set right"


CHECKS = (
    DeskCheck(
        "pending work", "changes of the set-up have reached all tickets", "nothing is waiting", _pending, _recompute
    ),
    DeskCheck(
        "timers",
        "timers, due times and breaches follow from what happened",
        "they follow from what happened",
        _timers,
        _mend,
    ),
)

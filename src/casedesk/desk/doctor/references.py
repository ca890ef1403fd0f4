"""Rows that refer to rows which aren't there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, Final

from casedesk import model
from casedesk.desk.doctor.check import TOLD, DeskCheck, Mending, Subject
from casedesk.desk.recording import Recorder
from casedesk.desk.values import Finding
from casedesk.store import checks
from casedesk.store.checks import Broken

_MOST = 100_000
"""Broken references that are looked at in one go."""

_LINKS: Final = {
    "ticket_tag": "TicketTag",
    "ticket_classification": "TicketClassification",
    "ticket_helper": "TicketHelper",
    "ticket_contact": "TicketContact",
    "ticket_account": "TicketAccount",
    "team_member": "TeamMember",
    "plan_action": "PlanAction",
    "dashboard_share": "DashboardShare",
    "dashboard_pin": "DashboardPin",
}
"""Tables whose rows say only that two records belong together, and their classes: without one of the two a row says
nothing, so it can go."""

_WORKED_OUT: Final = frozenset({"ticket_timer", "ticket_closing"})
"""Tables that follow from others; their rows can go unrecorded."""

_DISPENSABLE: Final = frozenset({
    "owner_id", "team_id", "topic_id", "priority_id", "account_id", "contact_id", "resolution_id", "closed_by_id",
    "parent_id", "rule_id",
})  # fmt: skip
"""What a ticket can do without: it then has none, as the screen shows already."""


def _broken(subject: Subject) -> list[Broken]:
    return checks.broken_references(subject.path, subject.connection, _MOST)


def _is_mendable(broken: Broken) -> bool:
    return (
        broken.table in _LINKS
        or broken.table in _WORKED_OUT
        or (broken.table == "ticket" and broken.column in _DISPENSABLE)
    )


def _look(subject: Subject) -> Iterator[Finding]:
    rows = _broken(subject)
    ids: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for broken in rows:
        ids[broken.table, broken.column, broken.parent].append(broken.rowid or 0)
    for (table, column, parent), count in Counter((b.table, b.column, b.parent) for b in rows).items():
        mendable = _is_mendable(Broken(table, None, parent, column))
        what = "1 row refers" if count == 1 else f"{count:,} rows refer"
        yield Finding(
            f"{table} → {parent}: {what} to one that isn't there ({column}).",
            tuple(filter(None, ids[table, column, parent]))[:TOLD],
            count,
            mendable,
            "" if mendable else "A backup from before holds what is missing.",
        )


def _mend(mending: Mending) -> str:
    rows = [broken for broken in _broken(mending.subject) if _is_mendable(broken)]
    removed, tickets = 0, [broken for broken in rows if broken.table == "ticket"]
    with mending.recorded() as recorder:
        for table in sorted({broken.table for broken in rows} - {"ticket"}):
            removed += _drop_worked_out(recorder, table) if table in _WORKED_OUT else _drop_links(recorder, table)
        for broken in tickets:
            ticket = recorder.session.get(model.Ticket, broken.rowid)
            assert ticket is not None
            gone = f"{broken.parent} {getattr(ticket, broken.column)}, which isn't there"
            recorder.set(ticket, broken.column, None, kind=broken.column.removesuffix("_id"), texts=(gone, ""))
    return f"{removed:,} rows that linked nothing removed, {len(tickets):,} references of tickets emptied"


def _drop_links(recorder: Recorder, table: str) -> int:
    from sqlmodel import select

    rows_of = getattr(model, _LINKS[table])
    removed = 0
    for column, parent in _references(rows_of):
        orphans = select(rows_of).where(column.is_not(None), column.not_in(select(parent)))
        for row in recorder.session.exec(orphans).all():
            recorder.remove(row)
            removed += 1
    return removed


def _drop_worked_out(recorder: Recorder, table: str) -> int:
    found = recorder.session.connection().exec_driver_sql(
        f"DELETE FROM {table} WHERE ticket_id NOT IN (SELECT id FROM ticket)"
    )
    return int(found.rowcount)


def _references(rows_of: Any) -> list[tuple[Any, Any]]:
    """The columns of a table that refer to others, each with the column that it refers to."""
    return [(column, key.column) for column in rows_of.__table__.columns for key in column.foreign_keys]


CHECKS = (DeskCheck("references", "records that others speak of are there", "all lead somewhere", _look, _mend),)

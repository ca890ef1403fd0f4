"""What is due by itself, done in one pass (behaviour 1.5, 3.6, 3.7): timers to be worked out anew, pending tickets
whose wake-up instant has come, targets that were missed or are about to be, rules whose time has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.instants import instant_text, moment
from casedesk.desk.recording import Recorder
from casedesk.desk.rule_times import RuleTimes
from casedesk.desk.values import Swept
from casedesk.domain import lifecycle

if TYPE_CHECKING:
    from casedesk.desk.acts import Progress
    from casedesk.desk.desk import Desk

_CHUNK = 200
"""Tickets a transaction, so that whoever works meanwhile gets their turn."""

# The plus keeps SQLite on the index of the few tickets that sleep, rather than on the one of all that are pending.
DUE = "SELECT id FROM ticket WHERE wake_at <= ? AND +state = 'pending' ORDER BY wake_at, id LIMIT ?"


class Sweeping:
    """`desk.sweeping`. Any number of processes may sweep at once: what one has done, the others find done."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def run(self, progress: Progress | None = None) -> Swept:
        """Do all that is due now. A second run right after it finds nothing to do."""
        timed = self._desk.service_levels.recompute(progress)
        woken = self._wake()
        warned, breached = self._desk.service_levels.sweep()
        ruled = RuleTimes(self._desk).sweep()
        return Swept(woken, tuple(dict.fromkeys(warned)), tuple(dict.fromkeys(breached)), timed, ruled)

    def _wake(self) -> tuple[int, ...]:
        """Return to open every pending ticket whose instant has come; one act of the system for each chunk."""
        woken: list[int] = []
        while self._desk.store.reader().row(DUE, (self._desk.seconds(), 1)) is not None:
            fresh = self._wake_some()
            if not fresh:
                break
            woken += fresh
        return tuple(woken)

    def _wake_some(self) -> list[int]:
        with self._desk.acts.transaction() as session:
            now = self._desk.seconds()
            # Asked again inside the transaction: another process may have been faster.
            due = [row[0] for row in session.connection().exec_driver_sql(DUE, (now, _CHUNK))]
            if not due:
                return []
            count = f"{len(due):,} tickets" if len(due) > 1 else f"#{due[0]}"
            act = model.Act(at=now, name="wake up", summary=f"woke up · {count}", actor_kind="system")
            session.add(act)
            session.flush()
            for number in due:
                ticket = session.get(model.Ticket, number)
                assert ticket is not None
                self._wake_one(Recorder(session, act), ticket)
        return due

    def _wake_one(self, recorder: Recorder, ticket: model.Ticket) -> None:
        assert ticket.wake_at is not None
        setup = self._desk.setup
        to = setup.status_for(lifecycle.OPEN)
        texts = (setup.status_name(ticket.status_id), to.name)
        cause = f"woke up: it was to wait until {instant_text(self._desk, moment(ticket.wake_at))}"
        recorder.set(ticket, "state", lifecycle.OPEN)
        recorder.set(ticket, "wake_at", None)
        recorder.set(ticket, "status_id", to.id, kind="status", texts=texts, cause=cause)

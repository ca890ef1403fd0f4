"""Service levels at work: timers that follow every act, a whole desk's worked out anew, what is due, and why
(A3, A4, X6, behaviour 3)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casedesk import model
from casedesk.desk.following import Following
from casedesk.desk.policy_reading import SWITCH
from casedesk.desk.rule_running import run_rules
from casedesk.desk.ticket_timers import BREACH, DUE_SOON, StoredTimer, TicketTimers
from casedesk.domain.business_time import elapsed
from casedesk.domain.rights import TICKETS_VIEW
from casedesk.domain.rules import BEFORE_DUE

if TYPE_CHECKING:
    from sqlmodel import Session

    from casedesk.desk.acts import Progress
    from casedesk.desk.desk import Desk
    from casedesk.desk.values import Explanation, TimerLine

_PENDING = "service_levels_pending"
"""The setting that remembers, across a stop, that timers and closings have to be worked out anew: `after` which ticket,
and whether of the `closed` ones, too, as for a desk of an older schema."""

_SETUP = frozenset({"calendar", "calendar_date", "policy", "policy_target"})
"""The records of which a change moves due instants (behaviour 3.6)."""

_AROUND = 90 * 86_400
"""How far from now the instants lie that an agent's acts are mostly about, in seconds."""

_CHUNK = 1000
"""Tickets a transaction: a stop or a crash loses no more, and others get their turn."""

_OPEN = "SELECT id FROM ticket WHERE id > ? AND (? OR +state <> 'closed') ORDER BY id LIMIT ?"

NEXT = """
    SELECT ticket_id, kind, started_at, policy_id, target, pauses, due_at, warn_at, met_at, stopped_at, warned_at,
           breached_at, next_at
    FROM ticket_timer WHERE next_at < ? ORDER BY next_at LIMIT ?"""
"""What has come due: of each timer the warning first, then the breach. A due instant itself isn't missed yet."""


class ServiceLevels:
    """`desk.service_levels`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def on(self) -> bool:
        """Whether tickets are timed at all."""
        return bool(self._desk.setup.setting(SWITCH))

    @property
    def pending(self) -> bool:
        """Whether timers have still to be worked out anew after a change of the set-up."""
        return self._desk.setup.setting(_PENDING) is not None

    def warm(self) -> None:
        """Have the calendars of this year ready, public holidays included, before the first act needs them."""
        if self.on:
            now = self._desk.seconds()
            for policy in self._desk.policies.in_order():
                elapsed(self._desk.calendars.working(policy.calendar_id), now - _AROUND, now + _AROUND)

    def follow(self, session: Session) -> None:
        """Let the timers follow what this transaction has done; called at its end."""
        info = session.info
        if info.get("records", set()) & _SETUP or f"setting {SWITCH}" in info.get("records", ()):
            session.flush()
            begin_again(self._desk.store.connection_of(session))
        # What isn't timed changes by being opened and closed alone.
        numbers = info.get("tickets" if self.on else "moved")
        if numbers:
            session.flush()
            connection = self._desk.store.connection_of(session)
            Following(self._desk, connection).refresh(numbers, at=self._desk.seconds(), act_id=info["act"])

    def recompute(self, progress: Progress | None = None) -> int:
        """Work out the timers of all open tickets, if a change of policy or calendar asks for it (behaviour 3.6).

        Returns how many tickets were worked out. It can be stopped, by `progress` or by a crash, and goes on where it
        was, in whichever process comes first.
        """
        if not self.pending:
            return 0
        done, total = 0, self._left()
        while numbers := self._recompute_some():
            done += len(numbers)
            if progress is not None and not progress(done, max(total, done)):
                break
        return done

    def sweep(self) -> tuple[list[int], list[int]]:
        """Record what is about to be missed and what was missed; the tickets of each (behaviour 3.7)."""
        warned: list[int] = []
        breached: list[int] = []
        while self.on and self._desk.store.reader().row(NEXT, (self._desk.seconds(), 1)) is not None:
            fresh = self._sweep_some()
            if not fresh:
                break
            for timer, kind in fresh:
                (breached if kind == BREACH else warned).append(timer.ticket_id)
        return warned, breached

    def timers(self, number: int) -> tuple[TimerLine, ...]:
        """The ticket's timers as they stand."""
        self._desk.require(TICKETS_VIEW)
        from casedesk.desk.explaining import timer_lines

        if not self._desk.store.reader().value(
            "SELECT EXISTS (SELECT 1 FROM ticket_timer WHERE ticket_id = ?)", (number,)
        ):
            return ()
        return timer_lines(self._desk, number)

    def explain(self, number: int) -> Explanation:
        """Why the ticket is due when it is. Raises NotFound."""
        from casedesk.desk.explaining import explained

        self._desk.require(TICKETS_VIEW)
        return explained(self._desk, number)

    # -- the pieces ---------------------------------------------------------------------------------------------

    def _left(self) -> int:
        mark = self._desk.setup.setting(_PENDING) or {"after": 0}
        counted = "SELECT count(*) FROM ticket WHERE id > ? AND (? OR +state <> 'closed')"
        return int(self._desk.store.reader().value(counted, (mark["after"], mark.get("closed", False))))

    def _recompute_some(self) -> list[int]:
        with self._desk.store.bulk() as connection:
            row = connection.execute("SELECT value FROM setting WHERE key = ?", (_PENDING,)).fetchone()
            if row is None:
                return []  # another process has finished it
            mark = json.loads(row[0])
            wanted = (mark["after"], mark.get("closed", False), _CHUNK)
            numbers = [found[0] for found in connection.execute(_OPEN, wanted)]
            if numbers:
                Following(self._desk, connection).refresh(numbers, at=self._desk.seconds())
                _write_mark(connection, mark | {"after": numbers[-1]})
            else:
                connection.execute("DELETE FROM setting WHERE key = ?", (_PENDING,))
            return numbers

    def _sweep_some(self) -> list[tuple[StoredTimer, str]]:
        with self._desk.acts.transaction() as session:
            now = self._desk.seconds()
            connection = self._desk.store.connection_of(session)
            # Asked again inside the transaction: another process may have been faster.
            due = [StoredTimer(*row) for row in connection.execute(NEXT, (now, _CHUNK))]
            if not due:
                return []
            act = model.Act(at=now, name="service levels", summary=_summary(due), actor_kind="system")
            session.add(act)
            session.flush()
            timers = TicketTimers(self._desk, connection)
            done = []
            for timer in due:
                if timer.due_at is not None and timer.due_at < now:
                    timers.record_breach(timer, now, act.id)
                    done.append((timer, BREACH))
                else:
                    timers.record_warning(timer, now, act.id)
                    done.append((timer, DUE_SOON))
            warned = sorted({timer.ticket_id for timer, kind in done if kind == DUE_SOON})
            if warned:
                run_rules(self._desk, session, act, BEFORE_DUE, warned)
        return done


def _summary(due: Sequence[StoredTimer]) -> str:
    return "service levels · " + (f"{len(due):,} timers" if len(due) > 1 else f"#{due[0].ticket_id}")


def begin_again(connection: sqlite3.Connection) -> None:
    """Have the timers of all open tickets worked out anew, from the first."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (_PENDING,)).fetchone()
    _write_mark(connection, (json.loads(row[0]) if row else {}) | {"after": 0})


def _write_mark(connection: sqlite3.Connection, mark: dict[str, Any]) -> None:
    connection.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (_PENDING, json.dumps(mark)))

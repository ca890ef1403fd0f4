"""Taking one act back, line by line, without overwriting what came later (X3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from casedesk import model
from casedesk.desk.last_writers import LastWriters
from casedesk.desk.recording import ADD, EVENT, REMOVE, SET, Recorder
from casedesk.desk.rule_log import forget_runs_on
from casedesk.desk.ticket_timers import BREACH, DUE_SOON
from casedesk.desk.undo_rules import refuse_action_again, refuse_what_breaks_a_rule
from casedesk.desk.undoing_levels import forget_running, refuse_retired_calendar
from casedesk.domain.errors import Conflict

if TYPE_CHECKING:
    from sqlmodel import Session, SQLModel

    from casedesk.store.reader import Reader

_COUNTED = {"version", "updated_at", "due_at", "breached"}
"""Fields that move with every act or with time; they don't tell whether somebody changed the row."""


class Undoing:
    """The lines of one act by its parts: the tickets that it was about (0 for what belongs to none)."""

    def __init__(self, reader: Reader, act: model.Act) -> None:
        self._reader = reader
        self._act = act
        rows = reader.rows(
            """SELECT id, coalesce(part_id, ticket_id, 0) FROM activity
               WHERE act_id = ? AND (operation <> 'event' OR part_id IS NOT NULL) ORDER BY id""",
            (act.id,),
        )
        self._lines: defaultdict[int, list[int]] = defaultdict(list)
        for line, part in rows:
            self._lines[part].append(line)

    def parts(self) -> list[int]:
        """The tickets that the act was about, the last one first: a part may build on those before it."""
        return list(reversed(self._lines))

    def take_back(self, recorder: Recorder, part: int) -> None:
        """Reverse one part of the act. Raises Conflict, saying who changed what since."""
        from sqlmodel import col, select

        session = recorder.session
        wanted = select(model.Activity).where(col(model.Activity.id).in_(self._lines[part]))
        lines = session.exec(wanted.order_by(col(model.Activity.id).desc())).all()
        self._refuse_if_merge_was_worked_on(lines)
        self._refuse_if_overwriting(recorder, lines)
        # Rows that come and go are flushed by the recorder; what is set is looked up by key alone.
        with session.no_autoflush:
            for line in lines:
                ticket = session.get(model.Ticket, line.ticket_id) if line.ticket_id else None
                if line.operation == EVENT and ticket is not None:
                    recorder.tell(ticket, part, line.kind, before=line.after_text, after=line.before_text)
                elif line.operation == SET:
                    self._unset(recorder, line, ticket)
                elif line.operation == ADD:
                    self._unadd(recorder, line, ticket)
                elif line.operation == REMOVE:
                    self._unremove(recorder, line, ticket)
            refuse_what_breaks_a_rule(session, self._reader, lines, self._act)
            refuse_retired_calendar(session, lines, self._act)

    def _refuse_if_overwriting(self, recorder: Recorder, lines: Sequence[model.Activity]) -> None:
        """Somebody may have changed a value and changed it back: it looks the same and isn't this act's any more."""
        writers = LastWriters(self._reader, recorder.act)
        for line in lines:
            if line.operation == EVENT:
                continue
            ticket = recorder.session.get(model.Ticket, line.ticket_id) if line.ticket_id else None
            untouched = ticket is not None and ticket.version == line.ticket_version
            if not untouched and writers.moved_on(line, self._act):
                raise self._conflict(line)

    def _unset(self, recorder: Recorder, line: model.Activity, ticket: model.Ticket | None) -> None:
        row = _find(recorder.session, line)
        if row is None or getattr(row, line.field) != line.after:
            raise self._conflict(line)
        recorder.set(
            row,
            line.field,
            line.before,
            ticket=ticket,
            kind=line.kind,
            texts=(line.after_text, line.before_text),
            cause=self._cause(),
        )
        if line.field == "merged_into_id":
            self._touch_targets(recorder, line)

    def _touch_targets(self, recorder: Recorder, line: model.Activity) -> None:
        """A merge counts in its target's version whatever was moved, and so does taking it back."""
        for number in filter(None, (line.before, line.after)):
            target = recorder.session.get(model.Ticket, number)
            if target is not None:
                recorder.touch(target)

    def _unadd(self, recorder: Recorder, line: model.Activity, ticket: model.Ticket | None) -> None:
        row = _find(recorder.session, line)
        if row is None or _differs(row, line.after):
            raise self._conflict(line)
        if isinstance(row, model.Ticket):
            self._refuse_if_worked_on(row.id or 0, line)
            forget_runs_on(recorder.session, row.id or 0)
            ticket = None
        if isinstance(row, model.Policy):
            forget_running(recorder.session, row)
        recorder.remove(row, ticket=ticket, kind=line.kind, text=line.after_text, cause=self._cause())

    def _unremove(self, recorder: Recorder, line: model.Activity, ticket: model.Ticket | None) -> None:
        if _find(recorder.session, line) is not None:
            raise self._conflict(line)
        row = _table(line.record).model_validate(line.before)
        if isinstance(row, model.TicketAction):
            refuse_action_again(recorder.session, row, self._act)
        elif isinstance(row, model.Ticket):
            # It may have come and gone several times since: a version is never given twice.
            seen = self._reader.value("SELECT max(ticket_version) FROM activity WHERE ticket_id = ?", (row.id,))
            row.version = max(row.version, seen or 0)
        recorder.add(row, ticket=ticket, kind=line.kind, text=line.before_text, cause=self._cause())

    def _cause(self) -> str:
        return f"takes back act {self._act.id}"

    def _refuse_if_worked_on(self, number: int, line: model.Activity) -> None:
        if self._worked_on(number):
            raise self._conflict(line)

    def _refuse_if_merge_was_worked_on(self, lines: Sequence[model.Activity]) -> None:
        """A merge is torn apart (or put together again) only while nobody has worked on either ticket since."""
        for line in lines:
            if line.field != "merged_into_id":
                continue
            for number in (line.before, line.after, line.ticket_id):
                who = self._worked_on(number) if number else None
                if who is not None:
                    raise Conflict(
                        f"#{number} was worked on since by {who}; taking back act {self._act.id} "
                        f"({self._act.summary}) would tear that apart."
                    )

    def _worked_on(self, number: int) -> str | None:
        """Who acted on the ticket after this act, as far as it wasn't taken back there; None when nobody did.

        What the desk does by itself is no work: a ticket that wakes up keeps nobody from taking a merge back.
        """
        later = self._reader.rows(
            """SELECT DISTINCT a.id, a.undoes_id, a.actor_kind, coalesce(u.login, a.actor_kind)
               FROM activity l JOIN act a ON a.id = l.act_id LEFT JOIN user u ON u.id = a.user_id
               WHERE l.ticket_id = ? AND a.id > ? AND l.kind NOT IN (?, ?) ORDER BY a.id DESC""",
            (number, self._act.id, BREACH, DUE_SOON),
        )
        undone = set()
        for act, undoes, actor_kind, who in later:  # the newest first, so that undoing an undo is known before it
            if act in undone:
                continue
            if undoes is not None:
                undone.add(undoes)
            elif actor_kind != "system":
                return str(who)
        return None

    def _conflict(self, line: model.Activity) -> Conflict:
        what = (line.field.removesuffix("_id") or line.kind or line.record).replace("_", " ")
        later = self._reader.row(
            """SELECT coalesce(u.login, l.actor_kind) FROM activity l LEFT JOIN user u
                   ON u.id = l.actor_id AND l.actor_kind = 'user'
               WHERE l.ticket_id IS ? AND l.id > ? AND l.act_id <> ? AND (l.field = ? OR ? = '')
               ORDER BY l.id DESC LIMIT 1""",
            (line.ticket_id, line.id, line.act_id, line.field, line.field),
        )
        who = f" by {later[0]}" if later else ""
        place = f"#{line.ticket_id}: " if line.ticket_id else ""
        return Conflict(f"{place}{what} was changed since{who}; undoing would overwrite that.")


@cache
def _table(name: str) -> type[SQLModel]:
    from sqlmodel import SQLModel

    model.load_all()
    for mapper in SQLModel._sa_registry.mappers:
        if mapper.local_table is not None and getattr(mapper.local_table, "name", "") == name:
            return mapper.class_
    raise LookupError(name)


def _find(session: Session, line: model.Activity) -> SQLModel | None:
    table = _table(line.record)
    values: dict[str, Any] = {"id": line.record_id} if line.record_id is not None else (line.after or line.before)
    key = tuple(values[column.name] for column in table.__table__.primary_key)  # type: ignore[attr-defined]  # a table
    return session.get(table, key if len(key) > 1 else key[0])


def _differs(row: SQLModel, recorded: dict[str, Any]) -> bool:
    # A column that a later schema brought isn't in an older line.
    return any(getattr(row, field) != value for field, value in recorded.items() if field not in _COUNTED)

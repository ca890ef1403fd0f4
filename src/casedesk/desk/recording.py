"""How a change is made so that it is recorded and can be taken back (behaviour 9.2, X3).

Nobody in the desk writes a row past the recorder: a change of a field, a new row and a removed row each leave one
line of activity that holds what was before and after. Taking an act back is the same three operations, reversed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from casedesk import model
from casedesk.domain import lifecycle
from casedesk.domain.rules import AGENT_MESSAGE, CUSTOMER_MESSAGE, STATUS_CHANGED, TICKET_CLOSED, TICKET_OPENED, Event

if TYPE_CHECKING:
    from sqlmodel import Session, SQLModel

    RowType = TypeVar("RowType", bound=SQLModel)

SET, ADD, REMOVE, EVENT = "set", "add", "remove", "event"

FIRST_ACT = "first act"
"""The cause of a new ticket becoming open by an agent's first act on it (behaviour 1.2)."""

_MOVING = frozenset({"state", "closed_at", "merged_into_id"})
"""Fields of a ticket that say when it was open."""

EVENTS = "events"
"""Where a session keeps what this transaction did that rules may wait for, in order."""


def _note(session: Session, row: SQLModel, ticket: model.Ticket | None, *, moved: bool) -> None:
    """Remember for the end of the transaction which kinds of records it touches, which tickets, and which of those it
    may have opened or closed."""
    record = f"setting {row.key}" if isinstance(row, model.Setting) else str(row.__tablename__)
    session.info.setdefault("records", set()).add(record)
    if ticket is not None and ticket.id is not None:
        session.info.setdefault("tickets", set()).add(ticket.id)
        if moved and row is ticket:
            session.info.setdefault("moved", set()).add(ticket.id)


def event_of(record: str, operation: str, field: str, after: Any) -> str:
    """The trigger of rules that a change is, by what its line of activity says; empty for what is none.

    `after` is the value of the field, or the whole row that was added (behaviour 4.1).
    """
    if record == "ticket" and operation == SET:
        if field == "status_id":
            return STATUS_CHANGED
        return TICKET_CLOSED if field == "state" and after == lifecycle.CLOSED else ""
    if operation != ADD:
        return ""
    if record == "message":
        written = CUSTOMER_MESSAGE if after["direction"] == "in" else AGENT_MESSAGE
        return "" if after["automatic"] else written
    return TICKET_OPENED if record == "ticket" else ""


class Recorder:
    """Makes and records the changes of one act, by one actor at one instant (seconds, UTC)."""

    def __init__(
        self,
        session: Session,
        act: model.Act,
        *,
        part: int | None = None,
        actor_kind: str | None = None,
        actor_id: int | None = None,
    ) -> None:
        """`part` is the ticket that this part of the act is about: what it changes elsewhere is taken back with it."""
        self.session = session
        self.act = act
        self.at = act.at
        self._part = part
        self._actor_kind = actor_kind or act.actor_kind
        self._actor_id = actor_id if actor_kind else act.user_id
        self._touched: set[int] = set()
        self.lines = 0
        session.info["act"] = act.id

    def set(
        self,
        row: SQLModel,
        field: str,
        value: Any,
        *,
        ticket: model.Ticket | None = None,
        kind: str = "",
        texts: tuple[str, str] = ("", ""),
        cause: str = "",
    ) -> bool:
        """Give `row.field` a value; False when it had it. `texts` are what people read of before and after."""
        before = getattr(row, field)
        if before == value:
            return False
        owner = ticket or (row if isinstance(row, model.Ticket) else None)
        setattr(row, field, value)
        self._line(row, SET, owner, kind, cause, field=field, before=before, after=value, texts=texts)
        return True

    def add(
        self,
        row: RowType,
        *,
        ticket: model.Ticket | None = None,
        kind: str = "",
        text: str = "",
        cause: str = "",
    ) -> RowType:
        """Add a row and record it; its id is known afterwards."""
        self.session.add(row)
        self.session.flush()
        owner = ticket or (row if isinstance(row, model.Ticket) else None)
        self._line(row, ADD, owner, kind, cause, after=row.model_dump(), texts=("", text))
        return row

    def remove(
        self, row: SQLModel, *, ticket: model.Ticket | None = None, kind: str = "", text: str = "", cause: str = ""
    ) -> None:
        """Remove a row; the line keeps it whole. What was half typed about a ticket goes with it, and isn't kept."""
        before = row.model_dump()
        if isinstance(row, model.Ticket):
            self._forget_drafts(row)
        owner = None if isinstance(row, model.Ticket) else ticket
        self._line(row, REMOVE, owner, kind, cause, before=before, texts=(text, ""))
        self.session.delete(row)
        self.session.flush()

    def _forget_drafts(self, ticket: model.Ticket) -> None:
        from sqlmodel import select

        for draft in self.session.exec(select(model.Draft).where(model.Draft.ticket_id == ticket.id)):
            self.session.delete(draft)
        self.session.flush()

    def event(self, ticket: model.Ticket, kind: str, text: str, *, cause: str = "") -> None:
        """Record something that happened without a change of a row."""
        self._line(ticket, EVENT, ticket, kind, cause, texts=("", text))

    def tell(self, other: model.Ticket, part: int, kind: str, *, before: str = "", after: str = "") -> None:
        """Say in another ticket's feed what was done to the ticket `part`. It doesn't count in the other's version,
        and taking the act back tells it too."""
        self._line(other, EVENT, other, kind, "", texts=(before, after), part=part)

    def touch(self, ticket: model.Ticket) -> None:
        """Count this act in the ticket's version, once."""
        if ticket.id is not None and ticket.id not in self._touched:
            self._touched.add(ticket.id)
            ticket.version += 1
            ticket.updated_at = max(self.at, ticket.updated_at)

    def _tell_rules(self, row: SQLModel, on: model.Ticket, operation: str, field: str, after: Any) -> None:
        """Keep what rules may wait for; taking acts back and doing them again sets off none."""
        trigger = event_of(str(row.__tablename__), operation, field, after)
        if trigger:
            self.session.info.setdefault(EVENTS, []).append(Event(trigger, on.id or 0, self._part))

    def _line(
        self,
        row: SQLModel,
        operation: str,
        ticket: model.Ticket | None,
        kind: str,
        cause: str,
        *,
        field: str = "",
        before: Any = None,
        after: Any = None,
        texts: tuple[str, str],
        part: int | None = None,
    ) -> None:
        if part is None and ticket is not None and not (operation == ADD and row is ticket):
            self.touch(ticket)
        gone = row if isinstance(row, model.Ticket) and operation == REMOVE else None
        on = ticket or gone
        part = part or self._part
        self.lines += 1
        _note(self.session, row, on, moved=operation != SET or field in _MOVING)
        if on is not None and self.act.undoes_id is None:
            self._tell_rules(row, on, operation, field, after)
        self.session.add(
            model.Activity(
                act_id=self.act.id or 0,
                at=self.at,
                actor_kind=self._actor_kind,
                actor_id=self._actor_id,
                ticket_id=on.id if on else None,
                ticket_version=ticket.version if ticket else None,
                part_id=None if on is not None and part == on.id else part,
                contact_id=ticket.contact_id if ticket else None,
                kind=kind,
                operation=operation,
                record=str(row.__tablename__),
                record_id=getattr(row, "id", None),
                field=field,
                before=before,
                after=after,
                before_text=texts[0],
                after_text=texts[1],
                cause=cause,
            )
        )

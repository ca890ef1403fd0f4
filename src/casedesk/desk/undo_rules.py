"""What taking an act back may not bring about, though nothing would be overwritten (behaviour 1.5 to 1.7, 2.1, 2.3).

An undo is no door around the rules of the desk: what was allowed when the act was done may not be any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.parentage import chain_above
from casedesk.desk.recording import EVENT
from casedesk.domain import lifecycle
from casedesk.domain.errors import Conflict

if TYPE_CHECKING:
    from sqlmodel import Session

    from casedesk.store.reader import Reader


def refuse_action_again(session: Session, action: model.TicketAction, act: model.Act) -> None:
    """Raise Conflict unless the action that is to come back could be taken on its ticket now (behaviour 2.1, 2.3)."""
    from sqlmodel import select

    ticket = session.get(model.Ticket, action.ticket_id)
    if ticket is None:
        return  # the database refuses it
    session.flush()
    done = select(model.TicketAction).where(
        model.TicketAction.ticket_id == ticket.id,
        model.TicketAction.plan_id == action.plan_id,
        model.TicketAction.action_id == action.action_id,
        model.TicketAction.completed == True,  # noqa: E712  # SQL
    )
    reason = ""
    if ticket.plan_id != action.plan_id:
        reason = "it has another plan now"
    elif ticket.plan_closed_at is not None:
        reason = "its plan is closed now"
    elif ticket.state == lifecycle.CLOSED:
        reason = "it is closed now"
    elif session.exec(done).first() is not None:
        reason = "it was completed since"
    if reason:
        raise _refused(act, f"#{ticket.id}, “{action.action_name}”: {reason}")


def refuse_what_breaks_a_rule(
    session: Session, reader: Reader, lines: Sequence[model.Activity], act: model.Act
) -> None:
    """Raise Conflict when these lines of the act, which have just been taken back, leave what no act may make."""
    _refuse_if_merged_since(session, reader, lines, act)
    for line in lines:
        ticket = session.get(model.Ticket, line.record_id) if line.record == "ticket" and line.field else None
        if ticket is not None and ticket.wake_at is not None and ticket.state != lifecycle.PENDING:
            raise _refused(act, f"#{ticket.id} would be {ticket.state} and wake up, which only a pending ticket does")
        if ticket is not None and line.field == "parent_id" and ticket.parent_id is not None:
            _check_parent(session, ticket, ticket.parent_id, act)
        elif ticket is not None and line.field == "plan_id" and line.after is not None:
            _check_plan(session, ticket, line.after, act)


def _refuse_if_merged_since(session: Session, reader: Reader, lines: Sequence[model.Activity], act: model.Act) -> None:
    """Work goes on at the target: what was done before on a ticket that was merged since stays as it is."""
    of_merge = {line.ticket_id for line in lines if line.field == "merged_into_id"}
    touched = {line.ticket_id for line in lines if line.ticket_id and line.operation != EVENT}
    for number in sorted(filter(None, touched - of_merge)):
        ticket = session.get(model.Ticket, number)
        if ticket is None or ticket.merged_into_id is None:
            continue
        since = reader.row(
            """SELECT 1 FROM activity
               WHERE ticket_id = ? AND field = 'merged_into_id' AND before IS NULL AND act_id > ? LIMIT 1""",
            (number, act.id),
        )
        if since is not None:
            raise _refused(act, f"#{number} was merged into #{ticket.merged_into_id} since; take that back first")


def _check_parent(session: Session, ticket: model.Ticket, parent: int, act: model.Act) -> None:
    above = session.get(model.Ticket, parent)
    if above is None:
        raise _refused(act, f"#{parent}, of which #{ticket.id} was a part, isn't there any more")
    if above.merged_into_id is not None:
        raise _refused(act, f"#{parent}, of which #{ticket.id} was a part, was merged into #{above.merged_into_id}")
    if ticket.id in chain_above(session, above):
        raise _refused(act, f"#{parent}, of which #{ticket.id} was a part, is a part of it by now")


def _check_plan(session: Session, ticket: model.Ticket, plan_id: int, act: model.Act) -> None:
    from sqlmodel import select

    session.flush()
    worked = select(model.TicketAction).where(
        model.TicketAction.ticket_id == ticket.id, model.TicketAction.plan_id == plan_id
    )
    if ticket.plan_closed_at is not None or session.exec(worked).first() is not None:
        raise _refused(act, f"#{ticket.id} was worked by its plan since, so it keeps it")


def _refused(act: model.Act, reason: str) -> Conflict:
    return Conflict(f"{reason}. Act {act.id} ({act.summary}) stays.")

"""Working by plan: what may be done on a ticket now, and doing it (S9 to S12, behaviour 2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.closing import close_ticket
from casedesk.desk.instants import optional_moment
from casedesk.desk.matching import did_you_mean
from casedesk.desk.plan_editing import PlanEditing
from casedesk.desk.plans_of_many import plans_of
from casedesk.desk.recording import Recorder
from casedesk.desk.setup import Named
from casedesk.desk.values import ActionChoice, PlanOfSome, PlanState
from casedesk.domain import lifecycle, rights
from casedesk.domain.errors import InvalidInput, NotThere

if TYPE_CHECKING:
    from sqlmodel import Session

ALWAYS, ASK, NO = "always", "ask", "no"


class Plans(PlanEditing):
    """`desk.plans`: the desk's plans, and those of tickets."""

    def of_ticket(self, number: int) -> PlanState | None:
        """The ticket's plan with what may be chosen now, and why the rest may not; None without a plan."""
        self._desk.require(rights.TICKETS_VIEW)
        reader = self._desk.store.reader()
        row = reader.row(
            """SELECT p.id, p.name, p.description, p.closes_ticket, t.plan_closed_at, x.name, t.state
               FROM ticket t JOIN plan p ON p.id = t.plan_id
               LEFT JOIN plan_exit_state x ON x.id = t.exit_state_id WHERE t.id = ?""",
            (number,),
        )
        if row is None:
            return None
        plan_id, name, description, closes_ticket, closed_at, exit_state, state = row
        completed = {
            found[0]
            for found in reader.rows(
                "SELECT action_id FROM ticket_action WHERE ticket_id = ? AND plan_id = ? AND completed",
                (number, plan_id),
            )
        }
        choices = []
        for action_id, action, about, comment_allowed, closes in reader.rows(
            """SELECT a.id, a.name, a.description, a.comment_allowed, a.closes_plan
               FROM plan_action pa JOIN action a ON a.id = pa.action_id
               WHERE pa.plan_id = ? AND NOT a.retired ORDER BY pa.position, a.id""",
            (plan_id,),
        ):
            refusal = _refusal(state, closed_at is not None, action_id in completed)
            statuses = tuple(entry.name for entry in self._statuses(action_id))
            choices.append(ActionChoice(action_id, action, about, statuses, bool(comment_allowed), closes, refusal))
        exit_states = tuple(entry.name for entry in self._exit_states(plan_id))
        closed = optional_moment(closed_at)
        return PlanState(name, description, bool(closes_ticket), closed, exit_state, exit_states, tuple(choices))

    def of_tickets(self, numbers: Sequence[int]) -> tuple[PlanOfSome, ...]:
        """The plans that these tickets have, the most frequent first; tickets without one are left out."""
        self._desk.require(rights.TICKETS_VIEW)
        return plans_of(self._desk, numbers)

    def act(
        self,
        recorder: Recorder,
        ticket: model.Ticket,
        name: str,
        *,
        status: str | None,
        comment: str,
        close_plan: bool | None,
        exit_state: str | None,
        resolution: str | None = None,
    ) -> bool:
        """Record an action on the ticket. True when it closed the plan and with it the ticket (behaviour 1.3).

        Raises InvalidInput, saying what is missing or not allowed.
        """
        action = self._find_action(recorder.session, ticket, name)
        self._check_open(recorder.session, ticket, action)
        chosen = self._chosen_status(ticket, action, status)
        if comment.strip() and not action.comment_allowed:
            raise InvalidInput(f"“{action.name}” takes no comment.")
        closes = _closes(action, close_plan)
        if exit_state and not closes:
            raise InvalidInput(f"“{action.name}” doesn't close the plan here, so there is no exit state to choose.")
        assert recorder.act.user_id is not None
        assert ticket.plan_id is not None
        row = model.TicketAction(
            ticket_id=ticket.id or 0,
            plan_id=ticket.plan_id,
            action_id=action.id or 0,
            action_status_id=chosen.id if chosen else None,
            action_name=action.name,
            status_name=chosen.name if chosen else None,
            comment=comment.strip(),
            completed=chosen.closes_action if chosen else True,
            closed_plan=closes,
            actor_id=recorder.act.user_id,
            created_at=recorder.at,
        )
        text = f"{action.name} – {chosen.name}" if chosen else action.name
        recorder.add(row, ticket=ticket, kind="action", text=text)
        if not closes:
            return False
        if not self._exit_states(ticket.plan_id):
            raise InvalidInput(f"The plan of #{ticket.id} has no exit states, so no action can close it.")
        if not self._closes_ticket(recorder.session, ticket.plan_id):
            self.close(recorder, ticket, exit_state)
            return False
        self._desk.require(rights.TICKETS_CLOSE)
        close_ticket(self._desk, recorder, ticket, resolution=resolution, exit_state=exit_state)
        return True

    def close(self, recorder: Recorder, ticket: model.Ticket, exit_state: str | None) -> None:
        """Close the ticket's open plan with an exit state. Raises InvalidInput naming the states to choose from."""
        assert ticket.plan_id is not None
        states = self._exit_states(ticket.plan_id)
        chosen = None
        if states:
            names = ", ".join(entry.name for entry in states)
            if not exit_state:
                raise InvalidInput(f"Closing the plan of #{ticket.id} needs an exit state: {names}.")
            chosen = next((e for e in states if e.name.casefold() == exit_state.strip().casefold()), None)
            if chosen is None:
                raise NotThere(f"The plan has no exit state “{exit_state}”; it has {names}.")
        recorder.set(ticket, "plan_closed_at", recorder.at)
        recorder.set(ticket, "exit_state_id", chosen.id if chosen else None)
        recorder.event(ticket, "plan", f"closed – {chosen.name}" if chosen else "closed")

    def give(self, recorder: Recorder, ticket: model.Ticket, plan: Named | None) -> None:
        """Give the ticket another plan. Raises InvalidInput when something was done by the present one."""
        from sqlmodel import select

        if ticket.plan_id is not None:
            done = recorder.session.exec(
                select(model.TicketAction).where(model.TicketAction.ticket_id == ticket.id)
            ).first()
            if done is not None or ticket.plan_closed_at is not None:
                raise InvalidInput(f"#{ticket.id} was worked by its plan already, so it keeps it.")
        texts = (self._desk.setup.name_of("plan", ticket.plan_id), plan.name if plan else "")
        recorder.set(ticket, "plan_id", plan.id if plan else None, kind="plan", texts=texts)

    def _closes_ticket(self, session: Session, plan_id: int) -> bool:
        plan = session.get(model.Plan, plan_id)
        return plan is not None and plan.closes_ticket

    def _find_action(self, session: Session, ticket: model.Ticket, name: str) -> model.Action:
        from sqlmodel import select

        if ticket.plan_id is None:
            raise InvalidInput(f"#{ticket.id} has no action plan.")
        actions: Sequence[model.Action] = session.exec(
            select(model.Action)
            .join(model.PlanAction, model.PlanAction.action_id == model.Action.id)  # type: ignore[arg-type]  # a column
            .where(model.PlanAction.plan_id == ticket.plan_id, model.Action.retired == False)  # noqa: E712  # SQL
        ).all()
        for action in actions:
            if action.name.casefold() == name.strip().casefold():
                return action
        names = [action.name for action in actions]
        hint = did_you_mean(name, names, f"it has {', '.join(names)}.")
        raise NotThere(f"The plan of #{ticket.id} has no action “{name}”; {hint}")

    def _check_open(self, session: Session, ticket: model.Ticket, action: model.Action) -> None:
        from sqlmodel import select

        done = session.exec(
            select(model.TicketAction).where(
                model.TicketAction.ticket_id == ticket.id,
                model.TicketAction.plan_id == ticket.plan_id,
                model.TicketAction.action_id == action.id,
                model.TicketAction.completed == True,  # noqa: E712  # SQL
            )
        ).first()
        refusal = _refusal(ticket.state, ticket.plan_closed_at is not None, done is not None)
        if refusal:
            raise InvalidInput(f"#{ticket.id}, “{action.name}”: {refusal}.")

    def _chosen_status(
        self, ticket: model.Ticket, action: model.Action, status: str | None
    ) -> model.ActionStatus | None:
        statuses = self._statuses(action.id or 0)
        if not statuses:
            if status:
                raise InvalidInput(f"“{action.name}” has no statuses to choose from.")
            return None
        names = ", ".join(entry.name for entry in statuses)
        if not status:
            raise InvalidInput(f"#{ticket.id}: “{action.name}” needs a status: {names}.")
        for entry in statuses:
            if entry.name.casefold() == status.strip().casefold():
                return entry
        raise NotThere(f"“{action.name}” has no status “{status}”; it has {names}.")

    def _statuses(self, action_id: int) -> list[model.ActionStatus]:
        rows = self._desk.store.reader().rows(
            """SELECT id, action_id, name, closes_action, position FROM action_status
               WHERE action_id = ? AND NOT retired ORDER BY position, id""",
            (action_id,),
        )
        return [
            model.ActionStatus(id=row[0], action_id=row[1], name=row[2], closes_action=bool(row[3]), position=row[4])
            for row in rows
        ]

    def _exit_states(self, plan_id: int) -> list[Named]:
        rows = self._desk.store.reader().rows(
            "SELECT id, name FROM plan_exit_state WHERE plan_id = ? AND NOT retired ORDER BY position, id", (plan_id,)
        )
        return [Named(*row) for row in rows]


def _refusal(state: str, plan_closed: bool, completed: bool) -> str | None:
    """Why an action can't be chosen now (S11, S12); None when it can."""
    if plan_closed:
        return "the plan is closed"
    if completed:
        return "it was completed on this ticket"
    if state == lifecycle.CLOSED:
        return "the ticket is closed"
    return None


def _closes(action: model.Action, close_plan: bool | None) -> bool:
    if action.closes_plan == ALWAYS:
        if close_plan is False:
            raise InvalidInput(f"“{action.name}” always closes the plan.")
        return True
    if close_plan and action.closes_plan != ASK:
        raise InvalidInput(f"“{action.name}” can't close the plan.")
    return bool(close_plan)

"""Closing the loop from a line of a view: an action on a response, with or without a ticket (S5, S7, S9, S10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.plans_of_many import campaign_plan
from casedesk.desk.recording import Recorder
from casedesk.desk.response_tickets import open_ticket
from casedesk.desk.values import Outcome, PlanOfSome, View
from casedesk.domain import lifecycle, rights
from casedesk.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted

if TYPE_CHECKING:
    from sqlmodel import Session

    from casedesk.desk.desk import Desk


class ResponseActions:
    """`desk.response_actions`. Actions may be started only where the view allows them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def offered(self, response_id: int) -> tuple[PlanOfSome, ...]:
        """What its ticket's plan offers now; without a ticket, what the plan of its campaign would. Raises NotFound."""
        response = self._desk.responses.show(response_id)
        if response.ticket is not None:
            return self._desk.plans.of_tickets([response.ticket])
        return campaign_plan(self._desk, response.campaign)

    def add(
        self,
        view: View,
        response_id: int,
        action: str,
        *,
        status: str | None = None,
        comment: str = "",
        close_plan: bool | None = None,
        exit_state: str | None = None,
        resolution: str | None = None,
    ) -> Outcome:
        """Record an action on the response's ticket; one without a ticket gets it in the same act.

        Raises NotPermitted where the view doesn't allow actions, or the user may not act or open tickets; and
        InvalidInput when the plan doesn't take the action, or the campaign has no plan.
        """
        if not self._desk.views.show(view.id).allow_actions:
            raise NotPermitted(f"The view “{view.name}” doesn't allow actions; whoever changes it can allow them.")
        response = self._desk.responses.show(response_id)
        if response.ticket is not None:
            return self._desk.tickets.add_action(
                response.ticket, action, status=status, comment=comment, close_plan=close_plan,
                exit_state=exit_state, resolution=resolution,
            )  # fmt: skip
        self._desk.require(rights.TICKETS_NEW)
        opened: list[int] = []

        def change(recorder: Recorder) -> str:
            ticket = self._opened(recorder, response_id)
            ends = self._desk.plans.act(
                recorder, ticket, action, status=status, comment=comment, close_plan=close_plan,
                exit_state=exit_state, resolution=resolution,
            )  # fmt: skip
            if resolution and not ends:
                raise InvalidInput(f"“{action}” doesn't close the ticket, so there is no resolution to choose.")
            if ticket.state == lifecycle.NEW:
                self._desk.acts.open_by_first_act(recorder, ticket)
            opened.append(ticket.id or 0)
            return f"action: {action}{f' – {status}' if status else ''} · new ticket #{ticket.id}"

        outcome = self._desk.acts.once("action", change, right=rights.TICKETS_ACTION)
        return Outcome(outcome.act_id, outcome.name, outcome.summary, tuple(opened))

    def _opened(self, recorder: Recorder, response_id: int) -> model.Ticket:
        session = recorder.session
        response = session.get(model.Response, response_id)
        if response is None:
            raise NotFound(f"There is no response {response_id}.")
        self._refuse_second(session, response_id)
        campaign = session.get(model.Campaign, response.campaign_id)
        assert campaign is not None
        if campaign.plan_id is None:
            raise InvalidInput(f"The campaign “{campaign.name}” has no action plan, so there is no action to add.")
        return open_ticket(self._desk, recorder, response_id, origin="person")

    def _refuse_second(self, session: Session, response_id: int) -> None:
        """Somebody may have opened its ticket since this was read."""
        from sqlmodel import select

        found = session.exec(select(model.Ticket).where(model.Ticket.response_id == response_id)).first()
        if found is not None:
            raise Conflict(f"The response has the ticket #{found.id} by now; add the action to that.")

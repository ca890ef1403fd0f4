"""Add an action of the ticket's plan (S10). What was completed, or a closed plan, is shown but can't be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casedesk.domain.errors import InvalidInput
from casedesk.domain.rights import TICKETS_CLOSE
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.drafts import Drafted
from casedesk.tui.forms import Choice, ChoiceField, Form, TextBlockField, Values, YesNoField, choices_of, tickets_said
from casedesk.tui.modals.choosing import fits
from casedesk.tui.modals.close import exit_states, open_plans

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import ActionChoice, Outcome, PlanOfSome


@dataclass(frozen=True, slots=True)
class ActionTaken:
    """An action as it is added."""

    action: str
    status: str | None
    comment: str
    close_plan: bool | None
    exit_state: str | None
    resolution: str | None = None


class Offer:
    """What the plans of the tickets offer, by the action's name: several plans may have an action of that name."""

    def __init__(self, plans: Sequence[PlanOfSome], tickets: int, *, may_close: bool) -> None:
        """`may_close`: whether the user has the right to close tickets, which closing most plans does."""
        self._plans = plans
        self._tickets = tickets
        self._may_close = may_close
        self._takers: dict[str, int] = {}
        self._actions: dict[str, list[ActionChoice]] = {}
        for plan in plans:
            for action, takers in zip(plan.actions, plan.takers, strict=True):
                self._actions.setdefault(action.name, []).append(action)
                self._takers[action.name] = self._takers.get(action.name, 0) + takers

    def actions(self) -> tuple[Choice, ...]:
        """Every action, with the reason for those that can't be chosen now."""
        return tuple(self._choice(name) for name in self._actions)

    def _choice(self, name: str) -> Choice:
        takers = self._takers[name]
        if not takers:
            return Choice(name, name, refusal=self._actions[name][0].refusal)
        if self._always_closes(name) and not self._may_close and self._ends_tickets(name):
            return Choice(name, name, refusal="it closes the ticket, which you may not")
        return Choice(name, name, detail=fits(takers, self._tickets) or self._actions[name][0].description)

    def statuses(self, values: Values) -> tuple[Choice, ...]:
        """The statuses of the chosen action."""
        found = [status for action in self._chosen(values) for status in action.statuses]
        return choices_of(tuple(dict.fromkeys(found)))

    def takes_comment(self, values: Values) -> bool:
        """Whether the chosen action takes a comment."""
        return any(action.comment_allowed for action in self._chosen(values))

    def asks_to_close(self, values: Values) -> bool:
        """Whether the operator decides if the chosen action closes the plan."""
        asks = any(action.closes_plan == "ask" for action in self._chosen(values))
        return asks and (self._may_close or not self._ends_tickets(values["action"]))

    def closes(self, values: Values) -> bool:
        """Whether the plan is closed with what was chosen, and exit states are there to choose from."""
        name = values.get("action") or ""
        return (self._always_closes(name) or bool(values.get("close_plan"))) and bool(self.exits(values))

    def closes_ticket(self, values: Values) -> bool:
        """Whether what was chosen closes the plan, and with it the ticket (behaviour 1.3)."""
        return self.closes(values) and self._ends_tickets(values["action"])

    def _always_closes(self, name: str) -> bool:
        actions = self._actions.get(name, [])
        return bool(actions) and all(action.closes_plan == "always" for action in actions)

    def _ends_tickets(self, name: str) -> bool:
        return any(plan.closes_ticket and plan.open for plan in self._plans_with(name))

    def _plans_with(self, name: str) -> list[PlanOfSome]:
        return [plan for plan in self._plans if any(action.name == name for action in plan.actions)]

    def exits(self, values: Values) -> tuple[Choice, ...]:
        """The exit states of the plans that have the chosen action."""
        return exit_states(self._plans_with(values.get("action") or ""))

    def _chosen(self, values: Values) -> list[ActionChoice]:
        return self._actions.get(values.get("action") or "", [])


def form(target: Target) -> Form[ActionTaken]:
    """Asks for action, status, comment, whether and how the plan ends, and the resolution of a ticket that ends with
    it; each only where it applies."""
    plans: Sequence[PlanOfSome] = target.more
    if not plans:
        whose = f"#{target.numbers[0]} has" if target.count == 1 else "These tickets have"
        raise InvalidInput(f"{whose} no action plan.")
    offer = Offer(plans, target.count, may_close=TICKETS_CLOSE in target.user.rights)
    options = choices_of(target.choices.close_options)
    return Form(
        title=target.title("Add an action"),
        fields=[
            ChoiceField(name="action", label="Action", choices=offer.actions()),
            ChoiceField(
                name="status", label="Status", choices=offer.statuses, when=lambda values: bool(offer.statuses(values))
            ),
            TextBlockField(name="comment", label="Comment", required=False, when=offer.takes_comment),
            YesNoField(name="close_plan", label="Close the plan", initial=False, when=offer.asks_to_close),
            ChoiceField(name="exit_state", label="Exit state", choices=offer.exits, when=offer.closes),
            ChoiceField(
                name="resolution",
                label="Resolution",
                choices=options,
                when=lambda values: bool(options) and offer.closes_ticket(values),
            ),
        ],
        submit="Add the action" if target.count == 1 else f"Add the action to {tickets_said(target.count)}",
        build=_taken,
        intro=_about(plans, target.count),
    )


def _about(plans: Sequence[PlanOfSome], tickets: int) -> str:
    """The plan's name; with several tickets, which plans they have."""
    if tickets == 1:
        return f"Plan: {plans[0].name}" + (" · closing it closes the ticket" if plans[0].closes_ticket else "")
    named = [f"{plan.name} ({plan.tickets:,})" for plan in plans]
    without = tickets - sum(plan.tickets for plan in plans)
    return "Plans: " + ", ".join([*named, f"none ({without:,})"] if without else named)


def _taken(values: Values) -> ActionTaken:
    return ActionTaken(
        values["action"],
        values.get("status"),
        values.get("comment") or "",
        values.get("close_plan"),
        values.get("exit_state"),
        values.get("resolution"),
    )


def perform(desk: Desk, target: Target, taken: ActionTaken, guards: Guards) -> Outcome:
    """Record the action on the tickets."""
    return desk.tickets.add_action(
        target.tickets,
        taken.action,
        status=taken.status,
        comment=taken.comment,
        close_plan=taken.close_plan,
        exit_state=taken.exit_state,
        resolution=taken.resolution,
        **guards,
    )


ACT: Act[ActionTaken] = Act("ticket.action", perform, form, read=open_plans, drafted=Drafted("action", "comment"))

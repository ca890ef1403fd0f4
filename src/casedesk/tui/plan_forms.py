"""What the plan editor asks: a plan, an exit state, an action, a status, which campaigns, which action to share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casedesk.domain.errors import InvalidInput
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import (
    Choice,
    ChoiceField,
    FieldError,
    Form,
    MultiChoiceField,
    TextField,
    Ticks,
    Values,
    YesNoField,
)

if TYPE_CHECKING:
    from casedesk.desk.values import ActionDefinition, CampaignLine, PlanDefinition

LONGEST_NAME, LONGEST_DESCRIPTION = 100, 2000

UNLINK, RETIRE = "unlink", "retire"


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A plan as it was entered."""

    name: str
    description: str
    closes_ticket: bool


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """An action as it was entered."""

    name: str
    description: str
    comment_allowed: bool
    closes_plan: str


@dataclass(frozen=True, slots=True)
class CopyEntry:
    """What a copy is to be."""

    name: str
    share_actions: bool


def plan_form(plans: Sequence[PlanDefinition], plan: PlanDefinition | None = None) -> Form[PlanEntry]:
    """Asks for a new plan, or for what is to be changed of `plan`."""
    taken = [each.name for each in plans if plan is None or each.name != plan.name]
    return Form(
        title=f"Plan · {line_of(plan.name, 50)}" if plan else "New plan",
        fields=[
            _name(plan.name if plan else ""),
            _description(plan.description if plan else "", "What the plan is for; may be empty."),
            YesNoField(
                name="closes", label="Closing it closes the ticket", initial=plan.closes_ticket if plan else True
            ),
        ],
        submit="Change it so" if plan else "Make the plan",
        build=lambda values: PlanEntry(_free(values, taken, "a plan"), values["description"], bool(values["closes"])),
    )


def copy_form(plans: Sequence[PlanDefinition], plan: PlanDefinition) -> Form[CopyEntry]:
    """Asks for the name of a copy, and whose its actions are."""
    kinds = (
        Choice(False, "actions of its own", "a change there leaves this plan alone"),
        Choice(True, "the same actions", "a change counts in both"),
    )
    return Form(
        title=f"Copy · {line_of(plan.name, 50)}",
        fields=[_name(""), ChoiceField(name="share", label="It gets", choices=kinds, initial=False)],
        submit="Copy the plan",
        build=lambda values: CopyEntry(_free(values, [each.name for each in plans], "a plan"), bool(values["share"])),
    )


def exit_state_form(plan: PlanDefinition, name: str = "") -> Form[str]:
    """Asks for an exit state, or for another name of one."""
    taken = [each for each in plan.exit_states if each != name]
    return Form(
        title=f"Exit state · {line_of(name or plan.name, 50)}",
        fields=[_name(name)],
        submit="Change it so" if name else "Add the exit state",
        build=lambda values: _free(values, taken, "an exit state"),
        intro=f"Tickets that ended in “{line_of(name, 60)}” keep it." if name else "",
    )


def action_form(plan: PlanDefinition, action: ActionDefinition | None = None) -> Form[ActionEntry]:
    """Asks for an action of a plan, or for what is to be changed of one."""
    taken = [each.name for each in plan.actions if each != action]
    modes = (
        Choice("no", "no", "other things are left to do"),
        Choice("ask", "the operator decides", "asked each time"),
        Choice("always", "always", "it is the last thing to do"),
    )
    shared = len(action.plans) if action else 0
    return Form(
        title=f"Action · {line_of(action.name if action else plan.name, 50)}",
        fields=[
            _name(action.name if action else ""),
            _description(action.description if action else "", "What is to be done; may be empty."),
            YesNoField(name="comment", label="Takes a comment", initial=action.comment_allowed if action else True),
            ChoiceField(
                name="closes", label="Closes the plan", choices=modes, initial=action.closes_plan if action else "no"
            ),
        ],
        submit="Change it so" if action else "Add the action",
        build=lambda values: ActionEntry(
            _free(values, taken, "an action"), values["description"], bool(values["comment"]), str(values["closes"])
        ),
        intro=f"A change counts in all {shared} plans that have it." if shared > 1 else "",
    )


def status_form(action: ActionDefinition, name: str = "") -> Form[tuple[str, bool]]:
    """Asks for a status of an action and whether it completes that, or for what is to be changed of one."""
    taken = [each for each, _ in action.statuses if each != name]
    endings = (
        Choice(True, "completes the action", "it can't be chosen again"),
        Choice(False, "leaves it open", "it can be chosen again"),
    )
    return Form(
        title=f"Status of {line_of(action.name, 50)}",
        fields=[
            _name(name),
            ChoiceField(name="ends", label="It", choices=endings, initial=dict(action.statuses).get(name, True)),
        ],
        submit="Change it so" if name else "Add the status",
        build=lambda values: (_free(values, taken, "a status"), bool(values["ends"])),
    )


def campaigns_form(plan: PlanDefinition, campaigns: Sequence[CampaignLine]) -> Form[Ticks]:
    """Asks which campaigns' new tickets get the plan. Raises InvalidInput when there are no campaigns."""
    if not campaigns:
        raise InvalidInput("There are no campaigns yet; an import of survey answers makes one.")
    choices = tuple(
        Choice(each.name, each.name, f"has {line_of(each.plan, 40)}" if each.plan and each.plan != plan.name else "")
        for each in campaigns
    )
    return Form(
        title=f"Campaigns · {line_of(plan.name, 50)}",
        fields=[
            MultiChoiceField(
                name="campaigns",
                label="New tickets of these get the plan",
                choices=choices,
                ticked=frozenset(each.name for each in campaigns if each.plan == plan.name),
            )
        ],
        submit="Link them",
        build=lambda values: values["campaigns"],
    )


def link_form(plan: PlanDefinition, actions: Sequence[ActionDefinition]) -> Form[int]:
    """Asks which other action the plan is to have. Raises InvalidInput when there is no other."""
    own = {each.id for each in plan.actions}
    taken = {each.name.casefold() for each in plan.actions}
    choices = tuple(
        Choice(
            each.id,
            each.name,
            "retired" if each.retired else line_of(", ".join(each.plans), 40) or "in no plan",
            "the plan has one of this name" if each.name.casefold() in taken else None,
        )
        for each in actions
        if each.id not in own
    )
    if not choices:
        raise InvalidInput("There is no action that this plan doesn't have.")
    return Form(
        title=f"Share an action with {line_of(plan.name, 50)}",
        fields=[ChoiceField(name="action", label="Action", choices=choices, at_once=False)],
        submit="Share it",
        build=lambda values: int(values["action"]),
    )


def take_away_form(plan: PlanDefinition, action: ActionDefinition) -> Form[str]:
    """Asks whether the action leaves this plan only, or is offered no longer at all."""
    others = len(action.plans) - 1
    places = f"{others + 1} plans have it" if others else "it can be brought back by sharing it"
    choices = (
        Choice(UNLINK, "Take it out of this plan", "others keep it" if others else "it stays by itself"),
        Choice(RETIRE, "Retire it everywhere", places),
    )
    return Form(
        title=f"Action · {line_of(action.name, 50)}",
        fields=[ChoiceField(name="how", label="How", choices=choices)],
        submit="Do it",
        build=lambda values: str(values["how"]),
        intro="What was done by it stays recorded.",
    )


def _name(initial: str) -> TextField:
    return TextField(name="name", label="Name", initial=initial, longest=LONGEST_NAME)


def _description(initial: str, placeholder: str) -> TextField:
    return TextField(
        name="description",
        label="Description",
        initial=initial,
        placeholder=placeholder,
        longest=LONGEST_DESCRIPTION,
        required=False,
    )


def _free(values: Values, taken: Iterable[str], what: str) -> str:
    """The name that was entered. Raises FieldError when another has it, in any case."""
    name = " ".join(str(values["name"]).split())
    for other in taken:
        if other.casefold() == name.casefold():
            raise FieldError("name", f"There is {what} “{line_of(other, 60)}” already.")
    return name

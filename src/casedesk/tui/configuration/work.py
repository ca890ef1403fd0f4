"""By which plan is worked: the action plans (S1), and the campaigns whose tickets get them (S4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casedesk.domain.rights import PLANS as MAY_CHANGE_PLANS
from casedesk.tui.configuration.section import CHANGE, NEW, Ask, Contents, Deed, Item, LastChanges, Open, Section
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice, ChoiceField, Form, TextField

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casedesk.desk import Desk
    from casedesk.tui.app import CasedeskApp


class Campaign(NamedTuple):
    """A campaign and the plan that its new tickets get."""

    id: int
    name: str
    plan: str


class Plans(Section):
    """The action plans; they are changed on a screen of their own."""

    id, title, group, right = "plans", "Action plans", "Tickets", MAY_CHANGE_PLANS
    about = "What can be done on a ticket, what each outcome means, and when its loop is closed."
    words = ("plan", "action", "exit state", "outcome")

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        plans = desk.plans.list(retired=True, counted=False)
        ids = {entry.name: entry.id for entry in desk.setup.entries("plan", retired=True)}
        return Contents(
            tuple(
                Item(
                    plan.name,
                    plan.name,
                    "retired" if plan.retired else f"{len(plan.actions)} actions, {len(plan.exit_states)} exit states",
                    plan.description,
                    words=(*plan.exit_states, *(action.name for action in plan.actions), *plan.campaigns),
                    changed=changes.get(("plan", str(ids.get(plan.name)))),
                    muted=plan.retired,
                )
                for plan in plans
            ),
            empty="There is no plan yet.",
        )

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        name = str(item.key) if item is not None else None
        return {CHANGE: Open(_plans(name), "open"), NEW: Open(_plans(None), "plans")}


def _plans(name: str | None) -> Callable[[CasedeskApp, Callable[[bool], None]], None]:
    def show(app: CasedeskApp, ended: Callable[[bool], None]) -> None:
        from casedesk.tui.screens.plans import PlansScreen

        app.push_screen(PlansScreen(name), lambda changed: ended(bool(changed)))

    return show


class Campaigns(Section):
    """The campaigns, with the plan that their new tickets get."""

    id, title, group, right = "campaigns", "Campaigns", "Tickets", MAY_CHANGE_PLANS
    about = "Surveys and other sources of responses. A linked plan is given to each new ticket of the campaign."
    words = ("survey", "plan", "link")

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        plans = desk.plans.list(counted=False)
        given = {campaign: plan.name for plan in plans for campaign in plan.campaigns}
        found = [Campaign(entry.id, entry.name, given.get(entry.name, "")) for entry in desk.setup.entries("campaign")]
        return Contents(
            tuple(
                Item(
                    each.name,
                    each.name,
                    each.plan or "no plan",
                    "New tickets of this campaign get the plan; those that are there keep what they have.",
                    "no plan",
                    changed=changes.get(("campaign", str(each.id))),
                    role="text" if each.plan else "muted",
                )
                for each in found
            ),
            more=tuple(plan.name for plan in plans),
            empty="There is no campaign yet; an import names one.",
        )

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        plans: Sequence[str] = contents.more or ()
        found: dict[str, Deed] = {NEW: Ask(lambda _read: _campaign_form(plans), _add, then=lambda given: given["name"])}
        if item is not None:
            name, now = str(item.key), item.value
            found[CHANGE] = Ask(
                lambda _read: Form(line_of(name, 60), [_plan_field(plans, now)], "Link"),
                lambda given: lambda desk, _progress: desk.campaigns.link_plan(name, given["plan"] or None),
            )
        return found


def _campaign_form(plans: Sequence[str]) -> Form[dict[str, Any]]:
    fields = [TextField(name="name", label="Name", longest=200), _plan_field(plans, "")]
    return Form("New campaign", fields, "Add", dict)


def _plan_field(plans: Sequence[str], now: str) -> ChoiceField:
    ways = (Choice("", "No plan"), *(Choice(plan, plan) for plan in plans))
    initial = now if now in plans else ""
    return ChoiceField(name="plan", label="Plan of new tickets", choices=ways, initial=initial, required=False)


def _add(given: dict[str, Any]) -> Any:
    return lambda desk, _progress: desk.campaigns.add(given["name"], plan=given["plan"] or None)


PLANS: Final = Plans()
CAMPAIGNS: Final = Campaigns()

"""The plan editor for administrators (S1 to S4): the plans at the left, the parts of one at the right."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from textual import on

from casedesk.domain.errors import InvalidInput
from casedesk.tui import plan_forms as forms
from casedesk.tui.actions import BY_ID, bindings
from casedesk.tui.drawing import line_of
from casedesk.tui.plan_parts import ACTION, CAMPAIGNS, EXIT_STATE, PLAN, STATUS, Part, part_rows, plan_rows
from casedesk.tui.plan_work import (
    Definitions,
    edit_plan,
    moving,
    put_action,
    read,
    revise_exit_states,
    revise_statuses,
)
from casedesk.tui.screens.definitions import DefinitionsScreen
from casedesk.tui.widgets.cursor_pane import CursorPane, Row

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import ActionDefinition, PlanDefinition
    from casedesk.tui.forms import Form, Ticks

SHOWN_KEYS: Final = {
    "plans": ("plans.new", "plans.enter", "plans.edit", "plans.copy", "plans.campaigns", "plans.retire",
              "plans.restore", "acts.undo"),
    "parts": ("plans.exit_state", "plans.action", "plans.status", "plans.enter", "plans.retire", "plans.move_up",
              "plans.move_down", "plans.link", "plans.campaigns", "acts.undo"),
}  # fmt: skip
"""The keys of the bottom line, by pane; the help has all."""


class PlansScreen(DefinitionsScreen[Definitions]):
    """Ends with whether something was changed here."""

    BINDINGS = bindings("plans")
    HEADLINE, LIST_TITLE = "Action plans", "Plans"

    def __init__(self, at: str | None = None) -> None:
        """`at` is the plan on which the cursor stands first."""
        super().__init__(Definitions())
        self._go_to = (at, None)

    def read(self, desk: Desk) -> Definitions:
        return read(desk)

    # What is shown

    @property
    def plan(self) -> PlanDefinition | None:
        """The plan under the cursor of the list."""
        return next((plan for plan in self.found.plans if plan.name == self.list.key), None)

    @property
    def part(self) -> Part:
        """The part under the cursor; the plan itself while the list has the focus."""
        key = self.parts.key
        return key if isinstance(key, Part) and self.pane is self.parts else Part(PLAN)

    def _action(self) -> ActionDefinition:
        """The action under the cursor, or that of the status there. Raises InvalidInput when there is none."""
        plan, part = self._plan(), self.part
        name = part.action or part.name if part.kind in (ACTION, STATUS) else ""
        found = next((action for action in plan.actions if action.name == name), None)
        if found is None:
            raise InvalidInput("Go to an action first.")
        return found

    def _plan(self) -> PlanDefinition:
        """The plan under the cursor, to be changed. Raises InvalidInput when there is none, or when it is retired."""
        plan = self.plan
        if plan is None:
            raise InvalidInput(f"There is no plan yet; {self.key_of('plans.new')} makes one.")
        if plan.retired:
            raise InvalidInput(f"“{line_of(plan.name, 60)}” is retired; {self.key_of('plans.restore')} brings it back.")
        return plan

    def list_rows(self, width: int) -> Sequence[Row]:
        return plan_rows(self.found.plans, width)

    def show_chosen(self, part: Hashable | None = None) -> None:
        plan = self.plan
        if plan is None:
            self.parts.set_title([("Plan", "text")])
            said = f"There is no plan yet; {self.key_of('plans.new')} makes one." if not self.found.plans else ""
            self.parts.show(lambda _width: [Row([(said, "muted")])])
        else:
            retired = [(" · retired", "muted")] if plan.retired else []
            self.parts.set_title([(line_of(plan.name), "text"), *retired])
            adding = {EXIT_STATE: "plans.exit_state", ACTION: "plans.action", STATUS: "plans.status"}
            keys = {kind: self.key_of(name) for kind, name in adding.items()}
            self.parts.show(lambda width: part_rows(plan, keys, width), part)

    def first_part(self) -> Hashable | None:
        return Part(PLAN)

    @on(CursorPane.Opened)
    def _open_clicked(self) -> None:
        self.app.call_later(self.action_plans_enter)

    # Keys

    def offers(self, action_id: str) -> bool:
        """Whether the action exists here."""
        retired = self.plan is not None and self.plan.retired
        if action_id == "plans.restore":
            return retired
        if action_id == "plans.status":
            return self.part.kind in (ACTION, STATUS)
        if action_id in ("plans.move_up", "plans.move_down"):
            return self.part.kind in (EXIT_STATE, ACTION, STATUS)
        if action_id == "plans.retire":
            return not retired and self.part.kind != CAMPAIGNS
        return bool({"plans", "page", "app"} & set(BY_ID[action_id].where))

    def shown_keys(self) -> Sequence[str]:
        return SHOWN_KEYS["plans" if self.pane is self.list else "parts"]

    def words(self) -> Mapping[str, str]:
        return {"plans.enter": "open"} if self.pane is self.list else {}

    async def action_plans_back(self) -> None:
        await self.go_back()

    def action_plans_pane(self) -> None:
        self.go_to_other_pane()

    # Plans

    async def action_plans_new(self) -> None:
        def add(new: forms.PlanEntry) -> None:
            about, closes = new.description, new.closes_ticket
            self.do(
                lambda desk: desk.plans.add(new.name, description=about, closes_ticket=closes), new.name, Part(PLAN)
            )

        await self.ask(lambda: forms.plan_form(self.found.plans), add)

    async def action_plans_edit(self) -> None:
        def form() -> Form[forms.PlanEntry]:
            return forms.plan_form(self.found.plans, self._plan())

        def edit(new: forms.PlanEntry) -> None:
            self.do(edit_plan(self._plan().name, new), new.name)

        await self.ask(form, edit)

    async def action_plans_copy(self) -> None:
        def copy(new: forms.CopyEntry) -> None:
            name = self._plan().name
            self.do(lambda desk: desk.plans.copy(name, new.name, share_actions=new.share_actions), new.name)

        await self.ask(lambda: forms.copy_form(self.found.plans, self._plan()), copy)

    async def action_plans_campaigns(self) -> None:
        def link(ticks: Ticks) -> None:
            name = self._plan().name
            self.do(lambda desk: desk.plans.link_campaigns(name, ticks.added, ticks.removed))

        await self.ask(lambda: forms.campaigns_form(self._plan(), self.found.campaigns), link)

    async def action_plans_restore(self) -> None:
        def restore() -> None:
            if self.plan is not None:
                name = self.plan.name
                self.do(lambda desk: desk.plans.restore(name), name)

        await self.once_settled(restore)

    # Parts

    async def action_plans_enter(self) -> None:
        """From the list into the plan; there, change the part under the cursor."""
        await self.work.settle()
        if self.pane is not self.parts:
            self.set_focus(self.parts)
            return
        change: dict[str, Callable[[], Awaitable[None]]] = {
            PLAN: self.action_plans_edit,
            CAMPAIGNS: self.action_plans_campaigns,
            EXIT_STATE: lambda: self._ask_exit_state(self.part.name),
            ACTION: lambda: self._ask_action(changing=True),
            STATUS: lambda: self._ask_status(self.part.name),
        }
        await change[self.part.kind]()

    async def action_plans_exit_state(self) -> None:
        await self._ask_exit_state("")

    async def action_plans_action(self) -> None:
        await self._ask_action(changing=False)

    async def action_plans_status(self) -> None:
        await self._ask_status("")

    async def _ask_exit_state(self, before: str) -> None:
        """A new exit state, or another name for one."""

        def put(name: str) -> None:
            plan = self._plan().name

            def revise(names: list[str]) -> list[str]:
                return [name if each == before else each for each in names] if before in names else [*names, name]

            self.do(revise_exit_states(plan, revise), plan, Part(EXIT_STATE, name))

        await self.ask(lambda: forms.exit_state_form(self._plan(), before), put)

    async def _ask_action(self, *, changing: bool) -> None:
        """A new action at the end of the plan, or what is to be changed of the one under the cursor."""

        def put(new: forms.ActionEntry) -> None:
            plan = self._plan().name
            action_id = self._action().id if changing else None
            self.do(put_action(plan, action_id, new), plan, Part(ACTION, new.name))

        def form() -> Form[forms.ActionEntry]:
            return forms.action_form(self._plan(), self._action() if changing else None)

        await self.ask(form, put)

    async def _ask_status(self, before: str) -> None:
        """A new status of the action under the cursor, or what is to be changed of one."""

        def put(new: tuple[str, bool]) -> None:
            plan, action = self._plan().name, self._action()

            def revise(statuses: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
                known = [name for name, _ in statuses]
                return (
                    [new if each[0] == before else each for each in statuses] if before in known else [*statuses, new]
                )

            self.do(revise_statuses(action.id, revise), plan, Part(STATUS, new[0], action.name))

        await self.ask(lambda: forms.status_form(self._action(), before), put)

    async def action_plans_link(self) -> None:
        def link(action_id: int) -> None:
            plan = self._plan().name
            name = next(action.name for action in self.found.actions if action.id == action_id)
            self.do(lambda desk: desk.plans.link_action(action_id, [plan]), plan, Part(ACTION, name))

        await self.ask(lambda: forms.link_form(self._plan(), self.found.actions), link)

    async def action_plans_retire(self) -> None:
        """Take away what the cursor stands on: the plan, an exit state, a status; of an action it is asked how."""
        await self.work.settle()
        if self.part.kind == ACTION:
            await self.ask(lambda: forms.take_away_form(self._plan(), self._action()), self._take_away)
        else:
            await self.once_settled(self._retire)

    def _retire(self) -> None:
        plan, part = self._plan().name, self.part
        if part.kind == PLAN:
            self.do(lambda desk: desk.plans.retire(plan), plan)
        elif part.kind == EXIT_STATE:
            self.do(revise_exit_states(plan, lambda names: [name for name in names if name != part.name]))
        elif part.kind == STATUS:
            action_id = self._action().id
            self.do(revise_statuses(action_id, lambda all_: [each for each in all_ if each[0] != part.name]))

    def _take_away(self, how: str) -> None:
        plan, action_id = self._plan().name, self._action().id
        if how == forms.UNLINK:
            self.do(lambda desk: desk.plans.unlink_action(action_id, plan))
        else:
            self.do(lambda desk: desk.plans.retire_action(action_id))

    async def action_plans_move_up(self) -> None:
        await self.once_settled(lambda: self._move(-1))

    async def action_plans_move_down(self) -> None:
        await self.once_settled(lambda: self._move(1))

    def _move(self, by: int) -> None:
        """Move the part under the cursor among those of its kind; at the end it stays."""
        plan, part = self._plan(), self.part
        action = self._action() if part.kind in (ACTION, STATUS) else None
        change = moving(plan, part, action, by)
        if change is not None:
            self.do(change, plan.name, part)

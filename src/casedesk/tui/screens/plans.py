"""The plan editor for administrators (S1 to S4): the plans at the left, the parts of one at the right."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen

from casedesk.domain.errors import InvalidInput, Unchanged
from casedesk.tui import plan_forms as forms
from casedesk.tui.actions import BY_ID, bindings
from casedesk.tui.drawing import line_of
from casedesk.tui.plan_parts import ACTION, CAMPAIGNS, EXIT_STATE, PLAN, STATUS, Part, part_rows, plan_rows
from casedesk.tui.plan_work import (
    Definitions,
    PlanWork,
    edit_plan,
    moving,
    put_action,
    revise_exit_states,
    revise_statuses,
)
from casedesk.tui.widgets.cursor_pane import CursorPane, Row
from casedesk.tui.widgets.header import HeadLine
from casedesk.tui.widgets.key_line import Hint, KeyLine

if TYPE_CHECKING:
    from casedesk.desk.values import ActionDefinition, PlanDefinition
    from casedesk.tui.app import CasedeskApp
    from casedesk.tui.forms import Form, Ticks
    from casedesk.tui.plan_work import Change

Entry = TypeVar("Entry")

SHOWN_KEYS: Final = {
    "plans": ("plans.new", "plans.enter", "plans.edit", "plans.copy", "plans.campaigns", "plans.retire",
              "plans.restore", "acts.undo"),
    "parts": ("plans.exit_state", "plans.action", "plans.status", "plans.enter", "plans.retire", "plans.move_up",
              "plans.move_down", "plans.link", "plans.campaigns", "acts.undo"),
}  # fmt: skip
"""The keys of the bottom line, by pane; the help has all."""


class PlansScreen(Screen[bool]):
    """Ends with whether something was changed here."""

    app: CasedeskApp

    BINDINGS = bindings("plans")
    AUTO_FOCUS = "#plan-list"

    def __init__(self) -> None:
        super().__init__()
        self.found = Definitions()
        self.changed = False
        self.list = CursorPane("Plans", id="plan-list")
        self.parts = CursorPane("Plan", id="plan-parts")
        self.keys = KeyLine(id="keys")
        self.pane = self.list
        self._go_to: tuple[str | None, Part | None] = (None, None)

    def compose(self) -> ComposeResult:
        desk = self.app.desk
        self.head = HeadLine(desk.name, desk.user.login, desk.user.role, id="head")
        self.head.set_view("Action plans")
        yield self.head
        with Horizontal(id="plan-panes"):
            yield self.list
            yield self.parts
        yield self.keys
        self.work = PlanWork(desk)
        yield self.work

    def on_mount(self) -> None:
        now = self.app.desk.now().astimezone(self.app.desk.zone)
        self.head.set_time(f"{now:%H:%M}")
        self.list.show(lambda _width: [Row([("Reading…", "muted")])])
        self.work.read()

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
            raise InvalidInput(f"There is no plan yet; {self._key('plans.new')} makes one.")
        if plan.retired:
            raise InvalidInput(f"“{line_of(plan.name, 60)}” is retired; {self._key('plans.restore')} brings it back.")
        return plan

    @on(PlanWork.Shown)
    def _take_in(self, message: PlanWork.Shown) -> None:
        plan, part = self._go_to
        self._go_to = (None, None)
        if message.error is not None:
            self.app.tell(message.error.sentence, "warning" if isinstance(message.error, Unchanged) else "error")
        if message.found.plans or message.error is None:
            self.found = message.found
        if message.outcome is not None:
            self.changed = True
            back = "redo" if message.outcome.name == "undo" else "undo"
            self.app.tell(f"{message.outcome.summary} · {back}: {self._key(f'acts.{back}')}")
        self.list.show(lambda width: plan_rows(self.found.plans, width), plan if message.error is None else None)
        self._show_plan(part if message.error is None else None)
        if part is not None and message.error is None:
            self.set_focus(self.parts)
        self.work.settled()

    def _show_plan(self, part: Part | None = None) -> None:
        plan = self.plan
        if plan is None:
            self.parts.set_title([("Plan", "text")])
            said = f"There is no plan yet; {self._key('plans.new')} makes one." if not self.found.plans else ""
            self.parts.show(lambda _width: [Row([(said, "muted")])])
        else:
            retired = [(" · retired", "muted")] if plan.retired else []
            self.parts.set_title([(line_of(plan.name), "text"), *retired])
            adding = {EXIT_STATE: "plans.exit_state", ACTION: "plans.action", STATUS: "plans.status"}
            keys = {kind: self._key(name) for kind, name in adding.items()}
            self.parts.show(lambda width: part_rows(plan, keys, width), part)
        self._show_keys()

    @on(CursorPane.Moved)
    def _follow(self, message: CursorPane.Moved) -> None:
        if message.pane is self.list:
            self._show_plan(Part(PLAN))
        self._show_keys()

    @on(CursorPane.Opened)
    def _open_clicked(self) -> None:
        self.app.call_later(self.action_plans_enter)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, CursorPane):
            self.pane = event.widget
            self._show_keys()

    # Keys

    def _key(self, action_id: str) -> str:
        return self.app.keymap.shown(action_id)

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

    def _show_keys(self) -> None:
        in_list = self.pane is self.list
        words = {"plans.enter": "open"} if in_list else {}
        names = SHOWN_KEYS["plans" if in_list else "parts"]
        hints = [Hint(name, self._key(name), words.get(name, BY_ID[name].short)) for name in names if self.offers(name)]
        self.keys.show([*hints, Hint("program.help", self._key("program.help"), "help")])

    @on(KeyLine.Clicked)
    def _key_clicked(self, message: KeyLine.Clicked) -> None:
        # The app runs it, as it does for keys: an action may wait for a message to this screen.
        self.app.call_later(self.run_action, BY_ID[message.action_id].call)

    def action_program_help(self) -> None:
        from casedesk.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.offers))

    async def action_plans_back(self) -> None:
        """To the list, and from there away."""
        if self.pane is self.parts:
            self.set_focus(self.list)
        else:
            await self.work.settle()
            self.dismiss(self.changed)

    def action_plans_pane(self) -> None:
        self.set_focus(self.list if self.pane is self.parts else self.parts)

    async def action_acts_undo(self) -> None:
        await self._settled(lambda: self.work.do(lambda desk: desk.acts.undo()))

    async def action_acts_redo(self) -> None:
        await self._settled(lambda: self.work.do(lambda desk: desk.acts.redo()))

    # Asking and doing

    def _do(self, change: Change, plan: str | None = None, part: Part | None = None) -> None:
        """Make a change; the cursors go to that plan and part then."""
        self._go_to = (plan, part)
        self.work.do(change)

    async def _settled(self, job: Callable[[], None]) -> None:
        """Do `job` once earlier changes are done and shown; what it can't be done to is told."""
        if not await self.work.settle():
            self.app.tell("The change before is still under way.", "warning")
            return
        try:
            job()
        except InvalidInput as error:
            self.app.tell(error.sentence, "warning")

    async def _ask(self, form: Callable[[], Form[Entry]], answered: Callable[[Entry], None]) -> None:
        """Show a form, made of what is there once earlier changes are done."""
        from casedesk.tui.modals.form_modal import FormModal

        def show() -> None:
            made = form()
            modal = FormModal(made.title, made)
            self.app.push_screen(modal, lambda entry: None if entry is None else answered(entry))

        await self._settled(show)

    # Plans

    async def action_plans_new(self) -> None:
        def add(new: forms.PlanEntry) -> None:
            about, closes = new.description, new.closes_ticket
            self._do(
                lambda desk: desk.plans.add(new.name, description=about, closes_ticket=closes), new.name, Part(PLAN)
            )

        await self._ask(lambda: forms.plan_form(self.found.plans), add)

    async def action_plans_edit(self) -> None:
        def form() -> Form[forms.PlanEntry]:
            return forms.plan_form(self.found.plans, self._plan())

        def edit(new: forms.PlanEntry) -> None:
            self._do(edit_plan(self._plan().name, new), new.name)

        await self._ask(form, edit)

    async def action_plans_copy(self) -> None:
        def copy(new: forms.CopyEntry) -> None:
            name = self._plan().name
            self._do(lambda desk: desk.plans.copy(name, new.name, share_actions=new.share_actions), new.name)

        await self._ask(lambda: forms.copy_form(self.found.plans, self._plan()), copy)

    async def action_plans_campaigns(self) -> None:
        def link(ticks: Ticks) -> None:
            name = self._plan().name
            self._do(lambda desk: desk.plans.link_campaigns(name, ticks.added, ticks.removed))

        await self._ask(lambda: forms.campaigns_form(self._plan(), self.found.campaigns), link)

    async def action_plans_restore(self) -> None:
        def restore() -> None:
            if self.plan is not None:
                name = self.plan.name
                self._do(lambda desk: desk.plans.restore(name), name)

        await self._settled(restore)

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

            self._do(revise_exit_states(plan, revise), plan, Part(EXIT_STATE, name))

        await self._ask(lambda: forms.exit_state_form(self._plan(), before), put)

    async def _ask_action(self, *, changing: bool) -> None:
        """A new action at the end of the plan, or what is to be changed of the one under the cursor."""

        def put(new: forms.ActionEntry) -> None:
            plan = self._plan().name
            action_id = self._action().id if changing else None
            self._do(put_action(plan, action_id, new), plan, Part(ACTION, new.name))

        def form() -> Form[forms.ActionEntry]:
            return forms.action_form(self._plan(), self._action() if changing else None)

        await self._ask(form, put)

    async def _ask_status(self, before: str) -> None:
        """A new status of the action under the cursor, or what is to be changed of one."""

        def put(new: tuple[str, bool]) -> None:
            plan, action = self._plan().name, self._action()

            def revise(statuses: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
                known = [name for name, _ in statuses]
                return (
                    [new if each[0] == before else each for each in statuses] if before in known else [*statuses, new]
                )

            self._do(revise_statuses(action.id, revise), plan, Part(STATUS, new[0], action.name))

        await self._ask(lambda: forms.status_form(self._action(), before), put)

    async def action_plans_link(self) -> None:
        def link(action_id: int) -> None:
            plan = self._plan().name
            name = next(action.name for action in self.found.actions if action.id == action_id)
            self._do(lambda desk: desk.plans.link_action(action_id, [plan]), plan, Part(ACTION, name))

        await self._ask(lambda: forms.link_form(self._plan(), self.found.actions), link)

    async def action_plans_retire(self) -> None:
        """Take away what the cursor stands on: the plan, an exit state, a status; of an action it is asked how."""
        await self.work.settle()
        if self.part.kind == ACTION:
            await self._ask(lambda: forms.take_away_form(self._plan(), self._action()), self._take_away)
        else:
            await self._settled(self._retire)

    def _retire(self) -> None:
        plan, part = self._plan().name, self.part
        if part.kind == PLAN:
            self._do(lambda desk: desk.plans.retire(plan), plan)
        elif part.kind == EXIT_STATE:
            self._do(revise_exit_states(plan, lambda names: [name for name in names if name != part.name]))
        elif part.kind == STATUS:
            action_id = self._action().id
            self._do(revise_statuses(action_id, lambda all_: [each for each in all_ if each[0] != part.name]))

    def _take_away(self, how: str) -> None:
        plan, action_id = self._plan().name, self._action().id
        if how == forms.UNLINK:
            self._do(lambda desk: desk.plans.unlink_action(action_id, plan))
        else:
            self._do(lambda desk: desk.plans.retire_action(action_id))

    async def action_plans_move_up(self) -> None:
        await self._settled(lambda: self._move(-1))

    async def action_plans_move_down(self) -> None:
        await self._settled(lambda: self._move(1))

    def _move(self, by: int) -> None:
        """Move the part under the cursor among those of its kind; at the end it stays."""
        plan, part = self._plan(), self.part
        action = self._action() if part.kind in (ACTION, STATUS) else None
        change = moving(plan, part, action, by)
        if change is not None:
            self._do(change, plan.name, part)

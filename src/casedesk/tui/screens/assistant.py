"""The assistant: from a new desk to one that works, step by step. It can be left at any time and gone on with (K5)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from textual import events, on

from casedesk.desk.values import AssistantProgress
from casedesk.tui.actions import BY_ID, bindings
from casedesk.tui.assistant.step import (
    ADD,
    EDIT,
    IMPORT,
    MOVE_DOWN,
    MOVE_UP,
    OPEN_TICKETS,
    RETIRE,
    SWITCH,
    Drawing,
    Step,
)
from casedesk.tui.assistant.steps import steps_for
from casedesk.tui.panels.lines import blank, paragraph
from casedesk.tui.screens.definitions import DefinitionsScreen
from casedesk.tui.widgets.cursor_pane import CursorPane, Row
from casedesk.tui.widgets.key_line import Hint

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome
    from casedesk.tui.look import Span

NEXT, SKIP, BEFORE, LATER = "assistant.next", "assistant.skip", "assistant.before", "assistant.back"
OWN_KEYS: Final = (ADD, EDIT, RETIRE, MOVE_UP, MOVE_DOWN, IMPORT, OPEN_TICKETS, SWITCH)
"""The actions that mean what the step says, where it says something."""

ONE_COLUMN: Final = 100
"""Cells below which the list of steps isn't shown beside the step."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read: the desk's name, how far it is, the step that is shown, and what that shows."""

    desk: str
    progress: AssistantProgress
    step: str
    content: Any


class AssistantScreen(DefinitionsScreen[Seen]):
    """Ends with whether something was changed here."""

    BINDINGS = bindings("assistant")
    HORIZONTAL_BREAKPOINTS = [(0, "-one-column"), (ONE_COLUMN, "-two-columns")]
    AUTO_FOCUS = "#definition-parts"
    HEADLINE, LIST_TITLE = "Setting up", "Steps"

    def __init__(self) -> None:
        super().__init__(Seen("", AssistantProgress(), "", None))
        self.steps: tuple[Step[Any], ...] = ()
        self._wanted: AssistantProgress | None = None
        self._drawn = ""  # the step that is shown at the right
        self._going = ""  # the step that the list's cursor goes to

    def on_mount(self) -> None:
        self.steps = steps_for(self.app.desk)

    def read(self, desk: Desk) -> Seen:
        progress = self._wanted or desk.assistant.progress() or AssistantProgress()
        step = next((each for each in self.steps if each.id == progress.at), self.steps[0])
        return Seen(desk.name, progress, step.id, step.read(desk))

    # What a step needs of the screen

    @property
    def step(self) -> Step[Any]:
        """The step that is shown."""
        return next((each for each in self.steps if each.id == self.found.step), self.steps[0])

    @property
    def content(self) -> Any:
        """What the step has read."""
        return self.found.content

    @property
    def part(self) -> Hashable | None:
        """What the cursor stands on in the step."""
        return self.parts.key

    def change(self, change: Callable[[Desk], Outcome], part: Hashable | None = None) -> None:
        """Make a change of the desk; the cursor goes to `part` then."""
        self.do(change, self.step.id, part)

    def step_done(self) -> None:
        """The step has done elsewhere what it is for: something was changed, and the next one comes."""
        self.changed = True
        self.app.call_later(self._leave_step, done=True)

    async def finish(self) -> None:
        """The assistant has come to its end."""
        done = self.found.progress.done | {self.step.id}
        await self._keep(replace(self.found.progress, at=self.steps[0].id, done=done, finished=True))
        self.dismiss(self.changed)

    # What is shown

    def list_rows(self, width: int) -> Sequence[Row]:
        rows = [Row([self._mark(step), (step.title, "text")], step.id) for step in self.steps]
        later = paragraph(f"{self.key_of(LATER)} leaves; what is set stays.", width - 1, "muted")
        return [*rows, Row(blank()), *(Row(line) for line in later)]

    def _mark(self, step: Step[Any]) -> Span:
        """Whether the step was done, skipped or neither; two cells."""
        plain = self.app.preferences.plain
        if step.id in self.found.progress.done:
            return ("x " if plain else "✓ "), "good"
        return ("- " if step.id in self.found.progress.skipped else "  "), "muted"

    def show_chosen(self, part: Hashable | None = None) -> None:
        if self.found.content is None or self._going not in ("", self.found.step):
            return
        self._going = ""
        step = self.step
        if self.list.key != step.id:
            self.list.show(self.list_rows, step.id)
        if self._drawn != step.id:
            self._drawn = step.id
            self.keys.hush()
            self.parts.place = 0
            part = part if part is not None else step.first(self.content)
        self.head.set_desk(self.found.desk)
        place = self.steps.index(step) + 1
        self.parts.set_title([(step.title, "text"), (f" · {place} of {len(self.steps)}", "muted")])
        self._show_marks()
        self.parts.show(self._rows, part)

    def _rows(self, width: int) -> Sequence[Row]:
        keys = {action_id: self.key_of(action_id) for action_id in BY_ID}
        return self.step.rows(self.content, Drawing(width, self.app.preferences.plain, keys))

    def _show_marks(self) -> None:
        """In one column, the marks of the steps stand in the lower edge."""
        if self.size.width >= ONE_COLUMN:
            self.parts.set_note([])
            return
        spans: list[Span] = []
        for step in self.steps:
            mark, role = self._mark(step)
            if step is self.step:
                mark, role = ("> " if self.app.preferences.plain else "▸ "), "accent"
            spans += [(mark.lstrip(), role), (step.title.split()[-1].lower(), "muted"), ("  ", "muted")]
        self.parts.set_note(spans[:-1])

    def on_resize(self, event: events.Resize) -> None:
        if event.size.width < ONE_COLUMN:
            self.set_focus(self.parts)
        if self._drawn:
            self._show_marks()

    @on(CursorPane.Moved)
    def _go_with_cursor(self, message: CursorPane.Moved) -> None:
        wanted = self.list.key
        if message.pane is self.list and isinstance(wanted, str):
            self._going = wanted
            self.app.call_later(self._turn_to, wanted)

    # Keys

    def offers(self, action_id: str) -> bool:
        """Whether the action exists here."""
        if action_id in OWN_KEYS:
            return self.found.content is not None and self.step.offers(action_id, self.content, self.part)
        if action_id == BEFORE:
            return self.step is not self.steps[0]
        if action_id == SKIP:
            return self.step is not self.steps[-1]
        return bool({"assistant", "page", "app"} & set(BY_ID[action_id].where))

    def shown_keys(self) -> Sequence[str]:
        moves = (MOVE_UP, MOVE_DOWN)
        own = [name for name in self.step.words if name not in moves]
        return [NEXT, *own, SKIP, BEFORE, LATER, "acts.undo", *(name for name in moves if name in self.step.words)]

    def words(self) -> Mapping[str, str]:
        word = self.step.next_word(self.content) if self.found.content is not None else "go on"
        return {NEXT: word, **self.step.words}

    def show_keys(self) -> None:
        super().show_keys()
        if self.pane is self.list:
            hints = [Hint(NEXT, self.key_of(NEXT), "to the step"), Hint(LATER, self.key_of(LATER), "later")]
            self.keys.show([*hints, Hint("program.help", self.key_of("program.help"), "help")])

    async def action_assistant_next(self) -> None:
        """On to the next step; the step itself may have something else to do first."""
        await self.work.settle()
        if self.pane is self.list:
            self.set_focus(self.parts)
        elif self.found.content is not None and await self.step.go_on(self):
            await self._leave_step(done=True)

    async def action_assistant_skip(self) -> None:
        await self.work.settle()
        if self.offers(SKIP):
            await self._leave_step(done=False)

    async def action_assistant_before(self) -> None:
        await self.work.settle()
        if self.offers(BEFORE):
            await self._turn_to(self.steps[self.steps.index(self.step) - 1].id)

    async def action_assistant_back(self) -> None:
        """Leave; it goes on here the next time."""
        await self.work.settle()
        self.dismiss(self.changed)

    async def action_assistant_dismiss(self) -> None:
        """Leave for good."""
        await self.work.settle()
        await self._keep(replace(self.found.progress, finished=True))
        self.dismiss(self.changed)

    def action_assistant_pane(self) -> None:
        if self.size.width >= ONE_COLUMN:
            self.go_to_other_pane()

    async def _own(self, action_id: str) -> None:
        await self.work.settle()
        if self.offers(action_id):
            await self.step.do(action_id, self)

    async def action_assistant_add(self) -> None:
        await self._own(ADD)

    async def action_assistant_edit(self) -> None:
        await self._own(EDIT)

    async def action_assistant_retire(self) -> None:
        await self._own(RETIRE)

    async def action_assistant_move_up(self) -> None:
        await self._own(MOVE_UP)

    async def action_assistant_move_down(self) -> None:
        await self._own(MOVE_DOWN)

    async def action_assistant_import(self) -> None:
        await self._own(IMPORT)

    async def action_assistant_switch(self) -> None:
        await self._own(SWITCH)

    async def action_assistant_tickets(self) -> None:
        await self._own(OPEN_TICKETS)

    # Going through the steps

    async def _leave_step(self, *, done: bool) -> None:
        """Go to the next step; this one is ticked, or marked as skipped unless it was done before."""
        await self.work.settle()
        progress, here = self.found.progress, self.step.id
        if done:
            progress = replace(progress, done=progress.done | {here}, skipped=progress.skipped - {here})
        elif here not in progress.done:
            progress = replace(progress, skipped=progress.skipped | {here})
        place = min(self.steps.index(self.step) + 1, len(self.steps) - 1)
        await self._keep(replace(progress, at=self.steps[place].id))

    async def _turn_to(self, step_id: str) -> None:
        """Show a step that the user went to."""
        await self.work.settle()
        if step_id != self.found.step:
            await self._keep(replace(self.found.progress, at=step_id))

    async def _keep(self, progress: AssistantProgress) -> None:
        """Remember how far it is, and show the step that it is at."""
        self._wanted = progress
        self.do(lambda desk: desk.assistant.keep(progress), progress.at)
        await self.work.settle()

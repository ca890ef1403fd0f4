"""What the screens share on which administrators define things: a list at the left, the parts of one at the right.

Each change is asked for by a form, made by the desk in a thread, and shown with the way to undo it. The form stays
until the desk has agreed, so that what it refuses is said at its field and nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widget import Widget

from casedesk.domain.errors import CasedeskError, Conflict, InvalidFields, InvalidInput, Unchanged
from casedesk.tui.actions import BY_ID
from casedesk.tui.definition_work import DefinitionWork
from casedesk.tui.recomputing import Recomputing
from casedesk.tui.widgets.cursor_pane import CursorPane, Row
from casedesk.tui.widgets.header import HeadLine
from casedesk.tui.widgets.key_line import Hint, KeyLine

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome
    from casedesk.tui.app import CasedeskApp
    from casedesk.tui.configuration.section import Altered
    from casedesk.tui.definition_work import Change
    from casedesk.tui.forms import Form
    from casedesk.tui.modals.form_modal import FormModal

NOTES_TOLD = 3
"""Sentences about what a change left undone that are told one by one."""

Found = TypeVar("Found")
Entry = TypeVar("Entry")


class DefinitionsScreen(Screen[bool], Generic[Found]):
    """Ends with whether something was changed here.

    A screen of this kind says what it reads (`read`), the rows of its list (`list_rows`), what stands at the right
    (`show_chosen`), its keys (`shown_keys`) and which of them hold (`offers`).
    """

    app: CasedeskApp

    AUTO_FOCUS = "#definition-list"
    HEADLINE: ClassVar[str]
    LIST_TITLE: ClassVar[str]

    def __init__(self, found: Found) -> None:
        super().__init__()
        self.found = found
        self.changed = False
        self.list = CursorPane(self.LIST_TITLE, id="definition-list")
        self.parts = CursorPane("", id="definition-parts")
        self.keys = KeyLine(id="keys")
        self.pane = self.list
        self._go_to: tuple[Hashable | None, Hashable | None] = (None, None)
        self.conflicted = False  # what the form was made for has changed meanwhile, and that was said
        self._attempted: FormModal[Any] | None = None

    def compose(self) -> ComposeResult:
        desk = self.app.desk
        self.head = HeadLine(desk.name, desk.user.login, desk.user.role, id="head")
        self.head.set_view(self.HEADLINE)
        yield self.head
        yield from self.above()
        with Horizontal(id="definition-panes"):
            yield self.list
            yield self.right_side()
        yield self.keys
        self.work = DefinitionWork(desk, self.read)
        yield self.work
        self.recomputing = Recomputing(desk)
        yield self.recomputing

    def on_mount(self) -> None:
        now = self.app.desk.now().astimezone(self.app.desk.zone)
        self.head.set_time(f"{now:%H:%M}")
        self.list.show(lambda _width: [Row([("Reading…", "muted")])])
        self.work.read()

    # What a screen has to say

    def read(self, desk: Desk) -> Found:
        """What there is; called in a thread. Raises CasedeskError."""
        raise NotImplementedError

    def above(self) -> Iterable[Widget]:
        """What stands between the head line and the panes."""
        return ()

    def right_side(self) -> Widget:
        """What stands beside the list."""
        return self.parts

    def done(self, outcome: Outcome | Altered) -> None:
        """Something was changed here, or taken back."""

    def list_rows(self, width: int) -> Sequence[Row]:
        """The rows of the list."""
        raise NotImplementedError

    def show_chosen(self, part: Hashable | None = None) -> None:
        """Show at the right what the list's cursor stands on, the cursor there on `part`."""
        raise NotImplementedError

    def first_part(self) -> Hashable | None:
        """The part that the cursor goes to when another thing is shown."""
        return None

    def shown_keys(self) -> Sequence[str]:
        """The ids of the actions of the bottom line, in their order."""
        raise NotImplementedError

    def words(self) -> Mapping[str, str]:
        """Other words for some keys of the bottom line, by action."""
        return {}

    def offers(self, action_id: str) -> bool:
        """Whether the action exists here."""
        raise NotImplementedError

    # What is shown

    @on(DefinitionWork.Shown)
    def _take_in(self, message: DefinitionWork.Shown) -> None:
        key, part = self._go_to if message.error is None else (None, None)
        self._go_to = (None, None)
        if message.found is not None:
            self.found = message.found
        if message.error is not None:
            self._refuse(message.error)
        if message.outcome is not None:
            self.changed = True
            self.done(message.outcome)
            back = "redo" if message.outcome.name == "undo" else "undo"
            said = f"{message.outcome.summary} · {back}: {self.key_of(f'acts.{back}')}"
            self.app.tell("\n".join([said, *message.outcome.notes[:NOTES_TOLD]]))
            self.app.show_name()
            self.recomputing.start()
        self.list.show(self.list_rows, key)
        self.show_chosen(part)
        self.show_keys()
        if part is not None:
            self.set_focus(self.parts)
        self.work.settled()
        if message.error is None:
            self._accept()

    def _refuse(self, error: CasedeskError) -> None:
        """Say why a change wasn't made: in its form, which stays, or else in the bottom line."""
        if self._attempted is None or isinstance(error, Unchanged):
            self.app.tell(error.sentence, "warning" if isinstance(error, Unchanged) else "error")
            self._accept()
            return
        form, self._attempted = self._attempted, None
        self.conflicted = isinstance(error, Conflict)
        sentence = f"{error.sentence} Enter does it all the same." if self.conflicted else error.sentence
        form.refuse(error.mistakes if isinstance(error, InvalidFields) else [("", sentence)])

    def _accept(self) -> None:
        """Let the form go that asked for what is done now."""
        if self._attempted is not None:
            form, self._attempted = self._attempted, None
            form.accept()

    @on(CursorPane.Moved)
    def _follow(self, message: CursorPane.Moved) -> None:
        if message.pane is self.list:
            self.show_chosen(self.first_part())
        self.show_keys()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, CursorPane):
            self.pane = event.widget
            self.show_keys()

    # Keys

    def key_of(self, action_id: str) -> str:
        """The action's key as it is written on a keyboard."""
        return self.app.keymap.shown(action_id)

    def show_keys(self) -> None:
        """Show the keys of what can be done here."""
        words = self.words()
        names = [name for name in self.shown_keys() if self.offers(name)]
        hints = [Hint(name, self.key_of(name), words.get(name, BY_ID[name].short)) for name in names]
        self.keys.show([*hints, Hint("program.help", self.key_of("program.help"), "help")])

    @on(KeyLine.Clicked)
    def _key_clicked(self, message: KeyLine.Clicked) -> None:
        # The app runs it, as it does for keys: an action may wait for a message to this screen.
        self.app.call_later(self.run_action, BY_ID[message.action_id].call)

    def action_program_help(self) -> None:
        from casedesk.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.offers))

    async def go_back(self) -> None:
        """To the list, and from there away."""
        if self.pane is self.parts:
            self.set_focus(self.list)
        else:
            await self.work.settle()
            self.dismiss(self.changed)

    def go_to_other_pane(self) -> None:
        """To the list, or to the parts."""
        self.set_focus(self.list if self.pane is self.parts else self.parts)

    async def action_acts_undo(self) -> None:
        await self.once_settled(lambda: self.work.do(lambda desk: desk.acts.undo()))

    async def action_acts_redo(self) -> None:
        await self.once_settled(lambda: self.work.do(lambda desk: desk.acts.redo()))

    # Asking and doing

    def do(self, change: Change, key: Hashable | None = None, part: Hashable | None = None) -> None:
        """Make a change; the cursors go to that row of the list and that part then."""
        self._go_to = (key, part)
        self.work.do(change)

    async def once_settled(self, job: Callable[[], None]) -> None:
        """Do `job` once earlier changes are done and shown; what it can't be done to is told."""
        if not await self.work.settle():
            self.app.tell("The change before is still under way.", "warning")
            return
        try:
            job()
        except InvalidInput as error:
            self.app.tell(error.sentence, "warning")

    async def ask(self, form: Callable[[], Form[Entry]], answered: Callable[[Entry], None]) -> None:
        """Show a form, made of what is there once earlier changes are done; `answered` asks for the change."""
        from casedesk.tui.modals.form_modal import FormModal

        def show() -> None:
            self.conflicted = False
            made = form()
            modal: FormModal[Entry] = FormModal(made.title, made, attempt=lambda entry: attempt(modal, entry))
            self.app.push_screen(modal)

        def attempt(modal: FormModal[Entry], entry: Entry) -> None:
            self._attempted = modal
            try:
                answered(entry)
            except InvalidInput as error:
                self._refuse(error)

        await self.once_settled(show)

"""The configuration (K5): a tree of sections that is searched by words, what each holds, and what each thing does."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from textual import events, on
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from casedesk.domain.errors import CasedeskError, InvalidInput
from casedesk.domain.rights import CONFIGURE
from casedesk.tui.actions import ACTIONS, BY_ID, bindings
from casedesk.tui.configuration import section as deeds
from casedesk.tui.configuration.drawing import item_rows, note_lines, words_rows
from casedesk.tui.configuration.registry import sections
from casedesk.tui.configuration.section import Altered, Ask, Contents, Deed, Do, Item, Pick, Section
from casedesk.tui.configuration.tree import Place, best_place, find, tree_rows
from casedesk.tui.drawing import line_of
from casedesk.tui.screens.definitions import DefinitionsScreen
from casedesk.tui.widgets.cursor_pane import CursorPane, Row
from casedesk.tui.widgets.page import Page
from casedesk.tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome

SHOWN_KEYS: Final = (
    "config.enter", "config.new", "config.parts", "config.switch", "config.copy", "config.try", "config.log",
    "config.retire", "config.restore", "config.move_up", "config.move_down", "config.reset", "config.search",
    "acts.undo", "config.back",
)  # fmt: skip
"""The keys of the bottom line, in their order."""

DEEDS: Final = frozenset({deeds.CHANGE, *(action.id for action in ACTIONS if action.by == "deed")})
"""The actions that mean what the section says, where it says something."""

HINT: Final = "find, e.g. hours, theme, close options"


class ConfigurationScreen(DefinitionsScreen[dict[str, Contents]]):
    """Ends with whether something was changed here. Shows the sections that the user may change."""

    BINDINGS = bindings("config")
    HEADLINE, LIST_TITLE = "Configuration", "Sections"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]

    def __init__(self, at: Place | None = None) -> None:
        """`at` is where the cursors stand first."""
        super().__init__({})
        self.sections: tuple[Section, ...] = ()
        self.search = TextLine(placeholder=HINT, id="config-search")
        self.note = Page("About", id="config-note")
        self._at = at
        self._done: list[Altered | None] = []
        self._undone: list[Altered | None] = []
        self._previewed: Section | None = None

    def above(self) -> Iterable[Widget]:
        yield Horizontal(Static("/", markup=False, id="config-sign"), self.search, id="config-find")

    def right_side(self) -> Widget:
        return Vertical(self.parts, self.note, id="config-right")

    def on_mount(self) -> None:
        self.sections = tuple(
            section for section in sections() if section.right is None or self.app.desk.can(section.right)
        )
        if self._at is not None:
            self._go_to = (Place(self._at.section), self._at.item)
        super().on_mount()

    def read(self, desk: Desk) -> dict[str, Contents]:
        changes = desk.setup.last_changes() if desk.can(CONFIGURE) else {}
        found: dict[str, Contents] = {}
        for section in self.sections:
            try:
                found[section.id] = section.read(desk, self.app, changes)
            except CasedeskError as error:  # the other sections are there all the same
                found[section.id] = Contents(empty=error.sentence)
        return found

    # What is shown

    @property
    def section(self) -> Section | None:
        """The section under the cursor of the tree."""
        key = self.list.key
        named = key.section if isinstance(key, Place) else ""
        return next((section for section in self.sections if section.id == named), None)

    @property
    def contents(self) -> Contents:
        """What the section holds."""
        return self.found.get(self.section.id, Contents()) if self.section is not None else Contents()

    @property
    def item(self) -> Item | None:
        """The item under the cursor; None while the cursor is in the tree."""
        if self.pane is not self.parts:
            return None
        return next((item for item in self.contents.items if item.key == self.parts.key), None)

    def list_rows(self, width: int) -> Sequence[Row]:
        hits = find(self.search.value, self.sections, self.found)
        if not hits:
            return [Row([("Nothing is found.", "muted")]), Row([("Esc shows all.", "muted")])]
        return tree_rows(hits, self.found, width)

    def first_part(self) -> Hashable | None:
        key, items = self.list.key, self.contents.items
        named = key.item if isinstance(key, Place) else None
        return named if named is not None or not items else items[0].key

    def show_chosen(self, part: Hashable | None = None) -> None:
        section, contents = self.section, self.contents
        self.parts.set_title([(section.title if section is not None else "", "text")])
        empty = self._empty_words() if section is not None and section.id in self.found else ""
        self.parts.show(lambda width: item_rows(contents.items, width) or words_rows(empty, width), part)
        self._show_note()

    def _empty_words(self) -> str:
        words = line_of(self.contents.empty, 2000)
        return f"{words} {self.key_of(deeds.NEW)} adds one." if deeds.NEW in self._deeds() else words

    def _show_note(self) -> None:
        item, section = self.item, self.section
        if self._previewed is not None and self._previewed is not section:
            self._previewed.preview(self.app, None)
        self._previewed = section
        if section is not None:
            section.preview(self.app, item)
        now, zone = self.app.desk.now(), self.app.desk.zone
        self.note.write(lambda width: note_lines(section, self.contents, item, width, zone, now))

    def show_keys(self) -> None:
        super().show_keys()
        self._show_note()

    def shown_keys(self) -> Sequence[str]:
        return SHOWN_KEYS

    def words(self) -> Mapping[str, str]:
        if self.pane is self.list:
            return {"config.enter": "open"}
        return {name: deed.short for name, deed in self._deeds().items() if deed.short}

    def _deeds(self) -> Mapping[str, Deed]:
        return self.section.deeds(self.contents, self.item) if self.section is not None else {}

    def offers(self, action_id: str) -> bool:
        if action_id == deeds.CHANGE and self.pane is self.list:
            return bool(self.contents.items)
        if action_id in DEEDS:
            return action_id in self._deeds()
        return bool({"config", "page", "app"} & set(BY_ID[action_id].where))

    # Finding

    def action_config_search(self) -> None:
        self.set_focus(self.search)

    @on(Input.Changed, "#config-search")
    def _find(self) -> None:
        hits = find(self.search.value, self.sections, self.found)
        self.list.show(self.list_rows, best_place(self.search.value, hits))
        self.show_chosen(self.first_part())

    def on_key(self, event: events.Key) -> None:
        # At once, not by a message: the next key may be on its way already, and is for the list.
        if self.focused is self.search and event.key in ("enter", "down", "escape", "tab"):
            if event.key == "escape":
                self.search.value = ""
            self.set_focus(self.list)
            event.stop()
            event.prevent_default()

    # Going

    async def action_config_back(self) -> None:
        if self.pane is self.list and self.search.value:
            self.search.value = ""
            return
        if self.pane is self.list and self._previewed is not None:
            self._previewed.preview(self.app, None)
        await self.go_back()

    def action_config_pane(self) -> None:
        self.go_to_other_pane()

    @on(CursorPane.Opened)
    def _open_clicked(self) -> None:
        self.app.call_later(self.action_config_enter)

    async def action_config_enter(self) -> None:
        if self.pane is self.list:
            if self.contents.items:
                self.set_focus(self.parts)
        else:
            await self.action_deed(deeds.CHANGE)

    # Doing

    async def action_deed(self, action_id: str) -> None:
        """Do what the section offers under that action, if it does."""
        if not await self.work.settle():
            self.app.tell("The change before is still under way.", "warning")
            return
        try:
            deed = self._deeds().get(action_id)
        except InvalidInput as error:
            self.app.tell(error.sentence, "warning")
            return
        if isinstance(deed, Ask):
            self._ask(deed)
        elif isinstance(deed, Do):
            self._do(deed.change, deed.then)
        elif isinstance(deed, Pick):
            self._pick(deed)
        elif deed is not None:
            deed.show(self.app, self._shown_elsewhere)

    def _do(self, change: deeds.Change, then: Hashable | None) -> None:
        self.do(lambda desk: change(desk, self.work.report), None, then)

    def _ask(self, deed: Ask) -> None:
        from casedesk.tui.modals.form_modal import FormModal

        def attempt(entry: Any) -> None:
            self._attempted = modal
            try:
                change = deed.change(entry)
            except InvalidInput as error:
                self._refuse(error)
                return
            self._do(change, deed.then(entry) if deed.then is not None else None)

        modal: FormModal[Any] = FormModal(self.section.title if self.section else "", attempt=attempt)
        self.app.push_screen(modal)

        async def show(read: Any) -> None:
            try:
                await modal.show_form(deed.form(read))
            except InvalidInput as error:
                give_up(error)

        def give_up(error: CasedeskError) -> None:
            modal.give_up()
            self.app.tell(error.sentence, "warning")

        def found(read: Any) -> None:
            self.call_later(show, read)

        self._with(deed.read, found, give_up)

    def _pick(self, deed: Pick) -> None:
        def take(result: Any) -> None:
            if result is not None and deed.change is not None:
                self._do(deed.change(result), deed.then(result) if deed.then is not None else None)

        def found(read: Any) -> None:
            self.app.push_screen(deed.modal(read), take)

        self._with(deed.read, found, lambda error: self.app.tell(error.sentence, "warning"))

    def _with(
        self,
        read: Callable[[Desk], Any] | None,
        found: Callable[[Any], None],
        failed: Callable[[CasedeskError], None],
    ) -> None:
        """Go on with what a form needs to know, if it needs anything."""
        if read is None:
            found(None)
        else:
            self.work.look_up(read, found, failed)

    def _shown_elsewhere(self, changed: bool) -> None:
        """Another screen was shown from here, on which perhaps something was changed."""
        self.changed = self.changed or changed
        self.work.read()

    # Taking back: what belongs to the desk by the desk, what is the user's own here

    def done(self, outcome: Outcome | Altered) -> None:
        own = outcome if isinstance(outcome, Altered) else None
        gone, kept = (self._done, self._undone) if outcome.name == "undo" else (self._undone, self._done)
        if outcome.name in ("undo", "redo"):
            del gone[-1:]
        else:
            gone.clear()
        kept.append(own)

    async def action_acts_undo(self) -> None:
        await self._take_back(self._done, "undo")

    async def action_acts_redo(self) -> None:
        await self._take_back(self._undone, "redo")

    async def _take_back(self, kept: list[Altered | None], name: str) -> None:
        last = kept[-1] if kept else None

        def change(desk: Desk) -> Outcome | Altered:
            if last is not None:
                return replace(last.back(), name=name, summary=f"{name}: {last.summary}")
            return desk.acts.undo() if name == "undo" else desk.acts.redo()

        await self.once_settled(lambda: self.work.do(change))

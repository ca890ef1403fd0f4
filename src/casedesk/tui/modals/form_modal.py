"""The one modal that shows any form (`forms.py`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from casedesk.domain.errors import InvalidFields, InvalidInput
from casedesk.tui.drafts import DraftKeeper
from casedesk.tui.drawing import line_of
from casedesk.tui.editor import edit_text
from casedesk.tui.forms import FieldError, Form, FormState, TextBlockField, Values
from casedesk.tui.modals.drafting import Drafting
from casedesk.tui.modals.key_modal import Result
from casedesk.tui.widgets.advice import Advice
from casedesk.tui.widgets.choice_list import ChoiceList, TickList
from casedesk.tui.widgets.entry_list import EntryList
from casedesk.tui.widgets.field_view import FieldView
from casedesk.tui.widgets.name_list import NameList
from casedesk.tui.widgets.query_bar import QueryBar
from casedesk.tui.widgets.search_line import SearchLine
from casedesk.tui.widgets.text_block import TextBlock
from casedesk.tui.widgets.text_line import TextLine


class FormModal(Drafting[Result]):
    """Shows a form, field after field, and is dismissed with its typed result, or with None.

    In it arrows, first letters, digits and Enter are enough. Esc leaves, and asks first when something was typed.
    With `attempt`, that is given the result while the form stays and keeps the keys typed meanwhile; whoever attempts
    it ends with `accept` or `refuse`.
    """

    def __init__(
        self, title: str, form: Form[Result] | None = None, *, attempt: Callable[[Result], None] | None = None
    ) -> None:
        super().__init__()
        self.form_title = title
        self._attempt = attempt
        self.state: FormState[Result] | None = None
        self.advice: Advice | None = None
        self.going_to: int | None = None  # a ticket that was advised, to which the user leaves
        self.views: dict[str, FieldView] = {}
        self.leaving = False
        self.ready = False
        if form is not None:
            self._fill(form)

    def compose(self) -> ComposeResult:
        with Vertical(id="form") as box:
            box.border_title = Content(line_of(self.form_title))
            yield Static(markup=False, id="form-intro")
            yield VerticalScroll(*self.views.values(), id="form-fields", can_focus=False)
            yield Static(markup=False, id="form-hint")

    async def on_mount(self) -> None:
        if self.state is not None:
            await self._mount_fields()

    async def show_form(
        self, form: Form[Result], values: Values | None = None, drafts: DraftKeeper | None = None
    ) -> None:
        """Show the form, once it is known what it offers; `values` were entered before and stand in it again, and so
        does the draft that `drafts` found."""
        self.drafts = drafts
        self._fill(form, {**self.drafted(), **(values or {})})
        if self.is_mounted:
            await self._mount_fields()

    async def _mount_fields(self) -> None:
        """Put the fields into the frame, unless it was composed with them already, and begin to ask."""
        waiting = [view for view in self.views.values() if view.parent is None]
        if waiting:
            await self.query_one("#form-fields").mount(*waiting)
        assert self.state is not None
        if self.state.form.advice is not None:
            self.advice = Advice("Perhaps the same", self.state.form.advice)
            await self.query_one("#form").mount(self.advice, before="#form-hint")
        if self.drafts is not None:
            self.drafts.written = self.written
            await self.mount(self.drafts)
        self._begin()

    def _fill(self, form: Form[Result], values: Values | None = None) -> None:
        self.form_title = form.title
        self.state = FormState(form, dict(values or {}))
        self.views = {field.name: FieldView(field, self.state) for field in form.fields}

    def _begin(self) -> None:
        assert self.state is not None
        self.query_one("#form").border_title = Content(line_of(self.form_title))
        self.introduce()
        self._turn_to_current()
        if self.state.form.in_editor and not self.typed_something():
            self._begin_in_editor()
        self.take_kept()

    # What is being asked

    @property
    def current(self) -> FieldView:
        """The view of the field being asked."""
        assert self.state is not None
        return self.views[self.state.current]

    def _turn_to_current(self) -> None:
        self.current.ask()
        self._draw()
        if self.current.is_text:
            self.set_focus(self.current.editor)
        else:
            self.set_focus(None)
        self.call_after_refresh(self.current.scroll_visible, animate=False)

    def _draw(self) -> None:
        assert self.state is not None
        self._consider()
        asked = {field.name for field in self.state.asked()}
        for name, view in self.views.items():
            view.show(current=name == self.state.current, asked=name in asked, alone=len(self.views) == 1)
        self._hint()

    def _hint(self) -> None:
        assert self.state is not None
        hint = self.query_one("#form-hint", Static)
        hint.set_class(self.leaving, "-asking")
        if self.leaving:
            hint.update(self.leave_question)
            return
        if self.advice is not None and self.advice.taken:
            hint.update("Enter goes to the ticket · Esc back to the form")
            return
        look = ["ctrl+t look at these"] if self.advice is not None and self.advice.offers else []
        words = [f"Enter {self._what_enter_does()}", *self._ways(), *look, "Esc leave"]
        hint.update(line_of(" · ".join(words)))

    def _what_enter_does(self) -> str:
        assert self.state is not None
        editor = self.current.editor
        if isinstance(editor, TickList) and editor.typed.strip():
            return "tick it"
        if isinstance(editor, EntryList) and not editor.entries:
            return "add"
        submit = self.state.form.submit
        return submit[:1].lower() + submit[1:] if self.state.is_last(self.current.value()) else "next"

    def _ways(self) -> list[str]:
        """What else the current field's keys do."""
        editor = self.current.editor
        if isinstance(editor, TickList):
            return ["type to find or add"] if isinstance(editor, NameList) else ["letter, digit or space ticks"]
        if isinstance(editor, EntryList):
            return editor.ways()
        if isinstance(editor, ChoiceList):
            return ["letter or digit picks"] if editor.at_once else []
        return ["ctrl+o new line", "ctrl+g editor"] if isinstance(editor, TextBlock) else []

    # Keys

    def press(self, key: str, character: str | None) -> bool:
        if self.leaving:
            return self._answer_leaving(key)
        if self.advice is not None and self.advice.taken:
            self._press_in_advice(self.advice, key, character)
        elif key == "ctrl+t" and self.advice is not None and self.advice.offers:
            self._take_advice(self.advice, taken=True)
        elif key == "ctrl+l" and self.clear_draft():
            self._draw()
        elif key == "escape":
            self.leave()
        elif key in ("tab", "shift+tab"):
            self._keep_value()
            self.back() if key == "shift+tab" else self.go_on()
        elif self.current.is_text:
            return self._press_in_text(key, character)
        else:
            self._press_in_choices(key, character)
        return True

    def _take_advice(self, advice: Advice, *, taken: bool) -> None:
        advice.taken = taken
        advice.set_class(taken, "-current")
        self.set_focus(None if taken or not self.current.is_text else self.current.editor)
        self._hint()

    def _press_in_advice(self, advice: Advice, key: str, character: str | None) -> None:
        current = advice.choices.current
        if key == "escape":
            self._take_advice(advice, taken=False)
        elif key == "enter" and current is not None:
            self.going_to = int(current.value)
            self.dismiss(None)
        else:
            advice.choices.press(key, character)

    def _consider(self) -> None:
        """Let the advice follow what stands in the form now."""
        if self.advice is not None and self.state is not None:
            self.advice.consider({**self.state.known(), self.state.current: self.current.value()})

    @on(Advice.Shown)
    def _advice_shown(self) -> None:
        self._hint()

    def _press_in_choices(self, key: str, character: str | None) -> None:
        editor = self.current.editor
        assert isinstance(editor, ChoiceList)
        if key == "enter":
            if not (isinstance(editor, TickList) and editor.take_typed()) and not (
                isinstance(editor, EntryList) and editor.begin()
            ):
                self.go_on()
                return
        elif key == "up" and editor.cursor == 0 and not editor.typed and self.back():
            return
        elif editor.press(key, character):
            self.go_on()
            return
        self.current.complain("")
        self._draw()

    def _press_in_text(self, key: str, character: str | None) -> bool:
        editor = self.current.editor
        if key == "enter":
            self.go_on()
        elif key == "up" and isinstance(editor, TextLine):
            self.back()
        elif key == "ctrl+g" and isinstance(self.current.field, TextBlockField):
            self._open_editor()
        elif character and character.isprintable():
            # The editor keeps what is typed into it: this was typed before it had the focus.
            self._insert(character)
        else:
            return False
        return True

    def _insert(self, character: str) -> None:
        """Put in a character that didn't come to the editor itself."""
        editor = self.current.editor
        if isinstance(editor, TextBlock):
            editor.insert(character)
        elif isinstance(editor, TextLine):
            editor.insert_text_at_cursor(character)

    def _answer_leaving(self, key: str) -> bool:
        if key in ("y", "Y") or (key in ("k", "K") and self.keep_draft()):
            self.dismiss(None)
        elif key in ("n", "N", "escape", "enter"):
            self.leaving = False
            self._hint()
            if self.current.is_text:
                self.set_focus(self.current.editor)
        return True

    # Going on, back and away

    def _keep_value(self) -> None:
        assert self.state is not None
        self.state.put(self.state.current, self.current.value())

    def go_on(self) -> None:
        """Check the field and go to the next one; after the last, finish."""
        assert self.state is not None
        editor = self.current.editor
        if isinstance(editor, SearchLine) and editor.looking:
            self.ready = False
            self.set_focus(None)  # keys typed meanwhile are for what comes next
            editor.when_found(self._go_on_with_found)
            return
        self._keep_value()
        try:
            self.current.check_choice()
            self.state.check(self.state.current)
            if self.state.step(1):
                self._turn_to_current()
            else:
                self._finish(self.state.finish())
        except FieldError as error:
            self._show_mistake(error)
        except InvalidFields as error:
            self.refuse(error.mistakes)

    def _go_on_with_found(self) -> None:
        self.ready = True
        self.set_focus(self.current.editor)
        self.go_on()
        if self.ready:
            self.take_kept()

    def _finish(self, result: Result) -> None:
        if self._attempt is None:
            self.dismiss(result)
            return
        for view in self.views.values():
            view.complain("")
        self.ready = False
        self.set_focus(None)  # keys typed meanwhile are for what comes next
        self._attempt(result)

    def accept(self) -> None:
        """What was entered is done: leave, and hand on the keys typed meanwhile."""
        # As a message of the form's own, so that the keys which are on their way to it come before.
        self.call_later(self._leave_accepted)

    def _leave_accepted(self) -> None:
        self.dismiss(None)
        self.take_kept()

    def refuse(self, mistakes: Sequence[tuple[str, str]]) -> None:
        """What was entered can't be done: show each mistake, a field's name and a sentence, and ask again.

        A mistake of no field that is asked stands at the one that was asked last.
        """
        assert self.state is not None
        asked = [field.name for field in self.state.asked()]
        said: dict[str, list[str]] = {}
        for desk_name, sentence in mistakes:
            name = self.state.form.known_as.get(desk_name, desk_name)
            said.setdefault(name if name in asked else self.state.current, []).append(sentence)
        for name, sentences in said.items():
            self.views[name].complain(" ".join(sentences))
        self.state.current = next((name for name in asked if name in said), self.state.current)
        self._turn_to_current()
        self.take_kept()

    def _show_mistake(self, error: FieldError) -> None:
        assert self.state is not None
        elsewhere = error.name != self.state.current
        self.state.current = error.name
        self.views[error.name].complain(error.sentence)
        self._turn_to_current() if elsewhere else self._draw()

    def back(self) -> bool:
        """Go to the field before; False when there is none."""
        assert self.state is not None
        self._keep_value()
        if not self.state.step(-1):
            return False
        self._turn_to_current()
        return True

    def leave(self) -> None:
        """Leave without a result; asks first when something typed would be lost."""
        if self.typed_something():
            self.leaving = True
            self.set_focus(None)  # the answer is a key for the modal, not a letter for the text
            self._hint()
        else:
            self.dismiss(None)

    def typed_something(self) -> bool:
        """True when something was entered that would be lost by leaving."""
        return any(view.typed_something() for view in self.views.values())

    def _open_editor(self) -> None:
        editor = self.current.editor
        assert isinstance(editor, TextBlock)
        try:
            text = edit_text(self.app, editor.text)
        except InvalidInput as error:
            self.current.complain(error.sentence)
            return
        if text != editor.text:
            editor.text = text
            editor.move_cursor(editor.document.end)

    def _begin_in_editor(self) -> None:
        """Open $EDITOR at once. A changed text goes on by itself, an unchanged one leaves; when the editor fails, the
        form is there to write in."""
        before = self.current.value()
        self._open_editor()
        if self.current.mistake.display:
            return
        if self.current.value() == before:
            self.dismiss(None)
        else:
            self.go_on()

    @on(Input.Changed)
    @on(QueryBar.Typed)
    def _text_changed(self) -> None:
        if self.state is not None:
            self.current.complain("")
            self.current.show_preview()
            self._consider()

    @on(EntryList.Changed)
    def _entries_changed(self) -> None:
        self.current.complain("")
        self._draw()

    @on(ChoiceList.Clicked)
    def _choice_clicked(self) -> None:
        editor = self.current.editor
        if isinstance(editor, EntryList):
            return
        if isinstance(editor, TickList):
            editor.toggle()
        elif isinstance(editor, ChoiceList):
            self.go_on()

"""One field of a form on the screen: a line with its label and value, and its editor while it is being asked."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from casedesk.domain.text_safety import visible, visible_line
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import (
    ChoiceField,
    EntriesField,
    Field,
    FieldError,
    FormState,
    MultiChoiceField,
    QueryField,
    SearchField,
    TextBlockField,
    TextField,
)
from casedesk.tui.widgets.choice_list import ChoiceList, TickList
from casedesk.tui.widgets.entry_list import EntryList
from casedesk.tui.widgets.name_list import NameList
from casedesk.tui.widgets.query_bar import QueryBar
from casedesk.tui.widgets.query_line import QueryLine
from casedesk.tui.widgets.search_line import SearchLine
from casedesk.tui.widgets.text_block import TextBlock
from casedesk.tui.widgets.text_line import TextLine

Editor = ChoiceList | TextLine | TextBlock


class FieldView(Vertical):
    """A field. Its modal tells it when it is asked, and reads its value."""

    def __init__(self, field: Field, state: FormState[Any]) -> None:
        super().__init__(classes="field")
        self.field = field
        self.state = state
        self.bar: QueryBar | None = None  # around the editor of a query
        self.editor = self._make_editor()
        self.heading = Static(markup=False, classes="field-heading")
        self.preview = Static(markup=False, classes="field-preview")
        self.mistake = Static(markup=False, classes="field-mistake")
        self._complaint = ""

    def _make_editor(self) -> Editor:
        field, value = self.field, self.state.values[self.field.name]
        if isinstance(field, MultiChoiceField):
            choices = field.offered(self.state.known())
            names = (NameList if field.allow_new else TickList)(choices, field.ticked, field.mixed)
            names.put(value)
            return names
        if isinstance(field, EntriesField):
            return EntryList(field, value)
        if isinstance(field, ChoiceField):
            return ChoiceList(at_once=field.at_once)
        if isinstance(field, SearchField):
            return SearchLine(field.search, value, placeholder=field.placeholder)
        if isinstance(field, TextBlockField):
            return TextBlock(value, placeholder=field.placeholder)
        assert isinstance(field, TextField)
        if isinstance(field, QueryField):
            self.bar = QueryLine(field.complete, field.check, value, placeholder=field.placeholder, tell=field.tell)
            return self.bar.input
        return TextLine(value, placeholder=field.placeholder)

    def compose(self) -> ComposeResult:
        yield self.heading
        yield self.bar or self.editor
        if isinstance(self.editor, SearchLine):
            yield self.editor.results
        yield self.preview
        yield self.mistake

    @property
    def is_text(self) -> bool:
        """True for a field that is typed into."""
        return not isinstance(self.editor, ChoiceList)

    def value(self) -> Any:
        """What stands in the editor."""
        editor = self.editor
        if isinstance(editor, TickList):
            return editor.ticks()
        if isinstance(editor, EntryList):
            return tuple(editor.entries)
        if isinstance(editor, ChoiceList):
            return editor.current.value if editor.current and editor.current.refusal is None else None
        if isinstance(editor, SearchLine):
            return editor.chosen()
        return (editor.text if isinstance(editor, TextBlock) else editor.value).strip()

    def check_choice(self) -> None:
        """Raise FieldError with the reason when the choice under the cursor is one that can't be chosen."""
        editor = self.editor
        if isinstance(editor, ChoiceList) and not isinstance(editor, TickList | EntryList):
            current = editor.current
            if current is not None and current.refusal:
                raise FieldError(self.field.name, f"“{line_of(current.label, 60)}”: {current.refusal}.")

    def typed_something(self) -> bool:
        """True when text was typed that would be lost by leaving."""
        if isinstance(self.field, TextField):
            clean = visible if isinstance(self.field, TextBlockField) else visible_line
            return bool(self.value() != clean(self.field.initial).strip())
        if isinstance(self.editor, SearchLine) and isinstance(self.field, SearchField):
            return self.editor.value.strip() != (self.field.initial.label if self.field.initial else "")
        return isinstance(self.editor, TickList | EntryList) and self.editor.changed()

    def ask(self) -> None:
        """Offer what may be chosen now; called when the field's turn comes."""
        if isinstance(self.editor, EntryList):
            self.editor.show(self.state.known())
        if isinstance(self.field, TextField) and self.field.select and isinstance(self.editor, TextLine):
            self.editor.select_all()
        if isinstance(self.bar, QueryLine):
            self.bar.say_what_is_found(self.state.known())
        if isinstance(self.field, ChoiceField) and isinstance(self.editor, ChoiceList):
            choices = self.field.offered(self.state.known())
            now = self.state.values.get(self.field.name)
            places = [place for place, choice in enumerate(choices) if choice.refusal is None]
            chosen = next((place for place in places if choices[place].value == now), places[0] if places else 0)
            self.editor.offer(choices, cursor=chosen)

    def show(self, *, current: bool, asked: bool, alone: bool) -> None:
        """Draw it as the field being asked, one already filled in, one to come, or not at all."""
        self.display = asked
        self.set_class(current, "-current")
        (self.bar or self.editor).display = current
        self.show_preview(current)
        if isinstance(self.editor, SearchLine):
            self.editor.show_results(current)
        label = self.field.label
        typed = getattr(self.editor, "typed", "")
        if current:
            self.heading.update(Content.assemble(label, (f"  {line_of(typed)}▏", "$text")) if typed else label)
            self.heading.display = not alone or bool(typed)
            return
        if not asked:
            return
        known = self.state.known()
        said = self.field.said(known.get(self.field.name), known)
        self.heading.display = True
        width = max(len(field.label) for field in self.state.form.fields)
        self.heading.update(Content.assemble(f"{label:<{width}}  ", (line_of(said, 80) or "–", "$text")))

    @on(QueryLine.Told)
    def _show_what_is_found(self, message: QueryLine.Told) -> None:
        message.stop()
        self.preview.update(message.sentence)
        self.preview.display = bool(message.sentence) and self.has_class("-current")

    def show_preview(self, shown: bool = True) -> None:
        """Show what the text means that stands in the editor, where the field can say it."""
        if isinstance(self.bar, QueryLine) and self.bar.tells:
            self.preview.display = shown and bool(self.bar.told)
            return
        make = self.field.preview if isinstance(self.field, TextField) else None
        said = make(self.value()) if shown and make is not None else ""
        self.preview.display = bool(said) and said != self._complaint
        self.preview.update(said)

    def complain(self, sentence: str) -> None:
        """Show (or with nothing, take away) what is wrong with the field."""
        self._complaint = sentence
        self.mistake.update(sentence)
        self.mistake.display = bool(sentence)

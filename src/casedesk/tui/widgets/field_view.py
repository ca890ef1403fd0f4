"""One field of a form on the screen: a line with its label and value, and its editor while it is being asked."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from casedesk.tui.drawing import line_of
from casedesk.tui.forms import ChoiceField, Field, FormState, MultiChoiceField, SearchField, TextBlockField, TextField
from casedesk.tui.widgets.choice_list import ChoiceList, TickList
from casedesk.tui.widgets.name_list import NameList
from casedesk.tui.widgets.search_line import SearchLine
from casedesk.tui.widgets.text_entry import TextBlock, TextLine

Editor = ChoiceList | TextLine | TextBlock


class FieldView(Vertical):
    """A field. Its modal tells it when it is asked, and reads its value."""

    def __init__(self, field: Field, state: FormState[Any]) -> None:
        super().__init__(classes="field")
        self.field = field
        self.state = state
        self.editor = self._make_editor()
        self.heading = Static(markup=False, classes="field-heading")
        self.mistake = Static(markup=False, classes="field-mistake")

    def _make_editor(self) -> Editor:
        field = self.field
        if isinstance(field, MultiChoiceField):
            choices = field.offered(self.state.known())
            return (NameList if field.allow_new else TickList)(choices, field.ticked, field.mixed)
        if isinstance(field, ChoiceField):
            return ChoiceList(at_once=field.at_once)
        if isinstance(field, SearchField):
            return SearchLine(field.search, placeholder=field.placeholder)
        if isinstance(field, TextBlockField):
            return TextBlock(field.initial, placeholder=field.placeholder)
        assert isinstance(field, TextField)
        return TextLine(field.initial, placeholder=field.placeholder)

    def compose(self) -> ComposeResult:
        yield self.heading
        yield self.editor
        if isinstance(self.editor, SearchLine):
            yield self.editor.results
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
        if isinstance(editor, ChoiceList):
            return editor.current.value if editor.current and editor.current.refusal is None else None
        if isinstance(editor, SearchLine):
            return editor.chosen()
        return (editor.text if isinstance(editor, TextBlock) else editor.value).strip()

    def typed_something(self) -> bool:
        """True when text was typed that would be lost by leaving."""
        if isinstance(self.field, TextField):
            return bool(self.value() != self.field.initial.strip())
        if isinstance(self.editor, SearchLine):
            return bool(self.editor.value.strip())
        return isinstance(self.editor, TickList) and self.editor.changed()

    def ask(self) -> None:
        """Offer what may be chosen now; called when the field's turn comes."""
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
        self.editor.display = current
        if isinstance(self.editor, SearchLine):
            self.editor.show_results(current)
        label = self.field.label
        typed = getattr(self.editor, "typed", "")
        if current:
            self.heading.update(Content(f"{label} {typed}".rstrip() if typed else label))
            self.heading.display = not alone or bool(typed)
            return
        known = self.state.known()
        said = self.field.said(known.get(self.field.name), known)
        self.heading.display = True
        self.heading.update(Content.assemble(f"{label:<12} ", (line_of(said, 80) or "–", "$text")))

    def complain(self, sentence: str) -> None:
        """Show (or with nothing, take away) what is wrong with the field."""
        self.mistake.update(sentence)
        self.mistake.display = bool(sentence)

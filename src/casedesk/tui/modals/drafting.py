"""The part of a form that keeps what is typed into it as a draft (behaviour 5.4)."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.await_complete import AwaitComplete
from textual.widgets import Static, TextArea

from casedesk.tui.drafts import DraftKeeper
from casedesk.tui.drawing import block_of
from casedesk.tui.forms import FormState, Values
from casedesk.tui.modals.key_modal import LEAVE_QUESTION, KeyModal, Result
from casedesk.tui.widgets.field_view import FieldView
from casedesk.tui.widgets.text_block import TextBlock


class Drafting(KeyModal[Result | None]):
    """A form whose one text may be kept; `drafts` keeps it."""

    state: FormState[Any] | None
    views: dict[str, FieldView]
    drafts: DraftKeeper | None = None

    def drafted(self) -> Values:
        """The value of the draft that was found."""
        drafts = self.drafts
        return {drafts.drafted.field: drafts.found.body} if drafts is not None and drafts.found is not None else {}

    def introduce(self) -> None:
        """Say over the fields that a draft stands in them, and what the form is about."""
        assert self.state is not None
        intro = self.query_one("#form-intro", Static)
        said = self.drafts.said if self.drafts is not None else ""
        intro.update(block_of("\n".join(filter(None, (said, self.state.form.intro))), 2000))
        intro.display = bool(said or self.state.form.intro)

    @property
    def leave_question(self) -> str:
        """What is asked before typed text is lost."""
        keep = " · k keep it as a draft" if self.drafts is not None else ""
        return f"{LEAVE_QUESTION}{keep}"

    def clear_draft(self) -> bool:
        """Begin anew, with what stands in the field without a draft; False where no draft stands there."""
        drafts = self.drafts
        if drafts is None or drafts.found is None or self.state is None:
            return False
        view = self.views[drafts.drafted.field]
        assert isinstance(view.editor, TextBlock)
        drafts.found = None
        self.state.put(view.field.name, view.field.empty())
        view.editor.text = view.field.empty()
        self.introduce()
        return True

    def keep_draft(self) -> bool:
        """Keep what stands there also when the form is left; False where nothing is kept."""
        if self.drafts is None:
            return False
        self.drafts.outlive()
        return True

    def written(self) -> str:
        """What stands in the text field now; what it says of itself may be on its way still."""
        assert self.drafts is not None
        editor = self.views[self.drafts.drafted.field].editor
        assert isinstance(editor, TextBlock)
        return editor.text

    @on(TextArea.Changed)
    def _take_text(self, event: TextArea.Changed) -> None:
        if self.drafts is not None and event.text_area is self.views[self.drafts.drafted.field].editor:
            self.drafts.typed(event.text_area.text)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        if self.drafts is not None:
            self.drafts.end()
        return super().dismiss(result)

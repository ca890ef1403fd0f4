"""The filter: a query with what may stand at its cursor and the place of a mistake, and how many it finds.

While it has a mistake, what it narrows down stays that of the last text without one (behaviour 6.2): the line says
which that is, and the mistake stays in sight under it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Static

from casedesk.domain.errors import CasedeskError
from casedesk.tui.drawing import cut, fit, line_of
from casedesk.tui.widgets.drawn import Drawn
from casedesk.tui.widgets.query_bar import QueryBar

if TYPE_CHECKING:
    from casedesk.domain.query import QueryError
    from casedesk.tui.app import CasedeskApp


class FilterCount(Drawn):
    """How many were found. Its room depends on how many there are at most: a new width lays the screen out anew."""

    def __init__(self) -> None:
        super().__init__(id="filter-count")
        self._said = ""
        self._room = 0

    def say(self, text: str, room: int) -> None:
        """Show a text at the right end of `room` cells."""
        if room != self._room:
            self._room = room
            self.styles.width = room
        if text != self._said:
            self._said = text
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        return self.strip_of([(fit(self._said, width, right=True), "muted")], width)


class FilterMistake(Drawn):
    """The line under a filter that was left with a mistake, or whose words were hardly meant to be searched for."""

    def __init__(self) -> None:
        super().__init__(id="filter-mistake")
        self.display = False
        self._sentence = ""
        self._mistaken = True

    def say(self, sentence: str, *, mistaken: bool = True) -> None:
        """Show a sentence, or nothing; one of a mistake, or a hint."""
        self._sentence, self._mistaken = sentence, mistaken
        self.display = bool(sentence)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        sign, role = ("▲", "bad") if self._mistaken else ("·", "warning")
        return self.strip_of([(fit(f"{sign} {line_of(self._sentence)}", width), role)], width)


class FilterBar(QueryBar):
    """The filter. Is also told counts. Enter, arrows, Tab and Esc belong to it, and lead out of it.

    Enter on a mistake stays, and Esc brings back the text that stood there before.
    """

    app: CasedeskApp

    class Left(Message):
        """The user is done with the filter."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(placeholder="filter, e.g. is:open nps<=6 “late delivery”", id=id)
        self.count = FilterCount()
        self.line = FilterMistake()
        self.good = ""
        """The text by which was narrowed down what is shown: the last one without a mistake."""
        self._before = ""  # what Esc brings back in the place of a mistake
        self._counted = ("", 1)  # what is said at the right end, and the cells that it may need

    def compose(self) -> ComposeResult:
        yield Static("/", markup=False, id="filter-sign")
        yield self.input
        yield self.count
        yield self.suggestions
        yield self.line

    @property
    def meant(self) -> str:
        """The text that counts: what stands there, unless it is known to have a mistake."""
        return self.good if self.mistake is not None else self.text

    def edit(self) -> None:
        """Begin to type, at once: the next key may be on its way already. It takes the place of what stands there."""
        self.screen.set_focus(self.input)
        self.input.select_all()

    def complain(self, error: QueryError) -> None:
        super().complain(error)
        self._show_state()

    def accept(self, text: str | None = None) -> None:
        """What is shown is narrowed down by this text, which has no mistake; without it, by what stands there."""
        self.good = self.text if text is None else text
        if self.good == self.text:
            super().accept()
            if not self.input.has_focus:
                self._before = self.good
        self._show_state()

    def bring_back(self) -> bool:
        """Put the text there again that stood there before the one with a mistake; False when there is no mistake."""
        if self.mistake is None:
            return False
        self.set_text(self._before)
        return True

    def _show_state(self) -> None:
        """Say what is wrong once the filter was left, and always by what is narrowed down instead."""
        error = self.mistake
        left = error is not None and not self.input.has_focus
        hinted = self._hint() if error is None else ""
        self.line.say(str(error) if left else hinted, mistaken=left)
        self.set_class(left or bool(hinted), "-mistaken")
        said, room = self._counted
        if error is not None and self.good.strip() != self.text.strip():
            good = cut(line_of(self.good.strip()), max(8, self.screen.size.width // 5)) or "all"
            said = " · ".join(filter(None, (f"shown: {good}", said)))
            room = max(room, cell_len(said) + 1)
        self.count.say(said, room)

    def _hint(self) -> str:
        """What was probably meant by the text that stands there."""
        if not self.text:
            return ""
        from casedesk.domain.query import hint

        return hint(self.text)

    def show_note(self, text: str) -> None:
        """Show words in the place of counts."""
        self._counted = (text, len(text) + 1)
        self._show_state()

    def show_count(self, found: int, total: int | None, *, whole: bool) -> None:
        """`1,204 of 1,000,000`; with a `+` while more are being read."""
        said = f"{found:,}{'' if whole else '+'}"
        most = f"{max(found, total or 0):,}"
        shown = f"{said} of {total:,}" if total is not None and (total != found or not whole) else said
        self._counted = (shown, len(f" {most}+ of {most}"))
        self._show_state()

    def press(self, key: str) -> bool:
        if super().press(key):
            return True
        if key == "escape" and self.text:
            if not self.bring_back():
                self.set_text("")
        elif key == "enter" and self._is_mistaken():
            self.say_mistake()
        elif key in ("enter", "escape", "down", "tab"):
            self.leave()
        else:
            return False
        return True

    def leave(self) -> None:
        """Close the list and give the focus back."""
        self.close_list()
        self.post_message(self.Left())

    def _is_mistaken(self) -> bool:
        """Whether what stands there has a mistake, asked at once: Enter may come before the answer to the last key."""
        try:
            self.app.desk.queries.check(self.text)
        except CasedeskError as error:
            if error.code != "query":
                return False  # whoever reads the desk next says what is wrong with it
            self.complain(error)  # type: ignore[arg-type]  # the code says that it is a QueryError
            return True
        return False

    def on_descendant_focus(self) -> None:
        if self.mistake is None:
            self._before = self.text
        self._show_state()

    def on_descendant_blur(self) -> None:
        self._show_state()

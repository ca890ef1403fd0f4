"""A line to type a query into: what may stand at its cursor, and the place of a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.highlighter import Highlighter
from rich.style import Style
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from casedesk.tui.drawing import fit, line_of, wrap
from casedesk.tui.look import Line
from casedesk.tui.widgets.drawn import Drawn
from casedesk.tui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from casedesk.domain.query import Completion, QueryError
    from casedesk.tui.app import CasedeskApp

OFFERED = 8
MISTAKE_DELAY = 0.35
"""Seconds without a key after which a mistake is put into words; it is underlined at once."""


class _MistakeMark(Highlighter):
    """Underlines the mistake in what is typed."""

    def __init__(self) -> None:
        self.place: tuple[int, int] | None = None
        self.style = Style(underline=True)

    def highlight(self, text: Text) -> None:
        if self.place is not None:
            start, end = self.place
            text.stylize(self.style, start, max(end, start + 1))


class Suggestions(Drawn):
    """The list under the filter: the mistake's sentence, then what may stand at the cursor."""

    def __init__(self) -> None:
        super().__init__(id="suggestions")
        self.completions: Sequence[Completion] = ()
        self.cursor = -1
        self.sentence = ""
        self.display = False
        self._room: tuple[int, int, int] | None = None  # its left edge, width and height; None while it isn't shown

    @property
    def chosen(self) -> Completion | None:
        """The completion under the cursor, if the user went into the list."""
        return self.completions[self.cursor] if 0 <= self.cursor < len(self.completions) else None

    def offer(self, completions: Sequence[Completion], column: int) -> None:
        """Offer these at a column of the screen."""
        self.completions = completions[:OFFERED]
        self.cursor = -1
        self._place(column)

    def complain(self, sentence: str, column: int) -> None:
        """Put a mistake into words, with a sign under its place."""
        self.sentence = sentence
        self._place(column)

    def hide(self) -> None:
        """Show nothing, until there is something else to offer."""
        self._room = None
        self.display = False

    def move(self, by: int) -> None:
        """Move the cursor; above the first is nowhere."""
        self.cursor = max(-1, min(self.cursor + by, len(self.completions) - 1))
        self.refresh()

    def _place(self, column: int) -> None:
        """Take the room that is needed. The screen is laid out anew only where that differs: it costs more than all the
        rest of a key typed."""
        shown = bool(self.completions or self.sentence)
        wide = max([26, *(cell_len(self._words(each)) + 4 for each in self.completions)])
        wide = max(wide, min(cell_len(self.sentence) + 4, 72))
        width = min(wide, max(20, self.screen.size.width - 2))
        height = len(self.completions) + len(self._said())
        left = max(0, min(column, self.screen.size.width - wide - 1))
        room = (left, width, height) if shown else None
        if room == self._room:
            self.refresh()
            return
        self._room = room
        self.display = shown
        if shown:
            self.styles.width, self.styles.height, self.styles.offset = width, height, (left, 1)
            self.refresh(layout=True)

    def _words(self, completion: Completion) -> str:
        return f"{line_of(completion.text)}  {line_of(completion.detail)}"

    def _said(self) -> list[str]:
        return wrap(f"▲ {line_of(self.sentence)}", 68) if self.sentence else []

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        said = self._said()
        if y < len(said):
            return self.strip_of([(fit(f" {said[y]}", width), "bad")], width)
        place = y - len(said)
        if place >= len(self.completions):
            return Strip.blank(width)
        completion = self.completions[place]
        text, detail = line_of(completion.text), line_of(completion.detail)
        base = self.app.role_styles["selection"] if place == self.cursor else Style()
        room = width - 2 - cell_len(text)
        line: Line = [
            (" ", "text"),
            (text, "text"),
            (fit(f"  {detail}", max(0, room), right=True), "muted"),
            (" ", "text"),
        ]
        return self.strip_of(line, width, base)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.completions) + len(self._said())


class QueryInput(TextLine):
    """The line to type into. What the keys of the list under it are is known to the bar around it."""

    def __init__(self, value: str = "", *, placeholder: str = "") -> None:
        super().__init__(value, placeholder=placeholder)
        self.mistake_mark = _MistakeMark()
        self.highlighter = self.mistake_mark


class QueryBar(Horizontal):
    """A query being typed. Tells upwards what is typed; is told completions and mistakes."""

    app: CasedeskApp

    class Typed(Message):
        """Another text stands there."""

        def __init__(self, text: str, cursor: int) -> None:
            super().__init__()
            self.text = text
            self.cursor = cursor

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self.input = QueryInput(value, placeholder=placeholder)
        self.suggestions = Suggestions()
        self._mistake: QueryError | None = None
        self._mistaken = ""  # the text with that mistake
        self._said_text = self.input.value

    def compose(self) -> ComposeResult:
        yield self.input
        yield self.suggestions

    @property
    def text(self) -> str:
        """The query that stands there."""
        return self.input.value

    @property
    def mistake(self) -> QueryError | None:
        """What is wrong with the text that stands there, as far as that is known."""
        return self._mistake if self._mistaken == self.text else None

    def set_text(self, text: str) -> None:
        """Put a query there."""
        self.input.value = text
        self.input.cursor_position = len(text)

    def offer(self, text: str, completions: Sequence[Completion]) -> None:
        """Offer completions, if they are for what stands there now."""
        if text == self.text and self.input.has_focus:
            useful = [each for each in completions if self._completed(each)[0] != text]
            start = completions[0].start if completions else 0
            self.suggestions.offer(useful, self._column(start))

    def complain(self, error: QueryError) -> None:
        """Underline the mistake now, and say what it is once the typing stops.

        Nothing is said where the query only isn't finished yet and completions show how it goes on.
        """
        self._mistake, self._mistaken = error, self.text
        mark = self.input.mistake_mark
        mark.style = self.app.role_styles["bad"] + Style(underline=True)
        mark.place = (error.column - 1, error.column - 1 + error.length)
        self.input.refresh()
        self.set_timer(MISTAKE_DELAY, lambda: self._say(error))

    def say_mistake(self) -> None:
        """Put the mistake into words now, in the place of what is offered."""
        if self.mistake is not None:
            self.suggestions.offer((), 0)
            self.suggestions.complain(str(self.mistake), self._column(self.mistake.column - 1) - 1)

    def _say(self, error: QueryError) -> None:
        unfinished = error.column > len(self.text) and bool(self.suggestions.completions)
        if self.mistake is error and self.input.has_focus and not unfinished:
            self.suggestions.complain(str(error), self._column(error.column - 1) - 1)

    def accept(self) -> None:
        """The query has no mistake."""
        self._mistake = None
        if self.input.mistake_mark.place is not None:
            self.input.mistake_mark.place = None
            self.input.refresh()
        self.suggestions.complain("", 0)

    def _column(self, index: int) -> int:
        """The column inside the bar of a character of the text."""
        before = cell_len(self.text[:index]) - int(self.input.scroll_offset.x)
        return self.input.region.x - self.region.x + before

    # Keys

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._said_text:
            self._said_text = event.value
            self.post_message(self.Typed(event.value, self.input.cursor_position))

    def on_key(self, event: events.Key) -> None:
        if self.press(event.key):
            event.stop()
            event.prevent_default()

    def press(self, key: str) -> bool:
        """Take a key of the list; True when it meant something."""
        suggestions = self.suggestions
        if key == "down" and suggestions.display and suggestions.completions:
            suggestions.move(1)
        elif key == "up" and suggestions.cursor >= 0:
            suggestions.move(-1)
        elif key == "tab" and suggestions.completions:
            self._take(suggestions.chosen or suggestions.completions[0])
        elif key == "enter" and suggestions.chosen is not None:
            self._take(suggestions.chosen)
        else:
            return False
        return True

    def _take(self, completion: Completion) -> None:
        text, cursor = self._completed(completion)
        self.input.value = text
        self.input.cursor_position = cursor

    def _completed(self, completion: Completion) -> tuple[str, int]:
        """The text with the completion in it, and where the cursor then stands."""
        before = self.text[: completion.start] + completion.text
        return before + self.text[completion.end :], len(before)

    def close_list(self) -> None:
        """Offer and say nothing more."""
        self.suggestions.offer((), 0)
        self.suggestions.complain("", 0)

    def on_descendant_blur(self) -> None:
        self.suggestions.hide()

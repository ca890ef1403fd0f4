"""A line of text that finds something while it is typed; what was found is listed under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events, on
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from casedesk.domain.errors import CasedeskError
from casedesk.tui.forms import Choice, Unfound
from casedesk.tui.widgets.choice_list import ChoiceList
from casedesk.tui.widgets.text_line import TextLine

Search = Callable[[str], Sequence[Choice]]

PAUSE = 0.12
"""Seconds without a key after which it looks."""


class SearchLine(TextLine):
    """Text whose value is the choice under the cursor of `results`, a list that stands beside it."""

    replaced_by_typing = True

    class _Found(Message):
        def __init__(self, text: str, choices: Sequence[Choice]) -> None:
            super().__init__()
            self.text = text
            self.choices = choices

    def __init__(self, search: Search, found: Choice | None = None, *, placeholder: str = "") -> None:
        super().__init__(found.label if found else "", placeholder=placeholder)
        self._search = search
        self._searched = self.value.strip()
        self._when_found: Callable[[], object] | None = None
        self._pause: Timer | None = None
        self.results = ChoiceList([found] if found else [], at_once=False, numbered=False, empty="Nothing is found.")
        self.results.display = False

    @property
    def looking(self) -> bool:
        """True while what was found belongs to an earlier text."""
        return self._searched != self.value.strip()

    def when_found(self, go_on: Callable[[], object]) -> None:
        """Call `go_on` once what is being looked for has come."""
        self._when_found = go_on

    def chosen(self) -> Choice | Unfound | None:
        """What was found; None when nothing is typed."""
        typed = self.value.strip()
        if not typed:
            return None
        current = self.results.current
        return current if current is not None and current.refusal is None else Unfound(typed)

    def on_focus(self) -> None:
        """What stands there already gives way to what is typed."""
        if self.replaced_by_typing:
            self.select_all()

    def show_results(self, shown: bool) -> None:
        """Show or hide what was found."""
        self.results.display = shown and bool(self._searched)

    @on(Input.Changed)
    def _look_for(self) -> None:
        text = self.value.strip()
        if text == self._searched:
            return
        if self._pause is not None:
            self._pause.stop()
        if text:
            self._pause = self.set_timer(PAUSE, lambda: self._look(text))
        else:
            self._take(self._Found("", ()))

    def _look(self, text: str) -> None:
        def look() -> None:
            try:
                found = self._search(text)
            except CasedeskError as error:
                found = (Choice(None, error.sentence, refusal="failed"),)
            self.post_message(self._Found(text, found))

        self.run_worker(look, thread=True, group="search", exclusive=True)

    @on(_Found)
    def _take(self, found: _Found) -> None:
        if found.text != self.value.strip():
            return
        self._searched = found.text
        self.results.offer(found.choices)
        self.show_results(True)
        if self._when_found is not None:
            go_on, self._when_found = self._when_found, None
            go_on()

    async def _on_key(self, event: events.Key) -> None:
        inside = (event.key == "up" and self.results.cursor > 0) or event.key == "down"
        if inside and self.results.display:
            event.stop()
            event.prevent_default()
            self.results.press(event.key, None)
        else:
            await super()._on_key(event)
            event.prevent_default()

"""What the screens of figures share: a filter that narrows down what they show, and a clock by which it grows older."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.screen import Screen, ScreenResultType
from textual.timer import Timer

from casedesk.tui.reading import Reading
from casedesk.tui.widgets.filter_bar import FilterBar
from casedesk.tui.widgets.header import HeadLine

if TYPE_CHECKING:
    from casedesk.tui.app import CasedeskApp

TYPING_PAUSE = 0.25
"""Seconds without a key after which what is shown is narrowed down by what was typed."""
CLOCK_SECONDS = 60


class Narrowing(Screen[ScreenResultType]):
    """A screen of figures says how it takes in what was typed (`narrow_down`), and how time that has gone by."""

    app: CasedeskApp

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-fits")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (20, "-high")]

    head: HeadLine
    filter: FilterBar
    reading: Reading
    _typing: Timer | None = None

    def narrow_down(self) -> None:
        """Show what the query in the filter leaves."""
        raise NotImplementedError

    def grow_older(self) -> None:
        """Show what is shown as it is now."""
        raise NotImplementedError

    def start_clock(self) -> None:
        """Show the time, and what is shown as it is then, from now on every minute."""
        self._tick()
        self.set_interval(CLOCK_SECONDS, self._tick)

    def _tick(self) -> None:
        self.head.set_time(f"{self.app.desk.now().astimezone(self.app.desk.zone):%H:%M}")
        self.grow_older()

    def key_of(self, action_id: str) -> str:
        """The action's key as it is written on a keyboard."""
        return self.app.keymap.shown(action_id)

    def show_keys(self) -> None:
        """Show the keys of what can be done here."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        """Back from the rows: they may have been worked on."""
        self.grow_older()

    @on(Reading.Failed)
    def _desk_failed(self, message: Reading.Failed) -> None:
        self.app.tell(message.error.sentence, "error")

    # The filter

    @on(FilterBar.Typed)
    def _filter_typed(self, message: FilterBar.Typed) -> None:
        self.reading.complete(message.text, message.cursor)
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(TYPING_PAUSE, self.narrow_down)

    @on(Reading.Completed)
    def _offer_completions(self, message: Reading.Completed) -> None:
        self.filter.offer(message.text, message.completions)

"""The bottom line: the keys of the actions that can be asked for here, made from the registry; or a short message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer

from casedesk.tui.drawing import cut
from casedesk.tui.look import Line
from casedesk.tui.widgets.drawn import Drawn, cut_line, width_of

if TYPE_CHECKING:
    from casedesk.tui.app import CasedeskApp


@dataclass(frozen=True)
class Hint:
    """A key and what it does."""

    action_id: str
    key: str
    word: str


class KeyLine(Drawn):
    """One line of hints; as many as fit, the last one always. A click asks for the action.

    A message takes the place of the hints for a while. It costs one line of drawing, where a toast lays out the screen.
    """

    app: CasedeskApp

    class Clicked(Message):
        """A hint was clicked."""

        def __init__(self, action_id: str) -> None:
            super().__init__()
            self.action_id = action_id

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints: list[Hint] = []
        self._message: tuple[str, str] | None = None
        self._timer: Timer | None = None

    @property
    def message(self) -> str:
        """The message that is shown, if there is one."""
        return self._message[0] if self._message else ""

    @property
    def hints(self) -> Sequence[Hint]:
        """The hints that there are, whether or not they all fit."""
        return self._hints

    def say(self, text: str, role: str, seconds: float) -> None:
        """Show a message of one line of safe text for a while."""
        if self._timer is not None:
            self._timer.stop()
        message = self._message = (text, role)
        self._timer = self.set_timer(seconds, lambda: self._end(message))
        self.refresh()

    def hush(self) -> None:
        """Take a message away, because the hints are what counts now."""
        self._message = None
        self.refresh()

    def _end(self, message: tuple[str, str]) -> None:
        if message is self._message:  # and not a newer one, said while the timer's event was on its way
            self._message = None
            self.refresh()

    def show(self, hints: Sequence[Hint]) -> None:
        """Show other hints: those of what the user may do (M13)."""
        allowed = [hint for hint in hints if self.app.may(hint.action_id)]
        if allowed != self._hints:
            self._hints = allowed
            self.refresh()

    def _placed(self, width: int) -> list[tuple[int, Hint, Line]]:
        """The hints that fit, each with the column where it begins."""
        if not self._hints:
            return []
        *others, last = self._hints
        end = _line(last)
        room = width - width_of(end) - 1
        placed: list[tuple[int, Hint, Line]] = []
        at = 1
        for hint in others:
            line = _line(hint)
            if at + width_of(line) > room:
                break
            placed.append((at, hint, line))
            at += width_of(line)
        return [*placed, (max(at, width - width_of(end)), last, end)]

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if self._message is not None:
            text, role = self._message
            return self.strip_of([(" " + cut(text, width - 1), role)], width, self.app.role_styles["selection"])
        line: Line = []
        for at, _hint, spans in self._placed(width):
            line += [(" " * (at - width_of(line)), "text"), *spans]
        return self.strip_of(cut_line(line, width), width)

    def on_click(self, event: events.Click) -> None:
        for at, hint, spans in self._placed(self.size.width):
            if at <= event.x < at + width_of(spans):
                self.post_message(self.Clicked(hint.action_id))


def _line(hint: Hint) -> Line:
    return [(hint.key, "accent"), (f" {hint.word}  ", "muted")]

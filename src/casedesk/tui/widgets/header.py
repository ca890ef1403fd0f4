"""The head line: the program, the desk and the view at the left; who, in which role, and the time at the right."""

from __future__ import annotations

from textual.strip import Strip

from casedesk.tui.drawing import line_of
from casedesk.tui.look import Line
from casedesk.tui.widgets.drawn import Drawn, spread


class HeadLine(Drawn):
    """One line. It is told what to show."""

    def __init__(self, desk: str, user: str, role: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._desk = desk
        self._user = user
        self._role = role
        self._time = ""
        self._view = ""
        self._recording = ""

    def set_time(self, time: str) -> None:
        """The time of day in the desk's zone, `14:05`."""
        if time != self._time:
            self._time = time
            self.refresh()

    def set_desk(self, name: str) -> None:
        """The desk's name, once it is another one."""
        if name != self._desk:
            self._desk = name
            self.refresh()

    def set_view(self, view: str) -> None:
        """The name of the view that is shown."""
        self._view = view
        self.refresh()

    def set_recording(self, said: str) -> None:
        """That acts are taken down for a macro, in a few words; nothing when they aren't."""
        if said != self._recording:
            self._recording = said
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        left: Line = [(" casedesk", "accent"), (" · ", "muted"), (line_of(self._desk), "strong")]
        if self._view:
            left += [(" · ", "muted"), (line_of(self._view), "text")]
        if self._recording:
            left.insert(1, (f" {self._recording}", "bad"))
        right: Line = [(line_of(self._user), "text"), (f" · {line_of(self._role)}", "muted")]
        if width < 60:
            right = right[:1]
        right.append((f" · {self._time} ", "muted"))
        return self.strip_of(spread(left, right, width), width)

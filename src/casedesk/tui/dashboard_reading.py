"""What the screen of dashboards reads from the desk: each widget by itself, two at a time, in threads."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from casedesk.desk.values.dashboards import CHART, VIEW
from casedesk.domain.errors import CasedeskError
from casedesk.tui.reading import CANCELLED, Reading

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Dashboard, DashboardWidget
    from casedesk.domain.query import QueryError
    from casedesk.reports import Reports
    from casedesk.reports.dashboard import WidgetContent
    from casedesk.reports.period import Period

LANES = 2
"""Widgets that are read at the same time."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a widget showed, over which period, and narrowed down by which query of its dashboard."""

    query: str
    period: Period
    content: WidgetContent

    def holds_for(self, widget: DashboardWidget, query: str, period: Period) -> bool:
        """Whether the widget would be read in the same way again."""
        return (self.content.widget, self.query, self.period) == (widget, query, period)


class DashboardReading(Reading):
    """Also follows the desk and completes queries, as everywhere. Gone with its screen, which stops what it reads."""

    class Loaded(Message):
        """What one widget shows; `left` is how many are still to come."""

        def __init__(self, generation: int, content: WidgetContent, left: int, query: str, period: Period) -> None:
            super().__init__()
            self.generation = generation
            self.content = content
            self.left = left
            self.query = query
            self.period = period

    class Checked(Message):
        """The text of the filter, with its mistake if it has one."""

        def __init__(self, text: str, error: QueryError | None) -> None:
            super().__init__()
            self.text = text
            self.error = error

    def __init__(self, desk: Desk, reports: Reports, *, poll_seconds: float) -> None:
        super().__init__(desk, poll_seconds=poll_seconds)
        self._reports = reports
        self._load = 0
        self._left = 0

    @property
    def busy(self) -> bool:
        """Whether widgets are still to come."""
        return self._left > 0

    def check(self, text: str) -> None:
        """Look whether the text of the filter has a mistake."""

        def read() -> None:
            error: QueryError | None = None
            try:
                self._desk.queries.check(text)
            except CasedeskError as mistake:
                if mistake.code != "query":
                    raise
                error = mistake  # type: ignore[assignment]  # the code says that it is a QueryError
            self.post_message(self.Checked(text, error))

        self._ask("check", read)

    def load(self, dashboard: Dashboard, period: Period) -> None:
        """Read every widget over the period, in the place of what is being read."""
        self._load += 1
        generation = self._load
        self._left = len(dashboard.widgets)
        waiting = deque(_together(dashboard.widgets))
        for lane in range(LANES):
            self._start(f"lane {lane}", partial(self._read, lane, generation, waiting, dashboard, period))

    def _read(
        self,
        lane: int,
        generation: int,
        waiting: deque[list[DashboardWidget]],
        dashboard: Dashboard,
        period: Period,
    ) -> None:
        from casedesk.reports.dashboard import read_widget

        try:
            with self._reads(f"lane {lane}"):
                while generation == self._load and not self._gone.is_set():
                    for widget in waiting.popleft():
                        if widget.kind == CHART:
                            import textual_plotext.plot  # noqa: F401  # here it holds up no key
                        content = read_widget(self._desk, self._reports, dashboard, widget, period)
                        with self._lock:
                            self._left -= generation == self._load
                            left = self._left
                        self.post_message(self.Loaded(generation, content, left, dashboard.query, period))
        except IndexError:  # nothing is waiting any more
            return
        except CasedeskError as error:
            if error.code != CANCELLED:
                self.post_message(self.Failed(error))

    def is_wanted(self, generation: int) -> bool:
        """True for an answer to the last question."""
        return generation == self._load


def _together(widgets: Iterable[DashboardWidget]) -> list[list[DashboardWidget]]:
    """Those of one report after each other: it is made once."""
    found: dict[tuple[object, ...], list[DashboardWidget]] = {}
    for widget in widgets:
        same = (widget.id,) if widget.kind == VIEW else (widget.report, widget.by, widget.query, widget.working)
        found.setdefault(same, []).append(widget)
    return list(found.values())

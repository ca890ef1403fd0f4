"""What the report screen reads from the desk: reports, in threads; only the last one asked for is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from casedesk.domain.errors import CasedeskError
from casedesk.tui.reading import CANCELLED, Reading

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.reports import Report, Reports, Request


class ReportReading(Reading):
    """Also follows the desk and completes queries, as everywhere. Gone with its screen, which stops what it reads."""

    class Ran(Message):
        """The report that was asked for, or why there is none."""

        def __init__(self, request: Request, report: Report | None, error: CasedeskError | None = None) -> None:
            super().__init__()
            self.request = request
            self.report = report
            self.error = error

    def __init__(self, desk: Desk, reports: Reports, *, poll_seconds: float) -> None:
        super().__init__(desk, poll_seconds=poll_seconds)
        self._reports = reports
        self._asked: Request | None = None

    def report(self, request: Request, typed: str = "") -> None:
        """Make a report in the place of the one that is being made; `typed` is checked first for its mistakes."""
        self._asked = request
        self._start("report", lambda: self._make(request, typed))

    def _make(self, request: Request, typed: str) -> None:
        try:
            with self._reads("report"):
                if request is self._asked:
                    self._load_charts()
                    if typed:
                        self._desk.tickets.check(typed)
                    self.post_message(self.Ran(request, self._reports.run(request)))
        except CasedeskError as error:
            if error.code != CANCELLED:
                self.post_message(self.Ran(request, None, error))

    def is_wanted(self, request: Request) -> bool:
        """True for the last report asked for."""
        return request is self._asked

    @staticmethod
    def _load_charts() -> None:
        """Load what draws charts here, where it holds up no key."""
        import textual_plotext.plot  # noqa: F401

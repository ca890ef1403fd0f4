"""What the report screen looks at: which report, period, grouping and tickets. Knows nothing of the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from casedesk.domain.query.unfinished import unfinished
from casedesk.reports.grouping import usual_grouping
from casedesk.reports.period import Period
from casedesk.reports.values import Request

PERIODS: Final = {
    "today": "Today", "yesterday": "Yesterday", "last-7d": "The last 7 days", "last-30d": "The last 30 days",
    "this-month": "This month", "last-month": "Last month", "this-quarter": "This quarter",
    "last-quarter": "Last quarter", "this-year": "This year", "last-year": "Last year",
}  # fmt: skip
"""The periods that are offered by name."""


@dataclass(frozen=True, slots=True)
class ReportView:
    """`by` holds what the user chose to group by, by report."""

    report: str
    period: Period
    query: str = ""
    working: bool = False
    compare: bool = True
    by: Mapping[str, str] = field(default_factory=dict)

    @property
    def grouped_by(self) -> str:
        """What the report is grouped by: what was chosen, or what is usual for the report and the period's length."""
        return self.by.get(self.report) or usual_grouping(self.report, self.period)

    @property
    def request(self) -> Request:
        """What is asked for. The last word of the query is open at its end, as in the list of tickets."""
        query = unfinished(self.query).strip()
        return Request(self.report, self.period, self.grouped_by, query, self.working, self.compare)

    def group(self, by: str) -> ReportView:
        """The same, grouped by something else."""
        return replace(self, by={**self.by, self.report: by})

    def is_ahead(self, period: Period, now: datetime) -> bool:
        """Whether nothing of the period has come yet."""
        return period.first > now.astimezone(period.zone).date()

"""What the report screen looks at: which report, period, grouping and tickets. Knows nothing of the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from casedesk.domain.query.unfinished import unfinished
from casedesk.reports.period import Period, last_days, named
from casedesk.reports.values import Request

USUAL_BY: Final = {"cases": "owner", "people": "owner"}
"""What a report is grouped by unless the user says otherwise; the others by parts of time."""

DAYS_BY_DAY, DAYS_BY_WEEK = 45, 200
"""A period of up to so many days is cut into days, or into weeks; a longer one into months."""

PERIODS: Final = {
    "today": "Today", "yesterday": "Yesterday", "last-7d": "The last 7 days", "last-30d": "The last 30 days",
    "this-month": "This month", "last-month": "Last month", "this-quarter": "This quarter",
    "last-quarter": "Last quarter", "this-year": "This year", "last-year": "Last year",
}  # fmt: skip
"""The periods that are offered by name."""


def offered_period(name: str, now: datetime, zone: ZoneInfo) -> Period:
    """One of `PERIODS`. The last days end today, and count it. Raises InvalidInput for another name that is no date."""
    if name in ("last-7d", "last-30d"):
        return last_days(int(name[5:-1]), now, zone)
    return named(name, now, zone)


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
        chosen = self.by.get(self.report) or USUAL_BY.get(self.report)
        if chosen:
            return chosen
        days = self.period.days
        return "day" if days <= DAYS_BY_DAY else "week" if days <= DAYS_BY_WEEK else "month"

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

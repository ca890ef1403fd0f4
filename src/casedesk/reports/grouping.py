"""What a report can be grouped by, and what it is, and a period called, unless somebody says otherwise."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from casedesk.reports.frame import GROUPINGS
from casedesk.reports.period import STEPS, Period, between, last_days

USUAL_BY: Final = {"cases": "campaign", "causes": "month", "people": "owner"}
"""What these reports are grouped by; the others by parts of time."""

DAYS_BY_DAY, DAYS_BY_WEEK = 45, 200
"""A period of up to so many days is cut into days, or into weeks; a longer one into months."""


def usual_grouping(report: str, period: Period) -> str:
    """What suits the report and the length of the period."""
    if report in USUAL_BY:
        return USUAL_BY[report]
    return "day" if period.days <= DAYS_BY_DAY else "week" if period.days <= DAYS_BY_WEEK else "month"


def groupings_of(report: str) -> tuple[str, ...]:
    """What to offer for a report: Tickets is over time, Cases by a field, People about owners or teams, and Feedback
    has fields of responses."""
    if report == "tickets":
        return STEPS
    if report == "people":
        from casedesk.reports.people import FIELDS as OF_PEOPLE

        return OF_PEOPLE
    if report == "feedback":
        from casedesk.reports.feedback import FIELDS as OF_RESPONSES

        return (*STEPS, *OF_RESPONSES)
    return tuple(GROUPINGS) if report == "cases" else (*STEPS, *GROUPINGS)


def period_of(text: str, now: datetime, zone: ZoneInfo) -> Period:
    """The period of a date word, or of two with `..` between. The last days end today, and count it.

    Raises InvalidInput.
    """
    days = re.fullmatch(r"last-([0-9]{1,4})d", text)
    if days is not None and int(days[1]):
        return last_days(int(days[1]), now, zone)
    first, _, last = text.partition("..")
    return between(first, last or first, now, zone)

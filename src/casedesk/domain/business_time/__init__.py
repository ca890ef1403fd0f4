"""Business time: calendars, and the arithmetic of working time on them (behaviour 3.1 to 3.3, 3.5, 3.7)."""

from casedesk.domain.business_time.arithmetic import Pause, deadline, elapsed
from casedesk.domain.business_time.calendar import (
    WEEKDAYS,
    WHOLE_DAY,
    Calendar,
    Holiday,
    Interval,
    InvalidCalendar,
    Problem,
    Weekly,
)
from casedesk.domain.business_time.durations import duration_seconds, duration_text
from casedesk.domain.business_time.explanation import Kind, Span, spans
from casedesk.domain.business_time.hours_text import (
    holiday_hours_text,
    holidays_text,
    hours_text,
    parse_holiday_hours,
    parse_holidays,
    parse_hours,
)
from casedesk.domain.business_time.timeline import NoDeadline

__all__ = [
    "WEEKDAYS",
    "WHOLE_DAY",
    "Calendar",
    "Holiday",
    "Interval",
    "InvalidCalendar",
    "Kind",
    "NoDeadline",
    "Pause",
    "Problem",
    "Span",
    "Weekly",
    "deadline",
    "duration_seconds",
    "duration_text",
    "elapsed",
    "holiday_hours_text",
    "holidays_text",
    "hours_text",
    "parse_holiday_hours",
    "parse_holidays",
    "parse_hours",
    "spans",
]

"""When a pending ticket returns to open by itself (behaviour 1.5)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from casedesk.domain.errors import InvalidInput
from casedesk.domain.query.moments import Context, instant_of, parse_date, parse_duration, span_of
from casedesk.domain.query.tree import Date

FARTHEST = timedelta(days=3660)
"""Ten years: whoever means more has mistyped."""

_TIME_OF_DAY = re.compile(r"(today|tomorrow) +([0-9]{1,2}):([0-9]{2})")


def wake_instant(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant, UTC, that somebody means at `now` in `zone`, by the query language's words (behaviour 6.1).

    `3d` and `2h` count from now; `tomorrow`, `next-week` and `2026-12-01` are the first moment of that time;
    `tomorrow 09:00` and `2026-12-01 09:00` are minutes. Raises InvalidInput for another text, and for an instant that
    isn't ahead.
    """
    context = Context(now, zone, "")
    return checked_wake_up(datetime.fromtimestamp(_seconds(" ".join(text.lower().split()), context), UTC), now)


def checked_wake_up(instant: datetime, now: datetime) -> datetime:
    """The instant, UTC. Raises InvalidInput when it isn't after `now`, or more than ten years after it."""
    instant = instant.astimezone(UTC).replace(microsecond=0)
    if instant <= now:
        raise InvalidInput("A ticket can't wake up in the past; give an instant that is ahead.")
    if instant > now + FARTHEST:
        raise InvalidInput("A ticket can't sleep for more than ten years.")
    return instant


def _seconds(text: str, context: Context) -> int:
    if match := _TIME_OF_DAY.fullmatch(text):
        day = datetime.fromtimestamp(span_of(Date(match[1]), context)[0], context.zone)
        text = f"{day:%Y-%m-%d} {match[2]}:{match[3]}"
    if (duration := parse_duration(text)) is not None:
        return instant_of(duration, context, ahead=True)
    if text and (date := parse_date(text)) is not None:
        return span_of(date, context)[0]
    raise InvalidInput(f"“{text}” isn't an instant; write 3d, 2h, tomorrow, 2026-12-01 or 2026-12-01 09:00.")

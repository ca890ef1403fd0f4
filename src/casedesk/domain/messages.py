"""Messages between customers and agents: their directions and channels, and when one was written (behaviour 5)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from casedesk.domain.errors import InvalidInput
from casedesk.domain.query.moments import Context, instant_of, parse_date, parse_duration, span_of
from casedesk.domain.query.tree import Date

IN: Final = "in"
OUT: Final = "out"

DIRECTIONS: Final = (OUT, IN)
"""From the desk's side: out goes to the customer, in comes from the customer."""

SIGNS: Final = {OUT: "→", IN: "←"}
WAYS: Final = {OUT: "to the customer", IN: "from the customer"}

CHANNELS: Final = ("phone", "email", "chat", "letter", "in person", "other")
"""The ways on which a message that is logged by hand can have gone."""

_TIME_OF_DAY = re.compile(r"(?:(today|yesterday) +)?([0-9]{1,2}):([0-9]{2})")


def said_channel(channel: str) -> str:
    """The channel as people read it."""
    return "e-mail" if channel == "email" else channel


def heading(direction: str, channel: str, *, automatic: bool) -> str:
    """What stands before a message's words in a feed: `→ phone`, `← e-mail, automatic`."""
    return f"{SIGNS[direction]} {said_channel(channel)}{', automatic' if automatic else ''}"


def in_words(heading: str) -> str:
    """A heading without its sign, for those to whom the screen is read: `to the customer, phone`."""
    for direction, sign in SIGNS.items():
        if heading.startswith(sign):
            return f"{WAYS[direction]}, {heading[len(sign) :].lstrip()}"
    return heading


def written_instant(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant, UTC, that somebody means at `now` in `zone` by the query language's words (behaviour 6.1).

    Nothing and `now` are now; `2h` and `3d ago` lie so long back; `10:30` is today; `yesterday 10:30` and
    `2026-11-20 10:30` are minutes; a day alone is its first moment. Raises InvalidInput for another text, and for an
    instant that is still ahead.
    """
    context = Context(now, zone, "")
    words = " ".join(text.lower().split()).removesuffix(" ago")
    return checked_written(datetime.fromtimestamp(_seconds(words, context), UTC), now)


def checked_written(instant: datetime, now: datetime) -> datetime:
    """The instant in whole seconds, UTC. Raises InvalidInput when it lies after `now`."""
    instant = instant.astimezone(UTC).replace(microsecond=0)
    if instant > now:
        raise InvalidInput("A message can't have been written in the future; give an instant that is past.")
    return instant


def _seconds(text: str, context: Context) -> int:
    if not text:
        return int(context.now.timestamp())
    if match := _TIME_OF_DAY.fullmatch(text):
        day = datetime.fromtimestamp(span_of(Date(match[1] or "today"), context)[0], context.zone)
        text = f"{day:%Y-%m-%d} {match[2]:>02}:{match[3]}"
    if (duration := parse_duration(text)) is not None:
        return instant_of(duration, context, ahead=False)
    if (date := parse_date(text)) is not None:
        return span_of(date, context)[0]
    raise InvalidInput(f"“{text}” isn't an instant; write now, 2h, 10:30, yesterday 10:30 or 2026-11-20 10:30.")

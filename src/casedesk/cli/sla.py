"""`casedesk sla`: business-time arithmetic by itself (behaviour 3.2 and 3.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from casedesk.cli.groups import Commands, Group
from casedesk.cli.invocation import AsJson, Invocation, invocation
from casedesk.cli.output import instant, write, write_fields, write_json, write_table
from casedesk.domain.business_time import (
    Calendar,
    Kind,
    Pause,
    Span,
    deadline as deadline_of,
    duration_seconds,
    duration_text,
    elapsed as elapsed_of,
    parse_holidays,
    parse_hours,
    spans,
)
from casedesk.domain.errors import InvalidInput

_LEVELS = "casedesk.cli.service_levels:app"


class SlaCommands(Group):
    """Service levels as a whole, and the arithmetic by itself."""

    sections = {
        "Service levels": {"on": _LEVELS, "off": _LEVELS, "show": _LEVELS},
        "Working time": {"deadline": "", "elapsed": ""},
    }


app = Commands(cls=SlaCommands, help="Switch service levels on or off, and count working time.")

SHOWN_SPANS = 40
"""More spans are counted, not listed; JSON has them all."""

_KINDS = {Kind.OUTSIDE: "outside hours"}

Start = Annotated[
    str, typer.Argument(metavar="START", help="ISO 8601; without an offset it is a time in the calendar's zone.")
]
CalendarName = Annotated[str | None, typer.Option("--calendar", metavar="NAME", help="A calendar of the desk.")]
Zone = Annotated[str | None, typer.Option("--zone", metavar="ZONE", help="An IANA time zone, such as Europe/Berlin.")]
Hours = Annotated[
    str | None,
    typer.Option(
        "--hours",
        metavar="TEXT",
        help='"mon-thu 09:00-17:00;fri 09:00-12:00,13:00-15:00", "daily 08:00-20:00" or 24x7.',
    ),
]
Holidays = Annotated[
    str | None,
    typer.Option("--holidays", metavar="DATES", help="Dates off: 2026-12-25,2026-12-24 09:00-12:00 (own hours)."),
]
Pauses = Annotated[
    str, typer.Option("--pauses", metavar="A/B,…", help="Spans that don't count; one without an end lasts.")
]


@app.command("deadline")
def deadline(
    ctx: typer.Context,
    start: Start,
    duration: Annotated[str, typer.Argument(metavar="DURATION", help="Working time: 4h, 1h30m, PT4H.")],
    calendar: CalendarName = None,
    zone: Zone = None,
    hours: Hours = None,
    holidays: Holidays = None,
    pauses: Pauses = "",
    as_json: AsJson = False,
) -> None:
    """Print the instant at which so much working time has passed."""
    used = _calendar(invocation(ctx), calendar, zone, hours, holidays)
    begun, paused = _instant(start, used), _pauses(pauses, used)
    due = deadline_of(used, begun, duration_seconds(duration), paused)
    listed = spans(used, begun, due, paused)
    if as_json:
        write_json({"deadline": _utc(due), "spans": _span_documents(listed)})
        return
    write_fields([("deadline", f"{_local(due, used)} {used.zone}"), ("in UTC", _utc(due))])
    _write_spans(listed, used)


@app.command("elapsed")
def elapsed(
    ctx: typer.Context,
    start: Start,
    end: Annotated[str, typer.Argument(metavar="END", help="As START.")],
    calendar: CalendarName = None,
    zone: Zone = None,
    hours: Hours = None,
    holidays: Holidays = None,
    pauses: Pauses = "",
    as_json: AsJson = False,
) -> None:
    """Print the working time between two instants; none when the end is before the start."""
    used = _calendar(invocation(ctx), calendar, zone, hours, holidays)
    begun, ended, paused = _instant(start, used), _instant(end, used), _pauses(pauses, used)
    worked = elapsed_of(used, begun, ended, paused)
    listed = spans(used, begun, ended, paused)
    if as_json:
        write_json({"elapsed_seconds": worked, "spans": _span_documents(listed)})
        return
    write_fields([("elapsed", duration_text(worked)), ("in seconds", f"{worked:,}")])
    _write_spans(listed, used)


def _calendar(run: Invocation, name: str | None, zone: str | None, hours: str | None, holidays: str | None) -> Calendar:
    """The calendar that the options name or describe. Raises InvalidInput when they do neither, or both."""
    described = zone is not None or hours is not None or holidays is not None
    if name is not None and described:
        raise InvalidInput("Give --calendar, or --zone and --hours; a calendar has its own zone, hours and holidays.")
    if name is not None:
        return _calendar_of_desk(run, name)
    if zone is None or hours is None:
        raise InvalidInput("Give --calendar NAME, or --zone and --hours.")
    return Calendar(zone, parse_hours(hours), parse_holidays(holidays or ""))


def _calendar_of_desk(run: Invocation, name: str) -> Calendar:
    with run.open() as desk:
        return desk.calendars.calendar(name)


def _instant(text: str, calendar: Calendar) -> int:
    """Seconds since 1970 (UTC). A wall time that is skipped or comes twice is as behaviour 3.3 has it."""
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=calendar.zone_info)
        seconds = moment.timestamp()
    except (ValueError, OverflowError):
        raise InvalidInput(f"“{text}” isn't an instant; write 2026-12-01T09:00:00Z or 2026-12-01T09:00.") from None
    if seconds != int(seconds):
        raise InvalidInput(f"“{text}” isn't a whole second.")
    return int(seconds)


def _pauses(text: str, calendar: Calendar) -> list[Pause]:
    pauses: list[Pause] = []
    for piece in filter(None, (piece.strip() for piece in re.split("[,;]", text))):
        start, slash, end = (part.strip() for part in piece.partition("/"))
        if not slash:
            raise InvalidInput(f"“{piece}” isn't a pause; write its start and its end with a slash between them.")
        pauses.append((_instant(start, calendar), _instant(end, calendar) if end else None))
    return pauses


def _utc(seconds: int) -> str:
    return instant(datetime.fromtimestamp(seconds, UTC)) or ""


def _span_documents(listed: Sequence[Span]) -> list[dict[str, Any]]:
    return [
        {
            "start": _utc(span.start),
            "end": _utc(span.end),
            "kind": span.kind.value,
            "seconds": span.seconds,
            "working_seconds": span.working,
            "name": span.name or None,
        }
        for span in listed
    ]


def _write_spans(listed: Sequence[Span], calendar: Calendar) -> None:
    if not listed:
        return
    write()
    shown = listed if len(listed) <= SHOWN_SPANS else [*listed[: SHOWN_SPANS // 2], *listed[-SHOWN_SPANS // 2 :]]
    rows = [
        (_local(span.start, calendar), _local(span.end, calendar), _kind(span), duration_text(span.seconds))
        for span in shown
    ]
    if len(shown) < len(listed):
        rows.insert(SHOWN_SPANS // 2, ("…", f"{len(listed) - len(shown):,} more", "", ""))
    write_table(("from", "to", "kind", "time"), rows, flexible=2)


def _kind(span: Span) -> str:
    kind = _KINDS.get(span.kind, span.kind.value)
    return f"{kind}: {span.name}" if span.name else kind


def _local(seconds: int, calendar: Calendar) -> str:
    """The instant on the calendar's wall clock, to the second where it isn't a whole minute, with its offset."""
    there = datetime.fromtimestamp(seconds, calendar.zone_info)
    return there.isoformat(" ", "seconds" if there.second else "minutes")

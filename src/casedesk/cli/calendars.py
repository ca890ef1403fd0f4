"""`casedesk calendars …`: when work is done (behaviour 3.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from casedesk.cli.calendar_documents import calendar_document, details_document, week_picture
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import write, write_fields, write_json, write_table
from casedesk.cli.service_levels import change_levels
from casedesk.desk.values import CalendarDetails, OwnDate
from casedesk.domain.errors import InvalidInput

app = Commands(help="List, show, make, change, copy and retire calendars of working time.")

Name = Annotated[str, typer.Argument(metavar="CALENDAR", help="The calendar's name.")]
HOURS = '"mon-thu 09:00-17:00;fri 09:00-12:00,13:00-15:00", "daily 08:00-20:00" or 24x7.'
Zone = Annotated[str | None, typer.Option("--zone", metavar="ZONE", help="An IANA time zone, such as Europe/Berlin.")]
Country = Annotated[
    str | None,
    typer.Option("--country", metavar="COUNTRY", help="Whose public holidays are kept, such as DE, or none."),
]
Region = Annotated[str | None, typer.Option("--region", metavar="REGION", help="A region of it, such as BY, or none.")]


@app.command("list")
def list_calendars(
    ctx: typer.Context,
    retired: Annotated[bool, typer.Option("--retired", help="Those that are retired, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the calendars with the policies that count by them."""
    with invocation(ctx).open() as desk:
        found = desk.calendars.list(retired=retired)
    if as_json:
        write_json([calendar_document(entry) for entry in found])
        return
    rows = [
        (
            entry.name,
            entry.zone,
            entry.hours,
            f"{entry.country} {entry.region}".strip(),
            "retired" if entry.retired else ", ".join(entry.policies),
        )
        for entry in found
    ]
    write_table(("calendar", "zone", "hours", "holidays", "policies"), rows, flexible=2)


@app.command("show")
def show_calendar(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Show a calendar: its week, and its holidays of the next twelve months."""
    with invocation(ctx).open() as desk:
        details = desk.calendars.show(name)
    if as_json:
        write_json(details_document(details))
    else:
        _write_details(details)


@app.command("add")
def add_calendar(
    ctx: typer.Context,
    name: Name,
    hours: Annotated[str, typer.Option("--hours", metavar="TEXT", help=HOURS)],
    zone: Zone = None,
    country: Country = None,
    region: Region = None,
    dates: Annotated[
        list[str] | None,
        typer.Option(
            "--date",
            metavar="DATE",
            help='A date of its own: 2026-12-24, or "2026-12-24 09:00-12:00 Christmas Eve". May be repeated.',
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a calendar, in the desk's zone unless another is named."""
    own = _own_dates(dates or ())
    change_levels(
        ctx,
        lambda desk: desk.calendars.add(
            name, hours, zone=zone, country=_or_none(country) or "", region=_or_none(region) or "", dates=own
        ),
        as_json=as_json,
    )


@app.command("change")
def change_calendar(
    ctx: typer.Context,
    name: Name,
    new_name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Another name.")] = None,
    hours: Annotated[str | None, typer.Option("--hours", metavar="TEXT", help=HOURS)] = None,
    zone: Zone = None,
    country: Country = None,
    region: Region = None,
    as_json: AsJson = False,
) -> None:
    """Change a calendar. Open tickets whose policies count by it follow."""
    change_levels(
        ctx,
        lambda desk: desk.calendars.change(
            name, new_name=new_name, zone=zone, hours=hours, country=_or_none(country), region=_or_none(region)
        ),
        as_json=as_json,
    )


@app.command("date")
def set_date(
    ctx: typer.Context,
    name: Name,
    day: Annotated[str, typer.Argument(metavar="DATE", help="Such as 2026-12-24.")],
    hours: Annotated[
        str,
        typer.Option(
            "--hours",
            metavar="TEXT",
            help="All that is worked then, such as 09:00-12:00; “off 12:00-24:00” is taken from the usual hours, and"
            " “open” makes a public holiday a day like others. Without it nobody works.",
        ),
    ] = "",
    called: Annotated[str, typer.Option("--name", metavar="TEXT", help="What the date is called.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Take the date away.")] = False,
    as_json: AsJson = False,
) -> None:
    """Set or take away a date of a calendar's own."""
    if remove and (hours or called):
        raise InvalidInput("Give --remove, or what the date is to be.")
    wanted = _day(day)
    change_levels(
        ctx,
        lambda desk: (
            desk.calendars.remove_date(name, wanted)
            if remove
            else desk.calendars.set_date(name, wanted, called=called, hours=hours)
        ),
        as_json=as_json,
    )


@app.command("copy")
def copy_calendar(
    ctx: typer.Context,
    name: Name,
    new_name: Annotated[str, typer.Argument(metavar="NEW", help="The copy's name.")],
    as_json: AsJson = False,
) -> None:
    """Make another calendar like this one, with its own dates."""
    change_levels(ctx, lambda desk: desk.calendars.copy(name, new_name), as_json=as_json)


@app.command("retire")
def retire_calendar(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Offer a calendar no longer. One that a policy counts by can't be retired."""
    change_levels(ctx, lambda desk: desk.calendars.retire(name), as_json=as_json)


@app.command("restore")
def restore_calendar(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Bring a retired calendar back."""
    change_levels(ctx, lambda desk: desk.calendars.restore(name), as_json=as_json)


def _write_details(details: CalendarDetails) -> None:
    entry = details.entry
    write_fields(
        [
            ("calendar", entry.name), ("zone", entry.zone), ("hours", entry.hours),
            ("public holidays", f"{entry.country} {entry.region}".strip() or "none"),
            ("policies", ", ".join(entry.policies)), ("retired", "yes" if entry.retired else None),
        ]
    )  # fmt: skip
    write()
    for line in week_picture(details.week):
        write(line)
    write()
    if not details.holidays:
        write("No holidays in the next twelve months.")
        return
    rows = [(each.date.isoformat(), f"{each.date:%a}", each.name, each.origin, each.hours) for each in details.holidays]
    write_table(("date", "day", "holiday", "from", "hours"), rows, flexible=2)


def _or_none(text: str | None) -> str | None:
    """A name, empty for `none`."""
    return "" if text is not None and text.strip().casefold() == "none" else text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidInput(f"“{text}” isn't a date such as 2026-12-24.") from None


def _own_dates(texts: list[str] | tuple[str, ...]) -> list[OwnDate]:
    """The dates of `2026-12-24 09:00-12:00 Christmas Eve` and the like."""
    from casedesk.domain.business_time import holidays_text, parse_holidays

    return [
        OwnDate(day, holiday.name, holidays_text({day: replace(holiday, name="")}).partition(" ")[2])
        for day, holiday in parse_holidays("\n".join(texts)).items()
    ]

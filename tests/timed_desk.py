"""A desk with service levels at work: one ticket with every kind of span behind it, and one for every standing."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from casedesk.desk import Desk
from tests.conftest import Clock, make_small_desk
from tests.made_once import lay_instead

BERLIN = ZoneInfo("Europe/Berlin")
HOLIDAY = "Founders’ day"
OVERDUE, PAUSED, SOON, CALM = 1, 2, 3, 4
"""The tickets: 1 has been pending, over a holiday and closed for a while."""


def go_to(clock: Clock, day: int, wall: str) -> None:
    """Move the clock to a time of day in February 2026, in Berlin; the second is a Monday."""
    clock.seconds = datetime.fromisoformat(f"2026-02-{day:02}T{wall}").replace(tzinfo=BERLIN).timestamp()


def set_levels(desk: Desk) -> None:
    """Monday to Friday, nine to five, with a holiday on Thursday, the fifth: 40 hours to resolve and four to answer,
    which stand still in pending; two hours to resolve what is urgent."""
    desk.calendars.set_date("Business hours", date(2026, 2, 5), called=HOLIDAY)
    targets = [("first response", None, 4 * 3600), ("resolution", None, 40 * 3600)]
    desk.policies.change("Standard", targets=targets, pauses=["first response", "resolution"])
    desk.policies.add("Urgent", "priority:urgent", targets=[("resolution", None, 2 * 3600)])
    desk.policies.switch(True)
    desk.service_levels.recompute()


def lay_timed(desk: Desk, clock: Clock) -> Desk:
    """Fill the small desk, which has no ticket yet; it is Friday, the sixth, 16:00."""
    lay_instead(desk, make_timed_desk)
    go_to(clock, 6, "16:00")
    return desk


def make_timed_desk(path: Path) -> None:
    """The small desk, and a week's work at it."""
    make_small_desk(path)
    clock = Clock()
    with Desk.open(path, user="ana", clock=clock) as desk:
        go_to(clock, 2, "09:30")
        set_levels(desk)
        desk.tickets.new("Late delivery, no refund", "high")
        go_to(clock, 3, "10:00")
        desk.tickets.set_status(OVERDUE, "pending")
        go_to(clock, 4, "12:00")
        desk.tickets.set_status(OVERDUE, "open")
        go_to(clock, 6, "10:00")
        desk.tickets.close(OVERDUE, resolution="Explained")
        go_to(clock, 6, "13:00")
        desk.tickets.new("Waits for a part", "low")
        desk.tickets.set_status(PAUSED, "pending")
        go_to(clock, 6, "14:00")
        desk.tickets.reopen(OVERDUE)
        go_to(clock, 6, "14:20")
        desk.tickets.new("Nobody can log in", "urgent")
        desk.tickets.new("Wrong size", "normal")

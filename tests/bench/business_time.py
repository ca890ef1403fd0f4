"""Measures business-time arithmetic: a million deadlines, with calendars of several kinds and with pauses."""

from __future__ import annotations

import random
import time
from datetime import date

from casedesk.domain.business_time import Calendar, Holiday, Pause, deadline, elapsed, parse_hours, spans

QUESTIONS = 1_000_000
START = 1_700_000_000
YEARS = 3
YEAR = 365 * 86_400
CALENDARS = {
    "office hours": Calendar("Europe/Berlin", parse_hours("mon-fri 09:00-17:00")),
    "office hours, breaks, holidays": Calendar(
        "America/New_York",
        parse_hours("mon-fri 09:00-12:00,13:00-17:00;sat 10:00-14:00"),
        {date(2023 + year, month, 1): Holiday() for year in range(5) for month in range(1, 13)},
    ),
    "nights": Calendar("Australia/Lord_Howe", parse_hours("daily 22:00-06:00")),
    "24x7": Calendar("UTC", parse_hours("24x7")),
}


def measure_deadlines() -> None:
    """Print how long the questions take, the calendars' first computing included, and a year's explanation."""
    pick = random.Random(1)
    asked = [(START + pick.randrange(YEARS * YEAR), pick.randrange(80 * 3600)) for _ in range(QUESTIONS)]
    print(f"\n{f'{QUESTIONS:,} questions':44} {'seconds':>9} {'µs each':>9}")
    for name, calendar in CALENDARS.items():
        begun = time.perf_counter()
        for start, seconds in asked:
            deadline(calendar, start, seconds)
        _tell(f"deadline, {name}", begun)
    calendar = CALENDARS["office hours"]
    begun = time.perf_counter()
    for start, seconds in asked:
        elapsed(calendar, start, start + 4 * seconds)
    _tell("elapsed, office hours", begun)
    pauses: list[list[Pause]] = [
        [(start + 3600, start + 90_000), (start + 180_000, start + 200_000)] for start, _ in asked
    ]
    begun = time.perf_counter()
    for (start, seconds), paused in zip(asked, pauses, strict=True):
        deadline(calendar, start, seconds, paused)
    _tell("deadline with two pauses, office hours", begun)
    begun = time.perf_counter()
    listed = spans(calendar, START, START + YEAR)
    print(f"  {'the explanation of a year':42} {(time.perf_counter() - begun) * 1000:6.1f} ms, {len(listed)} spans")


def _tell(what: str, begun: float) -> None:
    taken = time.perf_counter() - begun
    print(f"  {what:42} {taken:9.2f} {taken / QUESTIONS * 1e6:9.2f}")

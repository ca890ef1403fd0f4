"""A table of single cases (behaviour 3.1 to 3.5): `cases.csv`. Times without an offset are the calendar's own."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import pytest

from casedesk.domain.business_time import (
    Calendar,
    Kind,
    Pause,
    deadline,
    duration_seconds,
    elapsed,
    parse_holidays,
    parse_hours,
    spans,
)

with (Path(__file__).parent / "cases.csv").open(encoding="utf-8", newline="") as table:
    CASES = tuple(csv.DictReader(table))


def instant(text: str, calendar: Calendar) -> int:
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=calendar.zone_info)).timestamp())


def pauses_of(text: str, calendar: Calendar) -> list[Pause]:
    ends = [piece.split("/") for piece in text.split(",") if piece]
    return [(instant(start, calendar), instant(end, calendar) if end else None) for start, end in ends]


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_working_time(case: dict[str, str]) -> None:
    calendar = Calendar(case["zone"], parse_hours(case["hours"]), parse_holidays(case["holidays"]))
    start, pauses = instant(case["start"], calendar), pauses_of(case["pauses"], calendar)
    if case["kind"] == "deadline":
        end = deadline(calendar, start, duration_seconds(case["duration_or_end"]), pauses)
        assert end == instant(case["expected"], calendar)
    else:
        end = instant(case["duration_or_end"], calendar)
        assert elapsed(calendar, start, end, pauses) == int(case["expected"])
    found = spans(calendar, start, end, pauses)
    counted = sum(span.seconds for span in found if span.kind is Kind.COUNTED)
    assert counted == elapsed(calendar, start, end, pauses)

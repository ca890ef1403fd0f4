"""What was opened in a period, by what it is tagged and classified as, however much of the desk the period holds."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from casedesk.desk import Desk
from casedesk.reports import Reports, Request
from casedesk.reports.period import Period
from tests.conftest import Clock

FIRST = date(2026, 1, 31)
TAGS = (("callback", "vip"), (), ("vip",), ("callback",), (), ("vip", "callback"))
"""Those of the tickets, of which one is opened each day."""
CAUSES = (("People",), ("People", "Price"), (), (), ("Price",), ("Policy",))


@pytest.fixture
def six_days(desk: Desk, clock: Clock) -> Desk:
    for number, (tags, causes) in enumerate(zip(TAGS, CAUSES, strict=True), start=1):
        desk.tickets.new("Parcel", "low")
        if tags:
            desk.tickets.tag(number, tags)
        if causes:
            desk.tickets.classify(number, causes)
        clock.tick(86_400)
    return desk


@pytest.mark.parametrize(("start", "days"), [(0, 6), (0, 5), (1, 4), (1, 1), (2, 2), (5, 1), (0, 20), (7, 3)])
@pytest.mark.parametrize("query", ["", "priority:low"])
def test_each_tag_and_each_cause_counts_the_tickets_opened_in_the_period(
    six_days: Desk, start: int, days: int, query: str
) -> None:
    first = FIRST + timedelta(start)
    period = Period(first, first + timedelta(days - 1), ZoneInfo("Europe/Berlin"))
    reports = Reports(six_days)
    for values, request in (
        (TAGS, Request("cases", period, "tag", query)),
        (CAUSES, Request("cases", period, "class", query)),
        (CAUSES, Request("causes", period, "month", query)),
    ):
        expected = Counter(value for of_day in values[start : start + days] for value in of_day or ("none",))
        lines = reports.run(request).lines
        counted = {line.label.replace("Unclassified", "none"): line.value("new") for line in lines}
        assert {label: count for label, count in counted.items() if count} == expected

"""A report beside what a plain recomputation gives, figure by figure, with the rows that each opens."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from casedesk.desk import Desk
from casedesk.reports import Figure, Line, Report, Reports, Request
from casedesk.reports.feedback import FIELDS as RESPONSE_FIELDS
from casedesk.reports.frame import GROUPINGS
from casedesk.reports.people import FIELDS
from casedesk.reports.period import STEPS, Period
from tests.reports.recomputation import Story, Values, age, figures

ZONES = ("Europe/Berlin", "UTC", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Kathmandu")
QUERIES = ("", "tag:late", "class:price OR owner:ben", "-is:closed", "is:closed sort:due", "priority:low")


def drawn(chance: random.Random, desk: Desk, report: str) -> Request:
    """A request over some period, often around a change of the clocks, often up to now or beyond."""
    zone = ZoneInfo(chance.choice(ZONES))
    today = desk.now().astimezone(zone).date()
    last = chance.choice([today, today + timedelta(3), date(2026, 3, 30), date(2026, 4, 6)])
    last -= timedelta(chance.choice([0, 0, 1, 8, 30]))
    period = Period(last - timedelta(chance.choice([0, 1, 6, 29, 60])), last, zone)
    bys = {"tickets": STEPS, "cases": tuple(GROUPINGS), "causes": (*STEPS, *GROUPINGS), "people": FIELDS}
    bys |= {"sla": (*STEPS, *GROUPINGS), "feedback": (*STEPS, *RESPONSE_FIELDS)}
    by = chance.choice(bys[report])
    return Request(report, period, by, chance.choice(QUERIES), working=chance.random() < 0.3)


def groups_of(desk: Desk, by: str, number: int) -> set[str]:
    """What a ticket shows of the field."""
    ticket = desk.tickets.show(number)
    if by == "closer":
        closer = "SELECT u.login FROM ticket t JOIN user u ON u.id = t.closed_by_id WHERE t.id = ?"
        return {desk.store.reader().value(closer, (number,)) or "none"}
    held = {
        "class": ticket.classifications,
        "tag": ticket.line.tags,
        "plan": ticket.plan and ticket.plan.name,
        "resolution": ticket.resolution,
        "language": ticket.language,
        "policy": tuple(timer.policy for timer in ticket.timers if timer.kind == "resolution"),
    }
    value = held[by] if by in held else getattr(ticket.line, by)
    return set(value or ["none"]) if isinstance(value, tuple) else {value or "none"}


class Comparison:
    """A report of tickets or cases beside the stories of the tickets that its query leaves in."""

    def __init__(self, desk: Desk, request: Request, told: Mapping[int, Story]) -> None:
        self.desk = desk
        self.report = Reports(desk).run(request)
        self.request = request
        self.now = desk.seconds()
        self.calendar = desk.calendars.working(desk.policies.default().calendar_id) if request.working else None
        self.told = [told[number] for number in desk.tickets.numbers(request.query)] if told else []
        self.where = f"{request}"

    def make(self) -> None:
        period = self.request.period
        self.totals(period)
        if self.request.by in STEPS:
            for (label, part), line in zip(period.cut(self.request.by), self.report.lines, strict=True):
                assert line.label == label
                self.line(line, self.figures(self.told, part))
        else:
            self.groups(period)

    def totals(self, period: Period) -> None:
        expected, before = self.figures(self.told, period), self.figures(self.told, period.before())
        unclosed = self.desk.tickets.numbers("-is:closed")
        for figure in self.report.totals:
            if figure.id == "average_age_seconds":
                assert figure.value == close_to(age(self.told, self.now, unclosed)[0]), self.where
                assert figure.n == age(self.told, self.now, unclosed)[1], self.where
            else:
                self.equal(figure, expected)
                assert figure.before == close_to(before[figure.id][0]), f"{self.where}: {figure.id} before"
            self.listed(figure)

    def groups(self, period: Period) -> None:
        lines = {line.label: line for line in self.report.lines}
        members = defaultdict(list)
        for story in self.told:
            for label in groups_of(self.desk, self.request.by, story.number):
                members[label].append(story)
        for label, stories_of_it in members.items():
            expected = self.figures(stories_of_it, period)
            if label in lines:
                self.line(lines.pop(label), expected)
            else:
                assert not any(value for value, _ in expected.values()), f"{self.where}: no line for {label}"
        assert not lines, self.where

    def line(self, line: Line, expected: Values) -> None:
        for figure in line.figures:
            self.equal(figure, expected)
            self.listed(figure)

    def figures(self, told: list[Story], period: Period) -> Values:
        return figures(told, period, self.now, self.calendar)

    def equal(self, figure: Figure, expected: Values) -> None:
        value, n = expected[figure.id]
        assert figure.value == close_to(value), f"{self.where}: {figure.id}"
        assert figure.n == n, f"{self.where}: n of {figure.id}"

    def listed(self, figure: Figure) -> None:
        """The query of a figure lists as many as it was counted from."""
        if figure.rows is None:
            assert figure.n == 0, f"{self.where}: {figure.id} has no rows"
            return
        assert rows_of(self.desk, figure) == figure.listed, f"{self.where}: {figure.id} by {figure.rows.query}"


def close_to(value: float | None) -> object:
    return value if value is None else pytest.approx(value)


def every_figure(report: Report) -> list[Figure]:
    """Its totals, and the figures of its lines."""
    return [*report.totals, *(figure for line in report.lines for figure in line.figures)]


def rows_of(desk: Desk, figure: Figure) -> int:
    assert figure.rows is not None
    if figure.rows.scope == "tickets":
        return desk.tickets.count(figure.rows.query)
    return len(desk.responses.find(figure.rows.query, limit=10_000))

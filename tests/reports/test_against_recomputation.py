"""Every figure equals what a plain recomputation of the tickets' histories gives, and its rows are what it counted."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from casedesk.desk import Desk
from casedesk.domain.business_time import deadline
from casedesk.reports import Figure, Line, Reports, Request
from casedesk.reports.frame import GROUPINGS
from casedesk.reports.people import FIELDS
from casedesk.reports.period import STEPS, Period
from casedesk.reports.running import REPORTS
from tests.conftest import Clock
from tests.reports.random_life import Life
from tests.reports.recomputation import Story, Values, age, figures, stories

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
        self.told = [told[number] for number in desk.tickets.numbers(request.query)]
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
        assert figure.rows.scope == "tickets"
        count = self.desk.tickets.count(figure.rows.query)
        assert count == figure.n, f"{self.where}: {figure.id} by {figure.rows.query}"


class CausesComparison(Comparison):
    """The report of causes likewise: a line for each classification, a column for each part or group."""

    def make(self) -> None:
        period = self.request.period
        members = defaultdict(list)
        for story in self.told:
            for label in groups_of(self.desk, "class", story.number):
                members[label].append(story)
        closed = sum(bool(story.closings(period)) for story in self.told)
        assert self.report.total("closed").value == closed, self.where
        listed = {line.label: line for line in self.report.lines}
        assert set(members) - {"none"} <= set(listed), self.where
        for label, line in listed.items():
            told = members["none" if label == "Unclassified" else label]
            expected = dict(self.figures(told, period))
            count = expected["closed"][0]
            expected["cause_percent"] = (
                round(100 * count / closed, 1) if closed and count is not None else None,
                closed,
            )
            for column in self.report.columns:
                if column.id.startswith("closed:"):
                    within = sum(bool(story.closings(part)) for story, part in self.cell(told, column.title))
                    expected[column.id] = (within, within)
            self.line(line, expected)
        for figure in self.report.totals:
            self.listed(figure)

    def cell(self, told: list[Story], title: str) -> list[tuple[Story, Period]]:
        """The stories of a column, with the span of time that it is about."""
        by, period = self.request.by, self.request.period
        if by in STEPS:
            return [(story, dict(period.cut(by))[title]) for story in told]
        return [(story, period) for story in told if title in groups_of(self.desk, by, story.number)]


class PeopleComparison(Comparison):
    """The report of people likewise."""

    def make(self) -> None:
        for figure in self.report.totals:
            self.listed(figure)
        hours = self.desk.calendars.working(self.desk.policies.default().calendar_id)
        members = defaultdict(list)
        for story in self.told:
            for label in groups_of(self.desk, self.request.by, story.number):
                members[label].append(story)
        lines = {line.label: line for line in self.report.lines}
        assert all(label in lines for label in members if self.busy(members[label])), self.where
        for label, line in lines.items():
            told = members[label]
            unclosed = [story for story in told if story.number in self.desk.tickets.numbers("-is:closed")]
            late = [
                story
                for story in unclosed
                if deadline(hours, story.opened, 9 * 3600, story.pauses(len(story.shut))) < self.now
            ]
            expected = dict(self.figures(told, self.request.period))
            expected |= {"open_now": (len(unclosed),) * 2, "overdue": (len(late),) * 2, **self.done(label, told)}
            self.line(line, expected)

    def busy(self, told: list[Story]) -> bool:
        period = self.request.period
        return any(period.start <= story.opened < period.end or story.closings(period) for story in told)

    def done(self, label: str, told: list[Story]) -> dict[str, tuple[float | None, int]]:
        """The notes and messages of a person, or of a team's tickets; nobody takes actions in these lives."""
        if label == "none" and self.request.by != "team":
            return dict.fromkeys(("notes", "actions", "messages"), (None, 0))
        period, of_team = self.request.period, self.request.by == "team"
        found: dict[str, list[int]] = {"notes": [], "actions": [], "messages": []}
        for story in told if of_team else self.told:
            ticket = self.desk.tickets.show(story.number)
            sent = [message for message in ticket.messages if message.direction == "out" and message.author]
            for kind, things in (("notes", ticket.notes), ("messages", sent)):
                found[kind] += [
                    story.number
                    for thing in things
                    if period.start <= thing.at.timestamp() < period.end and (of_team or thing.author == label)
                ]
        return {kind: (len(numbers), len(set(numbers))) for kind, numbers in found.items()}


def close_to(value: float | None) -> object:
    return value if value is None else pytest.approx(value)


COMPARISONS = {
    "tickets": Comparison,
    "cases": Comparison,
    "causes": CausesComparison,
    "people": PeopleComparison,
}


@pytest.mark.parametrize("seed", range(6))
def test_each_figure_is_what_the_activity_says_and_its_rows_are_those_counted(
    desk: Desk, clock: Clock, tmp_path: Path, seed: int
) -> None:
    life = Life(desk, clock, tmp_path, seed)
    for _ in range(3):
        life.go_on(40)
        told = stories(desk)
        for report, comparison in COMPARISONS.items():
            comparison(desk, drawn(life.chance, desk, report), told).make()


@pytest.mark.parametrize("seed", range(2))
def test_the_rows_of_every_report_are_as_many_as_it_counted(
    desk: Desk, clock: Clock, tmp_path: Path, seed: int
) -> None:
    life = Life(desk, clock, tmp_path, seed)
    life.go_on(80)
    for name in REPORTS:
        for by in ("week", "owner"):
            first = desk.now().date() - timedelta(60)
            report = Reports(desk).run(Request(name, Period(first, desk.now().date(), desk.zone), by))
            for figure in (*report.totals, *(figure for line in report.lines for figure in line.figures)):
                if figure.rows is not None:
                    assert rows_of(desk, figure) == figure.n, f"{name} by {by}: {figure.id} by {figure.rows.query}"


def rows_of(desk: Desk, figure: Figure) -> int:
    assert figure.rows is not None
    if figure.rows.scope == "tickets":
        return desk.tickets.count(figure.rows.query)
    return len(desk.responses.find(figure.rows.query, limit=10_000))

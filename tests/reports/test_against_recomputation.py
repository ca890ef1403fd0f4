"""Every figure equals what a plain recomputation of the tickets' histories gives, and its rows are what it counted."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.domain.business_time import deadline
from casedesk.reports import Reports, Request
from casedesk.reports.period import STEPS, Period
from casedesk.reports.running import REPORTS
from tests.conftest import Clock
from tests.reports.comparing import Comparison, drawn, every_figure, groups_of, rows_of
from tests.reports.random_life import Life
from tests.reports.recomputation import Story, stories


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
            for figure in every_figure(report):
                if figure.rows is not None:
                    assert rows_of(desk, figure) == figure.listed, f"{name} by {by}: {figure.id} by {figure.rows.query}"

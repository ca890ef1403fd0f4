"""Every figure on service levels is what messages, closings and recorded breaches say, and its rows are those."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.reports import Request
from casedesk.reports.period import Period
from tests.conftest import Clock
from tests.reports.comparing import Comparison, close_to, drawn
from tests.reports.random_life import OrderlyLife
from tests.reports.recomputation import Story, Values, stories
from tests.reports.recomputed_levels import breaches, level_figures, promises


class LevelsComparison(Comparison):
    """The report on service levels beside what was promised and kept."""

    def __init__(self, desk: Desk, request: Request, told: Mapping[int, Story]) -> None:
        super().__init__(desk, request, told)
        self.promised = {story.number: list(promises(desk, story)) for story in self.told}
        self.missed = breaches(desk)

    def totals(self, period: Period) -> None:
        expected, before = self.figures(self.told, period), self.figures(self.told, period.before())
        for figure in self.report.totals:
            self.equal(figure, expected)
            past = None if figure.id in {"running", "overdue"} else before[figure.id][0]
            assert figure.before == close_to(past), f"{self.where}: {figure.id} before"
            self.listed(figure)

    def figures(self, told: list[Story], period: Period) -> Values:
        numbers = {story.number for story in told}
        promised = [promise for story in told for promise in self.promised[story.number]]
        missed = [breach for breach in self.missed if breach.ticket in numbers]
        return level_figures(promised, missed, period, self.now)


@pytest.mark.parametrize("seed", range(6))
def test_each_figure_is_what_was_promised_and_kept_and_its_rows_are_those_counted(
    desk: Desk, clock: Clock, tmp_path: Path, seed: int
) -> None:
    life = OrderlyLife(desk, clock, tmp_path, seed)
    for _ in range(2):
        life.go_on(50)
        told = stories(desk)
        for _ in range(3):
            LevelsComparison(desk, drawn(life.chance, desk, "sla"), told).make()


@pytest.mark.parametrize("seed", range(2))
def test_what_is_overdue_is_a_breach_once_it_was_looked_for(
    desk: Desk, clock: Clock, tmp_path: Path, seed: int
) -> None:
    life = OrderlyLife(desk, clock, tmp_path, seed)
    life.go_on(80)
    desk.service_levels.sweep()
    known = {(breach.ticket, breach.kind, breach.due // 60) for breach in breaches(desk)}
    now = desk.seconds()
    late = {
        (promise.ticket, promise.kind, promise.due // 60)
        for story in stories(desk).values()
        for promise in promises(desk, story)
        if promise.due < (now if promise.met is None else promise.met)
    }
    assert late
    assert late <= known

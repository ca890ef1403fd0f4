"""Every figure on feedback is what the answers themselves say, and its rows are those counted."""

from __future__ import annotations

import statistics
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.desk.values import Response
from casedesk.reports import Request
from casedesk.reports.period import Period
from tests.conftest import Clock
from tests.reports.comparing import Comparison, drawn, groups_of
from tests.reports.random_life import Life
from tests.reports.recomputation import Values

ASKED = {"nps": "NPS", "csat": "CSAT"}
"""The wording of the question of each kind of score."""


@dataclass(frozen=True)
class Score:
    """A response with the scores that its answers hold, by the kind."""

    response: Response
    at: int
    given: dict[str, float]

    @property
    def number(self) -> int | None:
        """Its latest ticket's number, by whose fields it is grouped."""
        return self.response.ticket


def scores(desk: Desk, query: str) -> list[Score]:
    """What was answered by the responses that a query leaves in."""
    found = []
    for response in desk.responses.find(query, limit=10_000):
        answers = {answer.question: answer.value for answer in response.answers}
        given = {kind: float(answers[question]) for kind, question in ASKED.items() if answers.get(question)}
        found.append(Score(response, int(response.answered_at.timestamp()), given))
    return found


def score_figures(told: list[Score], period: Period) -> Values:
    """The figures of these responses over a period."""
    within = [score for score in told if period.start <= score.at < period.end]
    nps = [score.given["nps"] for score in within if "nps" in score.given]
    csat = [score.given["csat"] for score in within if "csat" in score.given]
    groups = [1 if score >= 9 else 0 if score >= 7 else -1 for score in nps]
    counts = {
        "responses": len(within),
        "scored": len(nps),
        "promoters": groups.count(1),
        "passives": groups.count(0),
        "detractors": groups.count(-1),
    }
    none: dict[str, tuple[float | None, int]] = dict.fromkeys(("ces", "ces_mean", "rating_mean"), (None, 0))
    return none | {
        **{name: (count, count) for name, count in counts.items()},
        "nps": (round(100 * statistics.fmean(groups), 1) if groups else None, len(groups)),
        "csat": (round(100 * sum(score >= 4 for score in csat) / len(csat), 1) if csat else None, len(csat)),
        "csat_mean": (statistics.fmean(csat) if csat else None, len(csat)),
    }


class FeedbackComparison(Comparison):
    """The report on feedback beside the answers."""

    def __init__(self, desk: Desk, request: Request) -> None:
        super().__init__(desk, request, {})
        self.scores = scores(desk, request.query)

    def make(self) -> None:
        period = self.request.period
        expected, before = score_figures(self.scores, period), score_figures(self.scores, period.before())
        for figure in self.report.totals:
            self.equal(figure, expected)
            assert figure.before == pytest.approx(before[figure.id][0]), f"{self.where}: {figure.id} before"
            self.listed(figure)
        if self.report.timed:
            for (label, part), line in zip(period.cut(self.request.by), self.report.lines, strict=True):
                assert line.label == label
                self.line(line, score_figures(self.scores, part))
        else:
            self.by_group(period)

    def by_group(self, period: Period) -> None:
        members = defaultdict(list)
        for score in self.scores:
            for label in self.labels(score):
                members[label].append(score)
        lines = {line.label: line for line in self.report.lines}
        for label, told in members.items():
            expected = score_figures(told, period)
            if label in lines:
                self.line(lines.pop(label), expected)
            else:
                assert not expected["responses"][0], f"{self.where}: no line for {label}"
        assert not lines, self.where

    def labels(self, score: Score) -> set[str]:
        """The groups that a response is in: campaign and language are its own, the rest its ticket's."""
        if self.request.by == "campaign":
            return {score.response.campaign}
        if self.request.by == "language":
            return {score.response.language or "none"}
        return {"none"} if score.number is None else groups_of(self.desk, self.request.by, score.number)


@pytest.mark.parametrize("seed", range(4))
def test_each_figure_is_what_the_answers_say_and_its_rows_are_those_counted(
    desk: Desk, clock: Clock, tmp_path: Path, seed: int
) -> None:
    life = Life(desk, clock, tmp_path, seed)
    for _ in range(4):
        life.go_on(15)
        for _ in range(4):
            life.hear()
        for _ in range(3):
            FeedbackComparison(desk, drawn(life.chance, desk, "feedback")).make()

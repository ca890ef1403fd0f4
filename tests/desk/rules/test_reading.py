"""What a screen of rules reads: how often they ran, what keeps one from running, and what a condition holds for."""

from __future__ import annotations

from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.desk.values import RuleMatches, RuleTotals
from casedesk.domain.errors import InvalidInput, NotPermitted
from casedesk.domain.query.errors import QueryError
from tests.conftest import Clock

OPENED = "ticket opened"


def test_totals_count_runs_and_failures_of_each_rule_and_tell_the_last(desk: Desk, clock: Clock) -> None:
    desk.rules.add("Hurry", "priority:urgent", [{"tag": "hurry"}], trigger=OPENED)
    desk.rules.add("Never", "priority:low", [{"tag": "never"}], trigger=OPENED)
    for _ in range(2):
        clock.tick()
        desk.tickets.new("It burns", "urgent")
    hurry = desk.rules.show("Hurry")
    assert desk.rules.totals() == {hurry.rule.id: RuleTotals(2, 0, hurry.last_run)}
    assert hurry.last_run == desk.now()


def test_totals_are_for_those_who_may_see_tickets_or_configure(desk: Desk) -> None:
    desk.roles.add("nobody", rights=[])
    desk.team.set_role("ben", "nobody")
    with pytest.raises(NotPermitted):
        desk.as_user("ben").rules.totals()


def test_a_rule_that_names_what_is_gone_says_what_keeps_it_from_running(desk: Desk) -> None:
    desk.lists.add("topics", "Lamps")
    desk.rules.add("North", "is:open", [{"topic": "Lamps"}], trigger=OPENED, active=False)
    rule = desk.rules.show("North").rule
    assert desk.rules.mistake_in(rule) == ""
    desk.lists.retire("topics", "Lamps")
    assert "Lamps" in desk.rules.mistake_in(rule)


def test_a_condition_is_counted_on_tickets_or_responses_as_the_trigger_has_it(desk: Desk, tmp_path: Path) -> None:
    answers = tmp_path / "answers.csv"
    answers.write_text("id,nps,answered_at\n1,3,2026-01-20\n2,9,2026-01-21\n3,9,2026-01-22\n", encoding="utf-8")
    desk.imports.run(answers)
    desk.tickets.new("By hand", "low")
    assert desk.rules.matches("nps>6", "response received") == RuleMatches("responses", 2, 3)
    assert desk.rules.matches("priority:low", OPENED) == RuleMatches("tickets", 1, 2)
    assert desk.rules.matches("", "ticket closed") == RuleMatches("tickets", 0, 0)


def test_a_condition_or_trigger_with_a_mistake_is_not_counted(desk: Desk) -> None:
    with pytest.raises(QueryError):
        desk.rules.matches("npss<=6", OPENED)
    with pytest.raises(InvalidInput, match="no trigger"):
        desk.rules.matches("is:open", "full moon")

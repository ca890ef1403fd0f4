"""`desk.past_responses` and the rules proposed from them: what came before a rule was made (M1, M2, behaviour 4.1)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.desk.rule_proposals import propose_rules, scale_of
from casedesk.desk.values import Matches
from casedesk.domain.errors import InvalidInput, NotPermitted, Unchanged

HEADER = ("id", "email", "rating", "comment", "May we contact you?", "answered_at")
ROWS = (
    ("r1", "rosa@acme.example", "1", "Three weeks late", "Yes, please", "2026-01-20 10:00"),
    ("r2", "ken@example.com", "5", "Fast and friendly", "No", "2026-01-21 10:00"),
    ("r3", "eve@example.com", "2", "", "No", "2026-01-22 10:00"),
)
LOW = "rating<=2"


def survey(folder: Path, name: str, header: Sequence[str], *rows: Sequence[str]) -> Path:
    file = folder / f"{name}.csv"
    with file.open("w", newline="", encoding="utf-8") as text:
        csv.writer(text).writerows([header, *rows])
    return file


@pytest.fixture
def rated(desk: Desk, tmp_path: Path) -> Desk:
    """A desk with three ratings, of which two are low; no rule has opened a ticket."""
    desk.imports.run(survey(tmp_path, "shop", HEADER, *ROWS))
    return desk


@pytest.fixture
def with_rule(rated: Desk) -> Desk:
    """The same, with a rule for low ratings made after they came."""
    rated.rules.put("Low", LOW, [{"open_ticket": True}, {"tag": "low"}, {"priority": "high"}])
    return rated


def test_it_is_counted_how_many_responses_a_condition_holds_for_and_how_many_have_no_ticket(rated: Desk) -> None:
    assert rated.past_responses.matches(LOW) == Matches(responses=3, matching=2, waiting=2)
    assert rated.past_responses.matches("") == Matches(3, 3, 3)


def test_responses_that_came_before_the_rule_get_tickets_by_it(with_rule: Desk) -> None:
    outcome = with_rule.past_responses.open_tickets("low")
    assert outcome.done == (1, 2)
    assert outcome.summary == "opened 2 tickets by the rule “Low”"
    ticket = with_rule.tickets.show(1)
    line = ticket.line
    assert (line.title, line.priority, line.tags, line.status) == ("Three weeks late", "high", ("low",), "new")
    assert ticket.response is not None
    assert with_rule.tickets.numbers("rule:low origin:rule") == [2, 1]
    assert with_rule.past_responses.matches(LOW).waiting == 0


def test_what_the_other_rules_do_is_done_to_them_too(with_rule: Desk) -> None:
    with_rule.rules.put("Angry", "answer.may_we_contact_you:yes*", [{"tag": "callback"}])
    with_rule.past_responses.open_tickets("Low")
    assert with_rule.tickets.show(1).line.tags == ("callback", "low")
    assert with_rule.tickets.show(2).line.tags == ("low",)


def test_opening_them_is_one_act_that_is_undone_and_redone(with_rule: Desk) -> None:
    with_rule.past_responses.open_tickets("Low")
    with_rule.acts.undo()
    assert with_rule.tickets.numbers("") == []
    assert with_rule.past_responses.matches(LOW).waiting == 2
    with_rule.acts.redo()
    assert len(with_rule.tickets.numbers("tag:low priority:high")) == 2


def test_a_response_gets_no_second_ticket(with_rule: Desk) -> None:
    with_rule.past_responses.open_tickets("Low")
    with pytest.raises(Unchanged, match="No response without a ticket matches the rule “Low”"):
        with_rule.past_responses.open_tickets("Low")


def test_it_is_told_how_far_the_opening_is_and_can_be_stopped(desk: Desk, tmp_path: Path) -> None:
    rows = [
        (f"r{place}", f"p{place}@example.com", str(1 + place % 5), "", "", "2026-01-20 10:00") for place in range(200)
    ]
    desk.imports.run(survey(tmp_path, "many", HEADER, *rows))
    desk.rules.put("Low", LOW, [{"open_ticket": True}])
    told: list[tuple[int, int]] = []

    def stop_at_first(done: int, total: int) -> bool:
        told.append((done, total))
        return False

    outcome = desk.past_responses.open_tickets("Low", progress=stop_at_first)
    assert told == [(50, 80)]
    assert len(outcome.done) == desk.tickets.count("") == 50


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [("Nobody", "no rule “Nobody”"), ("Off", "is off"), ("Tags", "opens no tickets")],
)
def test_a_rule_that_opens_nothing_is_refused(rated: Desk, rule: str, sentence: str) -> None:
    rated.rules.put("Off", LOW, [{"open_ticket": True}], active=False)
    rated.rules.put("Tags", LOW, [{"tag": "low"}])
    with pytest.raises(InvalidInput, match=sentence):
        rated.past_responses.open_tickets(rule)


def test_who_may_not_configure_opens_none(with_rule: Desk) -> None:
    with pytest.raises(NotPermitted):
        with_rule.as_user("ben").past_responses.open_tickets("Low")


def test_low_ratings_and_wishes_to_be_contacted_are_proposed(rated: Desk) -> None:
    proposed = {each.name: each for each in propose_rules(rated)}
    assert proposed["Low ratings"].condition == LOW
    assert proposed["Low ratings"].matches == Matches(3, 2, 2)
    assert proposed["Low ratings with a comment"].matches.matching == 1
    wish = proposed["Wants to be contacted"]
    assert (wish.condition, wish.tag) == ('answer.may_we_contact_you:"Yes, please"', "callback")
    assert wish.matches.matching == 1


def test_a_proposal_that_narrows_nothing_down_is_left_out(desk: Desk, tmp_path: Path) -> None:
    desk.imports.run(survey(tmp_path, "shop", HEADER, ROWS[0], ROWS[1]))
    assert "Low ratings with a comment" not in [each.name for each in propose_rules(desk)]


def test_detractors_are_proposed_where_there_is_an_nps(desk: Desk, tmp_path: Path) -> None:
    desk.imports.run(survey(tmp_path, "nps", ("id", "email", "nps"), ("r1", "a@example.com", "3")))
    assert [(each.name, each.condition) for each in propose_rules(desk)] == [("Detractors", "nps<=6")]


def test_ratings_on_different_scales_are_told_apart_by_their_campaigns(rated: Desk, tmp_path: Path) -> None:
    rated.imports.run(survey(tmp_path, "flights", ("id", "rating"), ("a", "9"), ("b", "3"), ("c", "1")))
    conditions = [each.condition for each in propose_rules(rated)]
    assert "rating<=2 campaign:Shop" in conditions
    assert "rating<=4 campaign:Flights" in conditions


def test_nothing_is_proposed_for_a_desk_without_responses(desk: Desk) -> None:
    assert propose_rules(desk) == ()


@pytest.mark.parametrize(
    ("low", "high", "scale"), [(1, 5, (1, 5)), (0, 5, (0, 5)), (2, 7, (1, 7)), (1, 10, (1, 10)), (0, 100, (0, 100))]
)
def test_the_scale_of_ratings_is_the_usual_one_that_they_fit(low: float, high: float, scale: tuple[int, int]) -> None:
    assert scale_of(low, high) == scale

"""Making, changing, ordering and removing rules; each can be taken back (behaviour 4.1)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.desk.values import Outcome
from casedesk.domain.errors import InvalidInput, NotPermitted, Unchanged
from casedesk.domain.query import QueryError
from tests.conftest import Clock
from tests.desk.rules.answers import write

TAG = [{"tag": "x"}]


@pytest.fixture
def listed(desk: Desk) -> Desk:
    desk.rules.add("A", "nps<3", TAG)
    desk.rules.add("B", "is:new", TAG, trigger="ticket opened")
    return desk


def names(desk: Desk) -> list[str]:
    return [rule.name for rule in desk.rules.list()]


CHANGES: dict[str, Callable[[Desk], Outcome]] = {
    "add": lambda desk: desk.rules.add("C", "nps<3", TAG),
    "change": lambda desk: desk.rules.change("a", condition="nps<2", effects=[{"tag": "y"}], active=False),
    "trigger": lambda desk: desk.rules.change("B", trigger="Idle 48 h"),
    "put": lambda desk: desk.rules.put("a", "nps<1", TAG),
    "rename": lambda desk: desk.rules.rename("a", "Angry"),
    "switch": lambda desk: desk.rules.switch("B", False),
    "move": lambda desk: desk.rules.move("B", 1),
    "remove": lambda desk: desk.rules.remove("A"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_taken_back_and_done_again(listed: Desk, change: str) -> None:
    before = listed.rules.list()
    assert CHANGES[change](listed).act_id is not None
    after = listed.rules.list()
    assert after != before
    listed.acts.undo()
    assert listed.rules.list() == before
    listed.acts.redo()
    assert listed.rules.list() == after


@pytest.mark.parametrize("change", CHANGES)
def test_only_who_may_configure_changes_rules(listed: Desk, ben: Desk, change: str) -> None:
    before = listed.rules.list()
    with pytest.raises(NotPermitted):
        CHANGES[change](ben)
    assert listed.rules.list() == before


def test_rules_run_in_the_order_that_was_chosen(listed: Desk) -> None:
    listed.rules.move("B", 1)
    assert names(listed) == ["B", "Detractors", "A"]
    with pytest.raises(InvalidInput, match="no place 4 among 3"):
        listed.rules.move("B", 4)
    with pytest.raises(Unchanged):
        listed.rules.move("B", 1)


def test_a_new_name_takes_the_log_and_queries_along(listed: Desk) -> None:
    number = listed.tickets.new("Parcel", "low").done[0]
    listed.rules.add("Of B", "rule:B", TAG, trigger="ticket closed")
    listed.rules.rename("B", "Welcome")
    assert [(run.rule, run.ticket) for run in listed.rules.log(rule="Welcome")] == [("Welcome", number)]
    assert listed.rules.list()[-1].condition == "rule:Welcome"
    assert "Welcome" in [entry.actor for entry in listed.tickets.feed(number)]


def test_a_rule_that_opened_tickets_stays(desk: Desk, tmp_path: Path) -> None:
    desk.imports.run(write(tmp_path / "winter.csv"))
    with pytest.raises(InvalidInput, match="“Detractors” opened 3 tickets, so it stays; switch it off"):
        desk.rules.remove("Detractors")


def test_the_log_keeps_what_a_removed_rule_did(listed: Desk) -> None:
    listed.tickets.new("Parcel", "low")
    listed.rules.remove("B")
    assert [run.rule for run in listed.rules.log(rule="B")] == ["B"]


def test_a_name_is_there_once(listed: Desk) -> None:
    with pytest.raises(InvalidInput, match="There is a rule “a” already"):
        listed.rules.add(" a ", "nps<3", TAG)
    with pytest.raises(InvalidInput, match="There is a rule “A” already"):
        listed.rules.rename("B", "A")
    with pytest.raises(InvalidInput, match="needs a name"):
        listed.rules.add("  ", "nps<3", TAG)


def test_a_mistake_in_the_condition_has_its_place(desk: Desk) -> None:
    with pytest.raises(QueryError) as caught:
        desk.rules.add("Wrong", "nps<3 prority:high", TAG)
    assert caught.value.column == 7


def test_an_unknown_rule_is_told_with_the_nearest(listed: Desk) -> None:
    with pytest.raises(InvalidInput, match="no rule “Detractor”; there is Detractors"):
        listed.rules.switch("Detractor", True)


def test_a_rule_for_everything_has_to_be_meant(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="Without a condition the rule would run on everything"):
        desk.rules.add("All", " ", TAG)
    desk.rules.add("All", "", TAG, everything=True)
    desk.rules.change("All", effects=[{"tag": "y"}])
    assert desk.rules.list()[-1].condition == ""


def test_a_condition_that_holds_for_every_ticket_is_told_with_their_count(desk: Desk) -> None:
    for _ in range(9):
        desk.tickets.new("Parcel", "low")
    desk.rules.add("Nine", "is:new", TAG, trigger="status changed")
    desk.tickets.new("Parcel", "low")
    with pytest.raises(InvalidInput, match="every one of the 10 tickets"):
        desk.rules.add("Ten", "is:new", TAG, trigger="status changed")
    desk.rules.add("Ten", "is:new", TAG, trigger="status changed", everything=True)
    desk.rules.add("Closed", "is:new", TAG, trigger="ticket closed")  # about closed ones, of which there are none
    desk.tickets.set_priority(1, "high")
    desk.rules.add("Low", "priority:low", TAG, trigger="status changed")


def test_a_condition_that_holds_for_every_response_is_told_with_their_count(desk: Desk, tmp_path: Path) -> None:
    rows = [(f"r{n}", f"p{n}@example.com", str(n), "", "", "2026-01-20 10:00") for n in range(10)]
    desk.imports.run(write(tmp_path / "winter.csv", rows))
    with pytest.raises(InvalidInput, match="every one of the 10 responses"):
        desk.rules.add("All", "score>=0", TAG)
    desk.rules.add("Most", "score>=1", TAG)


def test_a_rule_is_shown_with_what_it_did_and_who_changed_it(listed: Desk, clock: Clock) -> None:
    clock.tick()
    listed.rules.change("B", condition="priority:low")
    clock.tick()
    listed.tickets.new("Parcel", "low")
    found = listed.rules.show("b")
    assert (found.rule.name, found.position, found.words) == ("B", 3, ("tag x",))
    assert (found.runs, found.failures, found.tickets_opened, found.last_run) == (1, 0, 0, listed.now())
    assert found.changed_by == "ana"
    assert found.changed_at is not None
    assert found.changed_at < listed.now()
    assert found.mistake == ""


def test_a_rule_that_could_not_run_says_why(desk: Desk) -> None:
    desk.rules.add("Ben", "is:new", [{"owner": "ben"}], trigger="ticket opened")
    desk.team.set_active("ben", False)
    assert "no active user “ben”" in desk.rules.show("Ben").mistake


def test_triggers_are_offered_with_what_they_mean(desk: Desk) -> None:
    kinds = desk.rules.trigger_kinds()
    assert [kind.id for kind in kinds if kind.of_responses] == ["response received"]
    assert [kind.id for kind in kinds if kind.has_length] == ["idle", "age"]
    assert all(kind.about for kind in kinds)

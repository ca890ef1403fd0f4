"""What sets rules off on tickets, and that what they do is a part of the act that did so (behaviour 4.1, 4.2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput
from tests.conftest import Clock
from tests.desk.rules.answers import write


def tags(desk: Desk, number: int) -> tuple[str, ...]:
    return desk.tickets.lines([number])[0].tags


def rule(desk: Desk, trigger: str, condition: str = "-tag:nothing", name: str = "Seen") -> None:
    desk.rules.add(name, condition, [{"tag": name.casefold()}], trigger=trigger)


def test_a_ticket_opened_by_hand(desk: Desk) -> None:
    rule(desk, "ticket opened", "priority:low")
    low, high = (desk.tickets.new("Parcel", priority).done[0] for priority in ("low", "high"))
    assert (tags(desk, low), tags(desk, high)) == (("seen",), ())


def test_a_status_that_changed_whatever_changed_it(desk: Desk, three: tuple[int, ...]) -> None:
    rule(desk, "status changed")
    desk.tickets.set_status(1, "pending")
    desk.tickets.add_note(2, "The first act opens it.")
    assert [tags(desk, number) for number in three] == [("seen",), ("seen",), ()]


def test_a_closed_ticket_and_none_that_was_reopened(desk: Desk, three: tuple[int, ...]) -> None:
    rule(desk, "ticket closed")
    desk.tickets.close([1, 2], "Resolved")
    assert [tags(desk, number) for number in three] == [("seen",), ("seen",), ()]
    desk.tickets.tag(1, remove=["seen"])
    desk.tickets.reopen(1)
    assert tags(desk, 1) == ()


def test_messages_of_the_customer_and_to_the_customer(desk: Desk, three: tuple[int, ...]) -> None:
    rule(desk, "customer message received", name="Wrote")
    rule(desk, "agent message sent", name="Answered")
    desk.tickets.log_message(1, "Where is it?", direction="in")
    desk.tickets.log_message(2, "On its way.", direction="out")
    desk.tickets.log_message(3, "I am away.", direction="in", automatic=True)
    assert [tags(desk, number) for number in three] == [("wrote",), ("answered",), ()]


def test_a_message_that_opens_another_ticket(desk: Desk, three: tuple[int, ...], clock: Clock) -> None:
    rule(desk, "ticket opened", "parent:1")
    desk.tickets.close(1, "Resolved")
    clock.tick(86_400)
    new = desk.tickets.log_message(1, "Again!", direction="in").done[-1]
    assert tags(desk, new) == ("seen",)
    desk.acts.undo()
    assert desk.tickets.numbers("parent:1") == []


def test_a_plan_whose_end_closes_the_ticket(desk: Desk) -> None:
    rule(desk, "ticket closed")
    number = desk.tickets.new("Parcel", "low").done[0]
    plan = desk.plans.list()[0]
    desk.tickets.set_plan(number, plan.name)
    desk.tickets.close(number, "Resolved", desk.plans.show(plan.name).exit_states[0])
    assert tags(desk, number) == ("seen",)


def test_a_macro_and_what_it_shows_before(desk: Desk, three: tuple[int, ...]) -> None:
    rule(desk, "status changed")
    desk.macros.make("Wait", [{"status": "pending"}])
    (difference,) = desk.macros.difference("Wait", [1])
    assert "tag: seen" in [change.words for change in difference.changes]
    assert tags(desk, 1) == ()
    desk.macros.run("Wait", [1, 2])
    assert [tags(desk, number) for number in three] == [("seen",), ("seen",), ()]


def test_tickets_that_an_import_opens_by_rules_and_as_they_are(desk: Desk, tmp_path: Path) -> None:
    rule(desk, "ticket opened", "-nps:0")
    desk.imports.run(write(tmp_path / "winter.csv"))
    assert {line.title: line.tags for line in desk.tickets.find("tag:detractor")} == {
        "Late again": ("detractor", "seen"),
        "NPS 6 from ada@example.com": ("detractor", "seen"),
        "Never again": ("detractor",),
    }
    table = tmp_path / "old.csv"
    table.write_text("ticket_id,subject,status\nZ1,No light,open\n", encoding="utf-8")
    desk.imports.run(table, kind="tickets", source="helpdesk")
    assert desk.tickets.find('"No light"')[0].tags == ("seen",)


def test_a_ticket_that_another_system_closed_meanwhile(desk: Desk, tmp_path: Path) -> None:
    rule(desk, "ticket closed")
    table = tmp_path / "old.csv"
    table.write_text("ticket_id,subject,status\nZ1,No light,open\nZ2,Old,closed\n", encoding="utf-8")
    desk.imports.run(table, kind="tickets", source="helpdesk")
    table.write_text("ticket_id,subject,status\nZ1,No light,closed\nZ2,Old,closed\n", encoding="utf-8")
    desk.imports.run(table, kind="tickets", source="helpdesk")
    assert [line.title for line in desk.tickets.find("tag:seen")] == ["No light"]


def test_what_a_sweep_wakes_up(desk: Desk, three: tuple[int, ...], clock: Clock) -> None:
    desk.tickets.set_status(1, "pending", until=desk.local(desk.now()).replace(hour=20))
    rule(desk, "status changed")
    clock.tick(86_400)
    desk.sweeping.run()
    assert tags(desk, 1) == ("seen",)


def test_one_undo_takes_back_the_act_and_what_rules_did_and_sets_none_off(desk: Desk, three: tuple[int, ...]) -> None:
    desk.rules.add("Hurry", "-tag:x", [{"priority": "urgent"}, {"tag": "hurry"}], trigger="status changed")
    desk.tickets.set_status([1, 2], "pending")
    desk.acts.undo()
    lines = desk.tickets.lines(three)
    assert [(line.status, line.priority, line.tags) for line in lines] == [("new", "low", ())] * 3
    assert [line.taken_back for line in desk.rules.log()] == [True, True]
    desk.acts.redo()
    assert [line.tags for line in desk.tickets.lines(three)] == [("hurry",), ("hurry",), ()]
    assert len(desk.rules.log()) == 2


def test_an_opening_is_taken_back_with_what_rules_did_to_it(desk: Desk) -> None:
    rule(desk, "ticket opened")
    number = desk.tickets.new("Parcel", "low").done[0]
    desk.acts.undo()
    assert desk.tickets.numbers("") == []
    desk.acts.redo()
    assert tags(desk, number) == ("seen",)


def test_an_agent_takes_back_an_act_with_what_rules_did_by_their_own_right(desk: Desk, ben: Desk) -> None:
    desk.rules.add("Close", "is:pending", [{"close": "Resolved"}], trigger="status changed")
    desk.roles.withhold("agent", "tickets.reopen", "tickets.close")
    ben = desk.as_user("ben")
    number = ben.tickets.new("Parcel", "low").done[0]
    ben.tickets.set_status(number, "pending")
    assert desk.tickets.show(number).line.state == "closed"
    ben.acts.undo()
    assert desk.tickets.show(number).line.state == "new"


def test_what_was_refused_sets_nothing_off(desk: Desk, three: tuple[int, ...]) -> None:
    rule(desk, "status changed")
    desk.tickets.close(1, "Resolved")
    desk.tickets.tag(1, remove=["seen"])
    outcome = desk.tickets.set_status([1, 2], "pending")
    assert [refusal.number for refusal in outcome.refused] == [1]
    assert [tags(desk, number) for number in three] == [(), ("seen",), ()]


def test_a_merged_ticket_is_left_alone(desk: Desk, three: tuple[int, ...]) -> None:
    rule(desk, "ticket closed")
    desk.tickets.merge(1, 2)
    assert desk.rules.log() == ()


def test_a_rule_that_is_off_does_nothing(desk: Desk) -> None:
    desk.rules.add("Seen", "is:new", [{"tag": "seen"}], trigger="ticket opened", active=False)
    assert tags(desk, desk.tickets.new("Parcel", "low").done[0]) == ()


def test_only_a_rule_for_responses_opens_tickets(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="it can't open one"):
        desk.rules.add("Loop", "is:new", [{"tag": "x"}, {"open_ticket": True}], trigger="ticket opened")

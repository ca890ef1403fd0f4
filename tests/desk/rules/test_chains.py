"""Rules that set each other off, and the log that shows it (behaviour 4.2)."""

from __future__ import annotations

from pathlib import Path

from casedesk.desk import Desk
from casedesk.desk.values import RuleRunLine
from tests.desk.rules.answers import write


def told(desk: Desk) -> list[tuple[str, str, int, str | None]]:
    """Rule, outcome, depth and the rule whose run caused it, the oldest first."""
    runs = desk.rules.log()[::-1]
    names = {run.id: run.rule for run in runs}
    return [(run.rule, run.outcome, run.depth, names[run.after] if run.after else None) for run in runs]


def test_an_effect_is_an_event_for_other_rules(desk: Desk, three: tuple[int, ...]) -> None:
    desk.rules.add("Wait", "priority:low", [{"status": "pending"}], trigger="ticket opened")
    desk.rules.add("Close", "is:pending", [{"close": "Resolved"}], trigger="status changed")
    desk.rules.add("File", "-tag:x", [{"tag": "filed"}], trigger="ticket closed")
    number = desk.tickets.new("Parcel", "low").done[0]
    line = desk.tickets.lines([number])[0]
    assert (line.state, line.tags) == ("closed", ("filed",))
    assert told(desk) == [
        ("Wait", "ran", 0, None),
        ("Close", "ran", 1, "Wait"),
        ("File", "ran", 2, "Close"),
    ]


def test_a_circle_of_rules_is_stopped_and_the_log_says_so(desk: Desk, three: tuple[int, ...]) -> None:
    desk.rules.add("Wait", "is:open", [{"status": "pending"}], trigger="status changed")
    desk.rules.add("Open", "is:pending", [{"status": "open"}], trigger="status changed")
    desk.tickets.add_note(1, "The first act opens it.")
    assert told(desk) == [("Wait", "ran", 0, None), ("Open", "ran", 1, "Wait"), ("Wait", "stopped", 2, "Open")]
    assert desk.rules.log()[0].text == "it ran in this chain already"
    assert desk.tickets.lines([1])[0].state == "open"


def test_each_ticket_of_an_act_has_a_chain_of_its_own(desk: Desk, three: tuple[int, ...]) -> None:
    desk.rules.add("Wait", "is:open", [{"status": "pending"}], trigger="status changed")
    desk.tickets.add_note([1, 2, 3], "Seen.")
    assert [line.state for line in desk.tickets.lines(three)] == ["pending"] * 3


def test_a_rule_sees_the_event_as_it_happened(desk: Desk) -> None:
    desk.rules.add("First", "priority:low", [{"priority": "high"}], trigger="ticket opened")
    desk.rules.add("Second", "priority:high", [{"tag": "second"}], trigger="ticket opened")
    desk.rules.add("Third", "priority:low", [{"tag": "third"}, {"priority": "urgent"}], trigger="ticket opened")
    number = desk.tickets.new("Parcel", "low").done[0]
    line = desk.tickets.lines([number])[0]
    assert (line.priority, line.tags) == ("high", ("third",))


def test_a_rule_that_fails_is_logged_leaves_nothing_half_done_and_stops_no_other(desk: Desk) -> None:
    desk.rules.add("Ben", "is:new", [{"status": "pending"}, {"owner": "ben"}], trigger="ticket opened")
    desk.rules.add("Tag", "is:new", [{"tag": "second"}], trigger="ticket opened")
    desk.rules.add("Moved", "-tag:x", [{"tag": "moved"}], trigger="status changed")
    desk.team.set_active("ben", False)
    number = desk.tickets.new("Parcel", "low").done[0]
    line = desk.tickets.lines([number])[0]
    assert (line.state, line.owner, line.tags) == ("new", None, ("second",))
    assert told(desk) == [("Ben", "failed", 0, None), ("Tag", "ran", 0, None)]
    assert "no active user “ben”" in desk.rules.log(rule="Ben")[0].text


def test_an_import_is_the_first_link_of_a_chain(desk: Desk, tmp_path: Path) -> None:
    desk.rules.add("Look", "nps:0", [{"status": "pending"}], trigger="ticket opened")
    desk.rules.add("Tell", "-tag:x", [{"tag": "told"}], trigger="status changed")
    desk.imports.run(write(tmp_path / "winter.csv"))
    number = desk.tickets.numbers("nps:0")[0]
    assert [(run.rule, run.depth) for run in desk.rules.log(ticket=number)[::-1]] == [
        ("Detractors", 0), ("Look", 1), ("Tell", 2),
    ]  # fmt: skip
    assert desk.tickets.numbers("tag:told") == [number]


def test_the_log_is_narrowed_by_rule_and_ticket(desk: Desk) -> None:
    desk.rules.add("A", "is:new", [{"tag": "a"}], trigger="ticket opened")
    desk.rules.add("B", "is:new", [{"tag": "b"}], trigger="ticket opened")
    first, second = (desk.tickets.new("Parcel", "low").done[0] for _ in range(2))

    def runs(lines: tuple[RuleRunLine, ...]) -> list[tuple[str, int | None]]:
        return [(line.rule, line.ticket) for line in lines]

    assert runs(desk.rules.log()) == [("B", second), ("A", second), ("B", first), ("A", first)]
    assert runs(desk.rules.log(rule="a", limit=1)) == [("A", second)]
    assert runs(desk.rules.log(ticket=first)) == [("B", first), ("A", first)]

"""Rules that run when a target is about to be missed (behaviour 3.7, 4.1, 4.2)."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput
from casedesk.domain.rules import BEFORE_DUE
from tests.conftest import Clock

HOUR = 3600


@pytest.fixture
def late(desk: Desk, clock: Clock) -> Desk:
    """A desk whose tickets are due after four hours of any day, with a warning an hour ahead."""
    desk.calendars.change("Business hours", hours="24x7")
    desk.policies.set_simple(4)
    desk.service_levels.recompute()
    return desk


def warned(desk: Desk, clock: Clock, priority: str = "normal") -> int:
    """A ticket whose target is about to be missed, after a sweep."""
    number = desk.tickets.new("Parcel lost", priority).done[0]
    clock.tick(3 * HOUR + 1)
    desk.sweeping.run()
    return number


def test_a_rule_acts_on_what_is_about_to_be_missed(late: Desk, clock: Clock) -> None:
    late.rules.put(
        "Hurry", "priority:normal", [{"priority": "urgent"}, {"tag": "hurry"}, {"owner": "ben"}], trigger=BEFORE_DUE
    )
    number = warned(late, clock)
    (line,) = late.tickets.lines([number])
    assert (line.priority, line.tags, line.owner) == ("urgent", ("hurry",), "ben")
    entry = next(entry for entry in late.tickets.feed(number) if entry.kind == "priority")
    assert (entry.actor, entry.text, entry.cause) == ("Hurry", "priority: normal → urgent", "priority:normal")


def test_it_acts_once(late: Desk, clock: Clock) -> None:
    late.rules.put("Hurry", "is:new", [{"tag": "hurry"}], trigger=BEFORE_DUE)
    number = warned(late, clock)
    late.tickets.tag(number, remove=["hurry"])
    late.sweeping.run()
    assert late.tickets.find("tag:hurry") == []


def test_it_leaves_other_tickets_alone(late: Desk, clock: Clock) -> None:
    late.rules.put("Hurry", "priority:low", [{"tag": "hurry"}], trigger=BEFORE_DUE)
    warned(late, clock)
    assert late.tickets.numbers("has:tag") == []


def test_the_first_rule_that_names_a_value_sets_it(late: Desk, clock: Clock) -> None:
    late.rules.put("First", "is:new", [{"priority": "high"}], trigger=BEFORE_DUE)
    late.rules.put("Second", "is:new", [{"priority": "urgent"}, {"tag": "second"}], trigger=BEFORE_DUE)
    number = warned(late, clock)
    (line,) = late.tickets.lines([number])
    assert (line.priority, line.tags) == ("high", ("second",))


def test_a_rule_that_fails_says_why_and_stops_nothing(late: Desk, clock: Clock) -> None:
    late.rules.put("To Ben", "is:new", [{"tag": "half"}, {"owner": "ben"}], trigger=BEFORE_DUE)
    late.rules.put("Hurry", "is:new", [{"tag": "hurry"}], trigger=BEFORE_DUE)
    late.team.set_active("ben", False)
    number = warned(late, clock)
    (line,) = late.tickets.lines([number])
    assert line.tags == ("hurry",)
    (failed,) = [entry for entry in late.tickets.feed(number) if entry.kind == "rule failed"]
    assert "To Ben" in failed.text


def test_such_a_rule_opens_no_ticket(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="can't open one"):
        desk.rules.put("Loop", "is:new", [{"open_ticket": True}], trigger=BEFORE_DUE)


def test_an_unknown_trigger_is_told(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match=r"no trigger “now”; there is response received, .* before due"):
        desk.rules.put("Now", "is:new", [{"tag": "x"}], trigger="now")

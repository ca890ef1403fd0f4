"""Service level policies, and their simple form (behaviour 3.4, A3, A4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, strategies as st

from casedesk.desk import Desk
from casedesk.desk.policy_checks import LONGEST
from casedesk.desk.values import PolicyEntry, SimpleLevels, TargetEntry, working_time
from casedesk.domain.business_time import duration_seconds
from casedesk.domain.errors import Conflict, InvalidFields, InvalidInput, NotFound, NotPermitted, Unchanged
from casedesk.domain.sla import FIRST_RESPONSE, NEXT_REPLY, RESOLUTION

DEFAULT = "Standard"
CALENDAR = "Business hours"
HOUR = 3600


@pytest.fixture
def urgent(desk: Desk) -> PolicyEntry:
    """A policy for urgent tickets, ahead of the default."""
    desk.calendars.add("Night", "24x7")
    desk.policies.add(
        "Urgent", "priority:urgent,high", calendar="night", pauses=["next-reply", "resolution"], warn=600,
        targets=[("Resolution", None, 8 * HOUR), ("first-response", None, HOUR), ("resolution", "URGENT", 4 * HOUR)],
    )  # fmt: skip
    return desk.policies.show("Urgent")


def names(desk: Desk) -> list[str]:
    return [policy.name for policy in desk.policies.in_order()]


def mistakes(act: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(InvalidFields) as refused:
        act()
    return dict(refused.value.mistakes)


def test_a_new_desk_has_the_default_policy_without_targets_and_times_nothing(desk: Desk) -> None:
    (default,) = desk.policies.in_order()
    assert default == PolicyEntry(default.id, DEFAULT, "", True, default.calendar_id, CALENDAR, frozenset(), HOUR, ())
    assert desk.setup.setting("service_levels") is False
    assert desk.policies.simple() == SimpleLevels(False, None, CALENDAR, True)


def test_a_policy_comes_ahead_of_the_default_with_its_targets_by_kind(desk: Desk, urgent: PolicyEntry) -> None:
    priority = desk.setup.entry("priority", "urgent")
    assert urgent.targets == (
        TargetEntry(FIRST_RESPONSE, None, None, HOUR),
        TargetEntry(RESOLUTION, None, None, 8 * HOUR),
        TargetEntry(RESOLUTION, "urgent", priority.id, 4 * HOUR),
    )
    assert (urgent.calendar, urgent.pauses, urgent.warn) == ("Night", {NEXT_REPLY, RESOLUTION}, 600)
    desk.policies.add("Delivery", "topic:delivery")
    assert names(desk) == ["Urgent", "Delivery", DEFAULT]
    assert desk.policies.show("delivery").calendar == CALENDAR


def test_making_a_policy_is_taken_back_with_its_targets_and_done_again(desk: Desk, urgent: PolicyEntry) -> None:
    desk.acts.undo()
    assert names(desk) == [DEFAULT]
    assert desk.store.reader().value("SELECT count(*) FROM policy_target") == 0
    desk.acts.redo()
    assert desk.policies.show("Urgent") == urgent


def test_every_mistake_is_said_at_its_field_and_nothing_is_made(desk: Desk) -> None:
    found = mistakes(
        lambda: desk.policies.add(
            "standard", "status:opn", calendar="Busines hours", targets=[("resolution", "urgnt", HOUR)],
            pauses=["resolutoin"], warn=-1,
        )
    )  # fmt: skip
    assert set(found) == {"name", "query", "calendar", "targets", "pauses", "warn"}
    assert "already" in found["name"]
    assert "did you mean open" in found["query"]
    assert "did you mean Business hours" in found["calendar"]
    assert "did you mean urgent" in found["targets"]
    assert "did you mean resolution" in found["pauses"]
    assert names(desk) == [DEFAULT]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (("resolution", None, 0), "longer than nothing"),
        (("resolution", None, -1), "negative"),
        (("resolution", None, LONGEST + 1), "at most 10,000 hours"),
        (("frist response", None, 1), "did you mean first response"),
        (("lunch", None, 1), "there is first response, next reply, resolution"),
    ],
)
def test_a_target_that_cannot_be_is_refused(desk: Desk, target: tuple[str, str | None, int], words: str) -> None:
    assert words in mistakes(lambda: desk.policies.change(DEFAULT, targets=[target]))["targets"]
    with pytest.raises(InvalidInput, match=words):
        desk.policies.set_target(DEFAULT, target[0], target[2])
    assert desk.policies.default().targets == ()


def test_a_target_is_there_once_for_a_kind_and_priority(desk: Desk) -> None:
    twice = [("resolution", "high", HOUR), ("Resolution", "HIGH", 2 * HOUR)]
    assert (
        "resolution of high is there twice" in mistakes(lambda: desk.policies.change(DEFAULT, targets=twice))["targets"]
    )


def test_a_target_that_the_calendar_never_reaches_is_refused(desk: Desk) -> None:
    desk.calendars.add("Tiny", "mon 00:00-00:10")
    targets = [("resolution", None, 2000 * HOUR)]
    assert (
        "too few hours"
        in mistakes(lambda: desk.policies.add("New", "tag:detractor", calendar="Tiny", targets=targets))["targets"]
    )
    desk.policies.change(DEFAULT, targets=targets)
    assert "too few hours" in mistakes(lambda: desk.policies.change(DEFAULT, calendar="Tiny"))["calendar"]
    desk.policies.change(DEFAULT, targets=[("resolution", None, HOUR)], calendar="Tiny")
    with pytest.raises(InvalidInput, match="too few hours"):
        desk.policies.set_target(DEFAULT, "resolution", 2000 * HOUR)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "needs a query"),
        ("sort:due", "not in which order"),
        ("is:open (tag:detractor OR is:overdue)", "what is overdue"),
        ("due<2h", "what is due"),
        ("deadline<2h", "what is due"),
        ("-is:breached", "what is breached"),
        ("owner:ben,me", "name a login"),
        ("is:mine", "name a login"),
        ("age>3d", "goes by the moment"),
        ("created:2026-01-01..today", "goes by the moment"),
        ("-created>=7d", "goes by the moment"),
    ],
)  # fmt: skip
def test_a_query_means_the_same_tickets_whoever_looks_and_whenever(desk: Desk, query: str, words: str) -> None:
    desk.policies.add("Other", "tag:detractor")
    assert words in mistakes(lambda: desk.policies.add("New", query))["query"]
    assert words in mistakes(lambda: desk.policies.change("Other", query=query))["query"]


def test_a_query_may_ask_for_anything_that_lasts(desk: Desk) -> None:
    query = 'created>=2026-01-01 (owner:ben OR "late delivery") -has:contact is:unassigned'
    desk.policies.add("New", query)
    assert desk.policies.show("new").query == query


def test_a_policy_is_changed_recorded_and_taken_back(desk: Desk, urgent: PolicyEntry) -> None:
    outcome = desk.policies.change(
        "urgent", new_name="Fast", query="tag:detractor", calendar=CALENDAR, pauses=[], warn=0,
        targets=[("resolution", None, 8 * HOUR), ("resolution", "urgent", 2 * HOUR), ("next reply", None, HOUR)],
    )  # fmt: skip
    assert outcome.summary == (
        "policy “Urgent”: name → “Fast”; query → tag:detractor; calendar → Business hours; pauses → none; warn → none;"
        " no target for first response; resolution of urgent: 2h; next reply: 1h"
    )
    after = desk.policies.show("Fast")
    assert [(target.kind, target.priority, target.duration) for target in after.targets] == [
        (NEXT_REPLY, None, "1h"), (RESOLUTION, None, "8h"), (RESOLUTION, "urgent", "2h"),
    ]  # fmt: skip
    desk.acts.undo()
    assert desk.policies.show("Urgent") == urgent
    desk.acts.redo()
    assert desk.policies.show("Fast") == after


def test_a_change_that_changes_nothing_is_told(desk: Desk, urgent: PolicyEntry) -> None:
    targets = [(target.kind, target.priority, target.seconds) for target in urgent.targets]
    with pytest.raises(Unchanged):
        desk.policies.change("Urgent", query=urgent.query, targets=targets, pauses=urgent.pauses, warn=urgent.warn)
    with pytest.raises(Unchanged):
        desk.policies.set_target("Urgent", "resolution", 8 * HOUR)


def test_a_change_made_for_what_has_changed_since_is_a_conflict(desk: Desk, urgent: PolicyEntry) -> None:
    desk.policies.set_target("Urgent", "next-reply", HOUR)
    with pytest.raises(Conflict, match="has changed since"):
        desk.policies.change("Urgent", warn=0, seen=urgent)
    desk.policies.change("Urgent", warn=0, seen=desk.policies.show("Urgent"))
    assert desk.policies.show("Urgent").warn == 0


def test_one_target_is_set_and_taken_away(desk: Desk, urgent: PolicyEntry) -> None:
    desk.policies.set_target("Urgent", "resolution", 3 * HOUR, priority="urgent")
    desk.policies.set_target("Urgent", "first_response", None)
    assert [target.duration for target in desk.policies.show("Urgent").targets] == ["8h", "3h"]
    with pytest.raises(NotFound, match="no target for resolution of low"):
        desk.policies.set_target("Urgent", "resolution", None, priority="low")
    desk.acts.undo()
    desk.acts.undo()
    assert desk.policies.show("Urgent") == urgent


def test_the_default_has_no_query_stays_last_and_stays(desk: Desk, urgent: PolicyEntry) -> None:
    assert "is the default" in mistakes(lambda: desk.policies.change(DEFAULT, query="is:open"))["query"]
    with pytest.raises(InvalidInput, match="comes last"):
        desk.policies.move(DEFAULT, 1)
    with pytest.raises(InvalidInput, match="it stays"):
        desk.policies.retire(DEFAULT)
    desk.policies.change(DEFAULT, new_name="Everything else")
    assert names(desk) == ["Urgent", "Everything else"]


def test_policies_are_put_in_order(desk: Desk, urgent: PolicyEntry) -> None:
    desk.policies.add("Delivery", "topic:delivery")
    desk.policies.add("Billing", "topic:billing")
    assert desk.policies.move("billing", 1).summary == "policy “Billing” moved to place 1"
    assert names(desk) == ["Billing", "Urgent", "Delivery", DEFAULT]
    with pytest.raises(Unchanged):
        desk.policies.move("Billing", 1)
    for place in (0, 4):
        with pytest.raises(InvalidInput, match="3 places"):
            desk.policies.move("Billing", place)
    desk.acts.undo()
    assert names(desk) == ["Urgent", "Delivery", "Billing", DEFAULT]
    desk.acts.redo()
    assert names(desk)[0] == "Billing"


def test_a_retired_policy_applies_to_nothing_and_comes_back_to_its_place(desk: Desk, urgent: PolicyEntry) -> None:
    desk.policies.add("Delivery", "topic:delivery")
    desk.policies.retire("Urgent")
    assert names(desk) == ["Delivery", DEFAULT]
    assert desk.policies.list(retired=True)[-1] == replace(urgent, retired=True)
    with pytest.raises(NotFound, match="retired"):
        desk.policies.change("Urgent", warn=0)
    with pytest.raises(Unchanged):
        desk.policies.retire("Urgent")
    desk.policies.restore("urgent")
    assert names(desk) == ["Urgent", "Delivery", DEFAULT]
    with pytest.raises(Unchanged):
        desk.policies.restore("urgent")
    desk.acts.undo()
    assert names(desk) == ["Delivery", DEFAULT]


def test_a_policy_comes_back_only_with_its_calendar(desk: Desk, urgent: PolicyEntry) -> None:
    desk.policies.retire("Urgent")
    desk.calendars.retire("Night")
    with pytest.raises(InvalidInput, match="calendar “Night” is retired"):
        desk.policies.restore("Urgent")
    desk.calendars.restore("Night")
    desk.policies.restore("Urgent")
    assert names(desk) == ["Urgent", DEFAULT]


def test_taking_back_never_leaves_a_policy_with_a_retired_calendar(desk: Desk, urgent: PolicyEntry) -> None:
    changed = desk.policies.change("Urgent", calendar=CALENDAR)
    retired = desk.calendars.retire("Night")
    with pytest.raises(Conflict, match="“Urgent” would count by the retired calendar “Night”"):
        desk.acts.undo(changed.act_id)
    desk.acts.undo(retired.act_id)
    desk.acts.undo(changed.act_id)
    assert desk.policies.show("Urgent") == urgent


def test_a_policy_that_times_open_tickets_is_taken_back_and_one_that_judged_tickets_stays(desk: Desk) -> None:
    def due() -> datetime | None:
        return desk.tickets.records([1])[0].line.due_at

    desk.policies.set_simple(8)
    desk.tickets.new("Late delivery", "urgent")
    for_all = due()
    made = desk.policies.add("Fast", "priority:urgent", targets=[("resolution", None, HOUR)])
    desk.service_levels.recompute()
    assert due() != for_all
    desk.acts.undo(made.act_id)
    desk.service_levels.recompute()
    assert due() == for_all
    again = desk.policies.add("Slow", "priority:urgent", targets=[("resolution", None, 4 * HOUR)])
    desk.service_levels.recompute()
    desk.tickets.close(1, resolution="Resolved")
    with pytest.raises(Conflict, match="used by now"):
        desk.acts.undo(again.act_id)


def test_an_unknown_policy_is_told_with_the_nearest(desk: Desk) -> None:
    with pytest.raises(NotFound, match="did you mean Standard"):
        desk.policies.show("Standart")


def test_policies_are_changed_by_the_administrator_alone(ben: Desk) -> None:
    for act in (
        lambda: ben.policies.add("New", "tag:detractor"),
        lambda: ben.policies.change(DEFAULT, warn=0),
        lambda: ben.policies.set_target(DEFAULT, "resolution", HOUR),
        lambda: ben.policies.set_simple(8),
        lambda: ben.policies.switch(True),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert names(ben) == [DEFAULT]


def test_the_simple_form_is_one_act_and_off_keeps_the_hours(desk: Desk) -> None:
    desk.calendars.add("Night", "24x7")
    outcome = desk.policies.set_simple(7.5, "night")
    assert outcome.summary == "service levels on: calendar → Night, resolution: 7h30m"
    assert desk.policies.simple() == SimpleLevels(True, 7.5, "Night", True)
    desk.policies.set_simple(None)
    assert desk.policies.simple() == SimpleLevels(False, 7.5, "Night", True)
    with pytest.raises(Unchanged):
        desk.policies.set_simple(None)
    desk.acts.undo()
    with pytest.raises(Unchanged):
        desk.policies.set_simple(7.5)
    desk.acts.undo(outcome.act_id)
    assert desk.policies.simple() == SimpleLevels(False, None, CALENDAR, True)


def test_the_simple_form_leaves_other_targets_and_says_that_there_are_some(desk: Desk) -> None:
    desk.policies.set_target(DEFAULT, "resolution", HOUR, priority="urgent")
    desk.policies.set_simple(8)
    assert desk.policies.simple() == SimpleLevels(True, 8.0, CALENDAR, False)
    assert [target.duration for target in desk.policies.default().targets] == ["8h", "1h"]


@pytest.mark.parametrize("hours", [0, -1, 0.0001, 10_001, float("nan"), float("inf")])
def test_hours_that_cannot_be_are_refused_at_their_field(desk: Desk, hours: float) -> None:
    assert set(mistakes(lambda: desk.policies.set_simple(hours, "Nowhere"))) == {"hours", "calendar"}
    assert not desk.policies.simple().on


def test_service_levels_are_switched_by_themselves_and_as_a_setting(desk: Desk) -> None:
    assert desk.policies.switch(True).summary == "service levels on"
    assert desk.setup.setting("service_levels") is True
    with pytest.raises(Unchanged):
        desk.policies.switch(True)
    assert desk.setup.set_setting("service_levels", "Off").summary == "service_levels → off"
    with pytest.raises(InvalidInput, match="is off already"):
        desk.setup.set_setting("service_levels", "no")
    with pytest.raises(InvalidInput, match="neither on nor off"):
        desk.setup.set_setting("service_levels", "maybe")
    desk.acts.undo()
    assert desk.policies.simple().on


@given(st.integers(1, LONGEST))
def test_a_target_is_said_in_hours_and_minutes_and_read_again(seconds: int) -> None:
    said = working_time(seconds)
    assert duration_seconds(said) == seconds
    assert "d" not in said
